"""Forms of the room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samlop.cases.vocabulary import EffortKind
from samlop.core.forms import DayField, HouseForm
from samlop.core.time import add_months, today
from samlop.effort.commands import MOST_MINUTES
from samlop.effort.coverage import Period


class CaseChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Participants by name; the first is ticked when there is only one."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.person.name)


class EffortForm(HouseForm):
    """Kind, day and minutes of an effort, and for whom."""

    cases = CaseChoice(queryset=None, label=_("Hvem gjelder det?"), widget=forms.CheckboxSelectMultiple)
    kind = forms.ChoiceField(label=_("Hva gjorde du?"), choices=EffortKind.choices, widget=forms.RadioSelect)
    happened_on = DayField(label=_("Når?"), initial=today, required=False)
    minutes = forms.IntegerField(
        label=_("Hvor mange minutter?"),
        help_text=_("Arbeidstid for hver deltaker, hvis dere teller det."),
        required=False,
        min_value=1,
        max_value=MOST_MINUTES,
    )

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cases"].queryset = choices  # type: ignore[attr-defined]
        self.fields["cases"].error_messages |= {
            "required": _("Velg minst én deltaker."),
            "invalid_choice": _("Du kan ikke registrere innsats for en av deltakerne du valgte. Velg på nytt."),
        }
        self.fields["kind"].error_messages["required"] = _("Velg hva slags innsats det var.")


class CorrectionForm(HouseForm):
    """What the effort should have said."""

    kind = forms.ChoiceField(label=_("Hva slags innsats var det?"), choices=EffortKind.choices)
    happened_on = DayField(label=_("Når?"))
    minutes = forms.IntegerField(label=_("Hvor mange minutter?"), required=False, min_value=1, max_value=MOST_MINUTES)


class PeriodForm(forms.Form):
    """From and to, both days counted; the last twelve months where nothing is understood."""

    fra = DayField(label=_("Fra og med"), required=False)
    til = DayField(label=_("Til og med"), required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, label_suffix="")

    @property
    def period(self) -> Period:
        """The period asked for. A first day after the last is turned round."""
        self.is_valid()
        last = self.cleaned_data.get("til") or today()
        first = self.cleaned_data.get("fra") or add_months(last, -12) + timedelta(days=1)
        return Period(min(first, last), max(first, last))


def quick_periods() -> list[tuple[Any, Period]]:
    """Periods people ask for, by name."""
    day = today()
    return [
        (_("Siste tolv måneder"), Period(add_months(day, -12) + timedelta(days=1), day)),
        (_("I år"), Period(date(day.year, 1, 1), day)),
        (_("I fjor"), Period(date(day.year - 1, 1, 1), date(day.year - 1, 12, 31))),
    ]
