"""The living plan: goals, steps, contributions and contradictions, each with the day it came."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from samlop.core.rights import Section
from samlop.people.vocabulary import Role
from samlop.plan.models import PartialGoal, Plan, Step
from samlop.plan.vocabulary import StepKind, StepStatus
from samlop.programme.models import EndGoal
from samlop.site.demo.days import workday
from samlop.site.demo.story.base import PlanStory, Story, pick
from samlop.site.demo.story.voices import contradict, contribute
from samlop.site.demo.towns import Actor
from samlop.site.demo.words import words


def open_plan(story: Story) -> PlanStory | None:
    """The plan is opened when the mapping is under way. None where nobody has begun."""
    life = story.life
    first = workday(life.settled + timedelta(days=30 + story.number % 25))
    if not story.happened(first) or life.has("no_plan"):
        return None
    when = story.moment(first, 100)
    plan = Plan(**story.owned(), id=story.key("plan"), opened_at=when, changed_at=when)
    told = PlanStory(story.rows.add(plan), first)
    story.say(when, story.adviser, "plan.opened", Section.PLAN)
    _goals(story, told)
    _partial_goals(story, told)
    _steps(story, told)
    contribute(story, told)
    contradict(story, told)
    plan.changed_at = told.last_change or when
    return told


def _goals(story: Story, told: PlanStory) -> None:
    life, plan = story.life, told.plan
    direction = words("fields")[life.direction]
    norwegian = direction["goal_nn" if story.town.nynorsk else "goal"]
    language = next((code for code in life.languages if code in direction["own"]), "")
    plan.long_term_goal = norwegian
    plan.long_term_goal_own = direction["own"].get(language, "")
    plan.own_language = language
    plan.long_term_goal_revision = 1
    when = story.moment(told.opened, 104)
    data = {"own": plan.long_term_goal_own, "language": language, "text": norwegian, "before_own": "", "before": ""}
    actor, behalf = (story.participant, "") if story.account else (story.adviser, story.life.name)
    story.say(when, actor, "plan.long_term_goal.set", Section.PLAN, on_behalf_of=behalf, data=data)
    told.changed(when)
    day = workday(told.opened + timedelta(days=9))
    if not story.happened(day) or life.has("not_mapped"):
        return
    plan.end_goal, plan.end_goal_why = life.end_goal.value, story.text(END_GOAL_WHY[life.end_goal])
    plan.end_goal_revision = plan.norwegian_goal_revision = 1
    plan.norwegian_goal = life.norwegian_goal
    goal = {"goal": plan.end_goal, "why": plan.end_goal_why, "before": "", "before_why": ""}
    story.say(story.moment(day, 60), story.adviser, "plan.end_goal.set", Section.PLAN, data=goal)
    level = {"goal": plan.norwegian_goal, "why": "", "before": "", "before_why": ""}
    story.say(story.moment(day, 66), story.adviser, "plan.norwegian_goal.set", Section.PLAN, data=level)
    told.changed(story.moment(day, 66))


END_GOAL_WHY = {
    EndGoal.WORK: "{given} har erfaring fra {short} og vil i arbeid så raskt som mulig.",
    EndGoal.HIGHER_EDUCATION: "{given} har utdanning fra før og mangler norskkravet.",
    EndGoal.UPPER_SECONDARY: "Under 25 år uten videregående. Fullført videregående gir flest muligheter.",
    EndGoal.UPPER_SECONDARY_PARTS: "Noen fag fra videregående er nok for {short}.",
    EndGoal.PRIMARY: "Trenger grunnskole for å komme videre mot {short}.",
    EndGoal.VOCATIONAL: "Fagbrev er veien inn i {short}.",
}


def _partial_goals(story: Story, told: PlanStory) -> None:
    rng = story.luck("partial goals")
    texts = words("steps")["partial_goals_nn" if story.town.nynorsk else "partial_goals"]
    for order, text in enumerate(rng.sample(texts, story.amount.partial_goals), start=1):
        day = workday(told.opened + timedelta(days=9 + 60 * (order - 1)))
        if not story.happened(day):
            continue
        reached = story.day(5 + 5 * order / story.life.pace)
        goal = PartialGoal(
            **story.owned(plan_id=told.plan.pk),
            id=story.key("partial goal", order),
            order=order,
            text=text,
            reached_on=reached if story.happened(reached) else None,
        )
        told.partial_goals.append((day, story.rows.add(goal)))
        when = story.moment(day, 70 + order)
        story.say(when, story.adviser, "plan.partial_goal.added", Section.PLAN, data={"text": text})
        told.changed(when)
        if goal.reached_on:
            when = story.moment(goal.reached_on, 310)
            data = {"text": text, "on": goal.reached_on}
            story.say(when, story.adviser, "plan.partial_goal.reached", Section.PLAN, data=data)
            told.changed(when)


Outline = tuple[StepKind, float, float, str]
"""Kind, first and last month of the programme, and who answers (key of a unit, or the participant)."""


def outline(story: Story) -> list[Outline]:
    """The steps of a programme of this length and goal, most important first."""
    life = story.life
    span = life.length / 24.0
    steps: list[Outline] = [
        (StepKind.NORWEGIAN, 0, life.length * 0.85, "school"),
        (StepKind.LANGUAGE_PRACTICE, 4 * span, 6 * span, "practice"),
        (StepKind.WORK_PRACTICE, 9 * span, 13 * span, "practice"),
        (_towards(life.end_goal), 18 * span, life.length, "nav" if life.end_goal is EndGoal.WORK else "school"),
        (StepKind.CAREER_GUIDANCE, 1 * span, 2 * span, "owner"),
        (StepKind.SOCIAL_STUDIES, 1, 5 * span + 1, "school"),
        (StepKind.VOCATIONAL_COURSE, 14 * span, 16 * span, "practice"),
        (StepKind.LIFE_SKILLS, 2, 3.5, "owner"),
        (StepKind.OWN_ACTIVITY if story.number % 2 else StepKind.COMMUNITY, 3, life.length * 0.9, "participant"),
    ]
    if life.children:
        steps.insert(5, (StepKind.PARENTAL_GUIDANCE, 4, 7, "owner"))
    if life.upper_secondary:
        steps.insert(3, (StepKind.RECOGNITION, 2, 7, "owner"))
    return steps[: story.amount.steps]


def _towards(goal: EndGoal) -> StepKind:
    return {
        EndGoal.WORK: StepKind.WORK_TRAINING,
        EndGoal.PRIMARY: StepKind.PRIMARY_SCHOOL,
        EndGoal.HIGHER_EDUCATION: StepKind.JOB_SEARCH,
        EndGoal.VOCATIONAL: StepKind.WAGE_SUBSIDY,
    }.get(goal, StepKind.UPPER_SECONDARY)


def _steps(story: Story, told: PlanStory) -> None:
    rng = story.luck("steps")
    goals = told.partial_goals
    for index, (kind, first, last, who) in enumerate(outline(story)):
        chance = rng.random()
        added = workday(max(told.opened, story.day(first) - timedelta(days=45 + 15 * (index % 3))) + timedelta(days=2))
        if not story.happened(added):
            continue
        step = _step(story, told, kind, index, story.day(first), story.day(last), who)
        if goals:
            step.partial_goal_id = goals[index % len(goals)][1].pk
        told.steps.append((added, step))
        when = story.moment(added, 150 + 3 * index)
        story.say(when, story.adviser, "plan.step.added", Section.PLAN, data=step_data(step))
        told.changed(when)
        _report(story, told, step, chance)


def _step(story: Story, told: PlanStory, kind: StepKind, index: int, first: date, last: date, who: str) -> Step:
    wording, nn = words("steps")[kind.value], story.town.nynorsk
    by_participant = who == "participant"
    actor = None if by_participant else _answers(story, who)
    step = Step(
        **story.owned(plan_id=told.plan.pk),
        id=story.key("step", kind),
        kind=kind.value,
        title=story.text(wording["title_nn" if nn else "title"]),
        title_own=wording["own"].get(told.plan.own_language, ""),
        start_on=first,
        end_on=max(first, last),
        unit_id=actor.unit_id if actor else None,
        user_id=actor.user_id if actor else None,
        by_participant=by_participant,
        why=story.text(pick(story.luck(f"why {kind}"), wording["why_nn" if nn else "why"])),
    )
    if actor:
        step._state.fields_cache.update(unit=actor.unit, user=actor.user)
    return story.rows.add(step)


def _answers(story: Story, who: str) -> Actor:
    """Who answers for a step: the team's person of the unit, where there is one."""
    wanted = {
        "school": (Role.TEACHER,),
        "nav": (Role.NAV_ADVISER,),
        "practice": (Role.PLACEMENT_COORDINATOR, Role.TEACHER),
    }.get(who, ())
    return next((story.team[role] for role in wanted if role in story.team), story.adviser)


