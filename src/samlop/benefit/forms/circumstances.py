"""Forms of the participant's benefit page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samlop.benefit.commands.circumstances import NewCircumstance
from samlop.benefit.vocabulary import BenefitKind, CircumstanceKind, Source
from samlop.cases.models import Case
from samlop.core.forms import DayField, HouseForm
from samlop.core.time import today


class KronerField(forms.DecimalField):
    """Kroner as people write them, «9 000» or «9000,50»; kept as whole øre."""

    default_error_messages = {"invalid": _("Skriv beløpet i kroner, for eksempel 9000 eller 9000,50.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": "12"})
        )
        super().__init__(max_digits=11, decimal_places=2, min_value=0, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace("\u00a0", "").replace(" ", "").replace(",", ".")
        return super().to_python(value)

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return None if found is None else int(found * 100)


class HoursField(forms.DecimalField):
    """Clock hours, «12» or «12,5»."""

    default_error_messages = {"invalid": _("Skriv timene som et tall, for eksempel 12 eller 12,5.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": "6"}))
        super().__init__(max_digits=6, decimal_places=2, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class CircumstanceForm(HouseForm):
    """A new circumstance."""

    kind = forms.ChoiceField(label=_("Hva gjelder det?"), choices=CircumstanceKind.choices, widget=forms.RadioSelect)
    benefit = forms.ChoiceField(
        label=_("Hvilken ytelse?"),
        choices=[("", _("Ikke aktuelt")), *BenefitKind.choices],
        required=False,
        help_text=_("Bare når det gjelder en annen ytelse."),
    )
    monthly = KronerField(label=_("Kroner i måneden, før skatt"), required=False)
    other_case = forms.ChoiceField(
        label=_("Ektefellens eller samboerens sak"),
        required=False,
        help_text=_("Da følger satsen at begge er i programmet."),
    )
    valid_from = DayField(label=_("Gjelder fra"))
    valid_to = DayField(label=_("Til og med"), required=False, help_text=_("La feltet stå tomt hvis det gjelder ennå."))
    source = forms.ChoiceField(label=_("Hvor vet dere det fra?"), choices=Source.choices)
    note = forms.CharField(
        label=_("Merknad"),
        required=False,
        max_length=300,
        help_text=_("Kort. Aldri en diagnose eller et fødselsnummer."),
    )

    def __init__(self, *args: Any, cases: Iterable[Case] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(str(case.pk), case.person.name) for case in cases]
        field = self.fields["other_case"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Ikke kjent")), *found]
        if not found:
            del self.fields["other_case"]

    def new(self) -> NewCircumstance:
        """What was typed, as the command takes it."""
        given = self.cleaned_data
        return NewCircumstance(
            kind=given["kind"],
            valid_from=given["valid_from"],
            valid_to=given["valid_to"],
            source=given["source"],
            benefit=given["benefit"],
            monthly_ore=given["monthly"],
            other_case=_uuid(given.get("other_case")),
            note=given["note"],
        )


def _uuid(text: str | None) -> Any:
    from uuid import UUID

    return UUID(text) if text else None


class EndForm(HouseForm):
    """The last day of a circumstance."""

    last_day = DayField(label=_("Siste dag"))


class WithdrawForm(HouseForm):
    """Taking back what was wrong."""

    why = forms.CharField(label=_("Hvorfor er det feil?"), max_length=300)


class WorkForm(HouseForm):
    """Paid work inside the programme in a month."""

    month = forms.ChoiceField(label=_("Måned"))
    hours = HoursField(label=_("Timer i programtiden"))
    wage = KronerField(
        label=_("Lønn før skatt, i kroner"),
        required=False,
        help_text=_("Trekket er det laveste av tiden og lønnen (integreringsloven § 23)."),
    )
    source = forms.ChoiceField(label=_("Hvor vet dere det fra?"), choices=Source.choices, initial=Source.EMPLOYER)
    note = forms.CharField(label=_("Merknad"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["month"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(month, month_label(month)) for month in last_months(13)]


def last_months(number: int) -> list[str]:
    """This month and those before it, «2026-11» first."""
    found = []
    year, month = today().year, today().month
    for _number in range(number):
        found.append(f"{year:04d}-{month:02d}")
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found


def month_label(month: str) -> str:
    """«november 2026» for «2026-11», in the reader's language."""
    from samlop.benefit.plain import month_named
    from samlop.benefit.showing import reading_language
    from samlop.law.formatting import month as in_words

    found = month_named(month)
    return in_words(found.first, reading_language()) if found else month
