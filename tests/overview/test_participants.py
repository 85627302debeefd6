"""Deltakere: who is in the list, what the filters find, and what the list never shows."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from samlop.access.models import Narrowing, Reading
from samlop.cases.models import TeamMember
from samlop.core.rights import Section
from samlop.core.time import add_months, at, now, today
from samlop.core.writing import writing
from samlop.overview.models import SavedFilter
from samlop.overview.participants import matching
from samlop.people.vocabulary import Protection
from samlop.plan.models import Plan, Step
from tests import house as houses
from tests.house import PEOPLE, House
from tests.overview.helpers import course, effort, participant, version

TODAY = date(2017, 11, 1)


def names(house: House, who: str = "adviser", **wanted: Any) -> list[str]:
    return [case.person.name for case in matching(house.viewer(who), wanted)]


@pytest.fixture
def three(house: House) -> House:
    """The three participants of research/002 § 14 item 1; the house's own case has no course."""
    with at(TODAY):
        participant(house, "Spor To", start_on=date(2016, 1, 15), planned_end_on=date(2018, 1, 15), track=2)
        participant(house, "Spor Tre", start_on=date(2016, 5, 1), planned_end_on=date(2018, 4, 30), track=3)
        participant(house, "Spor En", start_on=date(2016, 5, 3), planned_end_on=date(2018, 5, 2), track=1)
    return house


def test_ends_within_six_months(three: House) -> None:
    with at(TODAY):
        assert names(three, slutter="6") == ["Spor To", "Spor Tre"]
        assert matching(three.viewer("nav"), {"slutter": "6"}).count() == 2


def test_ends_within_six_months_on_the_page(three: House, client: Client) -> None:
    client.force_login(three.users["nav"])
    with at(TODAY):
        page = client.get("/deltakere/?slutter=6").content.decode()
    assert "2 deltakere" in page
    assert "Spor To" in page
    assert "Spor En" not in page


@pytest.mark.parametrize("name", [name for name, *_ in PEOPLE])
def test_every_role_gets_the_page_and_only_its_own(house: House, client: Client, name: str) -> None:
    client.force_login(house.users[name])
    answer = client.get("/deltakere/")
    works = name not in ("county", "evaluator", "operator", "employer", "volunteer")
    assert answer.status_code == (200 if works else 302)
    sees = name in ("adviser", "colleague", "leader", "nav", "nav_colleague", "nav_leader", "teacher", "placement")
    assert ("Amina Østby" in answer.content.decode()) == sees


def test_a_stranger_at_the_door_is_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/deltakere/").status_code == 302


def test_norwegian_order_and_search(house: House) -> None:
    for name in ("Åse Aas", "Øyvind Berg", "Ærlend Berg", "Zahra Berg", "Aron Aadland"):
        participant(house, name)
    assert names(house) == ["Zahra Berg", "Ærlend Berg", "Øyvind Berg", "Amina Østby", "Aron Aadland", "Åse Aas"]
    assert names(house, sok="ber øy") == ["Øyvind Berg"]
    assert names(house, sok="100%") == []


def test_mine_and_the_units(house: House) -> None:
    participant(house, "Bare Kollega", team=("colleague",))
    assert names(house, "adviser", hvem="mine") == ["Amina Østby"]
    assert set(names(house, "adviser", hvem="enhet")) == {"Amina Østby", "Bare Kollega"}
    assert names(house, "nav") == ["Amina Østby"]


def test_protected_only_for_the_named(house: House) -> None:
    hidden = houses.person(house.municipality, "Skjult", "Person", protection=Protection.STRICTLY_CONFIDENTIAL)
    houses.case(house, hidden, team=("adviser",))
    assert "Skjult Person" in names(house, "adviser")
    for who in ("colleague", "leader", "nav", "teacher"):
        assert "Skjult Person" not in names(house, who), who
        assert "Skjult Person" not in names(house, who, sok="skjult")


def test_status(house: House) -> None:
    gone = participant(house, "Ferdig Person")
    with writing("test"):
        gone.status, gone.closed_at = "ended", gone.registered_at
        gone.save()
    assert names(house) == ["Amina Østby"]
    assert names(house, status="avsluttet") == ["Ferdig Person"]
    assert len(names(house, status="alle")) == 2


def test_no_nav_contact_in_the_start_phase(house: House) -> None:
    start = today() - timedelta(days=40)
    course(house.case, start_on=start, planned_end_on=add_months(start, 24))
    met = participant(house, "Har Møtt", start_on=start, planned_end_on=add_months(start, 24))
    talked = participant(house, "Hatt Trekantsamtale", start_on=start)
    effort(house, "nav", met)
    effort(house, "adviser", talked, "triangular_talk")
    effort(house, "teacher", house.case)
    assert names(house, fase="start", navkontakt="ingen") == ["Amina Østby"]


