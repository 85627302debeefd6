"""Who is told of a decision, and who signs it: drafts are for those who prepare, economy for those who see it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from samlop.cases.models import TeamMember
from samlop.core.errors import Refused
from samlop.core.time import at as clock
from samlop.core.writing import writing
from samlop.people.models import Membership
from samlop.people.vocabulary import Role
from samlop.programme import commands
from samlop.programme.models import Decision
from tests.house import House
from tests.programme.course_of import AWARD, at, decide, facts, know, signed_in

TODAY = date(2026, 2, 20)


@pytest.fixture
def known(house: House) -> Any:
    know(house.case)
    with clock(TODAY):
        facts(house)
        yield house


def draft(house: House) -> Decision:
    return commands.propose_decision(case=house.case, kind="award", data=AWARD, by=house.viewer("adviser"))


def pages(house: House, client: Client, name: str) -> str:
    signed_in(house, client, name)
    found = [client.get(f"/sak/{house.case.pk}/{page}") for page in ("", "tidslinje/")]
    assert {answer.status_code for answer in found} == {200}
    return "".join(answer.content.decode() for answer in found)


def test_a_draft_is_told_to_those_who_prepare_and_not_to_others(known: House, client: Client) -> None:
    draft(known)
    assert "laget utkast til vedtak" in pages(known, client, "adviser")
    for name in ("participant", "nav", "teacher"):
        page = pages(known, client, name)
        assert "utkast til vedtak" not in page, name
        assert "Skriv begrunnelsen" not in page, name


def test_the_participant_reads_of_a_decision_when_it_is_given(known: House, client: Client) -> None:
    decision = decide(known, "award", AWARD, on=TODAY)
    assert "undertegnet vedtak" not in pages(known, client, "participant")
    commands.note_sent(case=known.case, decision=decision.pk, sent_on=TODAY, how="post", by=known.viewer("adviser"))
    assert "ble gitt vedtaket" in pages(known, client, "participant")


def test_a_decision_about_money_does_not_wait_for_those_who_do_not_see_the_economy(
    known: House, client: Client
) -> None:
    decide(known, "deduction", {"month": "2026-01", "amount_ore": 1_200_000, "about": "Fravær"}, on=TODAY)
    assert "Gi deltakeren vedtaket: trekk" in pages(known, client, "adviser")
    for name in ("nav", "teacher"):
        assert "trekk i introduksjonsstønaden" not in pages(known, client, name), name


def test_a_leader_of_another_unit_in_the_team_does_not_sign(known: House, client: Client) -> None:
    with writing("test"):
        Membership.objects.filter(user=known.users["health"]).update(role=Role.LEADER)
        TeamMember.objects.create(
            case=known.case, unit=known.units["health"], user=known.users["health"], function="leader",
            valid_from=date(2026, 1, 1),
        )  # fmt: skip
    waiting = draft(known)
    assert "Undertegn vedtaket" not in signed_in(known, client, "health").get(at(known, "decisions")).content.decode()
    with pytest.raises(Refused) as refusal:
        commands.sign_decision(case=known.case, decision=waiting.pk, by=known.viewer("health"))
    assert refusal.value.code in ("no_signatory", "no_right")
