"""The participant's own absence: what is already told, and what a new one would mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.cases.vocabulary import CaseStatus
from samlop.core.errors import not_found
from samlop.core.gate import gate
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.hours.account import Account
from samlop.hours.judging import Problem, problem
from samlop.hours.models import Absence, Leave
from samlop.hours.vocabulary import Reporter
from samlop.law.dates import Period
from samlop.portal.consequence import MonthCost, costs

SHOWN = 20


@dataclass
class OwnAbsence:
    """The participant's page."""

    case: Case
    account: Account
    absences: list[Absence] = field(default_factory=list)
    mine: set[UUID] = field(default_factory=set)
    """Those that the participant has told of, and can take back: nobody has settled them."""
    leaves: list[Leave] = field(default_factory=list)


@query(scoped="the viewer's own open case, opened through the gate")
def own_absence(viewer: Viewer) -> OwnAbsence:
    """The participant's own absences, newest first. Raises ``Refused('not_found')`` where there is no open case."""
    key = viewer.scope(Case).filter(status=CaseStatus.ACTIVE).values_list("pk", flat=True).first()
    if key is None or not viewer.is_participant:
        raise not_found()
    case: Any = gate().open(viewer, key, Section.HOURS, Right.CONTRIBUTE)
    rows = Absence.objects.filter(case=case, withdrawn_at__isnull=True).order_by("-first_day")
    leaves = Leave.objects.filter(case=case).select_related("decision").order_by("-first_day")
    told = rows.filter(
        reports__reporter=Reporter.PARTICIPANT, reports__withdrawn_at__isnull=True, settled_by__isnull=True
    )
    mine = set(told.values_list("pk", flat=True))
    return OwnAbsence(case, Account.of(case), list(rows[:SHOWN]), mine, list(leaves[:SHOWN]))


@dataclass(frozen=True)
class Meaning:
    """What an absence means before it is sent: the rule that is in its way, and the kroner."""

    days: Period
    hours: Decimal | None
    code: str
    problem: Problem | None
    months: list[MonthCost]

    @property
    def needs_paper(self) -> bool:
        return self.code == "SYK_EGEN_LEGE"


def meaning(own: OwnAbsence, days: Period, hours: Decimal | None, code: str) -> Meaning:
    """What the absence would mean. Absences on the same days are the same absence, and not in the way of it."""
    same = [row.pk for row in own.absences if row.first_day <= days.last and row.last_day >= days.first]
    found = problem(own.account, code, days, part=hours is not None, without=same) if code else None
    return Meaning(days, hours, code, found, costs(own.case, days, hours))
