"""Forms of attendance: one person of the class list, an absence told, settled, corrected, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samlop.core.forms import DayField, HouseForm
from samlop.hours.account import BY_LEAVE_ONLY, UNAUTHORISED
from samlop.law.absence import Reason

UNKNOWN = ("", _("Vet ikke ennå"))


class HoursField(forms.Field):
    """Clock hours as people write them: «2», «2,5», «1.75»; steps of a quarter are usual but not asked for."""

    default_error_messages = {"invalid": _("Skriv timer som et tall, for eksempel 2 eller 2,5.")}

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "size": 6}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        try:
            found = Decimal(str(value).strip().replace(",", "."))
        except InvalidOperation:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        if not found.is_finite() or abs(found) > 99 or found != found.quantize(Decimal("0.01")):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


def reason_choices(reasons: Iterable[Reason]) -> list[tuple[str, Any]]:
    """Reasons as choices in the reader's language."""
    language = (get_language() or "nb")[:2]
    return [(reason.code, reason.label.in_language(language)) for reason in reasons]


def tellable(reasons: Iterable[Reason]) -> list[Reason]:
    """Reasons that can be told without an application; whether there is a valid one at all is settled afterwards."""
    return [
        reason
        for reason in reasons
        if reason.documentation not in ("application", "notice")
        and reason.code not in BY_LEAVE_ONLY | {UNAUTHORISED, "FERIE"}
    ]


class _Reasoned(HouseForm):
    """A form with a reason; the act of the case says which there are."""

    code = forms.ChoiceField(label=_("Grunn"), required=False)

    def __init__(self, *args: Any, reasons: Iterable[Reason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [UNKNOWN, *reason_choices(self.offered(list(reasons)))]

    def offered(self, reasons: list[Reason]) -> list[Reason]:
        return tellable(reasons)


class RowForm(_Reasoned):
    """One person who is away on the class list; it carries what it showed, as two may have it open."""

    hours = HoursField(
        label=_("Timer borte"),
        required=False,
        help_text=_("La stå tomt når det er hele dagen."),
        show_hidden_initial=True,
    )
    field_order = ("hours", "code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].show_hidden_initial = True


class ReportForm(_Reasoned):
    """An absence told by somebody who works with the participant."""

    first = DayField(label=_("Første dag"))
    last = DayField(label=_("Siste dag"), required=False, help_text=_("La stå tomt når det er én dag."))
    hours = HoursField(label=_("Timer"), required=False, help_text=_("Bare når det er en del av én dag."))
    documented = forms.BooleanField(
        label=_("Legeerklæring er vist"), required=False, help_text=_("Ikke skriv hva som står i den.")
    )
    field_order = ("first", "last", "hours", "code", "documented")


class SettleForm(_Reasoned):
    """Why somebody was away."""

    documented = forms.BooleanField(label=_("Legeerklæring er vist"), required=False)
    why = forms.CharField(
        label=_("Begrunnelse"),
        max_length=200,
        required=False,
        help_text=_("Må fylles ut når fraværet ikke har gyldig grunn. Ikke skriv om helse."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.required = True
        field.error_messages["required"] = _("Velg grunnen til fraværet.")
        field.choices = [("", _("Velg")), *reason_choices(self.offered(list(kwargs["reasons"])))]

    def offered(self, reasons: list[Reason]) -> list[Reason]:
        return [reason for reason in reasons if reason.code not in BY_LEAVE_ONLY]


class CorrectForm(HouseForm):
    """Other days or hours."""

    first = DayField(label=_("Første dag"))
    last = DayField(label=_("Siste dag"))
    hours = HoursField(label=_("Timer"), required=False, help_text=_("Bare når det er en del av én dag."))
    why = forms.CharField(label=_("Hvorfor rettes det?"), max_length=200)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawForm(HouseForm):
    """The absence was wrong."""

    why = forms.CharField(label=_("Hvorfor trekkes det?"), max_length=200)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class PaperForm(HouseForm):
    """Whether the doctor's note has been shown: a button."""

    documented = forms.BooleanField(required=False, widget=forms.HiddenInput)
