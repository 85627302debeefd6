"""Forms of the leader's page about the municipality's way of working."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samlop.cooperation.commands import LIMITS
from samlop.cooperation.models import OrganisationModel, PlanFrom, PracticeBy, TalkKind, Task, Which
from samlop.cooperation.queries import ArrangementPage
from samlop.cooperation.rules import NAV_KINDS
from samlop.core.forms import HouseForm
from samlop.people.vocabulary import UnitKind


def _number(name: str, label: Any, help_text: Any) -> forms.IntegerField:
    least, most = LIMITS[name]
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
        error_messages={"invalid": _("Skriv et helt tall.")},
        min_value=least,
        max_value=most,
        show_hidden_initial=True,
    )


class PeriodsForm(HouseForm):
    """Periods and norms."""

    plan_talks = _number(
        "plan_talks", _("Plansamtaler i programmet"), _("Hvor mange dere planlegger for hver deltaker.")
    )
    plan_review_months = _number(
        "plan_review_months", _("Måneder mellom plansamtaler"), _("Planen skal gjennomgås etter så mange måneder.")
    )
    plan_deadline_months = _number("plan_deadline_months", _("Frist for kartlegging og plan"), _("Antall måneder."))
    plan_deadline_from = forms.ChoiceField(
        label=_("Fristen for kartlegging og plan regnes fra"),
        choices=PlanFrom.choices,
        widget=forms.RadioSelect,
        show_hidden_initial=True,
    )
    nav_contact_months = _number(
        "nav_contact_months",
        _("Frist for kontakt med NAV"),
        _("Måneder etter start. Er det da ingen kontakt, og behovet ikke er avklart, får ansvarlig beskjed."),
    )
    handover_months = _number(
        "handover_months", _("Overføringen starter"), _("Måneder før planlagt slutt på programmet.")
    )
    caseload_norm = _number("caseload_norm", _("Deltakere per rådgiver"), _("Norm for en hel stilling."))
    practice_by = forms.ChoiceField(
        label=_("Ansvaret for praksis fordeles"),
        choices=PracticeBy.choices,
        widget=forms.RadioSelect,
        show_hidden_initial=True,
    )

    def values(self) -> dict[str, Any]:
        """What the command takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "once"}


class ModelForm(HouseForm):
    """Choice of organisation model."""

    model = forms.ChoiceField(
        label=_("Organisasjonsmodell"), choices=OrganisationModel.choices, widget=forms.RadioSelect
    )


class OwnersForm(HouseForm):
    """One unit for each task."""

    def __init__(self, *args: Any, shown: ArrangementPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Ingen ennå")), *((str(unit.pk), unit.name) for unit in shown.units)]
        for line in shown.tasks:
            self.fields[line.task.value] = forms.ChoiceField(
                label=line.task.label.capitalize(),
                choices=choices,
                required=False,
                initial=str(line.unit.pk) if line.unit else "",
                show_hidden_initial=True,
            )

    def owners(self) -> Mapping[Task, UUID | None]:
        """What the command takes."""
        return _owners(self.cleaned_data)

    def owners_seen(self) -> Mapping[Task, UUID | None]:
        """The owners that the page showed."""
        return _owners(self.shown_first())


def _owners(values: Mapping[str, Any]) -> Mapping[Task, UUID | None]:
    return {Task(name): _key(value) for name, value in values.items() if name != "once"}


def _key(text: str) -> UUID | None:
    """A unit's key; what is none, from a page that somebody has meddled with, names no unit."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


class RuleForm(HouseForm):
    """A new rule about who must be in which talk."""

    unit_kind = forms.ChoiceField(
        label=_("Hvem skal være med?"),
        choices=[
            (kind.value, kind.label)
            for kind in (
                *NAV_KINDS,
                UnitKind.ADULT_EDUCATION,
                UnitKind.REFUGEE_SERVICE,
                UnitKind.SERVICE_CENTRE,
                UnitKind.HEALTH,
                UnitKind.CAREER_CENTRE,
            )
        ],
    )
    talk = forms.ChoiceField(label=_("I hvilke samtaler?"), choices=TalkKind.choices)
    which = forms.ChoiceField(label=_("Hvilke av dem?"), choices=Which.choices)
    count = forms.IntegerField(
        label=_("Hvor mange?"),
        help_text=_("Gjelder «de første» og «de siste» plansamtalene."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
        error_messages={"invalid": _("Skriv et helt tall.")},
        initial=1,
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("which") != Which.ALL and values.get("talk") not in (None, TalkKind.PLAN_TALK):
            self.add_error("which", _("Bare plansamtalene er en serie. Velg «alle samtalene»."))
        return values


class Confirm(HouseForm):
    """A button alone: nothing but the key that makes a double click harmless."""
