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

    CARRIED = ("need", "receiver_unit", *(name for name in LIMITS))
    """The fields that tell whether anything was written; the day of the talk may be filled in from the meeting."""

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
        self.shown = shown
        for name in self.CARRIED:
            self.fields[name].show_hidden_initial = True
        units = [("", _("Ikke valgt")), *((str(unit.pk), unit.name) for unit in shown.units)]
        self.fields["receiver_unit"].choices = units  # type: ignore[attr-defined]

    @property
    def is_written_in(self) -> bool:
        """Whether something differs from what the page showed. Marks on the checklist alone are not stopped by what a
        colleague has written about the rest."""
        typed, seen = self.cleaned_data, self.shown_first()
        return typed["talk_on"] != self.shown.handover.talk_on or any(
            name not in seen or _text(typed[name]) != _text(seen[name]) for name in self.CARRIED
        )

    def facts(self) -> Facts:
        """What the command takes."""
        typed = {name: value for name, value in self.cleaned_data.items() if name not in ("once", "revision")}
        unit = typed.pop("receiver_unit")
        return Facts(receiver_unit=UUID(unit) if unit else None, **typed)


def _text(value: str) -> str:
    """The text without what differs only between a page and what is sent back from it."""
    return value.replace("\r\n", "\n").strip()


class ChecklistForm(HouseForm):
    """Where each point stands; one choice and one note for each."""

    def __init__(self, *args: Any, shown: HandoverPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown
        for line in shown.points:
            self.fields[line.code.value] = forms.ChoiceField(
                label=line.code.label,
                choices=PointState.choices,
                initial=line.row.state,
                help_text=line.fact,
                show_hidden_initial=True,
            )
            # Read aloud, each note says what it is about.
            about = forms.TextInput(attrs={"aria-label": _("Merknad: %(point)s") % {"point": line.code.label}})
            self.fields[f"{line.code.value}_note"] = forms.CharField(
                label=_("Merknad"),
                required=False,
                max_length=300,
                initial=line.row.note,
                widget=about,
                show_hidden_initial=True,
            )

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Choice and note of each point, as the page draws them."""
        return [(self[line.code.value], self[f"{line.code.value}_note"]) for line in self.shown.points]

    def marks(self) -> Mapping[str, Mark]:
        """What the command takes."""
        return self._marks(self.cleaned_data)

    def marks_seen(self) -> Mapping[str, Mark]:
        """How the points stood when the page was opened."""
        return self._marks(self.shown_first())

    def _marks(self, values: Mapping[str, Any]) -> Mapping[str, Mark]:
        codes = [line.code.value for line in self.shown.points]
        return {code: Mark(values[code], values[f"{code}_note"]) for code in codes if code in values}


class ReopenForm(HouseForm):
    """Why a completed handover is opened again."""

    why = forms.CharField(label=_("Hvorfor åpnes overføringen igjen?"), max_length=300)
