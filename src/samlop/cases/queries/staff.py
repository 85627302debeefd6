"""The people a leader looks after, and what changes hands when one of them leaves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from samlop.access.viewer import Viewer
from samlop.cases.leaving import Leaver, Succession, UnitSuccession, colleagues, successions, unit_successions
from samlop.cases.models import Case
from samlop.cases.notes import Orphaned, orphaned, orphaned_in_ended, places_in_ended
from samlop.core.errors import not_found
from samlop.core.queries import query
from samlop.core.time import today
from samlop.people.models import Membership, Unit, User
from samlop.people.staff import UnitStaff, managed_units, still_works_at

SHOWN_AFTER = timedelta(days=90)
"""Those who have left are shown for so long."""


@query(scoped="people of the units that the viewer looks after (people.staff.managed_units); says nothing of cases")
def staff(viewer: Viewer) -> list[UnitStaff]:
    """Units with everyone who works there, will, or has done lately. Two queries."""
    units = list(managed_units(viewer))
    lately = Q(valid_to__isnull=True) | Q(valid_to__gte=today() - SHOWN_AFTER)
    found: dict[UUID, UnitStaff] = {unit.pk: UnitStaff(unit) for unit in units}
    rows = Membership.objects.filter(lately, unit__in=units).select_related("user", "deputy")
    for row in rows.order_by("user__name", "valid_from", "pk"):
        found[row.unit_id].members.append(row)
    return list(found.values())


@dataclass
class Member:
    """One colleague, those who could be deputy, and the units one can be given a role at."""

    membership: Membership
    colleagues: list[User] = field(default_factory=list)


@query(scoped="a person of a unit that the viewer looks after")
def member(viewer: Viewer, membership_id: UUID) -> Member:
    """One colleague. Raises ``Refused('not_found')``."""
    row = _managed(viewer, membership_id)
    return Member(row, list(colleagues(row, today() - timedelta(days=1)).values()))


@dataclass
class Leaving:
    """What changes hands, as far as the viewer may see: place and who takes it unless somebody else is chosen."""

    membership: Membership
    last_day: date
    keeps_places: bool = False
    successions: list[Succession] = field(default_factory=list)
    colleagues: list[User] = field(default_factory=list)
    at_unit: list[UnitSuccession] = field(default_factory=list)
    """What is about no case and changes hands: the groups that the person answers for."""
    unread: list[Orphaned] = field(default_factory=list)
    """Cases with a note that nobody could read; that there is one is told to who must name a reader, never the text."""


@query(scoped="a person of a unit that the viewer looks after; cases through viewer.scope(Case)")
def leaving(viewer: Viewer, membership_id: UUID, last_day: date) -> Leaving:
    """Who would take over which of the cases that the viewer may see. A fixed number of queries."""
    row = _managed(viewer, membership_id)
    found = Leaving(row, last_day, keeps_places=still_works_at(row, last_day))
    if found.keeps_places:
        return found
    every = successions(row, last_day)
    leaver = Leaver(row.user, row.unit, last_day)
    unread = orphaned(leaver, {one.place.case_id: one.heir for one in reversed(every)})
    unread += orphaned_in_ended(leaver, row.deputy_id, places_in_ended(leaver))
    keys = [*(one.place.case_id for one in every), *(one.case.pk for one in unread)]
    visible = set(viewer.scope(Case).filter(pk__in=keys).values_list("pk", flat=True))
    found.unread = [one for one in unread if one.case.pk in visible]
    found.successions = [one for one in every if one.place.case_id in visible]
    found.at_unit = unit_successions(row, last_day)
    found.colleagues = list(colleagues(row, last_day).values())
    return found


@query(scoped="units that the viewer looks after")
def units_to_staff(viewer: Viewer) -> list[Unit]:
    """The units where the viewer can give somebody a role."""
    return list(managed_units(viewer))


def _managed(viewer: Viewer, membership_id: UUID) -> Membership:
    rows = Membership.objects.filter(pk=membership_id, unit__in=managed_units(viewer).values("pk"))
    row = rows.select_related("user", "unit", "deputy").first()
    if row is None:
        raise not_found()
    return row
