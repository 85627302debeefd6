"""Talks: plan talks that make versions, triangular talks, team meetings – held, coming and cancelled."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from samlop.cases.vocabulary import EffortKind
from samlop.cooperation.models import TalkKind, Which
from samlop.core.rights import Section
from samlop.meetings.models import Action, AgendaItem, Attendee, Meeting, MeetingStatus
from samlop.people.vocabulary import Role, UnitKind
from samlop.plan.content import content_hash, content_of
from samlop.plan.models import PlanVersion
from samlop.plan.vocabulary import ParticipantView, StepStatus
from samlop.site.demo.days import after, workday
from samlop.site.demo.story.arrival import needs_interpreter
from samlop.site.demo.story.base import PlanStory, Story, pick
from samlop.site.demo.towns import Actor
from samlop.site.demo.words import without_repeat, words

FIRST_TALK, BETWEEN = 1.4, 6.0


def hold_talks(story: Story, told: PlanStory | None) -> None:
    """Every talk of the programme up to today, and the next ones that are planned."""
    if story.life.start is None:
        _before_start(story)
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
        meeting = _held(story, TalkKind.PLAN_TALK, day, 90, len(held) + 1, f"plan {number}", last=number == len(days))
        _version(story, told, meeting, len(held) + 1, day, last=number == len(days))
        held.append(day)
    return held


def _required(story: Story, kind: TalkKind, number: int) -> list[tuple[Role, str]]:
    """Who the municipality's rules demand in this talk, with the rule in words."""
    found: list[tuple[Role, str]] = []
    of_kind = {UnitKind.NAV_STATE.value: Role.NAV_ADVISER, UnitKind.ADULT_EDUCATION.value: Role.TEACHER}
    for rule in story.town.talk_rules:
        role = of_kind.get(rule.unit_kind)
        if rule.talk != kind.value or role is None or role not in story.team:
            continue
        if (
            rule.which == Which.ALL.value
            or (rule.which == Which.FIRST.value and number <= rule.count)
            or (rule.which == Which.LAST.value and number > max(1, story.amount.talks - rule.count))
        ):
            found.append((role, Which(rule.which).value))
    return found


def _meeting(story: Story, kind: TalkKind, day: date, minutes: int, name: str, number: int | None) -> Meeting:
    rng = story.luck(name)
    return Meeting(
        **story.owned(),
        id=story.key("meeting", name),
        kind=kind.value,
        section=Section.PLAN.value,
        starts_at=story.moment(day, minutes),
        length_minutes=30 if kind is TalkKind.TEAM_MEETING else 45,
        place=pick(rng, words("talks")["places"]),
        number=number,
        interpreter_language=story.life.languages[0] if needs_interpreter(story) else "",
        called_by_id=story.adviser.user_id,
    )


def _held(
    story: Story, kind: TalkKind, day: date, minutes: int, number: int | None, name: str, *, last: bool = False
) -> Meeting:
    """A talk that was held and closed: attendees, agenda, minutes and actions."""
    rng, texts = story.luck(f"talk {name}"), words("talks")
    meeting = _meeting(story, kind, day, minutes, name, number)
    meeting.status = MeetingStatus.CLOSED.value
    written = "team_minutes" if kind is TalkKind.TEAM_MEETING else "minutes_nn" if story.town.nynorsk else "minutes"
    meeting.minutes = story.text(without_repeat(rng, texts[written], story.used))
    meeting.closed_at = meeting.starts_at + timedelta(minutes=meeting.length_minutes + 10)
    story.rows.add(meeting)
    _attendees(story, meeting, name, number or 1, attended=True)
    if story.amount.small_things:
        called = story.moment(max(workday(day - timedelta(days=12)), story.case.registered_at.date()), 280)
        _say_meeting(story, called, "meeting.called", meeting)
    for order, text in enumerate(texts["agenda"][: 2 * story.amount.actions], start=1):
        story.put(AgendaItem, name, "agenda", order, meeting_id=meeting.pk, order=order, text=text)
    _say_meeting(story, meeting.closed_at, "meeting.closed", meeting)
    _actions(story, meeting, name, day, rng, last)
    return meeting


