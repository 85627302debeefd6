"""What the pages of the run show. Sums of those a viewer does not see are told only where they give nothing away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.benefit.calendar import last_over, month_before, pay_on, payment_days
from samlop.benefit.instalments import rest_of
from samlop.benefit.models import Acknowledged, BenefitRun, Correction, Draft, RepaymentPlan, Statement
from samlop.benefit.plain import month_named, month_of
from samlop.benefit.preparing import has_stopped
from samlop.benefit.questions import Question
from samlop.benefit.rules_known import NewlyKnown, known_since
from samlop.benefit.standing import open_cases, questions_of, rules_touched, settled_in
from samlop.benefit.vocabulary import Change, CorrectionState, PlanState, RunStatus
from samlop.core.errors import Refused, not_found
from samlop.core.queries import query
from samlop.core.rights import Permission
from samlop.core.sorting import search_key
from samlop.core.time import today
from samlop.law.dates import Month
from samlop.law.texts import question

FEWEST_OTHERS = 5
"""Sums of fewer participants than this, outside what the viewer sees, would tell of one of them."""
SHOWN_MONTHS = 13
ROLLS = "missing_rolls"
FEWEST_MONTHS = 3
"""Months shown before the municipality has paid any through the program."""


@dataclass(frozen=True)
class Sums:
    """What a viewer may know of a run's totals: their own participants', and the others' where it tells of nobody."""

    people: int = 0
    pay_ore: int = 0
    others: int = 0
    others_ore: int | None = None

    @property
    def all_ore(self) -> int | None:
        """The whole run; none where the difference would give others away."""
        if not self.others:
            return self.pay_ore
        return None if self.others_ore is None else self.pay_ore + self.others_ore


def _sums(people: int, pay_ore: int, all_people: int, all_ore: int) -> Sums:
    others = all_people - people
    return Sums(people, pay_ore, others, all_ore - pay_ore if others >= FEWEST_OTHERS else None)


@dataclass
class MonthLine:
    """A month on the list of months."""

    month: Month
    run: BenefitRun | None
    pay_on: date
    sums: Sums = field(default_factory=Sums)
    newly_known: list[NewlyKnown] = field(default_factory=list)
    stopped: bool = False

    @property
    def is_late(self) -> bool:
        """Whether the payment day has come without an approved run."""
        return (self.run is None or not self.run.is_approved) and self.pay_on <= today()


@dataclass
class Months:
    """The page of months."""

    lines: list[MonthLine]
    payment_day: int
    waiting: int
    may_set_day: bool


@query(scoped="runs of the viewer's municipality; sums only of participants in the viewer's scope")
def months(viewer: Viewer) -> Months:
    """The last months of the viewer's municipality. A fixed number of queries."""
    if viewer.municipality_id is None:
        raise Refused("no_municipality", _("Bare en enhet i en kommune utbetaler stønad. Bytt rolle øverst på siden."))
    day = payment_days([viewer.municipality_id])[viewer.municipality_id]
    runs = {run.month: run for run in viewer.scope(BenefitRun).select_related("prepared_by", "approved_by")}
    wanted = [last_over(today())]
    began = min(runs, default=wanted[0].first)
    while len(wanted) < FEWEST_MONTHS or (len(wanted) < SHOWN_MONTHS and wanted[-1].first > began):
        wanted.append(month_before(wanted[-1]))
    wanted += sorted((month_of(m) for m in runs if month_of(m) not in wanted), reverse=True)
    seen = _seen(viewer, Statement) | _seen(viewer, Draft)
    lines = []
    for month in wanted:
        run = runs.get(month.first)
        line = MonthLine(month, run, run.pay_on if run else pay_on(month, day))
        if run is not None:
            line.stopped = has_stopped(run)
            line.sums = _sums(*seen.get(run.pk, (0, 0)), run.people, run.pay_ore)
            line.newly_known = known_since(month, run.rules_known_on, today()) if run.is_approved else []
        lines.append(line)
    waiting = viewer.scope(Correction).filter(
        municipality_id=viewer.municipality_id, state__in=[CorrectionState.FOUND, CorrectionState.PROPOSED]
    )
    return Months(lines, day, waiting.count(), viewer.may(Permission.CONFIGURE))


def _seen(viewer: Viewer, model: Any) -> dict[Any, tuple[int, int]]:
    """How many lines of each run the viewer sees, and their sum."""
    rows = viewer.scope(model).filter(municipality_id=viewer.municipality_id)
    rows = rows.exclude(changes__contains=[Change.LEFT_OUT.value]).order_by().values("run_id")
    found = rows.annotate(number=Count("pk"), ore=Sum(F("net_ore") + F("correction_ore")))
    return {row["run_id"]: (row["number"], row["ore"]) for row in found}


