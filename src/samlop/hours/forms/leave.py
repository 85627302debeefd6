"""Forms of leave, of the municipality's own days and of what is known of one participant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samlop.core.forms import DayField, HouseForm
from samlop.hours.applying import applicable
from samlop.hours.forms.attendance import reason_choices
from samlop.hours.week_forms import StoodForm
from samlop.law.absence import Reason


class LeaveForm(HouseForm):
    """An application."""

    code = forms.ChoiceField(label=_("Permisjon for"))
    first = DayField(label=_("Første dag"))
    last = DayField(label=_("Siste dag"))
    child_born = DayField(
        label=_("Barnet ble født, eller kom til familien"),
        required=False,
        help_text=_("Ved omsorgspermisjon og ammefri."),
    )
    words = forms.CharField(
        label=_("Hvorfor søker du?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kort. Ikke skriv om sykdom eller andre helseopplysninger."),
    )

    def __init__(self, *args: Any, reasons: Iterable[Reason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Velg")), *reason_choices(applicable(reasons))]


class AnswerForm(HouseForm):
    """The draft of the answer."""

    granted = forms.ChoiceField(
        label=_("Svar"), choices=[("yes", _("Innvilges")), ("no", _("Innvilges ikke"))], widget=forms.RadioSelect
    )
    first = DayField(label=_("Første dag"))
    last = DayField(label=_("Siste dag"))
    paid = forms.BooleanField(label=_("Med introduksjonsstønad"), required=False)
    why = forms.CharField(
        label=_("Begrunnelse"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Må fylles ut når søknaden ikke innvilges. Lederen kan skrive mer i vedtaket."),
    )


class WhyForm(HouseForm):
    """A short reason."""

    why = forms.CharField(label=_("Hvorfor?"), max_length=200)


class KeepForm(StoodForm):
    """Why the right to self-certificates stays lost after the review."""

    why = forms.CharField(label=_("Hvorfor?"), max_length=300)


class GiveForm(StoodForm):
    """The right to self-certificates given back."""


class CareForm(HouseForm):
    """What gives more days with an ill child."""

    alone = forms.BooleanField(label=_("Er alene om omsorgen"), required=False, show_hidden_initial=True)
    chronic = forms.BooleanField(
        label=_("Har et kronisk sykt barn eller et barn med nedsatt funksjonsevne"),
        required=False,
        help_text=_("Skriv ikke hvilken sykdom."),
        show_hidden_initial=True,
    )


class LossForm(HouseForm):
    """The right to self-certificates taken away."""

    valid_from = DayField(label=_("Legeerklæring kreves fra"))
    why = forms.CharField(label=_("Hvorfor?"), max_length=300)


class RulesForm(HouseForm):
    """The municipality's own days."""

    cutoff_day = forms.IntegerField(
        label=_("Siste dag for endringer, i måneden etter"),
        widget=forms.NumberInput(attrs={"min": 1, "max": 28}),
        show_hidden_initial=True,
        help_text=_("Endringer etter denne dagen kommer med som rettelser i neste utbetaling."),
    )
    reason_days = forms.IntegerField(
        label=_("Dager før fravær uten grunn eller legeerklæring skal følges opp"),
        widget=forms.NumberInput(attrs={"min": 1, "max": 60}),
        show_hidden_initial=True,
    )
