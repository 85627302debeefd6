"""The full-time week: groups and their hours, the participants' own hours, and the year of each municipality."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from samlop.core.models import OrganisationEntry
from samlop.core.rights import Section
from samlop.core.time import OSLO
from samlop.hours.models import CalendarDay, ClassMember, ClassSlot, Group, OwnSlot
from samlop.hours.vocabulary import DayKind, Provider, Theme, WeekPattern
from samlop.people.models import Unit
from samlop.people.vocabulary import Role
from samlop.plan.vocabulary import StepKind
from samlop.site.demo.days import after, is_free, next_workday, workday
from samlop.site.demo.load import Rows
from samlop.site.demo.story.base import RICH, PlanStory, Story
from samlop.site.demo.towns import Actor, Town

GROUPS_SINCE_YEARS = 3
CLASS_SIZE = 30
FIRST_MONTHS = 4
PRACTICE_DAYS = (4, 5)


@dataclass(frozen=True)
class Lesson:
    """A weekly hour of a kind of group."""

    weekday: int
    starts: time
    ends: time
    content: StepKind = StepKind.NORWEGIAN
    provider: Provider = Provider.ADULT_EDUCATION
    pattern: WeekPattern = WeekPattern.EVERY
    lessons: int | None = None
    theme: str = ""
    weeks: tuple[int, int] | None = None
    """A short course: from which week to which, counted from the day of the demo; none where it comes all the time."""

    def days(self, since: date, today: date) -> tuple[date, date | None]:
        """Its first day, and its last where it has one. A course that follows another begins the day after it."""
        if self.weeks is None:
            return since, None
        first, last = (today + timedelta(weeks=number) for number in self.weeks)
        return first + timedelta(days=1), last


def _school(weekday: int, pattern: WeekPattern = WeekPattern.EVERY, content: StepKind = StepKind.NORWEGIAN) -> Lesson:
    """Six lessons: 7.5 hours as they count."""
    return Lesson(weekday, time(8, 30), time(13, 30), content, pattern=pattern, lessons=6)


def _practice(weekday: int, pattern: WeekPattern) -> Lesson:
    return Lesson(weekday, time(8), time(15, 30), StepKind.WORK_PRACTICE, Provider.WORK_PLACE, pattern)


def _life_skills(first: int, until: int, last: int, pattern: WeekPattern = WeekPattern.EVERY) -> tuple[Lesson, ...]:
    """The course in life skills, Wednesdays after school: one theme to a week, then the other."""
    when = (3, time(14), time(15, 30), StepKind.LIFE_SKILLS)
    return (
        Lesson(*when, Provider.REFUGEE_SERVICE, pattern, theme=Theme.HEALTH.value, weeks=(first, until)),
        Lesson(*when, Provider.NAV, pattern, theme=Theme.CAREER.value, weeks=(until, last)),
    )


ODD, EVEN = WeekPattern.ODD, WeekPattern.EVEN
KINDS: dict[str, tuple[Lesson, ...]] = {
    "Innføring": (
        *(_school(day) for day in range(1, 5)),
        _school(5, content=StepKind.SOCIAL_STUDIES),
        *_life_skills(-10, 10, 26),
    ),
    "Norsk og praksis": (_school(1), _school(2), _school(3), *_life_skills(-11, 0, 14)),
    # Two halves of a class change places each week: one at school, the other at work (research/001 F13).
    "Veksling A": (
        *(_school(day, ODD) for day in range(1, 6)),
        *(_practice(day, EVEN) for day in range(1, 6)),
        *_life_skills(-20, 2, 28, ODD),
    ),
    "Veksling B": (
        *(_school(day, EVEN) for day in range(1, 6)),
        *(_practice(day, ODD) for day in range(1, 6)),
        *_life_skills(-20, 2, 28, EVEN),
    ),
    # The country's classes hold practice too, so that a full week costs a participant one row.
    "Norsk med praksis": (
        *(_school(day) for day in range(1, 4)),
        *(_practice(day, WeekPattern.EVERY) for day in PRACTICE_DAYS),
        *_life_skills(-11, 0, 14),
    ),
}


def give_week(story: Story, told: PlanStory | None) -> None:
    """A place in a group for the time of the programme, and own hours where the group leaves days for practice."""
    life, rich = story.life, story.amount is RICH
    if life.start is None or _is_left_out(story) or (not rich and life.ended is not None):
        return
    decided = min(workday(life.start - timedelta(days=5)), workday(story.today - timedelta(days=1)))
    decided = max(decided, story.case.registered_at.date() + timedelta(days=1))
    if not story.happened(decided):
        return
    kind = _kind(story)
    group_id, name = _group(story, kind)
    closed = story.case.closed_at.date() if story.case.closed_at else None
    ends = life.ended or closed
    if ends is not None and ends < life.start:
        return
    story.put(ClassMember, "class", group_id=group_id, valid_from=life.start, valid_to=ends)
    if rich:
        who = story.team.get(Role.TEACHER, story.adviser)
        data = {"group": name, "first_day": life.start}
        story.say(story.moment(decided, 200), who, "hours.joined_group", Section.HOURS, data=data)
        if kind == "Norsk og praksis" and ends is None:
            _own_hours(story, told)


def _is_left_out(story: Story) -> bool:
    """Somebody has no week yet, so that «Min dag» has what a day has."""
    return story.amount is RICH and story.number % 23 == 7


def _kind(story: Story) -> str:
    if story.life.months_in < FIRST_MONTHS:
        return "Innføring"
    if story.amount is not RICH:
        return "Norsk med praksis"
    if story.town.key == "elvestad" and story.number % 8 in (5, 6):
        return "Veksling A" if story.number % 8 == 5 else "Veksling B"
    return "Norsk og praksis"


def _group(story: Story, kind: str) -> tuple[UUID, str]:
    """The group of a kind with room for the participant; made the first time somebody comes."""
    town = story.town
    unit = town.units.get("school", town.owner)
    number = story.number // (CLASS_SIZE * 3)
    name = f"{kind} {number + 1}" if number else kind
    key = town.keys("group", unit.pk, name)
    if key not in town.groups:
        town.groups.add(key)
        _make_group(story, key, unit, name, KINDS[kind])
    return key, name


def _make_group(story: Story, key: UUID, unit: Unit, name: str, lessons: tuple[Lesson, ...]) -> None:
    first = date(story.today.year - GROUPS_SINCE_YEARS, 8, 1)
    teacher = story.team.get(Role.TEACHER)
    story.rows.put(
        Group,
        id=key,
        municipality_id=story.town.municipality.pk,
        unit_id=unit.pk,
        name=name,
        valid_from=first,
        teacher_id=teacher.user.pk if teacher and teacher.unit == unit else None,
        teacher_until=None,
        next_teacher_id=None,
    )
    maker = teacher or story.town.someone(Role.LEADER, 0)
    _tell(story.rows, story.town, maker, workday(first), "hours.group_made", {"group": name})
    for number, one in enumerate(lessons):
        valid_from, valid_to = one.days(first, story.today)
        story.rows.put(
            ClassSlot,
            id=story.town.keys("group", unit.pk, name, number),
            group_id=key,
            weekday=one.weekday,
            starts=one.starts,
            ends=one.ends,
            pattern=one.pattern.value,
            provider=one.provider.value,
            content=one.content.value,
            lessons=one.lessons,
            theme=one.theme,
            place="",
            valid_from=valid_from,
            valid_to=valid_to,
        )


def _own_hours(story: Story, told: PlanStory | None) -> None:
    """Two days of practice a week after the first months; one in nine has not got a place yet."""
    life = story.life
    assert life.start is not None
    if story.number % 9 == 4:
        return
    first = next_workday(after(life.start, FIRST_MONTHS))
    decided = workday(first - timedelta(days=6))
    if not story.happened(decided):
        return
    step = next(
        (
            step
            for added, step in (told.steps if told else ())
            if step.kind in (StepKind.LANGUAGE_PRACTICE, StepKind.WORK_PRACTICE) and added <= decided
        ),
        None,
    )
    kind = StepKind.LANGUAGE_PRACTICE if life.months_in < 10 else StepKind.WORK_PRACTICE
    unit = story.town.units.get("employer") if story.town.key == "elvestad" and story.number == 0 else None
    for weekday in PRACTICE_DAYS:
        values: dict[str, Any] = {"weekday": weekday, "content": kind.value, "provider": Provider.WORK_PLACE.value}
        values["pattern"] = WeekPattern.EVERY.value
        story.put(
            OwnSlot,
            "slot",
            weekday,
            step_id=step.pk if step else None,
            unit_id=unit.pk if unit else None,
            starts=time(8),
            ends=time(15, 30),
            place=story.values()["place"][:120],
            valid_from=first,
            **values,
        )
        data = {**values, "starts": "08.00", "ends": "15.30", "from": first, "to": ""}
        story.say(story.moment(decided, 210 + weekday), story.adviser, "hours.slot_added", Section.HOURS, data=data)


SUMMER, HOLIDAY_WEEKS = range(26, 33), range(28, 31)
AUTUMN, WINTER = 40, 8


def plan_years(rows: Rows, town: Town, today: date) -> None:
    """The year calendars of a municipality: last year's, this year's and – but for one – next year's.

    Skogdal follows the school's calendar, as the supervisor found in 134 municipalities; Lysvatn has forgotten a day.
    """
    years = (today.year,) if town.key == "storasen" else (today.year - 1, today.year, today.year + 1)
    for year in years:
        _year(rows, town, year)
        made = workday(date(year - 1, 11, 10))
        if made < today:
            weeks = {"holiday": list(HOLIDAY_WEEKS), "school_free": [AUTUMN]}
            for kind, numbers in weeks.items():
                first, last = date.fromisocalendar(year, numbers[0], 1), date.fromisocalendar(year, numbers[-1], 5)
                data = {"kind": kind, "from": first.isoformat(), "to": last.isoformat()}
                _tell(rows, town, town.someone(Role.LEADER, 0), made, "hours.days_marked", data)


def _tell(rows: Rows, town: Town, who: Actor, day: date, code: str, data: dict[str, Any]) -> None:
    """What somebody did for the whole municipality, in the organisation's journal."""
    rows.put(
        OrganisationEntry,
        id=town.keys("told", code, day, who.unit_id, *data.values()),
        code=code,
        municipality_id=town.municipality.pk,
        unit_id=who.unit_id,
        user_id=who.user_id,
        user_name=who.name,
        data=data,
        at=datetime.combine(day, time(10, 15), OSLO),
    )