@dataclass
class Line:
    """One participant in a run."""

    sheet: Any
    case: Any
    questions: list[Question] = field(default_factory=list)

    @property
    def open_questions(self) -> int:
        return sum(one.is_open for one in self.questions)

    @property
    def held(self) -> list[Question]:
        """The questions that an answer of an earlier month still counts for."""
        return [one for one in self.questions if one.held]

    @property
    def changes(self) -> list[Change]:
        return [Change(code) for code in self.sheet.changes]

    @property
    def is_left_out(self) -> bool:
        return Change.LEFT_OUT.value in self.sheet.changes


@dataclass
class Rule:
    """An open question of the law that a run rests on."""

    code: str
    text: Any
    references: tuple[str, ...]
    people: int
    acknowledged: Acknowledged | None


@dataclass
class RunPage:
    """A month's run as a viewer sees it."""

    month: Month
    run: BenefitRun | None
    pay_on: date
    is_over: bool
    stopped: bool = False
    lines: list[Line] = field(default_factory=list)
    shown: list[Line] = field(default_factory=list)
    ended: list[Statement] = field(default_factory=list)
    sums: Sums = field(default_factory=Sums)
    others_open: int = 0
    rules: list[Rule] = field(default_factory=list)
    newly_known: list[NewlyKnown] = field(default_factory=list)
    may_approve: bool = False
    is_own: bool = False

    @property
    def open_lines(self) -> list[tuple[Line, Question]]:
        """The open questions about single participants; missing rolls are about groups and told once."""
        return [(line, one) for line in self.lines for one in line.questions if one.is_open and one.code != ROLLS]

    @property
    def held_lines(self) -> list[tuple[Line, Question]]:
        """The answers of earlier months that still count."""
        return [(line, one) for line in self.lines for one in line.held]

    @property
    def without_rolls(self) -> list[Line]:
        """The participants whose groups lack a roll, where nobody has accepted it."""
        return [line for line in self.lines if any(one.is_open and one.code == ROLLS for one in line.questions)]

    @property
    def rules_open(self) -> int:
        """The open questions of the law that nobody has looked at."""
        return sum(rule.acknowledged is None for rule in self.rules)

    @property
    def open_questions(self) -> int:
        """Everything that stands in the way of an approval, also what the viewer does not see."""
        return sum(line.open_questions for line in self.lines) + self.others_open + self.rules_open

    @property
    def to_settle(self) -> int:
        """The same as the page lists it: rolls that are missing are one question, however many participants."""
        rolls = len(self.without_rolls)
        return self.open_questions - rolls + bool(rolls)


@query(scoped="the viewer's municipality; lines only of participants in the viewer's scope")
def run_page(viewer: Viewer, month: str, show: str = "", search: str = "") -> RunPage:
    """A month's run with the lines the viewer may see. A fixed number of queries however many participants.

    ``show`` is «endret» (changed since last month), «sporsmal» (has a question) or empty for all.
    """
    wanted = month_named(month)
    if wanted is None or viewer.municipality_id is None:
        raise not_found()
    runs = viewer.scope(BenefitRun).select_related("prepared_by", "approved_by", "municipality")
    run = runs.filter(month=wanted.first).first()
    day = payment_days([viewer.municipality_id])[viewer.municipality_id]
    page = RunPage(wanted, run, run.pay_on if run else pay_on(wanted, day), wanted <= last_over(today()))
    if run is None:
        return page
    page.stopped = has_stopped(run) or (bool(run.trouble) and run.status == RunStatus.CALCULATING)
    page.may_approve = viewer.may(Permission.APPROVE_BENEFIT)
    page.is_own = run.prepared_by_id == viewer.user_id
    if run.status == RunStatus.CALCULATING:
        return page
    _fill(viewer, page, run)
    page.shown = [line for line in page.lines if _is_shown(line, show) and _is_found(line, search)]
    return page


