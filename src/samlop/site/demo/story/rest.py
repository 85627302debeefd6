"""Levels in Norwegian, effort, the handover, and what makes some cases special."""

from __future__ import annotations

from datetime import date, timedelta

from samlop.access.models import Grant, Objection, Override, Reading
from samlop.cases.models import RestrictedNote
from samlop.cases.vocabulary import EffortKind
from samlop.cooperation.models import TalkKind
from samlop.core.rights import Section
from samlop.core.time import add_months
from samlop.handover.checklist import PointCode
from samlop.handover.models import ChecklistItem, Handover, HandoverNeed
from samlop.norwegian.models import Level, LevelReached, Skill, Source
from samlop.people.vocabulary import Role
from samlop.programme.phases import END_MONTHS
from samlop.site.demo.days import workday
from samlop.site.demo.story.base import Story, pick
from samlop.site.demo.story.talks import hold
from samlop.site.demo.towns import Actor
from samlop.site.demo.words import words

LADDER = list(Level)


def levels(story: Story) -> None:
    """The school writes a level per skill: by mapping, by the teacher on the way, by tests."""
    life = story.life
    teacher = story.team.get(Role.TEACHER)
    if teacher is None or life.start is None:
        return
    plan = [(0.7, Source.MAPPING), (4.5, Source.TEACHER), (8.0, Source.TEST), (14.0, Source.TEST), (20.0, Source.TEST)]
    skills = [Skill.SPEAKING, Skill.WRITING, Skill.LISTENING, Skill.READING][: story.amount.skills]
    if not story.amount.small_things:
        plan = [plan[0], plan[3]]
    for number, (months, source) in enumerate(plan):
        day = story.day(months)
        if not story.happened(day) or (number == 0 and story.luck("level").random() < 0.05):
            continue
        for order, skill in enumerate(skills):
            _level(story, teacher, number, months, source, day, skill, order)
        told = {skill.value: _reached(story, months, skill) for skill in skills}
        data = {"levels": told, "reached_on": day, "source": source.value}
        story.say(story.moment(day, 250), teacher, "norwegian.levels_written", Section.NORWEGIAN, data=data)


def _reached(story: Story, months: float, skill: Skill) -> str:
    start = 1 if story.life.upper_secondary else 0
    behind = 0.7 if skill is Skill.WRITING else 0.0
    grown = start + months / 7.5 * story.life.pace - behind
    return LADDER[max(0, min(4, round(grown)))].value


def _level(
    story: Story, teacher: Actor, number: int, months: float, source: Source, day: date, skill: Skill, order: int
) -> None:
    story.put(
        LevelReached,
        "level",
        number,
        skill,
        skill=skill.value,
        level=_reached(story, months, skill),
        reached_on=day,
        source=source.value,
        recorded_at=story.moment(day, 250 + order),
        recorded_by_name=teacher.name,
        unit_name=teacher.unit.name if teacher.unit else "",
    )


def efforts(story: Story) -> None:
    """What NAV and the others did beside the talks, each counting as effort."""
    life, rng = story.life, story.luck("efforts")
    if life.start is None:
        return
    done = (
        (Role.NAV_ADVISER, EffortKind.GROUP_INFORMATION, 0.9),
        (Role.NAV_ADVISER, EffortKind.CONVERSATION, 2.0),
        (Role.PROGRAMME_ADVISER, EffortKind.CONVERSATION, 3.4),
        (Role.NAV_ADVISER, EffortKind.MARKET_KNOWLEDGE, 5.5),
        (Role.PLACEMENT_COORDINATOR, EffortKind.FOLLOW_UP, 6.2),
        (Role.NAV_ADVISER, EffortKind.FOLLOW_UP, 9.5),
        (Role.NAV_ADVISER, EffortKind.MEASURE, life.length - 5.5),
        (Role.NAV_ADVISER, EffortKind.CONVERSATION, life.length - 3.0),
    )
    for number, (role, kind, months) in enumerate(done[: story.amount.efforts]):
        jitter, minutes, skipped = rng.random(), rng.choice((None, None, 15, 30, 45, 60)), rng.random() < 0.25
        day = story.day(max(0.3, months) + jitter)
        if role not in story.team or skipped or not story.happened(day):
            continue
        story.say(
            story.moment(day, 350 + number),
            story.team[role],
            "effort.registered",
            Section.PLAN,
            effort=kind.value,
            minutes=minutes,
            data={"kind": kind.value, "together": 1},
        )


