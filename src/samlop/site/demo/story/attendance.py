"""Attendance: rolls taken but for a few, absences with their reports, some not settled, somebody waiting for leave."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from samlop.core.rights import Section
from samlop.core.time import add_months
from samlop.hours.models import Absence, AbsenceReport, Leave, Roll, WorkPlaceDay, WorkPlaceLink
from samlop.hours.vocabulary import Reporter
from samlop.people.vocabulary import Role
from samlop.site.demo.days import clock, is_free, workday
from samlop.site.demo.load import Rows
from samlop.site.demo.story.base import RICH, Story
from samlop.site.demo.towns import Actor, Town

MONTHS_BACK = 12
COUNTRY_SHARE = 0.08
FIRST_WEEKS = timedelta(weeks=9)


@dataclass(frozen=True)
class Away:
    """One absence to tell: days, the reason that stands, and who told what."""

    first: date
    last: date
    code: str
    told: tuple[tuple[Reporter, str], ...]
    documented: bool = False


def attend(story: Story) -> None:
    """The absences of one life: now and then through the last year, with valid reasons; a few not settled now.

    Absence without a valid reason is told with the payment it lowers (``story/pay.py``); here nothing moves an amount.
    """
    life = story.life
    if life.start is None or Role.TEACHER not in story.team:
        return
    rng = story.luck("attendance")
    if story.amount is not RICH:
        if life.ended is None and rng.random() < COUNTRY_SHARE:
            _tell(story, Away(*_days(story, 0, 1), "SYK_EGEN_EM", ((Reporter.SCHOOL, "SYK_EGEN_EM"),)))
        return
    for back in range(MONTHS_BACK, 0, -1):
        if rng.random() < (0.5 if back == 1 else 0.22):
            first, last = _days(story, back, 1 + (rng.random() < 0.3))
            _tell(story, _with_reason(story, first, last, rng.random()))
    if life.ended is None:
        _now(story)
        _leave(story)
        if life.has("hero"):
            _work_place(story)


def _days(story: Story, months_back: int, length: int) -> tuple[date, date]:
    """Working days late in a month, after those that the payment tells of; this month: last week."""
    if not months_back:
        first = workday(story.today - timedelta(days=4 + story.number % 4))
        return first, first
    day = add_months(story.today, -months_back).replace(day=22 + story.number % 4)
    while is_free(day) or (length > 1 and is_free(day + timedelta(days=1))):
        day += timedelta(days=1)
    return day, day + timedelta(days=length - 1)


def _with_reason(story: Story, first: date, last: date, chance: float) -> Away:
    assert story.life.start is not None
    code = "SYK_EGEN_EM" if first > story.life.start + FIRST_WEEKS else "SYK_EGEN_LEGE"
    if chance < 0.3 and any(age <= 11 for age in story.life.children):
        code = "SYK_BARN"
    elif chance > 0.85:
        code = "SYK_EGEN_LEGE"
    told: tuple[tuple[Reporter, str], ...] = ((Reporter.SCHOOL, code),)
    if story.account is not None:
        told = ((Reporter.PARTICIPANT, code), (Reporter.SCHOOL, ""))
    return Away(first, last, code, told, documented=code == "SYK_EGEN_LEGE")


def _now(story: Story) -> None:
    """What waits for somebody: no reason, two reasons, a doctor's note that nobody has seen."""
    first, last = _days(story, 0, 1)
    if story.number % 17 == 3:
        _tell(story, Away(first, last, "", ((Reporter.SCHOOL, ""),)))
    elif story.number % 19 == 5:
        reports = ((Reporter.SCHOOL, "SVANGERSKAP_KONTROLL" if story.life.woman else "SYK_EGEN_EM"),)
        _tell(story, Away(first, last, "", (*reports, (Reporter.SERVICE, "SYK_BARN"))))
    elif story.number % 29 == 11:
        _tell(story, Away(first, last, "SYK_EGEN_LEGE", ((Reporter.SCHOOL, "SYK_EGEN_LEGE"),)))


