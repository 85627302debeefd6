"""Whether somebody else has changed a class list since it was opened, and who: asked often, so it is cheap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import JournalEntry
from samlop.core.errors import not_found
from samlop.core.queries import query
from samlop.core.time import OSLO
from samlop.hours import list_state
from samlop.hours.list_state import members_on
from samlop.hours.models import Absence, Group, Roll
from samlop.people.vocabulary import Role

SLACK = timedelta(minutes=1)
"""A change may be written a little before it can be seen."""


@query(scoped="the group and its participants through viewer.scope; only whether anything changed is told")
def list_mark(viewer: Viewer, group_id: UUID, day: date) -> str:
    """The mark of the list as it stands (``ClassList.mark``). Four small queries. Raises ``Refused('not_found')``."""
    group = viewer.scope(Group).filter(pk=group_id).first()
    if group is None or viewer.is_participant:
        raise not_found()
    cases = list(members_on(viewer, group, day).values_list("case_id", flat=True))
    rows = Absence.objects.filter(
        case_id__in=cases, withdrawn_at__isnull=True, first_day__lte=day, last_day__gte=day
    ).order_by("first_day", "pk")
    absences = {row.case_id: row for row in rows.only("pk", "case_id", "revision")}
    roll = Roll.objects.filter(group=group, day=day).values_list("pk", flat=True).first()
    return list_state.fingerprint(roll, {key: list_state.token(absences.get(key)) for key in cases})


@dataclass(frozen=True)
class Change:
    """The latest change of a list by somebody else; no name where it was not a colleague."""

    name: str
    at: datetime | None

    @property
    def text(self) -> str:
        """What the page says of it."""
        if not self.name or self.at is None:
            return _("Listen er endret etter at du åpnet den.")
        values = {"name": self.name, "clock": f"{self.at.astimezone(OSLO):%H.%M}"}
        return _("%(name)s har endret listen etter at du åpnet den, sist kl. %(clock)s.") % values


@query(scoped="journal entries through viewer.scope, of participants of the group that the viewer may see")
def last_change(viewer: Viewer, group_id: UUID, day: date, since: datetime | None) -> Change:
    """Who else changed a list last since a moment. Four queries."""
    if since is None:
        return Change("", None)
    group = viewer.scope(Group).filter(pk=group_id).first()
    if group is None:
        raise not_found()
    entries = viewer.scope(JournalEntry).filter(
        case_id__in=members_on(viewer, group, day).values("case_id"),
        code__startswith="hours.absence.",
        at__gte=since - SLACK,
    )
    found = [
        Change("" if one.role == Role.PARTICIPANT else one.user_name, one.at)
        for one in entries.exclude(user_id=viewer.user_id).order_by("-at")[:20]
        if one.data["first_day"] <= day.isoformat() <= one.data["last_day"]
    ][:1]
    rolls = Roll.objects.filter(group=group, day=day, taken_at__gte=since - SLACK).exclude(taken_by=viewer.user_id)
    found += [Change(one.taken_by.name, one.taken_at) for one in rolls.select_related("taken_by")]
    return max(found, key=lambda one: (one.at is not None, one.at), default=Change("", None))
