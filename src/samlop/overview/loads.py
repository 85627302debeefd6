"""How many participants each adviser follows, against the norm."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce, TruncDate

from samlop.access.viewer import Viewer
from samlop.cases.models import Case, TeamMember
from samlop.cases.vocabulary import CaseStatus, TeamFunction
from samlop.cooperation.arrangements import arrangement_of
from samlop.core.queries import query
from samlop.core.time import OSLO, add_months, today
from samlop.overview.conditions import AFTER_END_MONTHS, contact_function


@dataclass(frozen=True)
class Load:
    """The participants of one adviser: those in the programme, and those who ended within a year.

    ``norm`` is set for programme advisers (average 20, counted with one year after the end); none for others.
    """

    active: int
    after_end: int
    norm: int | None
    user_id: UUID | None = None
    name: str = ""

    @property
    def total(self) -> int:
        return self.active + self.after_end

    @property
    def over(self) -> int:
        return max(0, self.total - self.norm) if self.norm is not None else 0


@query(scoped="counts only the viewer's own places in teams")
def my_load(viewer: Viewer) -> Load | None:
    """The viewer's own load as main contact; none for those who are nobody's main contact. Three queries."""
    if viewer.unit_id is None or viewer.municipality is None:
        return None
    own = Q(user_id=viewer.user_id, unit_id=viewer.unit_id)
    counted = _count(own, TeamFunction.MAIN_CONTACT, arrangement_of(viewer.municipality).caseload_norm)
    return counted[0] if counted else None


@query(scoped="counts places in teams of the cases in viewer.scope(Case)")
def loads(viewer: Viewer) -> list[Load]:
    """The load of each contact among the participants the viewer sees, the largest first.

    A leader counts main contacts against the norm; NAV's leader counts the contacts at NAV, for whom there is none.
    """
    function = contact_function(viewer)
    seen = Q(case_id__in=viewer.scope(Case).values("pk"), user__isnull=False)
    norm = None
    if function == TeamFunction.MAIN_CONTACT and viewer.municipality is not None:
        norm = arrangement_of(viewer.municipality).caseload_norm
    return _count(seen, function, norm)


def _count(places: Q, function: TeamFunction, norm: int | None) -> list[Load]:
    """The loads of those who hold the chosen places; the same rule as the list behind (``conditions.contact``)."""
    day = today()
    ended = Coalesce(F("case__course__ended_on"), TruncDate("case__closed_at", tzinfo=OSLO))
    recently = Q(case__status=CaseStatus.ENDED, ended__gt=add_months(day, -AFTER_END_MONTHS))
    rows = (
        TeamMember.objects.filter(places, function=function, valid_from__lte=day)
        .annotate(ended=ended)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day) | Q(valid_to__gte=F("ended")))
        .order_by()
        .values("user_id", "user__name")
        .annotate(
            active=Count("case", filter=Q(case__status=CaseStatus.ACTIVE), distinct=True),
            after=Count("case", filter=recently, distinct=True),
        )
    )
    found = [
        Load(row["active"], row["after"], norm, row["user_id"], row["user__name"] or "")
        for row in rows
        if row["active"] or row["after"]
    ]
    return sorted(found, key=lambda load: (-load.total, load.name))