def _tell(story: Story, away: Away) -> None:
    start = story.life.start
    if start is None or away.first < start or not story.happened(away.last):
        return
    when = story.moment(away.first, 35)
    days = {"first_day": away.first, "last_day": away.last}
    key = story.key("away", away.first)
    story.put(Absence, "away", away.first, code=away.code, documented=away.documented, told_at=when, **days)
    for number, (reporter, code) in enumerate(away.told):
        who = _who(story, reporter)
        story.put(
            AbsenceReport,
            "away report",
            away.first,
            number,
            absence_id=key,
            reporter=reporter.value,
            told_by_id=who.user_id,
            told_by_name=who.name,
            told_at=when + timedelta(minutes=20 * number),
            code=code,
            **days,
        )
        data = {**days, "hours": None, "code": away.code, "late": "", "reporter": reporter.value}
        what = "hours.absence.told_too" if number else "hours.absence.told"
        story.say(when + timedelta(minutes=20 * number), who, what, Section.HOURS, data=data)


def _who(story: Story, reporter: Reporter) -> Actor:
    if reporter is Reporter.PARTICIPANT:
        return story.participant
    return story.team[Role.TEACHER] if reporter is Reporter.SCHOOL else story.adviser


def _leave(story: Story) -> None:
    """A few have asked for a day off next month, and wait for an answer."""
    if story.number % 31 != 12:
        return
    asked = workday(story.today - timedelta(days=5))
    if not story.happened(asked):
        return
    who = story.participant if story.account is not None else story.adviser
    first = workday(story.today + timedelta(days=24))
    when = story.moment(asked, 90)
    days = {"first_day": first, "last_day": first}
    story.put(
        Leave, "leave", code="VELFERD", words="Skal flytte", asked_at=when, asked_by_id=who.user_id,
        asked_by_name=who.name, **days,
    )  # fmt: skip
    data = {"code": "VELFERD", "hours": None, **days}
    story.say(when, who, "hours.leave.asked", Section.HOURS, data=data)


def _work_place(story: Story) -> None:
    """The work place of the demo's participant has confirmed the hours of two weeks. The link itself opens nothing."""
    made = workday(story.today - timedelta(days=30))
    place, contact = story.values()["place"][:100], "Hilde Åkervold"
    key = story.key("link")
    story.put(
        WorkPlaceLink, "link", token_hash=hashlib.sha256(key.bytes).hexdigest(), work_place=place, contact=contact,
        valid_from=made, valid_to=made + timedelta(days=180), made_at=story.moment(made, 60),
        made_by_id=story.adviser.user_id,
    )  # fmt: skip
    data = {"work_place": place, "first": made, "last": made + timedelta(days=180)}
    story.say(story.moment(made, 60), story.adviser, "hours.link.made", Section.HOURS, data=data)
    for back in range(20, 6, -1):
        day = story.today - timedelta(days=back)
        if day.isoweekday() in (4, 5) and not is_free(day):
            story.put(
                WorkPlaceDay, "work place day", day, link_id=key, day=day, planned=Decimal("7.5"),
                present=Decimal("7.5"), said_at=clock(day, 420), said_by=f"{contact}, {place}",
            )  # fmt: skip


def write_rolls(rows: Rows, town: Town, today: date, *, days_back: int = 366) -> None:
    """The rolls of a town's groups: taken each day but for a few of the last week, and not yet today."""
    teachers = town.staff.get(Role.TEACHER) or town.staff.get(Role.PROGRAMME_ADVISER)
    if not teachers or not town.groups:
        return
    days = [day for day in (today - timedelta(days=back) for back in range(days_back, 0, -1)) if not is_free(day)]
    for number, group_id in enumerate(sorted(town.groups, key=str)):
        for day in days:
            if number % 3 == 0 and day in days[-3:-1]:
                continue
            rows.put(
                Roll,
                id=town.keys("roll", group_id, day),
                group_id=group_id,
                day=day,
                taken_at=clock(day, 40),
                taken_by_id=teachers[number % len(teachers)].user_id,
            )
