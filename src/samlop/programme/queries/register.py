"""What stands and what is left before a year closes in the national introduction register (NIR)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samlop.access.viewer import Viewer
from samlop.core.queries import query
from samlop.core.time import today
from samlop.law.deadlines import PlainDeadline, register_year_due
from samlop.programme.dues.decided import REGISTERED
from samlop.programme.law_of_case import told
from samlop.programme.models import Course, Decision, RegisterYear


@dataclass(frozen=True)
class RegisterPage:
    """The last year that is over: its deadline, what is not noted as registered in the viewer's cases, and the years
    that have been checked."""

    year: int
    deadline: PlainDeadline
    uncertain: list[tuple[str, str]]
    checked: list[RegisterYear]
    decisions: int
    ends: int

    @property
    def is_checked(self) -> bool:
        return any(row.year == self.year for row in self.checked)


@query(scoped="starts from viewer.scope(RegisterYear), viewer.scope(Decision) and viewer.scope(Course)")
def register_page(viewer: Viewer) -> RegisterPage:
    """Everything on the page of the register. Three queries."""
    year = today().year - 1
    deadline, last = register_year_due(year), date(year, 12, 31)
    decisions = viewer.scope(Decision).filter(
        kind__in=REGISTERED, status="signed", registered_on__isnull=True, decided_on__lte=last, before_samlop=False
    )
    ends = viewer.scope(Course).filter(
        ended_on__lte=last, start_on__isnull=False, case__course_facts__end_registered_on__isnull=True
    )
    return RegisterPage(
        year=year,
        deadline=deadline,
        uncertain=told(deadline.uncertain),
        checked=list(viewer.scope(RegisterYear).order_by("-year")),
        decisions=decisions.exclude(replaced_by__status="signed").count(),
        ends=ends.count(),
    )
