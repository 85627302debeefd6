"""The participant sees who may see what, who has, and can say no."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from samlop.access import commands, queries
from samlop.access.due import due_items
from samlop.access.models import Reading
from samlop.access.policy import Relation
from samlop.cases.caseload import caseload
from samlop.core.errors import Refused
from samlop.core.gate import gate
from samlop.core.rights import Right, Section
from samlop.core.time import at, now, today
from samlop.core.writing import writing
from samlop.people.vocabulary import Protection, Role
from tests.house import House, case, person


def readers(house: House, who: str = "participant") -> dict[str, queries.Reader]:
    return {reader.name: reader for reader in queries.who_sees(house.viewer(who), house.case.pk).readers}


def test_everyone_who_may_see_is_listed_and_nobody_else(house: House) -> None:
    shown = set(readers(house))
    may = set()
    for name, user in house.users.items():
        if name == "participant":
            continue
        for section in Section:
            try:
                gate().open(house.viewer(name), house.case.pk, section, Right.SEE)
            except Refused:
                continue
            may.add(user.name)
    assert shown == may


def test_each_part_has_its_reason_and_when_it_was_last_opened(house: House) -> None:
    nav = house.viewer("nav")
    gate().open(nav, house.case.pk, Section.PLAN, Right.SEE)
    commands.record_readings(viewer=nav)
    reader = readers(house)["Nav"]
    plan = next(part for part in reader.parts if part.section is Section.PLAN)
    assert plan.right is Right.CONTRIBUTE
    assert plan.why
    assert plan.last_opened is not None
    assert reader.relation is Relation.TEAM


def test_the_reason_is_told_in_the_language_of_the_reader(house: House) -> None:
    with override("nn"):
        why = {part.section: part.why for part in readers(house)["Nav"].parts}
    assert why[Section.PLAN] == "NAV skriv sin del av planen"


def test_every_opening_is_logged_once_a_request(house: House) -> None:
    viewer = house.viewer("teacher")
    for _ in range(2):
        gate().open(viewer, house.case.pk, Section.NORWEGIAN, Right.SEE)
    commands.record_readings(viewer=viewer)
    rows = Reading.objects.filter(user_id=viewer.user_id)
    assert [(row.section, row.relation) for row in rows] == [("norwegian", "team")]


def test_a_refused_opening_is_not_logged_as_a_reading(house: House) -> None:
    viewer = house.viewer("nav")
    with pytest.raises(Refused):
        gate().open(viewer, house.case.pk, Section.ECONOMY, Right.SEE)
    assert viewer.seen == {}


def test_of_a_protected_person_only_the_named_are_listed(house: House) -> None:
    with writing("test"):
        house.case.person.protection = Protection.STRICTLY_CONFIDENTIAL
        house.case.person.save()
    assert set(readers(house)) == {"Adviser", "Nav", "Teacher"}


def test_an_objection_becomes_the_editors_task_until_answered(house: House) -> None:
    made = commands.object_to_access(
        case=house.case.pk, text="Jeg vil ikke at NAV ser dette.", by=house.viewer("participant")
    )
    editor = house.viewer("adviser")
    [item] = due_items(caseload(editor), today())
    assert (item.code, item.user_id) == ("access.objection", editor.user_id)
    commands.settle_objection(case=house.case.pk, objection=made.pk, answer="Vi har snakket sammen.", by=editor)
    assert due_items(caseload(editor), today()) == []


def test_only_the_participant_objects_and_only_the_editors_side_answers(house: House) -> None:
    with pytest.raises(Refused):
        commands.object_to_access(case=house.case.pk, text="Nei.", by=house.viewer("adviser"))
    made = commands.object_to_access(case=house.case.pk, text="Nei.", by=house.viewer("participant"))
    with pytest.raises(Refused):
        commands.settle_objection(case=house.case.pk, objection=made.pk, answer="Jo.", by=house.viewer("nav"))


def grant(house: House, who: str = "volunteer", **given: object) -> object:
    details = {
        "user": house.users[who],
        "sections": [],
        "purpose": "Språkkafé torsdager kl. 17",
        "agreed_how": "Sa ja i plansamtalen",
        "valid_from": today(),
        "valid_to": today() + timedelta(days=30),
    } | given
    return commands.give_grant(case=house.case.pk, **details, by=house.viewer("adviser"))  # type: ignore[arg-type]


def test_a_volunteer_gets_a_name_and_a_time_and_no_case(house: House) -> None:
    grant(house)
    viewer = house.viewer("volunteer")
    [granted] = queries.my_grants(viewer)
    assert granted.name == "Amina Østby"
    for section in Section:
        with pytest.raises(Refused) as refusal:
            gate().open(viewer, house.case.pk, section, Right.SEE)
        assert refusal.value.code == "not_found"


def test_a_grant_ends_on_its_last_day_and_when_taken_back(house: House) -> None:
    from samlop.core.time import at

    made = grant(house)
    viewer = house.viewer("volunteer")
    with at(today() + timedelta(days=30)):
        assert queries.my_grants(viewer)
    with at(today() + timedelta(days=31)):
        assert not queries.my_grants(viewer)
    commands.revoke_grant(case=house.case.pk, grant=made.pk, by=house.viewer("participant"))  # type: ignore[attr-defined]
    assert not queries.my_grants(viewer)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"sections": [Section.WORK], "who": "volunteer"}, "grant_sections"),
        ({"who": "teacher"}, "grant_role"),
        ({"purpose": " "}, "missing_purpose"),
        ({"agreed_how": ""}, "missing_yes"),
        ({"valid_to": today() - timedelta(days=1)}, "grant_period"),
        ({"valid_to": today() + timedelta(days=400)}, "grant_period"),
    ],
)
def test_a_grant_that_goes_too_far_is_refused(house: House, given: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        grant(house, **given)  # type: ignore[arg-type]
    assert refusal.value.code == code


def test_a_municipality_narrows_and_never_widens(house: House) -> None:
    leader = house.viewer("leader")
    commands.narrow(
        role=Role.NAV_ADVISER,
        section=Section.MAPPING,
        relation=Relation.TEAM,
        right=Right.NONE,
        why="Avtale",
        by=leader,
    )
    with pytest.raises(Refused):
        gate().open(house.viewer("nav"), house.case.pk, Section.MAPPING, Right.SEE)
    assert gate().open(house.viewer("nav"), house.case.pk, Section.PLAN, Right.SEE)
    with pytest.raises(Refused) as refusal:
        commands.narrow(
            role=Role.TEACHER, section=Section.PLAN, relation=Relation.UNIT, right=Right.MANAGE, why="Nei", by=leader
        )
    assert refusal.value.code == "not_narrower"
    with pytest.raises(Refused) as refusal:
        commands.narrow(
            role=Role.PARTICIPANT, section=Section.PLAN, relation=Relation.SELF, right=Right.NONE, why="Nei", by=leader
        )
    assert refusal.value.code == "own_right"
    [row] = queries.narrowings(leader)
    commands.widen_back(narrowing=row.pk, by=leader)
    assert gate().open(house.viewer("nav"), house.case.pk, Section.MAPPING, Right.SEE)


def test_a_deputy_stands_in_only_from_the_same_unit(house: House) -> None:
    other = case(house, person(house.municipality, "Yusuf", "Ali"), team=("adviser",))
    with writing("test"):
        place = other.team.get()
        place.deputy = house.users["teacher"]
        place.save()
    with pytest.raises(Refused):
        gate().open(house.viewer("teacher"), other.pk, Section.PLAN, Right.SEE)


@pytest.mark.parametrize(
    ("name", "taken", "words"),
    [
        ("plan:plan", "", "Plan"),
        ("plan:pdf", "pdf", "Lastet ned som PDF"),
        ("handover:package", "pdf", "Lastet ned som PDF"),
    ],
)
def test_the_log_tells_a_file_from_a_page(house: House, client: Client, name: str, taken: str, words: str) -> None:
    client.force_login(house.users["nav"])
    client.get(reverse(name, args=[house.case.pk]))
    assert set(Reading.objects.values_list("taken", flat=True)) == {taken}
    client.force_login(house.users["participant"])
    page = client.get(reverse("access:reading_log", args=[house.case.pk])).content.decode()
    assert words in page
    assert ("Lastet ned" in page) == bool(taken)


def test_what_somebody_opens_in_a_minute_is_one_line_of_the_log(house: House, client: Client) -> None:
    with at(now().replace(second=1)):
        client.force_login(house.users["nav"])
        client.get(reverse("overview:case", args=[house.case.pk]))
        assert Reading.objects.filter(user_id=house.users["nav"].pk).count() > 2
    with at(now().replace(second=30)):
        client.force_login(house.users["teacher"])
        client.get(reverse("plan:plan", args=[house.case.pk]))
    client.force_login(house.users["participant"])
    page = client.get(reverse("access:reading_log", args=[house.case.pk])).content.decode()
    cells = re.findall(r'data-label="Hva">(.*?)</td>', page)
    assert len(cells) == 2
    assert {"personopplysninger", "program og frister", "planen"} <= set(cells[1].casefold().split(", "))


def test_a_list_taken_out_as_a_spreadsheet_stands_in_the_log_of_each(house: House, client: Client) -> None:
    client.force_login(house.users["adviser"])
    assert client.post(reverse("overview:export")).status_code == 200
    assert set(Reading.objects.values_list("taken", flat=True)) == {"sheet"}
