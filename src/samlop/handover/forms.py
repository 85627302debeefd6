"""Forms of the handover page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samlop.core.forms import DayField, HouseForm
from samlop.core.time import OSLO
from samlop.handover.checklist import PointState
from samlop.handover.commands import LIMITS, Facts, Mark
from samlop.handover.models import HandoverNeed
from samlop.handover.queries import HandoverPage


def _long(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class FactsForm(HouseForm):
    """What is written about the handover."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    need = forms.ChoiceField(
        label=_("Må noen ta over etter programmet?"), choices=HandoverNeed.choices, widget=forms.RadioSelect
    )
    receiver_unit = forms.ChoiceField(label=_("Enheten som tar over"), required=False)
    receiver_name = forms.CharField(
        label=_("Hvem tar over?"),
        required=False,
        max_length=LIMITS["receiver_name"],
        help_text=_("Navnet på den som tar over, eller på stedet."),
    )
    receiver_contact = forms.CharField(
        label=_("Hvordan når vi mottakeren?"), required=False, max_length=LIMITS["receiver_contact"]
    )
    talk_on = DayField(label=_("Dato for overføringssamtalen"), required=False)
    unmet_needs = forms.CharField(
        label=_("Hva trenger deltakeren fortsatt?"), required=False, max_length=LIMITS["unmet_needs"], widget=_long()
    )
    next_step = forms.CharField(
        label=_("Hva er neste steg?"), required=False, max_length=LIMITS["next_step"], widget=_long()
    )
    income_source = forms.CharField(
        label=_("Inntekt etter programmet"),
        required=False,
        max_length=LIMITS["income_source"],
        help_text=_("For eksempel lønn, tiltakspenger, lån og stipend."),
    )

    def __init__(self, *args: Any, shown: HandoverPage, **kwargs: Any) -> None:
        handover = shown.handover
        initial = {name: getattr(handover, name) for name in (*LIMITS, "need", "talk_on", "revision")}
        initial["receiver_unit"] = str(handover.receiver_unit_id or "")
        if shown.talk is not None and handover.talk_on is None:
            initial["talk_on"] = shown.talk.starts_at.astimezone(OSLO).date()
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        units = [("", _("Ikke valgt")), *((str(unit.pk), unit.name) for unit in shown.units)]
        self.fields["receiver_unit"].choices = units  # type: ignore[attr-defined]

    def facts(self) -> Facts:
        """What the command takes."""
        typed = {name: value for name, value in self.cleaned_data.items() if name not in ("once", "revision")}
        unit = typed.pop("receiver_unit")
        return Facts(receiver_unit=UUID(unit) if unit else None, **typed)


class ChecklistForm(HouseForm):
    """Where each point stands; one choice and one note for each."""

    def __init__(self, *args: Any, shown: HandoverPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown
        for line in shown.points:
            self.fields[line.code.value] = forms.ChoiceField(
                label=line.code.label, choices=PointState.choices, initial=line.row.state, help_text=line.fact
            )
            # Read aloud, each note says what it is about.
            about = forms.TextInput(attrs={"aria-label": _("Merknad: %(point)s") % {"point": line.code.label}})
            self.fields[f"{line.code.value}_note"] = forms.CharField(
                label=_("Merknad"), required=False, max_length=300, initial=line.row.note, widget=about
            )

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Choice and note of each point, as the page draws them."""
        return [(self[line.code.value], self[f"{line.code.value}_note"]) for line in self.shown.points]

    def marks(self) -> Mapping[str, Mark]:
        """What the command takes."""
        typed = self.cleaned_data
        codes = [line.code.value for line in self.shown.points]
        return {code: Mark(typed[code], typed[f"{code}_note"]) for code in codes}


class ReopenForm(HouseForm):
    """Why a completed handover is opened again."""

    why = forms.CharField(label=_("Hvorfor åpnes overføringen igjen?"), max_length=300)