CHECKLIST = (
    PointCode.PLAN,
    PointCode.LEVELS,
    PointCode.MEASURES,
    PointCode.UNMET_NEEDS,
    PointCode.CONTACTS,
    PointCode.INCOME,
    PointCode.RECEIVER_INFORMED,
    PointCode.PARTICIPANT_INFORMED,
    PointCode.CERTIFICATE,
)


def hand_over(story: Story) -> None:
    """From six months before the end: need, receiver, talk and checklist – done, under way or forgotten."""
    life = story.life
    if life.start is None or life.planned_end is None or life.has("no_handover"):
        return
    end = life.ended or life.planned_end
    opened = workday(add_months(end, -END_MONTHS) + timedelta(days=3 + story.number % 12))
    if not story.happened(opened) or opened < life.start:
        return
    rng, texts = story.luck("handover"), words("talks")["handover"]
    nav, adviser = story.team.get(Role.NAV_ADVISER), story.adviser
    talk = workday(end - timedelta(days=25 + story.number % 30))
    talked = story.happened(talk) and not life.has("handover_overdue")
    need = HandoverNeed.YES if nav and rng.random() < 0.72 else HandoverNeed.NO
    known = talked or story.happened(workday(opened + timedelta(days=50)))
    row = Handover(
        **story.owned(),
        id=story.key("handover"),
        need=need.value if known else HandoverNeed.UNCLARIFIED.value,
        opened_at=story.moment(opened, 45),
    )
    if known and need is HandoverNeed.YES and nav:
        row.receiver_unit_id, row.receiver_name = nav.unit_id, nav.name
        row.receiver_contact = nav.unit.phone if nav.unit else ""
    if known:
        row.unmet_needs = story.text(pick(rng, texts["unmet"]))
        row.next_step = story.text(pick(rng, texts["next"]))
    if talked and need is HandoverNeed.YES:
        row.talk_on = talk
    if known:
        written = ["receiver_name", "unmet_needs", "next_step", "need", *(["talk_on"] if row.talk_on else [])]
        data = {"fields": written, "need": row.need, "talk_on": row.talk_on, "receiver": row.receiver_name}
        when = min(workday(opened + timedelta(days=50)), talk) if talked else workday(opened + timedelta(days=50))
        story.say(story.moment(when, 70), adviser, "handover.written", Section.PROGRAMME, data=data)
    if row.talk_on and story.amount.small_things:
        hold(story, TalkKind.HANDOVER_TALK, talk, 60, None, "handover talk")
    completed = workday(end - timedelta(days=6))
    finished = talked and story.happened(completed)
    if finished:
        row.income_source = pick(rng, texts["income"])
        row.completed_at, row.completed_by_id = story.moment(completed, 280), adviser.user_id
        data = {"need": row.need, "receiver": row.receiver_name, "talk_on": row.talk_on}
        story.say(row.completed_at, adviser, "handover.completed", Section.PROGRAMME, data=data)
    story.rows.add(row)
    if story.amount.small_things:
        _checklist(story, row, finished, talked)


def _checklist(story: Story, row: Handover, finished: bool, talked: bool) -> None:
    for index, code in enumerate(CHECKLIST):
        day = workday(row.opened_at.date() + timedelta(days=20 + 11 * index))
        done = story.happened(day) and (finished or index < (5 if talked else 3))
        story.put(
            ChecklistItem,
            "checklist",
            code.value,
            handover_id=row.pk,
            code=code,
            done_on=day if done else None,
            done_by_id=story.adviser.user_id if done else None,
        )


MOVED_TO = {"unit": "Elvestad flyktningkontor", "municipality": "Elvestad", "reason": "Ektefellen har fått arbeid der."}


def end(story: Story) -> None:
    """The programme ends with a reason and the case is closed; or the person moves and the case with them."""
    life = story.life
    if life.has("moves") and story.case.closed_at:
        story.say(story.case.closed_at, story.adviser, "case.moved_out", Section.IDENTITY, data=MOVED_TO)
        return
    if life.ended is None or story.case.closed_at is None:
        return
    data = {"ended_on": life.ended, "reason": life.end_reason}
    story.say(story.moment(life.ended, 340), story.adviser, "programme.ended", Section.PROGRAMME, data=data)
    story.say(story.case.closed_at, story.adviser, "programme.case_closed", Section.PROGRAMME)


def specials(story: Story) -> None:
    """Emergency access, a grant, objections and notes for named persons, where the life has them."""
    life = story.life
    if life.has("override"):
        _override(story)
    if life.has("objection"):
        _objection(story, 0)
    if life.has("objection_settled"):
        _objection(story, 1)
    if life.has("note"):
        _note(story)


