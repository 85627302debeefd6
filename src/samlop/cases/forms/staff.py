"""Forms for those who look after the people of a unit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlop.cases.leaving import Succession, UnitSuccession
from samlop.cases.notes import Orphaned
from samlop.core.forms import DayField, HouseForm
from samlop.core.time import today
from samlop.people.models import Membership, Unit, User
from samlop.people.roles import roles_to_give
from samlop.people.vocabulary import Role


class RoleField(forms.ChoiceField):
    """A role at a unit, grouped by unit; the value is (unit, role)."""

    def offer(self, units: list[Unit], giver: Role | None) -> None:
        self._units = {str(unit.pk): unit for unit in units}
        self.choices = [
            ("", _("Velg enhet og rolle")),
            *(
                (
                    unit.name,
                    [(f"{unit.pk}:{role.value}", role.label) for role in roles_to_give(giver, unit)],
                )
                for unit in units
            ),
        ]

    def clean(self, value: Any) -> tuple[Unit, str] | None:
        chosen = super().clean(value)
        if not chosen:
            return None
        key, _colon, role = chosen.partition(":")
        return self._units[key], role


class NewMemberForm(HouseForm):
    """A colleague gets a role."""

    email = forms.EmailField(
        label=gettext_lazy("E-post"),
        help_text=gettext_lazy("Har personen en konto fra før, brukes den med navnet som står der."),
    )
    name = forms.CharField(label=gettext_lazy("Navn"), required=False, max_length=200)
    phone = forms.CharField(
        label=gettext_lazy("Telefon"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "tel"})
    )
    role = RoleField(label=gettext_lazy("Enhet og rolle"))
    title = forms.CharField(label=gettext_lazy("Stillingstittel"), required=False, max_length=120)
    valid_from = DayField(label=gettext_lazy("Første dag"))
    valid_to = DayField(
        label=gettext_lazy("Siste dag"), required=False, help_text=gettext_lazy("La feltet stå tomt hvis det er fast.")
    )

    def __init__(self, *args: Any, units: list[Unit], giver: Role | None, **kwargs: Any) -> None:
        kwargs["initial"] = {"valid_from": today(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["role"].offer(units, giver)  # type: ignore[attr-defined]


class MemberForm(HouseForm):
    """How a colleague is reached, and who steps in."""

    phone = forms.CharField(
        label=gettext_lazy("Telefon"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "tel"})
    )
    title = forms.CharField(label=gettext_lazy("Stillingstittel"), required=False, max_length=120)
    deputy = forms.ModelChoiceField(
        label=gettext_lazy("Stedfortreder"),
        required=False,
        queryset=User.objects.none(),
        empty_label=gettext_lazy("Ingen"),
        help_text=gettext_lazy("Tar over sakene hvis personen slutter og det ikke er valgt noen i saken."),
    )
    valid_to = DayField(label=gettext_lazy("Siste dag"), required=False)

    def __init__(self, *args: Any, membership: Membership, people: list[User], **kwargs: Any) -> None:
        kwargs["initial"] = {
            "phone": membership.user.phone,
            "title": membership.title,
            "deputy": membership.deputy_id,
            "valid_to": membership.valid_to,
        }
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = User.objects.filter(pk__in=[one.pk for one in people]).order_by("name")  # type: ignore[attr-defined]
        if membership.valid_to is None:
            del self.fields["valid_to"]


class LeaveForm(HouseForm):
    """The last day, who takes over each case that the leader may see and each group, and who reads notes that nobody
    else can read."""

    hide_optional = True
    last_day = DayField(label=gettext_lazy("Siste dag"))

    def __init__(
        self,
        *args: Any,
        successions: list[Succession],
        people: list[User],
        unread: Iterable[Orphaned] = (),
        at_unit: Iterable[UnitSuccession] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows: list[tuple[Succession, str]] = []
        seen: set[UUID] = set()
        for one in successions:
            name = f"case_{one.place.case_id.hex}"
            if one.place.case_id not in seen:
                self.fields[name] = _heir_field(one.place.case.person.name, one.heir, people)
                seen.add(one.place.case_id)
                self.rows.append((one, name))

        self.at_unit: list[tuple[UnitSuccession, str]] = []
        for work in at_unit:
            name = f"work_{work.held.key.hex}"
            self.fields[name] = _heir_field(f"{work.held.kind} {work.held.name}", work.heir, people)
            self.at_unit.append((work, name))

        self.unread: list[tuple[Orphaned, str]] = []
        for note in unread:
            name = f"reader_{note.case.pk.hex}"
            person, is_open = note.case.person.name, note.case.is_open
            self.fields[name] = forms.ChoiceField(
                label=person if is_open else _("%(name)s (avsluttet)") % {"name": person},
                required=False,
                choices=[
                    ("", _("Den som tar over deltakeren") if is_open else _("Stedfortrederen eller lederen")),
                    *((str(one.pk), one.name) for one in note.possible.values()),
                ],
                initial=str(note.proposed.pk) if note.proposed else "",
            )
            self.unread.append((note, name))

    def note_lines(self) -> list[tuple[Orphaned, forms.BoundField]]:
        """Each case with a note that needs a reader."""
        return [(one, self[name]) for one, name in self.unread]

    @property
    def has_ended(self) -> bool:
        """Whether some of the notes are in an ended case."""
        return any(not one.case.is_open for one, _name in self.unread)

    def readers(self) -> dict[UUID, UUID | None]:
        """Who was chosen to read the notes of each case."""
        return {
            one.case.pk: UUID(chosen) if (chosen := self.cleaned_data.get(name)) else None for one, name in self.unread
        }

    def work_lines(self) -> list[tuple[UnitSuccession, forms.BoundField]]:
        """Each group with its field."""
        return [(one, self[name]) for one, name in self.at_unit]

    def at_unit_heirs(self) -> dict[UUID, UUID | None]:
        """Who was chosen for each group."""
        return {
            one.held.key: UUID(chosen) if (chosen := self.cleaned_data.get(name)) else None
            for one, name in self.at_unit
        }

    def lines(self) -> list[tuple[Succession, forms.BoundField]]:
        """Each case with its field."""
        return [(one, self[name]) for one, name in self.rows]

    def holders(self) -> dict[UUID, UUID | None]:
        """Who was chosen for each case."""
        return {
            one.place.case_id: UUID(chosen) if (chosen := self.cleaned_data.get(name)) else None
            for one, name in self.rows
        }


def _heir_field(label: str, heir: User | None, people: list[User]) -> forms.ChoiceField:
    """Who takes over: the proposed one is chosen, and only where there is none can it be nobody."""
    nobody = [] if heir else [("", _("Ingen: enheten står uten navngitt person"))]
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[*nobody, *((str(person.pk), person.name) for person in people)],
        initial=str(heir.pk) if heir else "",
    )
