"""The absences of a case: what stands, who told what, days used and left, what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from samlop.access.viewer import Viewer
from samlop.cases.after_move import last_day_to_settle, moved_on, settles_up, takes_settling
from samlop.cases.models import Case
from samlop.core.errors import not_found
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.core.time import add_months, today
from samlop.hours.account import CHILD, DOCTOR, Account, ReasonLine, documents, label_of, new_end
from samlop.hours.cutoff import cutoff_of, rules_of
from samlop.hours.judging import Problem, problem, uncertain
from samlop.hours.leaves import GrantedLeave
from samlop.hours.merging import disagree_on_length
from samlop.hours.models import Absence, AbsenceChange, AbsenceReport, AttendanceRules, Leave, WorkPlaceLink
from samlop.law.absence import AddedTime
from samlop.law.dates import Month, Period
from samlop.law.texts import Note, question
from samlop.programme.spans import course_facts

MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Line:
    """One absence with everything that was said of it."""

    absence: Absence
    reports: list[AbsenceReport]
    changes: list[AbsenceChange]
    problem: Problem | None = None

    @property
    def label(self) -> str:
        return label_of(self.absence.code)

    @property
    def told_codes(self) -> list[str]:
        """The different reasons that have been told and not taken back."""
        return list(dict.fromkeys(one.code for one in self.reports if one.code and one.withdrawn_at is None))

    @property
    def disagree(self) -> bool:
        """Whether those who told of it say different things, and nobody has settled it."""
        live = [one for one in self.reports if one.withdrawn_at is None]
        return not self.absence.code and (len(self.told_codes) > 1 or disagree_on_length(live))

    @property
    def paper_missing(self) -> bool:
        """Whether the reason asks for a doctor's note that nobody has seen."""
        return documents(self.absence.code) and not self.absence.documented


@dataclass
class CasePage:
    """The page of a case about absence and leave.

    ``moved_on`` and ``settles_until`` are the last day that is written here, and the last day to write it, where the
    participant has moved and the municipality still settles up.
    """

    case: Case
    account: Account
    lines: list[Line] = field(default_factory=list)
    withdrawn: list[Line] = field(default_factory=list)
    older: int = 0
    used: list[ReasonLine] = field(default_factory=list)
    leaves: list[Leave] = field(default_factory=list)
    rules: AttendanceRules | None = None
    added: AddedTime | None = None
    end_on: date | None = None
    new_end: date | None = None
    links: list[WorkPlaceLink] = field(default_factory=list)
    may_write: bool = False
    may_decide: bool = False
    may_lose: bool = False
    moved_on: date | None = None
    settles_until: date | None = None

    @property
    def unsettled(self) -> list[Line]:
        return [line for line in self.lines if not line.absence.code]

    @property
    def decided_elsewhere(self) -> list[GrantedLeave]:
        """Leaves in force that nobody applied for here: decided without an application."""
        answered = {one.decision_id for one in self.leaves}
        return [one for one in self.account.leaves if one.decision_id not in answered]

    @property
    def uncertain(self) -> str:
        """What days with an ill child rest on that is not known."""
        return uncertain(self.account, today())

    @property
    def by_newer_rules(self) -> Note | None:
        """The reservation for a case under the old act, whose own regulations on absence are not in the rule book."""
        return question("old_act_absence") if self.account.act == "introduksjonsloven" else None

    @property
    def missing(self) -> list[Line]:
        return [line for line in self.lines if line.paper_missing]