def step_data(step: Step, **more: Any) -> dict[str, Any]:
    """A step as the journal keeps it."""
    return {
        "step": step.pk,
        "title": step.title,
        "kind": step.kind,
        "start_on": step.start_on,
        "end_on": step.end_on,
        **more,
    }


def _report(story: Story, told: PlanStory, step: Step, chance: float) -> None:
    """How it went, where somebody has said so: a few have ended without a word, and a few were stopped."""
    assert step.start_on is not None
    assert step.end_on is not None
    wording, nn = words("steps")[step.kind], story.town.nynorsk
    who = next((actor for actor in story.team.values() if actor.user_id == step.user_id), story.adviser)
    begun = workday(step.start_on + timedelta(days=3))
    if story.happened(begun):
        step.status = StepStatus.ONGOING.value
    ended = workday(step.end_on)
    stopped = chance < 0.09 and bool(wording.get("stopped"))
    if stopped:
        ended = workday(step.start_on + timedelta(days=15))
    if not story.happened(ended) or chance > 0.94:
        return
    results = wording.get("stopped" if stopped else ("done_nn" if nn else "done")) or ["Fullført."]
    status = StepStatus.STOPPED if stopped else StepStatus.DONE
    before = step.status
    step.status, step.result = status.value, story.text(pick(story.luck(f"result {step.kind}"), results))
    step.end_on = ended
    step.revision = 2
    told.reports[step.pk] = (ended, status, step.result)
    when = story.moment(ended, 330)
    data = step_data(step, status=step.status, result=step.result, before=before, before_result="")
    story.say(when, who, "plan.step.reported", Section.PLAN, data=data)
    told.changed(when)
