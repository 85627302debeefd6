"""Forms of paying back in instalments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samlop.benefit.calendar import last_over, month_after
from samlop.benefit.commands.instalments import Terms
from samlop.benefit.forms.circumstances import KronerField, month_label
from samlop.benefit.vocabulary import PlanBasis
from samlop.core.forms import DayField, HouseForm
from samlop.core.time import today

MONTHS_OFFERED = 7


class InstalmentsForm(HouseForm):
    """How a difference is to be paid back."""

    monthly = KronerField(
        label=_("Kroner i måneden"),
        help_text=_("Det som avtales, må være mindre enn halvparten av stønaden i måneden."),
    )
    first_month = forms.ChoiceField(label=_("Trekkes første gang i stønaden for"))
    basis = forms.ChoiceField(label=_("Hva bygger det på?"), choices=PlanBasis.choices, widget=forms.RadioSelect)
    agreed_on = DayField(
        label=_("Dagen dere ble enige"), required=False, help_text=_("Bare når det er avtalt med deltakeren.")
    )
    note = forms.CharField(label=_("Merknad"), required=False, max_length=300)

    def __init__(self, *args: Any, first_open: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        month, offered = last_over(today()), []
        for _number in range(MONTHS_OFFERED):
            offered.append(str(month))
            month = month_after(month)
        field = self.fields["first_month"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one, month_label(one)) for one in offered if one >= first_open]

    def terms(self) -> Terms:
        """What was typed, as the command takes it."""
        given = self.cleaned_data
        return Terms(given["basis"], given["monthly"], given["first_month"], given["agreed_on"], given["note"])


class StopForm(HouseForm):
    """Stopping a plan: how the rest is settled."""

    why = forms.CharField(label=_("Hvordan er resten gjort opp?"), max_length=300)
