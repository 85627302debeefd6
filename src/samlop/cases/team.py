"""Rules of the team that every door keeps: who can have a place, and the change of a place from today on."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case, TeamMember
from samlop.cases.registration import Place
from samlop.cases.vocabulary import TeamFunction
from samlop.core.errors import Refused
from samlop.core.ids import uuid7
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.people.models import Municipality, Person, Unit, User
from samlop.people.staff import LEADERS, NOT_IN_TEAMS, units_of, works_at


def check_place(municipality: Municipality, unit: Unit, user: User | None, deputy: User | None) -> None:
    """A place is for a unit that works in the municipality, and for people who work there. Raises ``Refused``."""
    if not units_of(municipality).filter(pk=unit.pk).exclude(kind__in=NOT_IN_TEAMS).exists():
        raise Refused("unknown_unit", _("Velg en enhet som arbeider i kommunen."), "who")
    if user and not works_at(user.pk, unit.pk):
        raise Refused(
            "not_at_unit", _("%(name)s arbeider ikke ved %(unit)s nå. Velg en annen.") % _who(user, unit), "who"
        )
    if deputy is None:
        return
    if user is None:
        raise Refused("deputy_of_nobody", _("Velg først hvem personen skal være stedfortreder for."), "deputy")
    if deputy.pk == user.pk:
        raise Refused("own_deputy", _("Ingen kan være sin egen stedfortreder. Velg en annen."), "deputy")
    if not works_at(deputy.pk, unit.pk):
        raise Refused(
            "not_at_unit", _("%(name)s arbeider ikke ved %(unit)s nå. Velg en annen.") % _who(deputy, unit), "deputy"
        )


def _who(user: User, unit: Unit) -> dict[str, str]:
    return {"name": str(user), "unit": unit.name}


def check_first_team(municipality: Municipality, places: Iterable[Place], *, is_protected: bool) -> None:
    """The team a case is opened with: one main contact, at most one plan editor. Raises ``Refused``."""
    listed = list(places)
    for place in listed:
        check_place(municipality, place.unit, place.user, place.deputy)
    if sum(place.function == TeamFunction.MAIN_CONTACT for place in listed) != 1:
        raise Refused("one_main_contact", _("Velg én hovedkontakt."), "main_contact")
    if sum(place.is_editor for place in listed) > 1:
        raise Refused("one_editor", _("Bare én kan være planansvarlig om gangen."), "editor")
    if is_protected and not any(place.user for place in listed):
        raise protected_needs_person("main_contact")


def protected_needs_person(field: str | None) -> Refused:
    """With a protected address only named persons can open the case; without one nobody could."""
    return Refused(
        "protected_needs_person",
        _(
            "Deltakeren har adressebeskyttelse, så bare navngitte personer kan åpne saken. "
            "Velg en person, ikke bare enheten."
        ),
        field,
    )


def check_still_reachable(case: Case, person: Person | None = None) -> None:
    """A protected case must have somebody named in its team. Raises ``Refused``."""
    if (person or case.person).is_protected and not (current_places(case).filter(user__isnull=False).exists()):
        raise protected_needs_person(None)


def current_places(case: Case) -> Any:
    """Places that hold today or later."""
    return case.team.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today())).select_related(
        "unit", "user", "deputy"
    )


def may_manage(viewer: Viewer, case: Case) -> bool:
    """Whether the viewer may change the whole team of an opened, open case."""
    return case.is_open and not viewer.is_participant and case.viewer_rights[Section.IDENTITY] >= Right.MANAGE


def may_change_place(by: Viewer, rights: dict[Section, Right], unit_id: Any) -> bool:
    """Who may change a place: whoever manages the case's identity section, and a leader for places of the own unit."""
    if rights.get(Section.IDENTITY, Right.NONE) >= Right.MANAGE:
        return True
    return by.role in LEADERS and by.unit_id == unit_id and rights.get(Section.IDENTITY, Right.NONE) >= Right.SEE


def split(place: TeamMember, first_day: date, **changes: Any) -> TeamMember:
    """The place with other values from a day on: the old one ends the day before, so that it is known who was it when.

    A place that has not begun by then is changed where it stands.
    """
    if place.valid_from >= first_day:
        for name, value in changes.items():
            setattr(place, name, value)
        place.save()
        return place
    follower = copy.copy(place)
    follower.pk, follower._state = uuid7(), type(place._state)()
    follower.valid_from = first_day
    for name, value in changes.items():
        setattr(follower, name, value)
    place.valid_to = first_day - timedelta(days=1)
    place.save()
    follower.save(force_insert=True)
    return follower
