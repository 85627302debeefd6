"""The benefit of the last months: circumstances, absence without a valid reason, statements, and each town's runs.

The statements are worked out by the room's own functions from the facts of the life, so that the pages agree with them.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from samlop.benefit.calendar import DEFAULT_DAY, last_over, month_after, month_before, pay_on
from samlop.benefit.changes import since_last
from samlop.benefit.corrections import by_code
from samlop.benefit.facts import CaseMonth, share_of
from samlop.benefit.models import BenefitRun, Circumstance, Correction, Payee, PayrollFile, Statement
from samlop.benefit.payroll import as_csv, as_xlsx, rows_of
from samlop.benefit.plain import digest
from samlop.benefit.preparing import LETTERS
from samlop.benefit.statements import Kept, answer
from samlop.benefit.vocabulary import BenefitKind, CircumstanceKind, CorrectionState, RunStatus, Source
from samlop.core.rights import Section
from samlop.core.time import OSLO
from samlop.hours.models import Absence, AbsenceReport
from samlop.hours.month import UNAUTHORISED
from samlop.hours.vocabulary import Reporter
from samlop.law.dates import Month, age_on, is_working_day
from samlop.law.parameters import current_book, rules_known
from samlop.law.person_month import OtherBenefit, PersonMonth
from samlop.people.vocabulary import Role
from samlop.site.demo.days import clock, workday
from samlop.site.demo.load import Rows
from samlop.site.demo.story.base import RICH, Story
from samlop.site.demo.towns import TOWNS, Town

MONTHS = 3
"""How many months back the towns have paid through Samløp."""
TOLD_LATE = 9
"""The case of the demo user ``radgiver`` where an absence was told of too late."""
APPROVED_BY_DAY = 10


@dataclass
class Paid:
    """What the stories of a town have been paid, until its runs are written."""

    lines: dict[Month, list[Statement]] = field(default_factory=lambda: defaultdict(list))


_PAID: dict[UUID, Paid] = {}


def approved_on(month: Month) -> date:
    """The day the run of a month was approved."""
    return workday(month_after(month).first.replace(day=APPROVED_BY_DAY))


def paid_months(today: date) -> list[Month]:
    """The last months whose runs are approved, oldest first."""
    month = last_over(today)
    if approved_on(month) >= today:
        month = month_before(month)
    found = [month]
    while len(found) < MONTHS:
        found.append(month_before(found[-1]))
    return found[::-1]


def pay(story: Story) -> None:
    """Tell the benefit of one life: only in the small demo, and only for somebody with a programme."""
    life = story.life
    if story.amount is not RICH or life.start is None:
        return
    months = paid_months(story.today)
    if not (story.happened(workday(life.start - timedelta(days=12))) or life.start < story.today):
        return
    facts = _Facts(story)
    _tell_circumstances(story, facts)
    _tell_absence(story, facts, months[-1])
    reference = _reference(story.case.pk)
    before: tuple[list[Kept], Mapping[str, Any]] | None = None
    some = False
    for month in months:
        statement = _statement(story, facts, month, reference, before)
        before = (statement.lines, statement.facts) if statement else None
        some = some or statement is not None
    if some:
        story.put(Payee, "payee", reference=reference)
    if story.town.key == "elvestad" and story.number == TOLD_LATE:
        _tell_too_late(story, facts, months[-2])


def _tell_too_late(story: Story, facts: _Facts, month: Month) -> None:
    """An absence that the school told of after the month was paid: a difference that waits for two people."""
    before = facts.of(month)
    day = _first_pair(month)
    if before is None or before.person is None:
        return
    facts.days.append(day)
    after = facts.of(month)
    assert after is not None
    told = workday(story.today - timedelta(days=2))
    _absence(story, day, day, None, told)
    old, new = answer(before, rules_known(approved_on(month))), answer(after, rules_known(story.today))
    story.put(
        Correction,
        "correction",
        month=month.first,
        state=CorrectionState.FOUND.value,
        before_ore=old.net,
        after_ore=new.net,
        lines=by_code(old.lines, new.lines),
        why=["absence"],
        facts={**after.plain(), "lines": new.lines},
        fingerprint=digest([old.net, new.net, after.plain()]),
        rules_before=approved_on(month),
        rules_known_on=story.today,
        found_at=story.moment(told, 600),
    )


def _reference(case_id: UUID) -> str:
    digits = hashlib.sha256(str(case_id).encode()).digest()
    return "S-" + "".join(LETTERS[byte % len(LETTERS)] for byte in digits[:8])


@dataclass
class _Facts:
    """What the benefit of a life rests on besides its dates."""

    story: Story
    with_parents: date | None = None
    other: tuple[BenefitKind, int, date] | None = None
    days: list[date] = field(default_factory=list)
    hours: list[tuple[date, Decimal]] = field(default_factory=list)

    def of(self, month: Month) -> CaseMonth | None:
        """The month as ``benefit.facts`` would read it; none where there is no programme in it."""
        life, case = self.story.life, self.story.case
        assert life.start is not None
        start = max(life.start, life.settled) if self.story.continues else life.start
        closed = case.closed_at.astimezone(OSLO).date() if case.closed_at else None
        last = min((day for day in (life.ended or life.planned_end, closed) if day is not None), default=None)
        if start > month.last or (last is not None and last < month.first):
            return None
        monthly = []
        if self.other is not None and self.other[2] <= month.last:
            kind, ore, since = self.other
            monthly.append(OtherBenefit(kind.value, Fraction(ore, 100), share_of(since, month)))  # type: ignore[arg-type]
        inside = [hours for day, hours in self.hours if month.first <= day <= month.last]
        person = PersonMonth(
            month=month,
            birth_date=life.birth_date,
            permit_granted=life.permit_granted,
            arrived=life.arrived,
            programme_start=start,
            programme_end=last,
            lives_with_parents=self.with_parents is not None and self.with_parents <= max(month.first, start),
            absence_days=sum(month.first <= day <= month.last for day in self.days),
            absence_hours=sum((Fraction(hours) for hours in inside), Fraction(0)),
            other_benefits=tuple(monthly),
        )
        return CaseMonth(case.pk, month, person)


def _tell_circumstances(story: Story, facts: _Facts) -> None:
    """Some of the young live with their parents, and one in twenty has another benefit."""
    life, rng = story.life, story.luck("circumstances")
    assert life.start is not None
    since = life.start
    told = story.day(0.4)
    young = age_on(life.birth_date, story.today) < 25
    chance = rng.random()
    if life.has("hero") or not story.happened(told):
        return
    if young and chance < 0.5:
        facts.with_parents = since
        _circumstance(story, CircumstanceKind.WITH_PARENTS, told, since, Source.PARTICIPANT)
    elif chance > 0.95:
        facts.other = (BenefitKind.AAP, 540_000, since)
        _circumstance(story, CircumstanceKind.OTHER_BENEFIT, told, since, Source.NAV, BenefitKind.AAP, 540_000)


def _circumstance(
    story: Story,
    kind: CircumstanceKind,
    told: date,
    since: date,
    source: Source,
    benefit: BenefitKind | None = None,
    monthly_ore: int | None = None,
) -> None:
    when = story.moment(told, 260)
    story.put(
        Circumstance,
        "circumstance",
        kind=kind.value,
        benefit=benefit.value if benefit else "",
        monthly_ore=monthly_ore,
        valid_from=since,
        source=source.value,
        told_at=when,
        told_by_id=story.adviser.user_id,
    )
    data = {
        "kind": kind.value,
        "benefit": benefit.value if benefit else "",
        "monthly_ore": monthly_ore,
        "first_day": since,
        "last_day": None,
        "source": source.value,
    }
    story.say(when, story.adviser, "benefit.circumstance_added", Section.ECONOMY, data=data)


def _tell_absence(story: Story, facts: _Facts, month: Month) -> None:
    """The demo's participant was away two days and 3.5 hours without a valid reason; a few others one day."""
    life = story.life
    assert life.start is not None
    if life.has("hero"):
        first = _first_pair(month)
        facts.days = [first, first + timedelta(days=1)]
        facts.hours = [(workday(first + timedelta(days=7)), Decimal("3.5"))]
    elif story.luck("away").random() < 0.07 and life.start < month.first and life.ended is None:
        facts.days = [_first_pair(month)]
    if facts.days:
        _absence(story, facts.days[0], facts.days[-1], None)
    for day, hours in facts.hours:
        _absence(story, day, day, hours)


