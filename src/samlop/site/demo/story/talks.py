"""Talks: plan talks that make versions, triangular talks, team meetings – held, coming and cancelled."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from samlop.cooperation.models import TalkKind
from samlop.cooperation.rules import meets, required_units
from samlop.core.rights import Section
from samlop.meetings.commands.holding import EFFORT
from samlop.meetings.models import Action, AgendaItem, Attendee, Meeting, MeetingStatus
from samlop.people.models import Unit
from samlop.people.vocabulary import InterpreterNeed, Role
from samlop.site.demo.days import after, workday
from samlop.site.demo.story.base import PlanStory, Story, pick
from samlop.site.demo.story.versions import make_version
from samlop.site.demo.towns import Actor
from samlop.site.demo.words import without_repeat, words

FIRST_TALK, BETWEEN = 1.4, 6.0
PLANNED_TALKS = 4


def hold_talks(story: Story, told: PlanStory | None) -> None:
    """Every talk of the programme up to today, and the next ones that are planned."""
    if story.life.start is None:
        if story.number % 2:
            call(story, TalkKind.PLAN_TALK, story.coming(story.today + timedelta(days=8)), 60, 1, "coming")
        return
    held = _plan_talks(story, told) if told else []
    _triangular_talks(story)
    if story.amount.actions > 1 and story.number % 3 == 0:
        _team_meeting(story)
    _coming(story, held)


def _plan_talks(story: Story, told: PlanStory) -> list[date]:
    """Plan talks about every half year; each makes a version. Late plans have had none, overdue ones skip the last."""
    life = story.life
    if life.has("late_plan"):
        return []
    held: list[date] = []
    rng = story.luck("plan talks")
    days = [story.day(FIRST_TALK + number * BETWEEN + rng.random() * 0.6) for number in range(story.amount.talks)]
    days = [day for day in days if story.happened(day) and (life.planned_end is None or day < life.planned_end)]
    if life.has("review_overdue") and len(days) > 1:
        days = days[:-1] if (story.today - days[-2]).days > 190 else days[:-2] or days[:1]
    for number, day in enumerate(days, start=1):
        day = max(day, workday(told.opened + timedelta(days=14)))
        if not story.happened(day) or (held and day <= held[-1]):
            continue
        last = number == len(days)
        meeting, people = hold(story, TalkKind.PLAN_TALK, day, 90, len(held) + 1, f"plan {number}", last=last)
        make_version(story, told, meeting, people, len(held) + 1, day, last=last)
        held.append(day)
    return held


def _invited(story: Story, kind: TalkKind, number: int | None) -> list[tuple[Actor, str]]:
    """Who is called, with the municipality's rule in words where one demands it. The one who calls is first."""
    found = {story.adviser: ""}
    for one in required_units(story.town.rules, kind, number, PLANNED_TALKS):
        for actor in story.team.values():
            if actor.unit and meets(one.unit_kind, actor.unit.kind) and actor.role != Role.PLACEMENT_COORDINATOR:
                found[actor] = one.reason
                break
    if story.amount.small_things and kind is not TalkKind.PLAN_TALK:
        for role in (Role.TEACHER, Role.NAV_ADVISER, Role.PLACEMENT_COORDINATOR):
            if role in story.team:
                found.setdefault(story.team[role], "")
    return list(found.items())


def _meeting(story: Story, kind: TalkKind, day: date, minutes: int, name: str, number: int | None) -> Meeting:
    with_interpreter = kind is not TalkKind.TEAM_MEETING and story.life.interpreter in (
        InterpreterNeed.ALWAYS,
        InterpreterNeed.SOMETIMES,
    )
    return Meeting(
        **story.owned(),
        id=story.key("meeting", name),
        kind=kind.value,
        section=Section.PLAN.value,
        starts_at=story.moment(day, minutes),
        length_minutes=30 if kind is TalkKind.TEAM_MEETING else 45,
        place=pick(story.luck(name), words("talks")["places"]),
        number=number,
        interpreter_language=story.life.languages[0] if with_interpreter else "",
        called_by_id=story.adviser.user_id,
    )


