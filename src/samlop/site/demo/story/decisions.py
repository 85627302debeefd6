"""What the law asks about, and the decisions: award and plan for everybody, extension where the law has it, and
exceptions – a draft that waits, a letter nobody knows the receipt of, a complaint on its way."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from samlop.core.rights import Section
from samlop.core.time import add_months
from samlop.law.acts import ActId
from samlop.law.decisions import act_for, paragraphs_of
from samlop.law.duration import DurationCase, duration
from samlop.law.refused import Refused
from samlop.people.vocabulary import Role
from samlop.programme.models import Complaint, CourseFacts, Decision, DecisionStatus, EducationLevel
from samlop.site.demo.days import workday
from samlop.site.demo.story.base import Story

REASONS = {
    "award": "Alle vilkårene for rett til introduksjonsprogram er oppfylt. Vi har planlagt programmet med deltakeren.",
    "plan": "Planen bygger på kartleggingen og karriereveiledningen. Deltakeren har vært med og er enig i målet.",
    "extension": "Vi venter at deltakeren når sluttmålet hvis programmet varer lenger.",
    "leave": "Søknaden gjelder tilvenning i barnehage og er innenfor rammen for velferdspermisjon.",
}


def decide(story: Story) -> None:
    """Facts and decisions of one case, as far as it has come."""
    life = story.life
    decided = workday((life.start or life.settled) - timedelta(days=12))
    made = life.start is not None and story.happened(decided) and story.continues is None
    _facts(story, decided if made else None)
    if life.start is None or life.planned_end is None or story.continues is not None:
        return
    act = act_for(life.permit_granted, life.arrived)
    award = {
        "start_on": life.start.isoformat(),
        "planned_end_on": life.planned_end.isoformat(),
        "end_goal": life.end_goal.value,
        "benefit": True,
        "norwegian": True,
    }
    if not made:
        if story.amount.small_things and not life.has("no_start"):
            _draft(story, "award", award, act)
        return
    ordinary = _ordinary_end(story)
    if ordinary is not None and ordinary < life.planned_end:
        award["planned_end_on"] = ordinary.isoformat()
    first = _signed(story, "award", award, decided, act)
    if not life.has("no_plan_decision"):
        _plan(story, decided, act)
    if ordinary is not None and ordinary < life.planned_end:
        _extension(story, ordinary, act)
    if story.amount.small_things:
        _leave(story, act)
        _complaint(story, first, decided)


def _facts(story: Story, decided: date | None) -> None:
    life = story.life
    day = life.start if decided else None
    studies = add_months(life.start, 10) if life.start else None
    story.put(
        CourseFacts,
        "facts",
        education=(EducationLevel.UPPER_SECONDARY if life.upper_secondary else EducationLevel.BELOW).value,
        nordic_or_eea=False,
        weekly_work_hours=0,
        lived_in_municipality_since=life.settled,
        registered_in_municipality_on=life.settled if life.settled <= story.today else None,
        career_guidance_on=workday(decided - timedelta(days=9)) if decided and story.number % 6 != 4 else None,
        offered_norwegian_on=day,
        social_studies_done_on=studies if studies and story.happened(studies) and story.number % 8 != 5 else None,
        norwegian_done_on=life.ended,
        certificate_given_on=life.ended,
        end_registered_on=life.ended,
        used_before_days=0,
    )


def _ordinary_end(story: Story) -> date | None:
    life = story.life
    assert life.start is not None
    education = "upper_secondary_or_higher" if life.upper_secondary else "below_upper_secondary"
    goal, collective = life.end_goal.value, life.permit == "E"
    return _law(life.permit_granted, life.start, life.birth_date, education, goal, life.arrived, collective)


@lru_cache(maxsize=4096)
def _law(
    granted: date, start: date, born: date, education: Any, goal: Any, arrived: date | None, collective: bool
) -> date | None:
    """The last ordinary day by the law; none where it refuses the goal for this education."""
    case = DurationCase(granted, start, born, education, goal, arrived, collective)
    try:
        return duration(case).latest_ordinary_end
    except Refused:
        return None


def _plan(story: Story, decided: date, act: ActId) -> None:
    day = story.day(2.5) if story.number % 11 == 7 else decided
    if story.happened(day):
        contract = decided.isoformat() if act == "integreringsloven" else None
        data = {"occasion": "drawn_up", "plan_dated": day.isoformat(), "norwegian": True, "contract_on": contract}
        _signed(story, "plan", data | {"about": ""}, day, act)


def _extension(story: Story, ordinary: date, act: ActId) -> None:
    assert story.life.planned_end is not None
    day = workday(ordinary - timedelta(days=34))
    if story.happened(day):
        data = {"end_was": ordinary.isoformat(), "planned_end_on": story.life.planned_end.isoformat()}
        _signed(story, "extension", data, day, act)


def _leave(story: Story, act: ActId) -> None:
    """A few days at home while a child gets used to kindergarten."""
    day = story.day(4.0)
    if not story.happened(day) or story.luck("leave").random() > 0.15:
        return
    last = workday(day + timedelta(days=9))
    first = workday(last - timedelta(days=2))
    data = {"reason": "VELFERD", "first_day": first.isoformat(), "last_day": last.isoformat()}
    _signed(story, "leave", data | {"granted": True, "paid": True}, day, act)


def _row(story: Story, kind: str, data: dict[str, Any], prepared: date, act: ActId) -> dict[str, Any]:
    return {
        "kind": kind,
        "section": Section.PROGRAMME.value,
        "data": data,
        "reasons": REASONS[kind],
        "references": [*paragraphs_of(kind, act), *paragraphs_of("decision", act)],
        "prepared_by_id": story.adviser.user_id,
        "prepared_by_name": story.adviser.name,
        "prepared_at": story.moment(prepared, 60),
    }


def _draft(story: Story, kind: str, data: dict[str, Any], act: ActId) -> None:
    """A draft made in the last days, that waits for the leader."""
    prepared = workday(story.today - timedelta(days=2))
    if not story.happened(prepared):
        return
    key = story.key("decision", kind)
    story.put(Decision, "decision", kind, status=DecisionStatus.DRAFT.value, **_row(story, kind, data, prepared, act))
    told = {"kind": kind, "decision": key}
    story.say(story.moment(prepared, 60), story.adviser, "programme.decision_drafted", Section.PROGRAMME, data=told)


def _signed(story: Story, kind: str, data: dict[str, Any], decided: date, act: ActId) -> Any:
    """A decision prepared, signed by the leader, handed over and – mostly – registered."""
    leader = story.town.staff[Role.LEADER][0]
    key = story.key("decision", kind)
    sent = workday(decided + timedelta(days=3))
    given = story.happened(sent)
    by_post = story.number % 7 == 3
    received = sent + timedelta(days=4) if by_post else sent
    registered = workday(decided + timedelta(days=20 + story.number % 25))
    story.put(
        Decision,
        "decision",
        kind,
        status=DecisionStatus.SIGNED.value,
        decided_on=decided,
        signed_at=story.moment(decided, 200),
        signed_by_id=leader.user_id,
        signed_by_name=leader.name,
        signed_by_title=f"{Role.LEADER.label}, {leader.unit.name if leader.unit else ''}",
        sent_on=sent if given else None,
        sent_how=("post" if by_post else "in_person") if given else "",
        received_on=received if given and story.happened(received) and story.number % 21 != 10 else None,
        registered_on=registered if story.happened(registered) and story.number % 12 != 8 else None,
        **_row(story, kind, data, decided, act),
    )
    told = {"kind": kind, "decision": key}
    data = told | {"decided_on": decided}
    story.say(story.moment(decided, 200), leader, "programme.decision_signed", Section.PROGRAMME, data=data)
    if given and story.amount.small_things:
        data = told | {"sent_on": sent, "how": "post" if by_post else "in_person"}
        story.say(story.moment(sent, 30), story.adviser, "programme.decision_sent", Section.PROGRAMME, data=data)
    return key


def _complaint(story: Story, decision: Any, decided: date) -> None:
    """One in thirty complains; some wait for the municipality, some for statsforvalteren, some have their answer."""
    received = workday(decided + timedelta(days=14))
    if story.luck("complaint").random() > 0.035 or not story.happened(received):
        return
    considered, sent = workday(received + timedelta(days=12)), workday(received + timedelta(days=15))
    answered = workday(received + timedelta(days=75))
    adviser, told = story.adviser, {"kind": "award", "decision": decision}
    row: dict[str, Any] = {
        "received_on": received,
        "complainant": story.life.name,
        "about": "Ønsker et annet sluttmål.",
        "registered_by_name": adviser.name,
    }
    data: dict[str, Any] = told | {"received_on": received, "late": False}
    story.say(story.moment(received, 80), adviser, "programme.complaint_received", Section.PROGRAMME, data=data)
    if story.happened(considered):
        row |= {"reconsidered_on": considered, "reconsideration": "upheld"}
        row["reconsideration_reasons"] = "Sluttmålet følger av kartleggingen. Klagen inneholder ikke noe nytt."
        data = told | {"on": considered, "result": "upheld"}
        story.say(
            story.moment(considered, 90), adviser, "programme.complaint_reconsidered", Section.PROGRAMME, data=data
        )
    if story.happened(sent):
        row["sent_on"] = sent
        data = told | {"on": sent}
        story.say(story.moment(sent, 90), adviser, "programme.complaint_sent", Section.PROGRAMME, data=data)
    if story.happened(answered):
        row |= {"outcome": "upheld", "outcome_on": answered}
        data = told | {"on": answered, "outcome": "upheld"}
        story.say(story.moment(answered, 90), adviser, "programme.complaint_answered", Section.PROGRAMME, data=data)
    story.put(Complaint, "complaint", decision_id=decision, **row)
