"""Versions of the plan: what it said on the day of a plan talk, who was there, and what the participant said."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from samlop.core.rights import Section
from samlop.meetings.models import Meeting
from samlop.plan.content import content_hash, content_of
from samlop.plan.models import PlanVersion
from samlop.plan.vocabulary import ParticipantView, StepStatus
from samlop.site.demo.story.base import PlanStory, Story, pick
from samlop.site.demo.towns import Actor
from samlop.site.demo.words import words


def make_version(
    story: Story, told: PlanStory, meeting: Meeting, people: list[Actor], number: int, day: date, *, last: bool
) -> None:
    """Version n, made when the talk was closed."""
    life, texts = story.life, words("talks")
    rng = story.luck(f"version {number}")
    view, said, reason = ParticipantView.AGREES, pick(rng, texts["agrees"]), ""
    if life.has("disagrees") and last:
        view, (said, reason) = ParticipantView.DISAGREES, pick(rng, texts["disagrees"])
    elif life.has("partly") and last:
        view, (said, reason) = ParticipantView.PARTLY, pick(rng, texts["partly"])
    when = meeting.closed_at or meeting.starts_at
    content = _content(story, told, when)
    hashed = content_hash(content)
    took_part = [{"name": life.name, "unit": ""}]
    took_part += [{"name": actor.name, "unit": actor.unit.name if actor.unit else ""} for actor in people]
    interpreter = meeting.interpreter_language
    story.put(
        PlanVersion,
        "version",
        number,
        plan_id=told.plan.pk,
        number=number,
        meeting_id=meeting.pk,
        talk_on=day,
        took_part=took_part,
        interpreter_language=interpreter,
        interpreter_present=True if interpreter else None,
        participant_view=view.value,
        participant_words=said,
        decision_reason=story.text(reason) if reason else "",
        decided_by_name=story.adviser.name if reason else "",
        content=content,
        content_hash=hashed,
        made_at=when,
        made_by_name=story.adviser.name,
    )
    data = {
        "version": story.key("version", number),
        "number": number,
        "talk_on": day,
        "took_part": [person["name"] for person in took_part],
        "participant_view": view.value,
        "content_hash": hashed,
    }
    story.say(when, story.adviser, "plan.version.made", Section.PLAN, happened_on=day, data=data)


class AsThen:
    """A row as it was on an earlier day: itself, but for what has changed since."""

    def __init__(self, row: Any, **then: Any) -> None:
        self._row = row
        self.__dict__.update(then)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


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
        if added <= day:
            later = goal.reached_on and goal.reached_on > day
            goals.append(AsThen(goal, reached_on=None) if later else goal)
    written = [row for row in told.contributions if row.written_at < when]
    marked = []
    for contradiction, rows in told.contradictions:
        if contradiction.marked_at < when:
            contradiction._prefetched_objects_cache = {"contributions": rows}  # type: ignore[attr-defined]
            marked.append(contradiction)
    return content_of(story.case, told.plan, goals, steps, written, marked)
