"""Forms of the room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samlop.access.changes import EVERYTHING_ELSE, KINDS, Wanted
from samlop.access.policy import Relation, policy
from samlop.access.words import RELATION_NAMES, RIGHT_NAMES, SECTION_NAMES
from samlop.core.forms import DayField, HouseForm
from samlop.core.rights import Right, Section
from samlop.people.models import Unit, User
from samlop.people.vocabulary import Role

Choices = list[tuple[str, Any]]


class OverrideForm(HouseForm):
    """Emergency access: whom it is about, why, and for how long."""

    identifier = forms.CharField(
        label=_("Fødselsnummer, D-nummer eller DUF-nummer"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    name = forms.CharField(label=_("Eller fullt navn"), required=False)
    birth_date = DayField(label=_("og fødselsdato"), required=False)
    reason = forms.CharField(
        label=_("Hvorfor må du inn i saken nå?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Begrunnelsen blir lest av lederen, og deltakeren kan se den."),
    )
    hours = forms.TypedChoiceField(
        label=_("Hvor lenge?"),
        coerce=int,
        choices=[(1, _("1 time")), (4, _("4 timer")), (8, _("8 timer")), (24, _("24 timer"))],
        initial=4,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("identifier") and not (cleaned.get("name") and cleaned.get("birth_date")):
            self.add_error("identifier", _("Skriv et nummer, eller fullt navn og fødselsdato."))
        return cleaned


class ReviewForm(HouseForm):
    note = forms.CharField(label=_("Hva fant du?"), widget=forms.Textarea(attrs={"rows": 2}))


class ObjectionForm(HouseForm):
    section = forms.ChoiceField(label=_("Hva gjelder det?"), required=False)
    about = forms.CharField(label=_("Gjelder det en bestemt person eller enhet?"), required=False, max_length=200)
    text = forms.CharField(label=_("Hva vil du endre?"), widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything: Choices = [("", _("hele saken"))]
        self.fields["section"].choices = everything + [(s.value, SECTION_NAMES[s]) for s in Section]  # type: ignore[attr-defined]


class AnswerForm(HouseForm):
    answer = forms.CharField(label=_("Svar til deltakeren"), widget=forms.Textarea(attrs={"rows": 3}))


class GrantForm(HouseForm):
    """What the participant has said yes to, for an employer or a volunteer."""

    user = forms.ModelChoiceField(label=_("Hvem skal få tilgang?"), queryset=User.objects.none())
    sections = forms.MultipleChoiceField(
        label=_("I tillegg til navn og tid"), required=False, widget=forms.CheckboxSelectMultiple
    )
    purpose = forms.CharField(label=_("Hva skal tilgangen brukes til?"), max_length=300)
    agreed_how = forms.CharField(label=_("Når og hvordan sa deltakeren ja?"), max_length=300, required=False)
    valid_from = DayField(label=_("Fra og med"))
    valid_to = DayField(label=_("Til og med"))

    def __init__(self, *args: Any, people: Any, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
        most = {section for grantable in policy().grantable.values() for section in grantable.sections}
        self.fields["sections"].choices = [(s.value, SECTION_NAMES[s]) for s in Section if s in most]  # type: ignore[attr-defined]
        if own:
            del self.fields["agreed_how"]


class NarrowForm(HouseForm):
    role = forms.ChoiceField(label=_("Rolle"), choices=[(r.value, r.label) for r in Role if r != Role.PARTICIPANT])
    section = forms.ChoiceField(label=_("Del av saken"))
    relation = forms.ChoiceField(label=_("Når personen er"))
    right = forms.ChoiceField(label=_("Skal bare ha"))
    why = forms.CharField(label=_("Hvorfor?"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = (Relation.TEAM, Relation.UNIT, Relation.MUNICIPALITY)
        self.fields["section"].choices = [(s.value, SECTION_NAMES[s]) for s in Section]  # type: ignore[attr-defined]
        self.fields["relation"].choices = [(r.value, RELATION_NAMES[r]) for r in staff]  # type: ignore[attr-defined]
        self.fields["right"].choices = [(str(r.value), RIGHT_NAMES[r]) for r in Right if r != Right.MANAGE]  # type: ignore[attr-defined]


class ChangesForm(HouseForm):
    """Which of the organisation's changes to show. The names stand in the address."""

    hide_optional = True
    hva = forms.ChoiceField(label=_("Hva"), required=False)
    enhet = forms.ChoiceField(label=_("Enhet"), required=False)
    fra = DayField(label=_("Fra og med"), required=False)
    til = DayField(label=_("Til og med"), required=False)

    def __init__(self, *args: Any, units: Iterable[Unit] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [
            ("", _("Alt")),
            *((key, name) for key, (name, _starts) in KINDS.items()),
            (EVERYTHING_ELSE, _("annet")),
        ]
        self.fields["hva"].choices = kinds  # type: ignore[attr-defined]
        named = [(str(unit.pk), unit.name) for unit in units]
        if named:
            self.fields["enhet"].choices = [("", _("Alle enheter")), *named]  # type: ignore[attr-defined]
        else:
            del self.fields["enhet"]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("fra") and typed.get("til") and typed["til"] < typed["fra"]:
            self.add_error("til", _("Siste dag kan ikke komme før første dag."))
        return typed

    def wanted(self) -> Wanted:
        """What was asked for."""
        typed = self.cleaned_data
        unit = typed.get("enhet")
        return Wanted(typed["hva"], UUID(unit) if unit else None, typed["fra"], typed["til"])