def _first_pair(month: Month) -> date:
    """A Tuesday from the 8th with a working Wednesday after it."""
    day = month.first.replace(day=8)
    while day.weekday() != 1 or not is_working_day(day) or not is_working_day(day + timedelta(days=1)):
        day += timedelta(days=1)
    return day


def _absence(story: Story, first: date, last: date, hours: Decimal | None, told_on: date | None = None) -> None:
    teacher = story.team[Role.TEACHER]
    when = story.moment(told_on or last, 30)
    key = story.key("absence", first)
    told = {"first_day": first, "last_day": last, "hours": hours, "code": UNAUTHORISED, "told_at": when}
    story.put(Absence, "absence", first, settled_by_id=story.adviser.user_id, **told)
    story.put(
        AbsenceReport,
        "report",
        first,
        absence_id=key,
        reporter=Reporter.SCHOOL.value,
        told_by_id=teacher.user_id,
        told_by_name=teacher.name,
        **told,
    )


def _statement(
    story: Story,
    facts: _Facts,
    month: Month,
    reference: str,
    before: tuple[list[Kept], Mapping[str, Any]] | None,
) -> Statement | None:
    case_month = facts.of(month)
    if case_month is None:
        return None
    approved = approved_on(month)
    result = answer(case_month, rules_known(approved))
    if result.law is None or not result.lines:
        return None
    plain = case_month.plain()
    changes = since_last(before, result.lines, plain)
    statement = Statement(
        id=story.key("statement", month),
        case_id=story.case.pk,
        municipality_id=story.case.municipality_id,
        run_id=story.town.keys("benefit run", month),
        month=month.first,
        reference=reference,
        act=result.law.act,
        gross_ore=result.gross,
        net_ore=result.net,
        not_taken_ore=result.law.not_taken,
        lines=result.lines,
        uncertain=[note.code for note in result.law.uncertain],
        changes=changes,
        facts=plain,
        fingerprint=digest([plain, [], result.lines, False]),
        rules_known_on=approved,
        pay_on=pay_on(month, DEFAULT_DAY),
        locked_at=_moment(approved),
    )
    story.rows.add(statement)
    _PAID.setdefault(story.town.municipality.pk, Paid()).lines[month].append(statement)
    if story.happened(approved):
        data = {
            "month": month.first,
            "pay_ore": result.net,
            "gross_ore": result.gross,
            "correction_ore": 0,
            "pay_on": statement.pay_on,
        }
        leader = story.town.someone(Role.LEADER, 0)
        story.say(_moment(approved), leader, "benefit.locked", Section.ECONOMY, data=data)
    return statement