def _override(story: Story) -> None:
    """A colleague elsewhere in the municipality took emergency access, and the leader has reviewed one of two."""
    taker = story.town.someone(Role.PROGRAMME_ADVISER, story.number + 2)
    assert taker.unit is not None
    day = workday(story.today - timedelta(days=9 if story.life.has("override_open") else 48))
    since = story.moment(day, 130)
    texts = words("talks")
    row = Override(
        **story.owned(),
        id=story.key("override"),
        user_id=taker.user_id,
        unit_id=taker.unit.pk,
        reason=texts["override_reasons"][0],
        since=since,
        until=since + timedelta(hours=4),
    )
    data = {"hours": 4, "reason": row.reason, "override": row.pk}
    story.say(since, taker, "access.override.taken", Section.IDENTITY, data=data)
    if not story.life.has("override_open"):
        leader = story.town.staff[Role.LEADER][0]
        row.reviewed_at, row.reviewed_by_id = story.moment(workday(day + timedelta(days=6)), 20), leader.user_id
        row.review_note = texts["override_notes"][0]
        data = {"who": taker.name, "note": row.review_note}
        story.say(row.reviewed_at, leader, "access.override.reviewed", Section.IDENTITY, data=data)
    story.rows.add(row)


def give_grant(story: Story, grantee: Actor) -> None:
    """The participant lets an employer see what it needs for a placement."""
    day = workday(story.today - timedelta(days=34))
    row = Grant(
        **story.owned(),
        id=story.key("grant"),
        user_id=grantee.user_id,
        sections=[Section.IDENTITY.value, Section.WORK.value],
        purpose="Praksis på Solbakken sykehjem",
        agreed_how="Avtalt i samtale med tolk, deltakeren har fått kopi",
        granted_by_name=story.life.name,
        valid_from=day,
        valid_to=add_months(story.today, 2),
        created_at=story.moment(day, 210),
    )
    story.rows.add(row)
    data = {"who": grantee.name, "purpose": row.purpose, "sections": row.sections, "until": row.valid_to}
    story.say(row.created_at, story.participant, "access.grant.given", Section.IDENTITY, data=data)


def _objection(story: Story, which: int) -> None:
    if story.account is None:
        return
    section, text, answer = words("talks")["objections"][which]
    day = workday(story.today - timedelta(days=6 + 50 * which))
    made = story.moment(day, 310)
    row = Objection(**story.owned(), id=story.key("objection", which), section=section, text=text, made_at=made)
    story.say(made, story.participant, "access.objection.made", Section.IDENTITY, data={"about": ""})
    if answer:
        row.settled_at, row.settled_by_id = story.moment(workday(day + timedelta(days=8)), 50), story.adviser.user_id
        row.answer = answer
        story.say(row.settled_at, story.adviser, "access.objection.settled", Section.IDENTITY, data={"answer": answer})
    story.rows.add(row)


def _note(story: Story) -> None:
    day = workday(story.life.settled + timedelta(days=50))
    when = story.moment(day, 300)
    row = RestrictedNote(
        **story.owned(),
        id=story.key("note"),
        author_id=story.adviser.user_id,
        text=words("talks")["notes"][story.number % 2],
        written_at=when,
    )
    story.rows.add(row)
    readers = [story.adviser, *(actor for role, actor in story.team.items() if role is Role.HEALTH_WORKER)]
    through = RestrictedNote.readers.through
    for reader in readers:
        story.rows.add(through(restrictednote_id=row.pk, user_id=reader.user_id))
    story.say(when, story.adviser, "notes.added", Section.RESTRICTED)


def readings(story: Story) -> None:
    """Who has opened what lately."""
    rng = story.luck("readings")
    people = list(story.team.values())
    for number in range(story.amount.readings):
        actor, section = (
            pick(rng, people),
            pick(rng, (Section.IDENTITY, Section.PLAN, Section.PROGRAMME, Section.NORWEGIAN)),
        )
        day = workday(story.today - timedelta(days=2 + rng.randrange(240)))
        minutes = rng.randrange(400)
        if day < story.case.registered_at.date() or not story.happened(day):
            continue
        story.put(
            Reading,
            "reading",
            number,
            section=section.value,
            at=story.moment(day, minutes),
            user_id=actor.user_id,
            user_name=actor.name,
            unit_id=actor.unit_id,
            unit_name=actor.unit.name if actor.unit else "",
            role=actor.role,
            relation="team",
        )