def hold(
    story: Story, kind: TalkKind, day: date, minutes: int, number: int | None, name: str, *, last: bool = False
) -> tuple[Meeting, list[Actor]]:
    """A talk that was held and closed, and who came of those who work here."""
    rng, texts = story.luck(f"talk {name}"), words("talks")
    meeting = _meeting(story, kind, day, minutes, name, number)
    meeting.status = MeetingStatus.CLOSED.value
    book = "team_minutes" if kind is TalkKind.TEAM_MEETING else "minutes_nn" if story.town.nynorsk else "minutes"
    meeting.minutes = story.text(without_repeat(rng, texts[book], story.used))
    meeting.minutes_by_name = story.adviser.name
    meeting.minutes_at = meeting.starts_at + timedelta(minutes=meeting.length_minutes)
    meeting.closed_at = meeting.minutes_at + timedelta(minutes=10)
    meeting.revision = 2
    story.rows.add(meeting)
    people = _attendees(story, meeting, name, attended=True)
    if story.amount.small_things:
        called = story.moment(max(workday(day - timedelta(days=12)), story.case.registered_at.date()), 280)
        _say(story, called, "planned", meeting, starts_at=meeting.starts_at, place=meeting.place)
        _say(story, meeting.minutes_at, "minutes_written", meeting, revision=2)
    for order, text in enumerate(texts["agenda"][: 2 * story.amount.actions], start=1):
        story.put(AgendaItem, name, "agenda", order, meeting_id=meeting.pk, order=order, text=text)
    actions = _actions(story, meeting, name, day, rng, last)
    written = hashlib.sha256(meeting.minutes.encode()).hexdigest()
    _say(story, meeting.closed_at, "closed", meeting, held_on=day, actions=actions, minutes_hash=written)
    _say_who_came(story, meeting, people, day)
    return meeting, people


def _attendees(story: Story, meeting: Meeting, name: str, *, attended: bool | None) -> list[Actor]:
    kind = TalkKind(meeting.kind)
    common = {"meeting_id": meeting.pk, "attended": attended}
    invited = _invited(story, kind, meeting.number)
    if kind is not TalkKind.TEAM_MEETING:
        story.put(Attendee, name, "participant", is_participant=True, **common)
    for index, (actor, rule) in enumerate(invited):
        ids = {"unit_id": actor.unit_id, "user_id": actor.user_id}
        story.put(Attendee, name, "attendee", index, required_by=rule, **ids, **common)
    if meeting.interpreter_language:
        story.put(Attendee, name, "interpreter", is_interpreter=True, **common)
    return [actor for actor, _rule in invited]


def _actions(story: Story, meeting: Meeting, name: str, day: date, rng: Random, last: bool) -> int:
    """What is to be done, by whom and when; most is done in time, a little is dropped, a little is late."""
    texts = words("talks")
    for index in range(story.amount.actions):
        # Each has every second text, so that two actions of one talk are never the same.
        own = rng.random() < 0.25
        actor = None if own else pick(rng, list(story.team.values()))
        text = story.text(pick(rng, texts["actions"]["participant" if own else "unit"][index::2]))
        due = workday(day + timedelta(days=pick(rng, (14, 21, 30, 45))))
        late, drop, early = rng.random() < 0.3, rng.random() < 0.05, rng.randint(0, 5)
        row = Action(
            **story.owned(meeting_id=meeting.pk),
            id=story.key(name, "action", index),
            text=text,
            unit_id=actor.unit_id if actor else None,
            user_id=actor.user_id if actor else None,
            by_participant=own,
            due_on=due,
            made_at=meeting.minutes_at or meeting.starts_at,
        )
        story.rows.add(row)
        who = actor.name if actor else story.life.name
        _say(story, row.made_at, "action_added", meeting, text=text, who=who, due_on=due)
        done = workday(due - timedelta(days=early))
        if not story.happened(done) or (last and late):
            continue
        moment, by = story.moment(done, 190 + index), actor or story.adviser
        if drop:
            row.dropped_at, row.dropped_why = moment, pick(rng, texts["dropped"])
            _say(story, moment, "action_dropped", meeting, by=by, text=text, why=row.dropped_why)
        else:
            row.done_at, row.done_by_id = moment, by.user_id
            _say(story, moment, "action_done", meeting, by=by, text=text)
    return story.amount.actions


def _say(story: Story, when: datetime, code: str, meeting: Meeting, by: Actor | None = None, **more: Any) -> None:
    data = {"meeting": meeting.pk, "kind": meeting.kind, "number": meeting.number, **more}
    story.say(when, by or story.adviser, f"meetings.{code}", Section.PLAN, data=data)


