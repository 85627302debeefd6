"""Emergency access: reasoned, for hours, seen by all – and never to a protected address."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from samlop.access import commands, queries
from samlop.access.due import due_items
from samlop.access.models import Override
from samlop.cases.caseload import caseload
from samlop.cases.models import Case, JournalEntry
from samlop.core.errors import Refused
from samlop.core.gate import gate
from samlop.core.rights import Right, Section
from samlop.core.time import at, now, today
from samlop.core.writing import writing
from samlop.people.models import PersonIdentifier
from samlop.people.vocabulary import Protection
from tests.house import House, case, person

REASON = "Deltakeren står i skranken, og hovedkontakten er syk."


@pytest.fixture
def closed_case(house: House) -> Case:
    """A case where only NAV is in the team: the refugee service's colleague cannot see it."""
    made = case(house, person(house.municipality, "Selam", "Ødegård", birth_date=date(1990, 4, 2)), team=("nav",))
    with writing("test"):
        PersonIdentifier.objects.create(
            person=made.person, municipality=house.municipality, kind="duf", value="202212345606"
        )
    return made


def take(house: House, who: str = "colleague", **given: object) -> Override:
    details = {"identifier": "2022 1234 5606", "reason": REASON, "hours": 4} | given
    return commands.take_override(**details, by=house.viewer(who))  # type: ignore[arg-type]


def test_it_opens_the_case_to_see_and_nothing_more(house: House, closed_case: Case) -> None:
    take(house)
    viewer = house.viewer("colleague")
    assert gate().open(viewer, closed_case.pk, Section.PLAN, Right.SEE)
    for section, right in ((Section.PLAN, Right.CONTRIBUTE), (Section.NEEDS, Right.SEE), (Section.ECONOMY, Right.SEE)):
        with pytest.raises(Refused):
            gate().open(viewer, closed_case.pk, section, right)


def test_it_ends_by_itself(house: House, closed_case: Case) -> None:
    take(house, hours=1)
    with at(now() + timedelta(minutes=61)), pytest.raises(Refused):
        gate().open(house.viewer("colleague"), closed_case.pk, Section.PLAN, Right.SEE)


def test_it_can_be_ended_before(house: House, closed_case: Case) -> None:
    taken = take(house)
    commands.close_override(override=taken.pk, by=house.viewer("colleague"))
    with pytest.raises(Refused):
        gate().open(house.viewer("colleague"), closed_case.pk, Section.PLAN, Right.SEE)


def test_name_and_birth_date_name_the_person_too(house: House, closed_case: Case) -> None:
    taken = take(house, identifier="", name="selam ødegård", birth_date=date(1990, 4, 2))
    assert taken.case_id == closed_case.pk


@pytest.mark.parametrize("protection", [Protection.CONFIDENTIAL, Protection.STRICTLY_CONFIDENTIAL])
def test_a_protected_address_gives_the_same_answer_as_nobody(
    house: House, closed_case: Case, protection: Protection
) -> None:
    with pytest.raises(Refused) as nobody:
        take(house, identifier="201610000110")
    with writing("test"):
        closed_case.person.protection = protection
        closed_case.person.save()
    with pytest.raises(Refused) as protected:
        take(house)
    assert (protected.value.code, protected.value.text) == (nobody.value.code, nobody.value.text)


def test_an_open_override_closes_when_the_address_becomes_protected(house: House, closed_case: Case) -> None:
    take(house)
    with writing("test"):
        closed_case.person.protection = Protection.STRICTLY_CONFIDENTIAL
        closed_case.person.save()
    with pytest.raises(Refused):
        gate().open(house.viewer("colleague"), closed_case.pk, Section.IDENTITY, Right.SEE)


def test_another_municipality_finds_nobody(house: House, closed_case: Case) -> None:
    with pytest.raises(Refused) as refusal:
        take(house, "stranger")
    assert refusal.value.code == "override_no_case"


@pytest.mark.parametrize(
    ("given", "code"),
    [({"reason": "haster"}, "missing_reason"), ({"hours": 25}, "override_hours"), ({"hours": 0}, "override_hours")],
)
def test_without_reason_or_limit_it_is_refused(
    house: House, closed_case: Case, given: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        take(house, **given)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "who", ["teacher", "health", "county", "evaluator", "operator", "employer", "volunteer", "participant"]
)
def test_only_roles_that_must_act_can_take_it(house: House, closed_case: Case, who: str) -> None:
    with pytest.raises(Refused) as refusal:
        take(house, who)
    assert refusal.value.code == "no_permission"


def test_it_alarms_the_owner_and_stands_in_the_journal_and_the_control_list(house: House, closed_case: Case) -> None:
    taken = take(house)
    assert JournalEntry.objects.filter(case=closed_case, code="access.override.taken").count() == 1
    items = due_items(caseload(house.viewer("nav")), today())
    assert [(item.code, item.due_on) for item in items] == [("access.override", today())]
    leader = house.viewer("leader")
    assert [row.pk for row in queries.control_list(leader, today())] == [taken.pk]
    commands.review_override(override=taken.pk, note="Avklart med NAV.", by=leader)
    assert due_items(caseload(house.viewer("nav")), today()) == []


def test_the_alarm_leads_a_leader_to_the_control_list(house: House, closed_case: Case, client: Client) -> None:
    take(house)
    for who, offered in (("leader", True), ("nav", False)):
        client.force_login(house.users[who])
        page = client.get(f"/sak/{closed_case.pk}/innsyn/").content.decode()
        assert (f"/kontrolliste/?maned={today():%Y-%m}" in page) == offered


def test_nobody_controls_their_own(house: House, closed_case: Case) -> None:
    taken = take(house, "leader")
    with pytest.raises(Refused) as refusal:
        commands.review_override(override=taken.pk, note="Det var greit.", by=house.viewer("leader"))
    assert refusal.value.code == "own_override"


def test_the_control_list_of_another_municipality_is_empty(house: House, closed_case: Case) -> None:
    take(house)
    assert queries.control_list(house.viewer("other_leader"), today()) == []