def _year(rows: Rows, town: Town, year: int) -> None:
    school = town.units.get("school", town.owner)
    for week in (*SUMMER, AUTUMN, WINTER):
        name = {AUTUMN: "Høstferie", WINTER: "Vinterferie"}.get(week, "Sommerferie")
        _mark(rows, town, _week(year, week), DayKind.SCHOOL_FREE, school, name)
    for week in HOLIDAY_WEEKS:
        _mark(rows, town, _week(year, week), DayKind.HOLIDAY, None, "")
    if town.key != "skogdal":
        for week in (*sorted(set(SUMMER) - set(HOLIDAY_WEEKS)), AUTUMN, WINTER):
            days = [day for day in _week(year, week) if (town.key, week, day.isoweekday()) != ("lysvatn", AUTUMN, 4)]
            _mark(rows, town, iter(days), DayKind.OTHER_PROGRAMME, None, "Praksis og kurs i kommunen")
    for week, weekday in ((3, 1), (11, 5), (33, 1), (46, 5)):
        day = date.fromisocalendar(year, week, weekday)
        _mark(rows, town, iter([day]), DayKind.PLANNING_DAY, school, "")


def plan_holiday(rows: Rows, town: Town, today: date) -> None:
    """A municipality of the country: three weeks of holiday in the summer, and nothing else."""
    for week in HOLIDAY_WEEKS:
        _mark(rows, town, _week(today.year, week), DayKind.HOLIDAY, None, "")


def _week(year: int, week: int) -> Iterator[date]:
    return (date.fromisocalendar(year, week, weekday) for weekday in range(1, 6))


def _mark(rows: Rows, town: Town, days: Iterator[date], kind: DayKind, unit: Unit | None, note: str) -> None:
    for day in days:
        if is_free(day):
            continue
        rows.put(
            CalendarDay,
            id=town.keys("year", day, unit.pk if unit else "", kind),
            municipality_id=town.municipality.pk,
            unit_id=unit.pk if unit else None,
            day=day,
            kind=kind.value,
            note=note,
        )