def _say_who_came(story: Story, meeting: Meeting, people: list[Actor], day: date) -> None:
    """The talk counts as effort for each unit that was there, whoever closed it."""
    by_unit: dict[Unit, list[str]] = {}
    for actor in people:
        if actor.unit:
            by_unit.setdefault(actor.unit, []).append(actor.name)
    assert meeting.closed_at is not None
    for unit, came in by_unit.items():
        others = [name for name in came if name != story.adviser.name]
        story.say(
            meeting.closed_at,
            story.adviser,
            "meetings.attended",
            Section.PLAN,
            effort=EFFORT[TalkKind(meeting.kind)].value,
            happened_on=day,
            unit=unit,
            data={
                "meeting": meeting.pk,
                "kind": meeting.kind,
                "number": meeting.number,
                "held_on": day,
                "names": ", ".join(others),
                "own": len(others) < len(came),
            },
        )


def _triangular_talks(story: Story) -> None:
    """Participant, adviser, NAV and teacher: after three months and then half-yearly, where NAV is in the team."""
    if Role.NAV_ADVISER not in story.team:
        return
    for number in range(1, story.amount.triangular_talks + 1):
        day = story.day(2.6 + 7 * (number - 1) + story.luck(f"triangular {number}").random())
        if story.happened(day):
            hold(story, TalkKind.TRIANGULAR_TALK, day, 240, None, f"triangular {number}")


def _team_meeting(story: Story) -> None:
    day = workday(story.today - timedelta(days=20 + story.number % 30))
    if story.life.months_in > 4 and story.happened(day):
        hold(story, TalkKind.TEAM_MEETING, day, 30, None, "team")


def _coming(story: Story, held: list[date]) -> None:
    """The next talk: called where it is due within some weeks, forgotten where the review is overdue."""
    life = story.life
    if not story.case.is_open or life.has("review_overdue") or life.has("late_plan"):
        return
    for trait, ahead in (("talk_today", 0), ("talk_tomorrow", 1), ("talk_soon", 5)):
        if life.has(trait):
            day = story.coming(story.today + timedelta(days=ahead))
            call(story, TalkKind.PLAN_TALK, day, 90 + 60 * ahead, len(held) + 1, "coming")
            return
    due = after(held[-1], BETWEEN) if held else story.day(FIRST_TALK)
    if story.today - timedelta(days=4) <= due <= story.today + timedelta(days=40) and story.number % 3:
        day = story.coming(max(due, story.today + timedelta(days=2)))
        call(story, TalkKind.PLAN_TALK, day, 30 + 60 * (story.number % 5), len(held) + 1, "coming")
    if story.number % 13 == 5 and life.months_in > 2:
        _cancelled(story)


def call(story: Story, kind: TalkKind, day: date, minutes: int, number: int, name: str) -> None:
    """A talk that is planned."""
    meeting = story.rows.add(_meeting(story, kind, day, minutes, name, number))
    called = max(workday(story.today - timedelta(days=3 + story.number % 6)), story.case.registered_at.date())
    _say(story, story.moment(called, 290), "planned", meeting, starts_at=meeting.starts_at, place=meeting.place)
    _attendees(story, meeting, name, attended=None)
    for order, text in enumerate(words("talks")["agenda"], start=1):
        story.put(AgendaItem, name, "agenda", order, meeting_id=meeting.pk, order=order, text=text)


def _cancelled(story: Story) -> None:
    day = workday(story.today - timedelta(days=26))
    if not story.happened(day) or day <= (story.life.start or day):
        return
    meeting = story.rows.add(_meeting(story, TalkKind.TRIANGULAR_TALK, day, 120, "cancelled", None))
    meeting.status, meeting.sequence = MeetingStatus.CANCELLED.value, 1
    meeting.cancelled_why = pick(story.luck("cancelled"), words("talks")["cancelled"])
    called, off = workday(day - timedelta(days=8)), workday(day - timedelta(days=1))
    starts_at = meeting.starts_at
    _say(story, story.moment(called, 300), "planned", meeting, starts_at=starts_at, place=meeting.place)
    _say(story, story.moment(off, 300), "cancelled", meeting, starts_at=starts_at, why=meeting.cancelled_why)