def _attendees(story: Story, meeting: Meeting, name: str, number: int, *, attended: bool | None) -> None:
    kind = TalkKind(meeting.kind)
    required = dict(_required(story, kind, number))
    invited: list[tuple[Actor, str]] = [(story.adviser, "")]
    for role in (Role.TEACHER, Role.NAV_ADVISER, Role.PLACEMENT_COORDINATOR):
        if role in required:
            invited.append((story.team[role], required[role]))
        elif not story.amount.small_things:
            continue
        elif role in story.team and kind in (TalkKind.TRIANGULAR_TALK, TalkKind.TEAM_MEETING, TalkKind.HANDOVER_TALK):
            invited.append((story.team[role], ""))
    for index, (actor, rule) in enumerate(invited):
        story.put(
            Attendee,
            name,
            "attendee",
            index,
            meeting_id=meeting.pk,
            unit_id=actor.unit_id,
            user_id=actor.user_id,
            name=actor.name,
            required_by=rule,
            attended=attended,
        )
    if kind is not TalkKind.TEAM_MEETING:
        story.put(
            Attendee,
            name,
            "participant",
            meeting_id=meeting.pk,
            name=story.life.name,
            is_participant=True,
            attended=attended,
        )
    if meeting.interpreter_language and kind is not TalkKind.TEAM_MEETING:
        story.put(
            Attendee, name, "interpreter", meeting_id=meeting.pk, name="Tolk", is_interpreter=True, attended=attended
        )


def _actions(story: Story, meeting: Meeting, name: str, day: date, rng: Any, last: bool) -> None:
    texts = words("talks")
    for index in range(story.amount.actions):
        # Each has every second text, so that two actions of one talk are never the same.
        own = rng.random() < 0.25
        actor = None if own else rng.choice(list(story.team.values()))
        due = workday(day + timedelta(days=rng.choice((14, 21, 30, 45))))
        late, drop = rng.random() < 0.3, rng.random() < 0.05
        row = Action(
            **story.owned(meeting_id=meeting.pk),
            id=story.key(name, "action", index),
            text=story.text(pick(rng, texts["actions"]["participant" if own else "unit"][index::2])),
            unit_id=actor.unit_id if actor else None,
            user_id=actor.user_id if actor else None,
            by_participant=own,
            due_on=due,
            made_at=meeting.closed_at or meeting.starts_at,
        )
        done = workday(due - timedelta(days=rng.randint(0, 5)))
        open_still = last and late
        if story.happened(done) and not open_still:
            moment = story.moment(done, 190 + index)
            if drop:
                row.dropped_at, row.dropped_why = moment, pick(rng, texts["dropped"])
            else:
                row.done_at, row.done_by_id = moment, (actor or story.adviser).user_id
        story.rows.add(row)


def _say_meeting(story: Story, when: datetime, code: str, meeting: Meeting) -> None:
    data = {"meeting": meeting.pk, "kind": meeting.kind, "starts_at": meeting.starts_at, "number": meeting.number}
    effort = ""
    if code == "meeting.closed":
        effort = {"plan_talk": EffortKind.PLAN_TALK.value, "triangular_talk": EffortKind.TRIANGULAR_TALK.value}.get(
            meeting.kind, ""
        )
    minutes = meeting.length_minutes if effort else None
    story.say(when, story.adviser, code, Section.PLAN, effort=effort, minutes=minutes, data=data)


def _version(story: Story, told: PlanStory, meeting: Meeting, number: int, day: date, *, last: bool) -> None:
    """Version n: the plan as it was that day, who took part and what the participant said."""
    life, texts = story.life, words("talks")
    rng = story.luck(f"version {number}")
    view, said, reason = ParticipantView.AGREES, pick(rng, texts["agrees"]), ""
    if life.has("disagrees") and last:
        view, (said, reason) = ParticipantView.DISAGREES, pick(rng, texts["disagrees"])
    elif life.has("partly") and last:
        view, (said, reason) = ParticipantView.PARTLY, pick(rng, texts["partly"])
    when = story.moment(day, 160)
    content = _content(story, told, when)
    interpreter = meeting.interpreter_language
    people = [story.adviser, *(story.team[role] for role, _rule in _required(story, TalkKind.PLAN_TALK, number))]
    took_part = [{"name": actor.name, "unit": actor.unit.name if actor.unit else ""} for actor in dict.fromkeys(people)]
    story.put(
        PlanVersion,
        "version",
        number,
        plan_id=told.plan.pk,
        number=number,
        meeting_id=meeting.pk,
        talk_on=day,
        took_part=[*took_part, {"name": life.name, "unit": ""}],
        interpreter_language=interpreter,
        interpreter_present=True if interpreter else None,
        participant_view=view.value,
        participant_words=said,
        decision_reason=story.text(reason),
        decided_by_name=story.adviser.name if reason else "",
        content=content,
        content_hash=content_hash(content),
        made_at=when,
        made_by_name=story.adviser.name,
    )
    data = {"number": number, "talk_on": day, "participant_view": view.value}
    story.say(when, story.adviser, "plan.version.made", Section.PLAN, data=data)


