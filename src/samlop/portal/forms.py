"""Forms of the participant's own pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samlop.core.forms import DayField, HouseForm
from samlop.hours.forms.attendance import HoursField

REASONS = [
    ("SYK_EGEN_EM", _("Jeg er syk (egenmelding). Du sier selv fra. Høyst 3 dager, etter 8 uker i programmet.")),
    ("SYK_EGEN_LEGE", _("Jeg er syk og har legeerklæring. Vis den til kontaktpersonen din.")),
    ("SYK_BARN", _("Barnet mitt eller den som passer barnet, er syk.")),
    ("SVANGERSKAP_KONTROLL", _("Jeg skal til svangerskapskontroll.")),
    ("other", _("Noe annet. Kontaktpersonen din spør deg, og avgjør om grunnen er gyldig.")),
]
"""Reasons as the participant says them, with what each means."""


class OwnAbsenceForm(HouseForm):
    """The participant's own absence. ``seen`` is what was typed when the meaning was shown."""

    first = DayField(label=_("Første dag du er borte"))
    last = DayField(label=_("Siste dag"), required=False, help_text=_("La stå tomt når det er én dag."))
    hours = HoursField(label=_("Timer"), required=False, help_text=_("Bare når du er borte en del av én dag."))
    reason = forms.ChoiceField(label=_("Hvorfor er du borte?"), choices=REASONS, widget=forms.RadioSelect)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def typed(self) -> dict[str, Any]:
        """What the command takes."""
        values = self.cleaned_data
        return {
            "first": values["first"],
            "last": values["last"] or values["first"],
            "hours": values["hours"],
            "code": "" if values["reason"] == "other" else values["reason"],
        }

    def mark(self) -> str:
        """What was typed, in one line: the meaning is shown anew where it has changed."""
        return "/".join(str(value) for value in self.typed().values())
