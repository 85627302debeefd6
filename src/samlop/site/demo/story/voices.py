"""Who writes into the plan: contributions of units and the participant, and contradictions among them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from samlop.core.rights import Section
from samlop.people.vocabulary import Role
from samlop.plan.models import Contradiction, Contribution
from samlop.site.demo.days import workday
from samlop.site.demo.story.base import PlanStory, Story
from samlop.site.demo.towns import Actor
from samlop.site.demo.words import without_repeat, words


def contribute(story: Story, told: PlanStory) -> None:
    """Units and the participant write, spread over the months that have been."""
    life, rng = story.life, story.luck("contributions")
    if life.has("hero"):
        _by_hand(story, told)
        return
    writers = [role for role in WRITERS if role in story.team or (role is Role.PARTICIPANT and story.account)]
    if life.start is None or not writers:
        return
    for index in range(story.amount.contributions):
        role = writers[index % len(writers)] if index < len(writers) else rng.choice(writers)
        share = (index + 0.5 + rng.random() * 0.4) / story.amount.contributions
        month = share * max(1.0, life.length)
        day = story.day(month)
        if not story.happened(day) or day < told.opened:
            continue
        phase = "start" if month < 3 else "end" if month > life.length - 6 and month > 6 else "during"
        if text := _wording(story, rng, role, phase):
            actor = story.participant if role is Role.PARTICIPANT else story.team[role]
            write(story, told, index, actor, day, 30 * index % 290, text)


def _by_hand(story: Story, told: PlanStory) -> None:
    for index, (months, who, text) in enumerate(words("hero")):
        role, day = Role(who), story.day(months)
        actor = story.participant if role is Role.PARTICIPANT else story.team.get(role)
        if actor is not None and story.happened(day):
            write(story, told, index, actor, day, 20 * index, text)


WRITERS = (
    Role.PROGRAMME_ADVISER,
    Role.TEACHER,
    Role.NAV_ADVISER,
    Role.PARTICIPANT,
    Role.PLACEMENT_COORDINATOR,
    Role.HEALTH_WORKER,
    Role.CAREER_ADVISER,
)


def _wording(story: Story, rng: Random, role: Role, phase: str) -> str:
    texts = words("contributions")
    if role is Role.PARTICIPANT and rng.random() < 0.35:
        own = [text for code in story.life.languages for text in texts["participant_own"].get(code, ())]
        if own:
            return without_repeat(rng, own, story.used)
    books = [texts["nynorsk"], texts] if story.town.nynorsk else [texts]
    for book in books:
        for wanted in (phase, "during", "start"):
            if found := book.get(role.value, {}).get(wanted):
                return story.text(without_repeat(rng, found, story.used), **levels_at(story, phase))
    return ""


def levels_at(story: Story, phase: str) -> dict[str, str]:
    """The level now and the next, as people would say it in that phase."""
    ladder = ["A1", "A2", "B1", "B2"]
    at = {"start": 0, "during": 1, "end": 2}[phase] + (1 if story.life.pace > 1.3 else 0)
    return {"level": ladder[min(at, 2)], "next": ladder[min(at + 1, 3)]}


def write(
    story: Story, told: PlanStory, name: object, actor: Actor, day: date, minutes: int, text: str
) -> Contribution:
    """A contribution, with its entry in the journal."""
    when = story.moment(day, minutes)
    row = Contribution(
        **story.owned(plan_id=told.plan.pk),
        id=story.key("contribution", name),
        author_id=actor.user_id,
        author_name=actor.name,
        unit_id=actor.unit_id,
        role=actor.role,
        by_participant=actor.role == Role.PARTICIPANT,
        text=text,
        written_at=when,
    )
    row._state.fields_cache["unit"] = actor.unit
    told.contributions.append(story.rows.add(row))
    data = {"contribution": row.pk, "text": text, "about": ""}
    story.say(when, actor, "plan.contribution.added", Section.PLAN, data=data)
    return row


def contradict(story: Story, told: PlanStory) -> None:
    """Two units say different things; the editor marks it, and settles it unless it is still open."""
    if not (story.life.has("contradiction_open") or story.life.has("contradiction_settled")):
        return
    wording = words("contributions")["contradictions"][story.number % 3]
    levels = levels_at(story, "during")
    sides = [(Role(role), story.text(text, **levels)) for role, text in (wording["a"], wording["b"])]
    day = workday(story.today - timedelta(days=16 if story.life.has("contradiction_open") else 120))
    rows = [
        write(story, told, f"side {index}", story.team.get(role, story.adviser), day, 40 + 60 * index, text)
        for index, (role, text) in enumerate(sides)
    ]
    marked = story.moment(workday(day + timedelta(days=2)), 90)
    row = Contradiction(
        **story.owned(plan_id=told.plan.pk),
        id=story.key("contradiction"),
        text=wording["marked"],
        marked_by_id=story.adviser.user_id,
        marked_at=marked,
    )
    units = [row.unit.name if row.unit else row.author_name for row in rows]
    data = {"contradiction": row.pk, "text": row.text, "who": units}
    story.say(marked, story.adviser, "plan.contradiction.marked", Section.PLAN, data=data)
    if story.life.has("contradiction_settled"):
        row.settled_at, row.settled_by_id = story.moment(workday(day + timedelta(days=21)), 130), story.adviser.user_id
        row.resolution = story.text(wording["settled"])
        data = {"contradiction": row.pk, "text": row.text, "resolution": row.resolution}
        story.say(row.settled_at, story.adviser, "plan.contradiction.settled", Section.PLAN, data=data)
    story.rows.add(row)
    through = Contradiction.contributions.through
    for each in rows:
        story.rows.add(through(contradiction_id=row.pk, contribution_id=each.pk))
    told.contradictions.append((row, rows))
