"""Forms of the programme page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samlop.core.forms import DayField, HouseForm
from samlop.people.models import User
from samlop.programme.models import EndGoal, EndReason, NavNeed


class DatesForm(HouseForm):
    """First and last day of the programme."""

    start_on = DayField(label=_("Første dag i programmet"), required=False)
    planned_end_on = DayField(label=_("Siste planlagte dag"), required=False)


class EndGoalForm(HouseForm):
    """What the programme shall lead to."""

    end_goal = forms.ChoiceField(
        label=_("Sluttmål"), required=False, choices=[("", _("Ikke bestemt ennå")), *EndGoal.choices]
    )


class MappingForm(HouseForm):
    """The day the mapping was done; empty takes it back."""

    done_on = DayField(label=_("Kartleggingen ble gjort"), required=False, help_text=_("Tomt felt: ikke gjort ennå."))


class NavNeedForm(HouseForm):
    """Whether help from NAV is needed, who clarified it and when."""

    need = forms.ChoiceField(
        label=_("Trenger deltakeren bistand fra NAV?"), choices=NavNeed.choices, widget=forms.RadioSelect
    )
    on = DayField(label=_("Avklart dato"), required=False)
    clarified_by = forms.TypedChoiceField(label=_("Avklart av"), required=False, coerce=str, empty_value=None)

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [("", _("Meg")), *((str(user.pk), user.name) for user in colleagues)]
        self.fields["clarified_by"].choices = people  # type: ignore[attr-defined]


class EndForm(HouseForm):
    """How and when the programme ended."""

    ended_on = DayField(label=_("Siste dag i programmet"))
    reason = forms.ChoiceField(label=_("Hva går deltakeren til?"), choices=EndReason.choices, widget=forms.RadioSelect)


class ReopenForm(HouseForm):
    """Why an ended programme is opened again."""

    why = forms.CharField(label=_("Hvorfor gjenåpnes programmet?"), max_length=300)


class Confirm(HouseForm):
    """A button alone: nothing but the key that makes a double click harmless."""
