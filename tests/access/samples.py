"""One of each thing that an address can name, in the house's case – so that no page is left out of the walk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

from samlop.access.models import ApiToken, Grant, Narrowing, Objection, Override
from samlop.cooperation.models import TalkRule
from samlop.core.time import now, today
from samlop.core.writing import writing
from samlop.exchange.models import ImportRun
from samlop.hours.models import Absence, ClassMember, ClassSlot, Group, Leave, OwnSlot, WorkPlaceLink
from samlop.meetings.models import Meeting
from samlop.norwegian.models import LevelReached
from samlop.overview.models import SavedFilter
from samlop.people.models import User
from samlop.plan.content import EMPTY
from samlop.plan.models import Contradiction, Contribution, ContributionDraft, PartialGoal, Plan, PlanVersion, Step
from samlop.programme.models import Complaint, Decision, SigningDelegation
from tests.house import House

Make = Callable[[House], Any]


def _objection(house: House) -> Any:
    return Objection.objects.create(case=house.case, municipality=house.municipality, text="Nei", made_at=now()).pk


def _override(house: House) -> Any:
    return Override.objects.create(
        case=house.case,
        municipality=house.municipality,
        user=house.users["nav_leader"],
        unit=house.units["nav"],
        reason="Hovedkontakten er syk",
        since=now() - timedelta(hours=30),
        until=now() - timedelta(hours=20),
    ).pk


def _grant(house: House) -> Any:
    return Grant.objects.create(
        case=house.case,
        municipality=house.municipality,
        user=house.users["volunteer"],
        sections=[],
        purpose="Språkkafé",
        agreed_how="Sa ja",
        granted_by_name="Adviser",
        valid_from=today(),
        valid_to=today() + timedelta(days=9),
        created_at=now(),
    ).pk


def _api_token(house: House) -> Any:
    leader = house.users["leader"]
    return ApiToken.objects.create(
        municipality=house.municipality, unit=house.units["refugee"], role="programme_adviser", name="Fagsystem",
        user=User.objects.create(username="system-sample", name="Fagsystem", is_active=False), purpose="Prøve",
        sees=["identity"], valid_from=today(), valid_to=today(), digest="0" * 64, made_by=leader, made_at=now(),
    ).pk  # fmt: skip


def _narrowing(house: House) -> Any:
    return Narrowing.objects.create(
        municipality=house.municipality, role="teacher", section="work", relation="unit", right=0, why="Avtale"
    ).pk


def _delegation(house: House) -> Any:
    return SigningDelegation.objects.create(
        municipality=house.municipality,
        unit=house.units["refugee"],
        user=house.users["adviser"],
        kinds=["leave"],
        basis="Delegeringsreglementet",
        valid_from=today(),
        given_by_name="Leder",
        given_at=now(),
    ).pk


def _talk_rule(house: House) -> Any:
    return TalkRule.objects.create(municipality=house.municipality, talk="plan_talk", unit_kind="health").pk


def _saved(house: House) -> Any:
    return SavedFilter.objects.create(user=house.users["adviser"], name="Mitt", query="hvem=mine", created_at=now()).pk


def _place(house: House) -> Any:
    return house.case.team.order_by("pk").first().pk


def _plan(house: House) -> Any:
    return Plan.objects.get_or_create(
        case=house.case, is_current=True, defaults={"opened_at": now(), "changed_at": now()}
    )[0]


def _partial_goal(house: House) -> Any:
    return PartialGoal.objects.create(case=house.case, plan=_plan(house), text="B1").pk


def _step(house: House) -> Any:
    return Step.objects.create(
        case=house.case, plan=_plan(house), kind="mentor", title="Mentor", unit=house.units["nav"]
    ).pk


def _draft(house: House) -> Any:
    return ContributionDraft.objects.create(
        case=house.case, author=house.users["nav"], text="Utkast", saved_at=now()
    ).pk


def _contribution(house: House) -> Any:
    return Contribution.objects.create(
        case=house.case, plan=_plan(house), author=house.users["nav"], author_name="Nav", text="Hei", written_at=now()
    ).pk


def _contradiction(house: House) -> Any:
    return Contradiction.objects.create(
        case=house.case, plan=_plan(house), text="Ulikt", marked_by=house.users["adviser"], marked_at=now()
    ).pk


def _meeting(house: House) -> Meeting:
    meeting: Meeting = Meeting.objects.create(
        case=house.case,
        municipality=house.municipality,
        kind="triangular_talk",
        starts_at=now(),
        called_by=house.users["adviser"],
    )
    return meeting


def _action(house: House) -> Any:
    meeting = _meeting(house)
    return meeting.actions.create(
        case=house.case, municipality=house.municipality, text="Ring", made_at=now(), due_on=today()
    ).pk


def _version(house: House) -> Any:
    return PlanVersion.objects.create(
        case=house.case, plan=_plan(house), number=1, talk_on=today(), participant_view="agrees", content=EMPTY,
        content_hash="", made_at=now(), made_by_name="Adviser",
    ).number  # fmt: skip


def _level(house: House) -> Any:
    return LevelReached.objects.create(
        case=house.case,
        municipality=house.municipality,
        skill="reading",
        level="A2",
        reached_on=today(),
        source="test",
        recorded_at=now(),
    ).pk


def _run(house: House) -> Any:
    return ImportRun.objects.create(
        municipality=house.municipality, user=house.users["adviser"], owner_unit=house.units["refugee"],
        status="invalid", kind="csv", size=1, digest="0" * 64, created_at=now(),
    ).pk  # fmt: skip


def _group(house: House) -> Any:
    return Group.objects.get_or_create(
        municipality=house.municipality, unit=house.units["school"], name="Spor 1", defaults={"valid_from": today()}
    )[0]


def _hour() -> dict[str, Any]:
    return {
        "weekday": 1, "starts": time(9), "ends": time(11), "provider": "adult_education", "content": "norwegian",
        "valid_from": today(),
    }  # fmt: skip


def _own_slot(house: House) -> Any:
    return OwnSlot.objects.create(case=house.case, municipality=house.municipality, **_hour()).pk


def _class_slot(house: House) -> Any:
    return ClassSlot.objects.create(group=_group(house), **_hour()).pk


def _member(house: House) -> Any:
    return ClassMember.objects.create(
        case=house.case, municipality=house.municipality, group=_group(house), valid_from=today()
    ).pk


def _decision(house: House) -> Any:
    return Decision.objects.create(
        case=house.case,
        municipality=house.municipality,
        kind="stop",
        section="programme",
        status="signed",
        data={"mode": "permanent", "first_day": "2026-03-01", "last_day": None},
        reasons="Avtalt",
        references=["integreringsloven § 18"],
        prepared_by=house.users["adviser"],
        prepared_by_name="Adviser",
        prepared_at=now(),
        signed_by=house.users["leader"],
        signed_by_name="Leader",
        signed_at=now(),
        decided_on=today(),
        sent_on=today(),
        sent_how="in_person",
        received_on=today(),
    )


def _complaint(house: House) -> Any:
    return Complaint.objects.create(
        case=house.case,
        municipality=house.municipality,
        decision=_decision(house),
        received_on=today(),
        complainant="Amina Østby",
        registered_by_name="Adviser",
    ).pk


def _absence(house: House) -> Any:
    return Absence.objects.create(case=house.case, first_day=today(), last_day=today(), told_at=now()).pk


def _leave(house: House) -> Any:
    return Leave.objects.create(
        case=house.case, code="VELFERD", first_day=today(), last_day=today(), asked_at=now(), asked_by_name="Amina"
    ).pk


def _link(house: House) -> Any:
    return WorkPlaceLink.objects.create(
        case=house.case, token_hash="0" * 64, work_place="Kafé Nord", contact="Kari", valid_from=today(),
        valid_to=today(), made_at=now(),
    ).pk  # fmt: skip


SAMPLES: dict[str, Make] = {
    "absence_id": _absence,
    "leave_id": _leave,
    "link_id": _link,
    "day": lambda house: today(),
    "decision_id": lambda house: _decision(house).pk,
    "complaint_id": _complaint,
    "what": lambda house: "award",
    "level_id": _level,
    "group_id": lambda house: _group(house).pk,
    "slot_id": _own_slot,
    "class_slot_id": _class_slot,
    "member_id": _member,
    "year": lambda house: 2026,
    "week": lambda house: "2026-47",
    "secret": lambda house: "no-secret",
    "month": lambda house: "2026-01",
    "file_kind": lambda house: "csv",
    "circumstance_id": lambda house: house.case.pk,  # these four are not there: a form about them finds nothing
    "plan_id": lambda house: house.case.pk,
    "work_id": lambda house: house.case.pk,
    "correction_id": lambda house: house.case.pk,
    "rule": lambda house: "benefit",
    "calculator": lambda house: "stonad",
    "kind": lambda house: "plan_talk",
    "meeting_id": lambda house: _meeting(house).pk,
    "action_id": _action,
    "run_id": _run,
    "code": lambda house: "vaga",
    "rule_id": _talk_rule,
    "saved_id": _saved,
    "case_id": lambda house: house.case.pk,
    "place_id": _place,
    "municipality_id": lambda house: house.municipality.pk,
    "county_id": lambda house: house.units["county"].county_id,
    "unit_id": lambda house: house.units["refugee"].pk,
    "membership_id": lambda house: house.users["adviser"].memberships.get().pk,
    "suspicion_id": lambda house: house.case.pk,  # a suspicion that is not there
    "seq": lambda house: 1,
    "objection_id": _objection,
    "override_id": _override,
    "grant_id": _grant,
    "narrowing_id": _narrowing,
    "token_id": _api_token,
    "delegation_id": _delegation,
    "place": lambda house: house.case.pk,  # somebody's session that is not there
    "key": lambda house: 1,
    "pk": lambda house: 1,
    "user_id": lambda house: house.users["colleague"].pk,
    "token": lambda house: "no-token",
    "username": lambda house: "radgiver",
    "provider_id": lambda house: "idporten",
    "goal_id": _partial_goal,
    "step_id": _step,
    "draft_id": _draft,
    "contribution_id": _contribution,
    "contradiction_id": _contradiction,
    "number": _version,
}


def make_samples(house: House) -> dict[str, Any]:
    """Every sample, made once."""
    with writing("test"):
        return {name: make(house) for name, make in SAMPLES.items()}