def _moment(day: date) -> datetime:
    return clock(day, 300)


def write_runs(rows: Rows, town: Town, today: date) -> None:
    """The runs of a town, when all its stories are told: approved by the leader, with their payroll files."""
    paid = _PAID.pop(town.municipality.pk, None)
    if paid is None:
        return
    code = next(plan.code for plan in TOWNS if plan.key == town.key)
    for month in paid_months(today):
        statements = paid.lines.get(month, [])
        if not statements:
            continue
        approved = _moment(approved_on(month))
        run = BenefitRun(
            id=town.keys("benefit run", month),
            municipality_id=town.municipality.pk,
            month=month.first,
            status=RunStatus.APPROVED.value,
            rules_known_on=approved_on(month),
            book=current_book().fingerprint,
            people=len(statements),
            done=len(statements),
            gross_ore=sum(one.gross_ore for one in statements),
            net_ore=sum(one.net_ore for one in statements),
            pay_on=pay_on(month, DEFAULT_DAY),
            prepared_by_id=town.someone(Role.PROGRAMME_ADVISER, 0).user_id,
            prepared_at=approved - timedelta(hours=3),
            alive_at=approved - timedelta(hours=3),
            approved_by_id=town.someone(Role.LEADER, 0).user_id,
            approved_at=approved,
        )
        rows.add(run)
        found = rows_of(run, statements, code)
        for kind, content in (("csv", as_csv(found)), ("xlsx", as_xlsx(found, approved))):
            rows.add(
                PayrollFile(
                    id=town.keys("payroll file", month, kind),
                    run_id=run.pk,
                    kind=kind,
                    content=content,
                    digest=hashlib.sha256(content).hexdigest(),
                    made_at=approved,
                )
            )