def _fill(viewer: Viewer, page: RunPage, run: BenefitRun) -> None:
    model = Statement if run.is_approved else Draft
    rows = viewer.scope(model).filter(run=run).select_related("case__person").order_by("case__person__sort_key", "pk")
    settled = settled_in(run)
    open_all = 0
    if not run.is_approved:
        open_all = sum(open_cases(run).values())
        page.rules = _rules(run)
    for row in rows:
        asked = questions_of(row, settled.get(row.case_id, {})) if not run.is_approved else []
        page.lines.append(Line(row, row.case, asked))
    counted = [line for line in page.lines if not line.is_left_out]
    page.sums = _sums(len(counted), sum(line.sheet.pay_ore for line in counted), _people(run), run.pay_ore)
    page.others_open = open_all - sum(line.open_questions for line in page.lines)
    page.newly_known = known_since(page.month, run.rules_known_on, today())
    here = {line.sheet.case_id for line in page.lines}
    before = viewer.scope(Statement).filter(
        municipality_id=run.municipality_id, month=month_before(page.month).first, gross_ore__gt=0
    )
    page.ended = [one for one in before.select_related("case__person") if one.case_id not in here]


def _people(run: BenefitRun) -> int:
    if run.is_approved:
        return run.people
    return int(run.drafts.exclude(changes__contains=[Change.LEFT_OUT.value]).count())


def _rules(run: BenefitRun) -> list[Rule]:
    known = {row.code: row for row in Acknowledged.objects.filter(run=run)}
    found = []
    for code, people in sorted(rules_touched(run).items()):
        told = question(code)
        found.append(Rule(code, told.text, told.references, people, known.get(code)))
    return found


def _is_shown(line: Line, show: str) -> bool:
    if show == "endret":
        return bool(line.sheet.changes)
    if show == "sporsmal":
        return bool(line.questions)
    return True


def _is_found(line: Line, search: str) -> bool:
    words = search_key(search)
    return not words or words in line.case.person.search_key or words in line.sheet.reference.casefold()


@dataclass(frozen=True)
class DifferenceLine:
    """A difference with what the viewer may do with it."""

    row: Correction
    may_propose: bool
    may_confirm: bool


@dataclass(frozen=True)
class RunningPlan:
    """A repayment plan that is proposed or runs. ``may_not_be_taken`` where the case is closed or has moved away."""

    plan: RepaymentPlan
    rest_ore: int
    next_month: date
    may_not_be_taken: bool


@dataclass
class Differences:
    """The page of differences in closed months."""

    lines: list[DifferenceLine]
    done: list[Correction]
    net_ore: int
    plans: list[RunningPlan]

    @property
    def to_propose(self) -> list[DifferenceLine]:
        return [line for line in self.lines if line.may_propose]

    @property
    def to_confirm(self) -> list[DifferenceLine]:
        return [line for line in self.lines if line.may_confirm]


@query(scoped="starts from viewer.scope(Correction), of the viewer's municipality")
def differences(viewer: Viewer) -> Differences:
    """The differences the viewer may see: open ones, plans that run, and the last that were settled. Four queries."""
    if viewer.municipality_id is None:
        raise Refused("no_municipality", _("Bare en enhet i en kommune utbetaler stønad. Bytt rolle øverst på siden."))
    rows = viewer.scope(Correction).filter(municipality_id=viewer.municipality_id)
    rows = rows.select_related("case__person", "proposed_by", "confirmed_by", "statement")
    ended = Q(state__in=[CorrectionState.PAID, CorrectionState.ELSEWHERE, CorrectionState.INSTALMENTS])
    found = list(rows.exclude(ended).order_by("month", "case__person__sort_key"))
    may_prepare, may_approve = viewer.may(Permission.PREPARE_BENEFIT), viewer.may(Permission.APPROVE_BENEFIT)
    lines = [
        DifferenceLine(
            row,
            may_propose=may_prepare and row.state == CorrectionState.FOUND,
            may_confirm=may_approve and row.state == CorrectionState.PROPOSED and row.proposed_by_id != viewer.user_id,
        )
        for row in found
    ]
    done = list(rows.filter(ended).order_by("-confirmed_at")[:50])
    return Differences(lines, done, _net(found), _plans(viewer))


def _plans(viewer: Viewer) -> list[RunningPlan]:
    """The plans that the viewer may see, with what is left of each. Two queries."""
    rows = viewer.scope(RepaymentPlan).filter(
        municipality_id=viewer.municipality_id, state__in=(PlanState.PROPOSED, PlanState.CONFIRMED)
    )
    rows = rows.select_related("case__person", "correction").order_by("case__person__sort_key", "pk")
    found = []
    for plan in rows.prefetch_related("instalments"):
        left = [one for one in plan.instalments.all() if one.statement_id is None]
        if left:
            found.append(RunningPlan(plan, rest_of(plan), left[0].month, not plan.case.is_open))
    return found


def _net(rows: Iterable[Correction]) -> int:
    return sum(row.difference_ore for row in rows)