def test_no_placement_yet_and_the_days_waited(house: House, client: Client) -> None:
    start = today() - timedelta(days=40)
    for name, kind, status in (
        ("Har Praksis", "work_practice", "ongoing"),
        ("Har Prøvd", "language_practice", "stopped"),
        ("Bare Planlagt", "work_practice", "planned"),
        ("Bare Kurs", "vocational_course", "ongoing"),
    ):
        of = participant(house, name, start_on=start)
        with writing("test"):
            plan = Plan.objects.create(case=of, municipality=of.municipality, opened_at=now(), changed_at=now())
            Step.objects.create(
                case=of, municipality=of.municipality, plan=plan, kind=kind, title=name, status=status,
                unit=house.units["nav"],
            )  # fmt: skip
    participant(house, "Ikke Begynt", start_on=today() + timedelta(days=1))
    participant(house, "Er Ferdig", start_on=start, ended_on=today(), end_reason="completed")
    assert names(house, praksis="ingen", sorter="startet") == ["Bare Kurs", "Bare Planlagt"]
    client.force_login(house.users["adviser"])
    assert "uten praksis i 40 dager" in client.get("/deltakere/?praksis=ingen").content.decode()
    assert "uten praksis" not in client.get("/deltakere/").content.decode()
    sheet = load_workbook(io.BytesIO(client.post("/deltakere/eksport/?praksis=ingen").content)).active
    rows = list(sheet.values)
    assert (rows[0][-1], rows[1][-1]) == ("Dager uten praksis", 40)


def test_phase_and_need(house: House) -> None:
    participant(
        house, "Snart Ferdig", start_on=add_months(today(), -20), planned_end_on=add_months(today(), 4), nav_need="yes"
    )
    assert names(house, fase="end") == ["Snart Ferdig"]
    assert names(house, fase="before") == ["Amina Østby"]
    assert names(house, nav="yes") == ["Snart Ferdig"]
    assert names(house, nav="unclarified") == ["Amina Østby"]


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (date(2018, 6, 15), ""),
        (date(2018, 6, 16), "snart"),
        (date(2018, 7, 15), "snart"),
        (date(2018, 7, 16), "forfalt"),
    ],
)
def test_the_first_plan_is_due_half_a_year_after_settlement(house: House, on: date, status: str) -> None:
    """001 § 14.2 item 2: settled 15.01.2018."""
    with at(on):
        participant(house, "Ny Bosatt", settled_on=date(2018, 1, 15))
        for filter_, found in (("snart", status == "snart"), ("forfalt", status == "forfalt")):
            assert ("Ny Bosatt" in names(house, plan=filter_)) == found
        assert "Ny Bosatt" in names(house, plan="mangler")


def test_the_plan_is_reviewed_half_a_year_after_the_last_talk(house: House) -> None:
    version(house.case, add_months(today(), -6))
    late = participant(house, "Sen Revisjon")
    version(late, add_months(today(), -12))
    version(late, add_months(today(), -6) - timedelta(days=1), number=2)
    assert names(house, plan="forfalt") == ["Sen Revisjon"]


def test_deadline_at_risk(house: House) -> None:
    course(house.case, start_on=today())
    participant(house, "Ikke Startet", settled_on=add_months(today(), -3))
    participant(house, "God Tid", settled_on=today())
    assert names(house, frist="fare") == ["Ikke Startet"]
    assert names(house, frist="ute") == []
    with at(today() + timedelta(days=1)):
        assert names(house, frist="ute") == ["Ikke Startet"]


def test_missing_data_is_named_in_the_row(house: House, client: Client) -> None:
    client.force_login(house.users["adviser"])
    page = client.get("/deltakere/?mangler=1").content.decode()
    assert "Mangler: fødselsdato, behov for tolk, start i programmet, sluttmål" in page


def test_without_a_named_main_contact(house: House) -> None:
    participant(house, "Uten Kontakt", team=("teacher",))
    assert names(house, "leader", kontakt="ingen") == ["Uten Kontakt"]
    assert names(house, "leader", kontakt=str(house.users["adviser"].pk)) == ["Amina Østby"]


def test_a_section_that_is_closed_has_no_columns_and_no_filters(house: House, client: Client) -> None:
    course(house.case, start_on=today(), planned_end_on=today(), nav_need="yes")
    with writing("test"):
        for relation in ("team", "unit"):
            Narrowing.objects.create(
                municipality=house.municipality,
                role="teacher",
                section=Section.PROGRAMME,
                relation=relation,
                right=0,
                why="x",
            )
        house.municipality.policy_version += 1
        house.municipality.save()
    client.force_login(house.users["teacher"])
    page = client.get("/deltakere/?nav=no&sorter=slutt").content.decode()
    assert "Amina Østby" in page
    assert "Behov for NAV" not in page
    assert "Slutter innen seks måneder" not in page


