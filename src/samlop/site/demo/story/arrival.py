"""The beginning: the person, the case, the team and the course."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from samlop.cases.models import AdaptationNeed, Case, TeamMember
from samlop.cases.vocabulary import CaseStatus, Need, TeamFunction
from samlop.core.rights import Section
from samlop.core.time import add_months
from samlop.people.models import FamilyMember, Person, PersonIdentifier, PersonLanguage, User
from samlop.people.vocabulary import Relation, Role
from samlop.programme.models import Course, NavNeed
from samlop.site.demo.days import workday
from samlop.site.demo.life import numbers
from samlop.site.demo.story.base import Story, pick
from samlop.site.demo.towns import NO_PASSWORD, Actor, no_phone
from samlop.site.demo.words import words


def meet(story: Story, username: str = "") -> None:
    """The person as the municipality knows them, with an account where they have one."""
    life, key, town = story.life, story.key, story.town
    rng = story.luck("person")
    if username:
        story.account = story.rows.add(
            User(
                id=key("user"),
                username=username,
                name=life.name,
                email=f"{username}@example.test",
                password=NO_PASSWORD,
            )
        )
    person = Person(
        id=key("person"),
        municipality_id=town.municipality.pk,
        user_id=story.account.pk if story.account else None,
        given_name=life.given,
        family_name=life.family,
        birth_date=life.birth_date,
        gender=life.gender,
        phone=no_phone(100_000 + story.number) if rng.random() < 0.92 else "",
        address="" if life.protection != "none" else f"{pick(rng, STREETS)} {rng.randint(1, 60)}",
        interpreter=life.interpreter.value,
        protection=life.protection.value,
        created_at=story.moment(life.settled, 0),
    )
    person.set_name_keys()
    story.person = story.rows.add(person)
    for kind, value in numbers(life).items():
        story.rows.put(
            PersonIdentifier,
            id=key("number", kind),
            person_id=person.pk,
            municipality_id=person.municipality_id,
            kind=kind,
            value=value,
        )
    for order, code in enumerate(life.languages, start=1):
        story.rows.put(
            PersonLanguage,
            id=key("language", code),
            person_id=person.pk,
            code=code,
            order=order,
            is_mother_tongue=order == 1,
        )
    if story.amount.small_things:
        _family(story, person)


STREETS = ("Elvegata", "Bjørkeveien", "Moensvingen", "Skolebakken", "Nordåsveien", "Kirkegata", "Granlia", "Sagveien")


def _family(story: Story, person: Person) -> None:
    life, rng = story.life, story.luck("family")
    origin = words("origins")[life.country]

    def name(woman: bool) -> str:
        return f"{pick(rng, origin['women' if woman else 'men'])} {life.family}"

    if life.spouse:
        story.rows.put(
            FamilyMember,
            id=story.key("spouse"),
            person_id=person.pk,
            relation=Relation.SPOUSE.value,
            name=name(not life.woman),
            lives_together=rng.random() < 0.8,
            in_programme=rng.random() < 0.4,
        )
    for index, age in enumerate(life.children):
        born = date(2026 - age, 1, 1) + timedelta(days=rng.randrange(300))
        story.rows.put(
            FamilyMember,
            id=story.key("child", index),
            person_id=person.pk,
            relation=Relation.CHILD.value,
            name=name(rng.random() < 0.5),
            birth_date=born,
        )


def open_case(story: Story) -> None:
    """The case itself."""
    life = story.life
    # Most are registered before they are settled.
    registered = min(workday(life.settled - timedelta(days=9)), workday(story.today - timedelta(days=1)))
    status, closed = CaseStatus.ACTIVE, None
    if life.ended is not None:
        status = CaseStatus.ENDED
        closed = story.moment(workday(min(life.ended + timedelta(days=5), story.today - timedelta(days=1))), 420)
    elif life.has("moves"):
        status, closed = CaseStatus.MOVED, story.moment(workday(story.today - timedelta(days=75)), 420)
    story.case = story.rows.add(
        Case(
            id=story.key("case"),
            municipality_id=story.town.municipality.pk,
            person_id=story.person.pk,
            owner_unit_id=story.town.owner.pk,
            status=status.value,
            settled_on=life.settled,
            settled_by_agreement=life.permit != "F",
            arrived_on=life.arrived,
            permit=life.permit,
            permit_granted_on=life.permit_granted,
            registered_at=story.moment(registered, 20),
            closed_at=closed,
            continues_id=story.continues.case.pk if story.continues else None,
        )
    )


def gather_team(story: Story, adviser: Actor) -> None:
    """Who is round the case: the adviser from the first day, teacher and NAV, and others where it helps."""
    life, town = story.life, story.town
    nav = town.someone(Role.NAV_ADVISER, story.number)
    teacher = town.someone(Role.TEACHER, story.number)
    registered = story.case.registered_at.date()
    how = "moved" if story.continues else "imported" if story.number % 5 == 0 else "registered"
    data = {"how": how, "unit": town.owner.name}
    story.say(story.case.registered_at, adviser, "case.registered", Section.IDENTITY, data=data)
    if story.continues:
        data = {"municipality": story.continues.town.municipality.name}
        story.say(story.moment(registered, 21), adviser, "case.moved_in", Section.IDENTITY, data=data)
    _join(story, adviser, TeamFunction.MAIN_CONTACT, registered, 22, by=adviser, editor=True)
    _join(story, teacher, TeamFunction.TEACHER, registered, 24, by=adviser)
    if not life.has("no_nav"):
        _join(story, nav, TeamFunction.NAV_CONTACT, registered, 26, by=adviser)
    elif life.has("nav_unnamed"):
        _unnamed(story, TeamFunction.NAV_CONTACT, registered, 26, adviser)
    if life.has("whole_team") or (story.number % 4 == 1 and life.months_in > 5 and not life.has("code_6")):
        _later(story, Role.PLACEMENT_COORDINATOR, TeamFunction.PLACEMENT, 5.0, adviser)
    if life.has("whole_team") or (story.number % 9 == 4 and life.months_in > 2):
        _later(story, Role.HEALTH_WORKER, TeamFunction.HEALTH, 2.0, adviser)


def _join(
    story: Story, actor: Actor, function: TeamFunction, since: date, minutes: int, *, by: Actor, editor: bool = False
) -> None:
    assert actor.unit is not None
    story.team[Role(actor.role)] = actor
    _place(story, function, since, minutes, actor.unit.name, actor, by, editor)


def _unnamed(story: Story, function: TeamFunction, since: date, minutes: int, by: Actor) -> None:
    _place(story, function, since, minutes, story.town.units["nav"].name, None, by, False)


def _place(
    story: Story,
    function: TeamFunction,
    since: date,
    minutes: int,
    unit_name: str,
    actor: Actor | None,
    by: Actor,
    editor: bool,
) -> None:
    until = add_months(story.life.ended, 12) if story.life.ended else None
    story.put(
        TeamMember,
        "team",
        function,
        unit_id=(actor and actor.unit_id) or story.town.units["nav"].pk,
        user_id=actor.user_id if actor else None,
        function=function.value,
        is_editor=editor,
        valid_from=since,
        valid_to=until,
    )
    person = actor.name if actor else ""
    data = {"unit": unit_name, "person": person, "function": function.value, "editor": editor}
    story.say(story.moment(since, minutes), by, "team.joined", Section.IDENTITY, data=data)


def _later(story: Story, role: Role, function: TeamFunction, months: float, by: Actor) -> None:
    day = story.day(months)
    if role in story.town.staff and story.happened(day):
        _join(story, story.town.someone(role, story.number), function, day, 200, by=by)


def begin_course(story: Story) -> None:
    """Dates, end goal, mapping and the need for NAV – as far as it has come."""
    life, adviser = story.life, story.adviser
    decided = workday((life.start or life.settled) - timedelta(days=12))
    start_known = life.start is not None and (story.happened(decided) or life.start < story.today)
    mapped = workday(life.settled + timedelta(days=26 + story.number % 30))
    mapping_done = story.happened(mapped) and not life.has("not_mapped")
    goal_known = mapping_done and start_known
    need, clarified = _nav_need(story)
    nav = story.team.get(Role.NAV_ADVISER, adviser)
    story.put(
        Course,
        "course",
        start_on=life.start if start_known else None,
        planned_end_on=life.planned_end if start_known else None,
        ended_on=life.ended,
        end_reason=life.end_reason,
        end_goal=life.end_goal.value if goal_known else "",
        track=1 + story.number % 3 if life.has("old_act") else None,
        mapping_done_on=mapped if mapping_done else None,
        mapping_done_by_id=adviser.user_id if mapping_done else None,
        nav_need=need.value,
        nav_need_clarified_on=clarified,
        nav_need_clarified_by_id=nav.user_id if clarified else None,
    )
    data: dict[str, Any]
    if start_known:
        when = story.moment(min(decided, workday(story.today - timedelta(days=1))), 75)
        data = {"start_on": life.start, "planned_end_on": life.planned_end, "start_was": None, "end_was": None}
        story.say(when, adviser, "programme.dates_set", Section.PROGRAMME, data=data)
    if goal_known:
        when = story.moment(max(mapped, story.case.registered_at.date()), 140)
        data = {"end_goal": life.end_goal.value, "was": ""}
        story.say(when, adviser, "programme.end_goal_set", Section.PROGRAMME, data=data)
    if mapping_done:
        story.say(
            story.moment(mapped, 120), adviser, "programme.mapping_done", Section.PROGRAMME, data={"done_on": mapped}
        )
    if clarified:
        data = {"need": need.value, "on": clarified, "who": nav.name}
        story.say(story.moment(clarified, 180), nav, "programme.nav_need", Section.PROGRAMME, data=data)
    _needs(story)


def _nav_need(story: Story) -> tuple[NavNeed, date | None]:
    if story.life.has("no_nav") or story.life.has("unclarified") or story.life.start is None:
        return NavNeed.UNCLARIFIED, None
    day = story.day(2.2 + (story.number % 5) * 0.35)
    if not story.happened(day):
        return NavNeed.UNCLARIFIED, None
    needed = story.life.has("hero") or story.luck("nav").random() < 0.62
    return (NavNeed.YES if needed else NavNeed.NO), day


def _needs(story: Story) -> None:
    """Needs for adaptation in some cases: codes of what helps."""
    rng = story.luck("needs")
    wanted = [Need.BREAKS, Need.ONE_CONTACT] if story.life.has("whole_team") else []
    if not wanted and rng.random() < 0.12:
        wanted = rng.sample(list(Need), rng.choice((1, 1, 2)))
    since = workday(story.life.settled + timedelta(days=40))
    if not wanted or not story.happened(since):
        return
    for need in wanted:
        story.put(AdaptationNeed, "need", need, code=need.value, since=since)
    data = {"added": [need.value for need in wanted], "ended": []}
    story.say(story.moment(since, 240), story.adviser, "needs.changed", Section.NEEDS, data=data)