def _content(story: Story, told: PlanStory, when: datetime) -> dict[str, Any]:
    """The plan as plain values as it stood then: later results and later contributions are not in it."""
    day = when.date()
    steps: list[Any] = []
    for added, step in told.steps:
        if added > day:
            continue
        reported = told.reports.get(step.pk)
        if reported is None or reported[0] > day:
            begun = step.start_on is not None and step.start_on <= day
            status = (StepStatus.ONGOING if begun else StepStatus.PLANNED).value
            steps.append(AsThen(step, status=status, result=""))
        else:
            steps.append(step)
    goals: list[Any] = []
    for added, goal in told.partial_goals:
        if added > day:
            continue
        later = goal.reached_on and goal.reached_on > day
        goals.append(AsThen(goal, reached_on=None) if later else goal)
    written = [row for row in told.contributions if row.written_at < when]
    marked = []
    for contradiction, rows in told.contradictions:
        if contradiction.marked_at < when:
            contradiction._prefetched_objects_cache = {"contributions": rows}  # type: ignore[attr-defined]
            marked.append(contradiction)
    return content_of(story.case, told.plan, goals, steps, written, marked)


class AsThen:
    """A row as it was on an earlier day: itself, but for what has changed since."""

    def __init__(self, row: Any, **then: Any) -> None:
        self._row = row
        self.__dict__.update(then)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


def _triangular_talks(story: Story) -> None:
    """Participant, adviser, NAV and teacher: after three months and then half-yearly, where NAV is in the team."""
    if Role.NAV_ADVISER not in story.team:
        return
    for number in range(1, story.amount.triangular_talks + 1):
        day = story.day(2.6 + 7 * (number - 1) + story.luck(f"triangular {number}").random())
        if story.happened(day):
            _held(story, TalkKind.TRIANGULAR_TALK, day, 240, None, f"triangular {number}")


def _team_meeting(story: Story) -> None:
    day = workday(story.today - timedelta(days=20 + story.number % 30))
    if story.life.months_in > 4 and story.happened(day):
        _held(story, TalkKind.TEAM_MEETING, day, 30, None, "team")


def _before_start(story: Story) -> None:
    """A first plan talk is called before the programme starts."""
    if story.number % 2:
        _called(story, TalkKind.PLAN_TALK, story.coming(story.today + timedelta(days=8)), 60, 1, "plan 1")


def _coming(story: Story, held: list[date]) -> None:
    """The next talk: called where it is due within some weeks, forgotten where the review is overdue."""
    life = story.life
    if life.ended or life.has("review_overdue") or life.has("late_plan"):
        return
    days = [("today", 0), ("tomorrow", 1), ("soon", 5)]
    for trait, ahead in days:
        if life.has(f"talk_{trait}"):
            day = story.coming(story.today + timedelta(days=ahead))
            _called(story, TalkKind.PLAN_TALK, day, 90 + 60 * ahead, len(held) + 1, "coming")
            return
    due = after(held[-1], BETWEEN) if held else story.day(FIRST_TALK)
    if story.today - timedelta(days=4) <= due <= story.today + timedelta(days=40) and story.number % 3:
        day = story.coming(max(due, story.today + timedelta(days=2)))
        _called(story, TalkKind.PLAN_TALK, day, 30 + 60 * (story.number % 5), len(held) + 1, "coming")
    if story.number % 13 == 5 and life.months_in > 2:
        _cancelled(story)


def _called(story: Story, kind: TalkKind, day: date, minutes: int, number: int, name: str) -> None:
    meeting = story.rows.add(_meeting(story, kind, day, minutes, name, number))
    called = workday(story.today - timedelta(days=3 + story.number % 6))
    called = max(called, story.case.registered_at.date())
    _say_meeting(story, story.moment(called, 290), "meeting.called", meeting)
    _attendees(story, meeting, name, number, attended=None)
    for order, text in enumerate(words("talks")["agenda"], start=1):
        story.put(AgendaItem, name, "agenda", order, meeting_id=meeting.pk, order=order, text=text)


def _cancelled(story: Story) -> None:
    day = workday(story.today - timedelta(days=26))
    if not story.happened(day) or day <= (story.life.start or day):
        return
    meeting = story.rows.add(_meeting(story, TalkKind.TRIANGULAR_TALK, day, 120, "cancelled", None))
    meeting.status = MeetingStatus.CANCELLED.value
    meeting.cancelled_why = pick(story.luck("cancelled"), words("talks")["cancelled"])
    _say_meeting(story, story.moment(workday(day - timedelta(days=8)), 300), "meeting.called", meeting)
    _say_meeting(story, story.moment(workday(day - timedelta(days=1)), 300), "meeting.cancelled", meeting)
