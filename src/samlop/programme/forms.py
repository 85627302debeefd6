"""Forms of the programme page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samlop.core.forms import DayField, HouseForm
from samlop.people.models import User
from samlop.programme.kinds import DecisionKind
from samlop.programme.models import EndGoal, EndReason, NavNeed


class DatesForm(HouseForm):
    """First and last day of the programme."""

    start_on = DayField(label=_("Første dag i programmet"), required=False, show_hidden_initial=True)
    planned_end_on = DayField(label=_("Siste planlagte dag"), required=False, show_hidden_initial=True)


class EndGoalForm(HouseForm):
    """What the programme shall lead to."""

    end_goal = forms.ChoiceField(
        label=_("Sluttmål"),
        required=False,
        choices=[("", _("Ikke bestemt ennå")), *EndGoal.choices],
        show_hidden_initial=True,
    )


class MappingForm(HouseForm):
    """The day the mapping was done; empty takes it back."""

    done_on = DayField(
        label=_("Kartleggingen ble gjort"),
        required=False,
        help_text=_("Tomt felt: ikke gjort ennå."),
        show_hidden_initial=True,
    )


class NavNeedForm(HouseForm):
    """Whether help from NAV is needed, who clarified it and when."""

    need = forms.ChoiceField(
        label=_("Trenger deltakeren bistand fra NAV?"),
        choices=NavNeed.choices,
        widget=forms.RadioSelect,
        show_hidden_initial=True,
    )
    on = DayField(label=_("Avklart dato"), required=False, show_hidden_initial=True)
    clarified_by = forms.ChoiceField(label=_("Avklart av"), required=False, show_hidden_initial=True)

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [("", _("Meg")), *((str(user.pk), user.name) for user in colleagues)]
        self.fields["clarified_by"].choices = people  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the command takes."""
        typed = {name: self.cleaned_data[name] for name in ("need", "on", "clarified_by")}
        return _who(typed) | {"seen": _who(self.shown_first())}


def _who(values: dict[str, Any]) -> dict[str, Any]:
    """The same values, with the key of the person instead of its text; «me» is nobody in particular."""
    if "clarified_by" not in values:
        return values
    return values | {"clarified_by": UUID(values["clarified_by"]) if values["clarified_by"] else None}


class EndForm(HouseForm):
    """How and when the programme ended."""

    ended_on = DayField(label=_("Siste dag i programmet"))
    reason = forms.ChoiceField(label=_("Hva går deltakeren til?"), choices=EndReason.choices, widget=forms.RadioSelect)


class ReopenForm(HouseForm):
    """Why an ended programme is opened again."""

    why = forms.CharField(label=_("Hvorfor gjenåpnes programmet?"), max_length=300)


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, capfirst(str(kind.label))) for kind in DecisionKind]


class DelegationForm(HouseForm):
    """The right to sign, to a named adviser."""

    user = forms.ChoiceField(label=_("Hvem"))
    kinds = forms.MultipleChoiceField(label=_("Hvilke vedtak"), choices=_kinds, widget=forms.CheckboxSelectMultiple)
    basis = forms.CharField(
        label=_("Hva delegeringen bygger på"),
        max_length=300,
        help_text=_("For eksempel «Delegeringsreglementet punkt 4.2» eller saksnummeret til delegeringsvedtaket."),
    )
    valid_from = DayField(label=_("Gjelder fra"))
    valid_to = DayField(label=_("Til og med"), required=False, help_text=_("Tomt felt: til den blir trukket tilbake."))

    def __init__(self, *args: Any, advisers: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [("", _("Velg")), *((str(user.pk), user.name) for user in advisers)]
        self.fields["user"].choices = people  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the command takes."""
        given = {name: self.cleaned_data[name] for name in ("kinds", "basis", "valid_from", "valid_to")}
        return given | {"user": UUID(self.cleaned_data["user"])}


class RegisterYearForm(HouseForm):
    """The day the register was gone through."""

    checked_on = DayField(label=_("Dato"))


class Confirm(HouseForm):
    """A button alone: nothing but the key that makes a double click harmless."""
