"""Who is proposed for a meeting, and why."""

from __future__ import annotations

import pytest

from samlop.cases.models import TeamMember
from samlop.cooperation.commands import use_talk_preset
from samlop.cooperation.models import TalkKind
from samlop.core.writing import writing
from samlop.meetings.invites import Proposal, interpreter
from samlop.meetings.queries import planning
from tests.house import House
from tests.meetings.talks import talk


def proposals(house: House, kind: TalkKind = TalkKind.PLAN_TALK) -> dict[str, Proposal]:
    shown = planning(house.viewer("adviser"), house.case.pk, kind)
    return {one.label.split(",")[0]: one for one in shown.proposals}


def test_a_plan_talk_is_between_the_participant_the_editor_and_whom_the_rules_want(house: House) -> None:
    found = proposals(house)
    assert {name for name, one in found.items() if one.checked} == {"Amina Østby", "Adviser", "Nav"}
    assert found["Nav"].why == "NAV-kontakt; NAV skal være med i alle plansamtalene"
    assert not found["Teacher"].checked


def test_nav_is_in_the_last_two_in_vaga(house: House) -> None:
    use_talk_preset(code="vaga", by=house.viewer("leader"))
    seen = []
    for _number in range(4):
        one = proposals(house)["Nav"]
        seen.append((one.checked, "NAV skal være med i de to siste plansamtalene" in one.why))
        talk(house)
    assert seen == [(False, False), (False, False), (True, True), (True, True)]


def test_a_required_unit_is_proposed_also_when_nobody_from_it_is_in_the_team(house: House) -> None:
    with writing("test"):
        TeamMember.objects.filter(user=house.users["nav"]).delete()
    one = proposals(house)[house.units["nav"].name]
    assert one.checked
    assert one.why == "NAV skal være med i alle plansamtalene, men ingen derfra er i saksteamet"


def test_a_team_meeting_is_for_the_team(house: House) -> None:
    found = proposals(house, TalkKind.TEAM_MEETING)
    assert not found["Amina Østby"].checked
    assert all(found[name].checked for name in ("Adviser", "Nav", "Teacher"))


@pytest.mark.parametrize(
    ("need", "kind", "checked"),
    [
        ("always", TalkKind.PLAN_TALK, True),
        ("sometimes", TalkKind.TRIANGULAR_TALK, True),
        ("unknown", TalkKind.PLAN_TALK, False),
        ("none", TalkKind.PLAN_TALK, None),
        ("always", TalkKind.TEAM_MEETING, None),
    ],
)
def test_the_interpreter_follows_the_persons_need(need: str, kind: TalkKind, checked: bool | None) -> None:
    found = interpreter(kind, need, "ti")
    assert (found.checked if found else None) == checked