def test_a_section_open_in_some_cases_hides_the_others(house: House, client: Client) -> None:
    """The leader sees levels where the own unit is in the team, not in the municipality at large."""
    participant(house, "Annet Team", team=("teacher",))
    client.force_login(house.users["leader"])
    page = client.get("/deltakere/").content.decode()
    assert "Annet Team" in page
    assert page.count("ikke innsyn") == 1


def test_what_is_not_understood_in_the_address_is_left_out(house: House, client: Client) -> None:
    client.force_login(house.users["adviser"])
    assert "Amina" in client.get("/deltakere/?fase=tull&enhet=1&kontakt=x&page=99&sorter=-pk&vet=1").content.decode()


@pytest.mark.parametrize("who", ["adviser", "nav", "leader"])
def test_queries_do_not_grow_with_the_list(house: House, client: Client, who: str) -> None:
    address = "/deltakere/?navkontakt=ingen&plan=mangler&frist=fare&mangler=1&sok=a&hvem=enhet"
    course(house.case, start_on=today() - timedelta(days=100), planned_end_on=today())
    client.force_login(house.users[who])

    def queries(to: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(to)
        return len(found)

    client.get("/deltakere/")
    one = [queries("/deltakere/"), queries(address)]
    for number in range(30):
        participant(house, f"Anna {number}", start_on=today() - timedelta(days=100), planned_end_on=today())
    thirty = [queries("/deltakere/"), queries(address)]
    assert thirty == one
    assert max(thirty) <= 24


def sheet(answer: Any) -> list[list[Any]]:
    return [list(row) for row in load_workbook(io.BytesIO(answer.content)).active.values]


def test_export_has_the_same_people_and_is_logged_as_reading(house: House, client: Client) -> None:
    participant(house, "=HYPERLINK(1) Person")
    participant(house, "Bare Skole", team=("teacher",))
    client.force_login(house.users["nav"])
    answer = client.post("/deltakere/eksport/")
    assert answer["Content-Disposition"].startswith('attachment; filename="deltakere-')
    rows = sheet(answer)
    assert [row[0] for row in rows[1:]] == ["=HYPERLINK(1) Person", "Amina Østby"]
    book = load_workbook(io.BytesIO(answer.content))
    assert book.active["A2"].data_type == "s"
    assert book.active["A2"].quotePrefix
    seen = set(Reading.objects.values_list("case_id", "section", "relation", "user_id"))
    assert {section for case, section, *_ in seen if case == house.case.pk} == {
        "identity",
        "programme",
        "plan",
        "norwegian",
    }
    assert {relation for *_, relation, _user in seen} == {"team"}


def test_listing_is_not_reading(house: House, client: Client) -> None:
    client.force_login(house.users["nav"])
    client.get("/deltakere/")
    assert not Reading.objects.exists()


def test_export_needs_the_permission(house: House, client: Client) -> None:
    client.force_login(house.users["health"])
    assert client.post("/deltakere/eksport/").status_code == 403
    client.force_login(house.users["adviser"])
    assert client.get("/deltakere/eksport/").status_code == 405


def test_filters_are_saved_per_person(house: House, client: Client) -> None:
    client.force_login(house.users["nav"])
    client.post("/deltakere/filter/", {"name": "Slutter i vår", "query": "slutter=6&tull=1"})
    saved = SavedFilter.objects.get()
    assert saved.query == "slutter=6"
    assert "Slutter i vår" in client.get("/deltakere/").content.decode()
    other = Client()
    other.force_login(house.users["adviser"])
    assert "Slutter i vår" not in other.get("/deltakere/").content.decode()
    assert other.post(f"/deltakere/filter/{saved.pk}/slett/").status_code == 404
    client.post(f"/deltakere/filter/{saved.pk}/slett/")
    assert not SavedFilter.objects.exists()


@pytest.mark.usefixtures("contexts")
def test_an_empty_filter_is_not_saved(house: House, client: Client) -> None:
    client.force_login(house.users["nav"])
    page = client.post("/deltakere/filter/", {"name": "Tomt", "query": ""}, follow=True)
    assert "Velg noe å filtrere på først" in next(str(message) for message in page.context["messages"])
    assert not SavedFilter.objects.exists()


def test_a_place_that_has_ended_counts_no_more(house: House) -> None:
    with writing("test"):
        TeamMember.objects.filter(user=house.users["nav"]).update(valid_to=today() - timedelta(days=1))
    assert names(house, "nav") == []
