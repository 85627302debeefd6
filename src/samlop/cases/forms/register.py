"""The form that opens a case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlop.access.viewer import Viewer
from samlop.cases.duplicates import Likely
from samlop.cases.forms.family import relatives
from samlop.cases.forms.fields import LanguageField, NumberField, PlaceField, place_key
from samlop.cases.registration import Details, Place, place_of_unit, suggested_units
from samlop.cases.vocabulary import Permit, TeamFunction
from samlop.core.forms import DayField, HouseForm
from samlop.core.languages import language_choices as languages
from samlop.people.models import Unit
from samlop.people.staff import OWNERS, UnitStaff
from samlop.people.vocabulary import Gender, InterpreterNeed, Protection, Role

ANYWAY = "new"


class AnswerField(forms.ChoiceField):
    """The answer to what was found. The command checks that it is one of those found; until then it can be anyone."""

    def valid_value(self, value: Any) -> bool:
        try:
            return value == ANYWAY or bool(UUID(value))
        except ValueError:
            return False


class PersonFields(HouseForm):
    """What is told about the person and the case; also used where details are changed."""

    given_name = forms.CharField(label=gettext_lazy("Fornavn"), required=False)
    family_name = forms.CharField(label=gettext_lazy("Etternavn"), required=False)
    number = NumberField(
        label=gettext_lazy("Fødselsnummer eller D-nummer"),
        help_text=gettext_lazy("La feltet stå tomt hvis det ikke er tildelt ennå."),
    )
    duf = NumberField(label=gettext_lazy("DUF-nummer"))
    birth_date = DayField(
        label=gettext_lazy("Fødselsdato"),
        required=False,
        help_text=gettext_lazy("Blir hentet fra fødselsnummeret hvis du har skrevet det."),
    )
    gender = forms.ChoiceField(
        label=gettext_lazy("Kjønn"),
        required=False,
        choices=[("", gettext_lazy("Ikke oppgitt")), *Gender.choices],
        help_text=gettext_lazy("Bare slik deltakeren selv har fortalt det."),
    )
    settled_on = DayField(label=gettext_lazy("Bosatt i kommunen"), required=False)
    settled_by_agreement = forms.BooleanField(
        label=gettext_lazy("Bosatt etter avtale med kommunen"), required=False, initial=True
    )
    arrived_on = DayField(label=gettext_lazy("Kom til Norge"), required=False)
    permit = forms.ChoiceField(
        label=gettext_lazy("Oppholdsgrunnlag"),
        required=False,
        choices=[("", gettext_lazy("Ikke registrert")), *Permit.choices],
    )
    permit_granted_on = DayField(label=gettext_lazy("Tillatelsen ble gitt"), required=False)
    protection = forms.ChoiceField(
        label=gettext_lazy("Adressebeskyttelse"),
        choices=Protection.choices,
        initial=Protection.NONE,
        help_text=gettext_lazy("Med adressebeskyttelse kan bare navngitte personer i saksteamet åpne saken."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        number, duf = cleaned.get("number"), cleaned.get("duf")
        if number and duf and number.kind == duf.kind:
            self.add_error("duf", _("Du har skrevet samme slags nummer to ganger. Skriv hvert nummer i sitt felt."))
        return cleaned

    def numbers(self) -> tuple[Any, ...]:
        return tuple(number for name in ("number", "duf") if (number := self.cleaned_data.get(name)))


class ContactFields(forms.Form):
    """How to reach and talk with the participant."""

    phone = forms.CharField(
        label=gettext_lazy("Telefon"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = forms.EmailField(label=gettext_lazy("E-post"), required=False)
    address = forms.CharField(label=gettext_lazy("Adresse"), required=False, max_length=300)
    language = LanguageField(label=gettext_lazy("Språk i samtaler og brev"))
    other_languages = forms.MultipleChoiceField(
        label=gettext_lazy("Andre språk"),
        required=False,
        choices=languages,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=gettext_lazy("Hold nede Ctrl eller ⌘ for å velge flere."),
    )
    mother_tongue = LanguageField(label=gettext_lazy("Morsmål"))
    interpreter = forms.ChoiceField(
        label=gettext_lazy("Behov for tolk"), choices=InterpreterNeed.choices, initial=InterpreterNeed.UNKNOWN
    )

    def spoken(self) -> tuple[str, ...]:
        first = self.cleaned_data.get("language")
        return tuple(dict.fromkeys([*([first] if first else []), *self.cleaned_data.get("other_languages", [])]))


class RegisterForm(ContactFields, PersonFields):
    """Everything that is known when a case is opened; only the name, the owner and the main contact are required."""

    hide_optional = True
    owner_unit = forms.ModelChoiceField(
        label=gettext_lazy("Enhet med ansvar for programmet"), queryset=Unit.objects.none(), empty_label=None
    )
    main_contact = PlaceField(
        label=gettext_lazy("Hovedkontakt"),
        help_text=gettext_lazy("Hovedkontakten får også ansvaret for planen. Det kan endres i saksteamet."),
    )
    units = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Andre enheter i saksteamet"),
        required=False,
        queryset=Unit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Enhetens leder får beskjed om å velge hvem det blir."),
    )
    same_person = AnswerField(label=gettext_lazy("Hvem er deltakeren?"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, viewer: Viewer, staff: list[UnitStaff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["main_contact"].offer(staff)  # type: ignore[attr-defined]
        own = [
            one.unit for one in staff if one.unit.kind in OWNERS and one.unit.municipality_id == viewer.municipality_id
        ]
        self.fields["owner_unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in own]).order_by("name")  # type: ignore[attr-defined]
        self.fields["units"].queryset = Unit.objects.filter(pk__in=[one.unit.pk for one in staff]).order_by("name")  # type: ignore[attr-defined]
        if not self.is_bound:
            self._prefill(viewer, own)

    def _prefill(self, viewer: Viewer, own: list[Unit]) -> None:
        """The viewer's unit owns the case and the viewer is main contact – or the unit, where a leader registers."""
        unit = viewer.unit if viewer.unit in own else next(iter(own), None)
        self.initial.setdefault("owner_unit", unit.pk if unit else None)
        if unit:
            adviser = viewer.role == Role.PROGRAMME_ADVISER and unit == viewer.unit
            self.initial.setdefault("main_contact", place_key(unit.pk, viewer.user_id if adviser else None))
        if viewer.municipality:
            self.initial.setdefault("units", [u.pk for u in suggested_units(viewer.municipality) if u != unit])

    def offer_persons(self, likely: Iterable[Likely]) -> None:
        """Ask «who is it»: one of those found who have no open case, or – unless the number itself is known – somebody
        else."""
        found = list(likely)
        options = [
            (str(one.person.pk), _("Det er %(name)s: åpne en ny sak") % {"name": one.person.name})
            for one in found
            if not one.case.is_open
        ]
        if found and not any(one.match.by_number for one in found):
            options.append((ANYWAY, _("Det er en annen person: registrer likevel")))
        self.fields["same_person"].choices = options  # type: ignore[attr-defined]

    def details(self, family: Any) -> Details:
        """What was typed, as the command takes it."""
        given = self.cleaned_data
        return Details(
            given_name=given["given_name"],
            family_name=given["family_name"],
            numbers=self.numbers(),
            birth_date=given["birth_date"],
            gender=given["gender"],
            languages=self.spoken(),
            mother_tongue=given["mother_tongue"],
            interpreter=given["interpreter"],
            phone=given["phone"],
            email=given["email"],
            address=given["address"],
            protection=given["protection"],
            family=relatives(family),
            settled_on=given["settled_on"],
            settled_by_agreement=given["settled_by_agreement"],
            arrived_on=given["arrived_on"],
            permit=given["permit"],
            permit_granted_on=given["permit_granted_on"],
        )

    def places(self) -> list[Place]:
        """The team: the main contact, who also edits the plan, and the other units."""
        unit, user = self.cleaned_data["main_contact"]
        first = Place(unit, user, function=TeamFunction.MAIN_CONTACT, is_editor=True)
        others = [place_of_unit(other) for other in self.cleaned_data["units"] if other != unit]
        owner = self.cleaned_data["owner_unit"]
        if owner != unit and owner not in self.cleaned_data["units"]:
            others.append(place_of_unit(owner))
        return [first, *others]

    def answer(self) -> tuple[bool, UUID | None]:
        """(somebody else, the one it is)."""
        chosen = self.cleaned_data.get("same_person") or ""
        return chosen == ANYWAY, UUID(chosen) if chosen and chosen != ANYWAY else None