@query(section=Section.HOURS)
def absences(viewer: Viewer, case: Any, *, everything: bool = False) -> CasePage:
    """The page of a case. A fixed number of queries."""
    account = Account.of(case)
    rights = case.viewer_rights
    staff = not viewer.is_participant
    fact = course_facts([case.pk])[case.pk]
    page = CasePage(
        case,
        account,
        rules=rules_of([case.municipality_id])[case.municipality_id],
        may_write=staff and takes_settling(case) and rights[Section.HOURS] >= Right.CONTRIBUTE,
        may_decide=staff and case.is_open and rights[Section.PROGRAMME] >= Right.MANAGE,
        end_on=fact.last_day,
    )
    if page.may_write and settles_up(case):
        page.moved_on, page.settles_until = moved_on(case), last_day_to_settle(case)
    rows = _lines_of(Absence.objects.filter(case=case), account)
    shown = [line for line in rows if everything or _recent(line.absence)]
    page.older = len(rows) - len(shown)
    page.lines = [line for line in shown if line.absence.withdrawn_at is None]
    page.withdrawn = [line for line in shown if line.absence.withdrawn_at is not None]
    page.used = account.lines(today())
    page.leaves = list(Leave.objects.filter(case=case).select_related("decision").order_by("-first_day"))
    page.may_lose = page.may_decide and account.may_lose_self_certificate(today())
    page.added = account.added()
    page.new_end = None if fact.has_ended else new_end(fact.last_day, page.added)
    if page.may_write:
        page.links = list(WorkPlaceLink.objects.filter(case=case, revoked_at__isnull=True, valid_to__gte=today()))
    return page


def _recent(absence: Absence) -> bool:
    return absence.last_day > add_months(today(), -MONTHS_SHOWN) or not (absence.code or absence.withdrawn_at)


def _lines_of(rows: QuerySet[Absence], account: Account) -> list[Line]:
    told = Prefetch("reports", queryset=AbsenceReport.objects.order_by("told_at"))
    found = rows.select_related("settled_by", "merged_into").prefetch_related(told, "changes").order_by("-first_day")
    return [Line(row, list(row.reports.all()), list(row.changes.all()), _in_the_way(account, row)) for row in found]


def _in_the_way(account: Account, row: Absence) -> Problem | None:
    """What stands in the way of the one reason that has been told, where none has been settled."""
    if row.code or row.withdrawn_at is not None:
        return None
    codes = {one.code for one in row.reports.all() if one.code and one.withdrawn_at is None}
    if len(codes) != 1:
        return None
    days = Period(row.first_day, row.last_day)
    return problem(account, codes.pop(), days, part=row.hours is not None, without=[row.pk])


@dataclass
class AbsencePage:
    """One absence and what can be done with it."""

    case: Case
    line: Line
    account: Account
    cutoff: date
    may_write: bool = False

    @property
    def is_late(self) -> bool:
        """Whether a change now comes after the month's cut-off."""
        return today() > self.cutoff

    @property
    def uncertain(self) -> str:
        """What the absence rests on that is not known, where it is told as a child's illness."""
        about_child = CHILD in (self.line.absence.code, *self.line.told_codes)
        return uncertain(self.account, self.line.absence.first_day) if about_child else ""

    @property
    def proposals(self) -> list[tuple[str, str, Problem | None]]:
        """The reasons that have been told, each with what is in its way: a help for the one who settles."""
        row = self.line.absence
        days = Period(row.first_day, row.last_day)
        codes = self.line.told_codes or ([row.code] if row.code else [])
        if _doctor_would_do(self.line):
            codes = [*codes, DOCTOR]
        return [
            (code, label_of(code), problem(self.account, code, days, part=row.hours is not None, without=[row.pk]))
            for code in dict.fromkeys(codes)
        ]


def _doctor_would_do(line: Line) -> bool:
    """Whether a doctor's note would settle what a self-certificate cannot."""
    return line.problem is not None and line.problem.code.startswith("self_certificate")


@query(section=Section.HOURS)
def one_absence(viewer: Viewer, case: Any, absence_id: UUID) -> AbsencePage:
    """One absence of the case. Raises ``Refused('not_found')``."""
    account = Account.of(case)
    lines = _lines_of(Absence.objects.filter(case=case, pk=absence_id), account)
    if not lines:
        raise not_found()
    row = lines[0].absence
    rules = rules_of([case.municipality_id])[case.municipality_id]
    may = not viewer.is_participant and takes_settling(case) and case.viewer_rights[Section.HOURS] >= Right.CONTRIBUTE
    cutoff = cutoff_of(rules, Month(row.first_day.year, row.first_day.month))
    return AbsencePage(case, lines[0], account, cutoff, may_write=may and row.withdrawn_at is None)


@query(section=Section.HOURS, right=Right.CONTRIBUTE)
def to_report(viewer: Viewer, case: Any) -> tuple[Case, Account]:
    """What the form for a new absence needs."""
    return case, Account.of(case)
