"""The county reads counts, never cases: small numbers are hidden, protected people are in none of them."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.test import Client
from openpyxl import load_workbook

from samlop.access.scope import NotForViewers
from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.errors import Refused
from samlop.core.time import at, today
from samlop.core.writing import writing
from samlop.effort.commands import take_extract
from samlop.effort.county import county_report
from samlop.effort.coverage import Period
from samlop.effort.extract import half_year, half_years
from samlop.effort.models import EffortExtract
from samlop.effort.refresh import refresh
from samlop.people.models import Municipality, MunicipalityCode
from tests import house as houses
from tests.house import EARLY, PEOPLE, House, person
from tests.overview.helpers import course, effort

TODAY = date(2026, 11, 20)
SYSTEM = Viewer.system("test")


def town(house: House, name: str, helped: int, not_helped: int, others: int) -> Municipality:
    """A municipality of the county with an extract that says so."""
    with writing("test"):
        made: Municipality = Municipality.objects.create(name=name)
        county = house.units["county"].county
        code = f"97{Municipality.objects.count():02}"
        MunicipalityCode.objects.create(municipality=made, code=code, county=county, valid_from=EARLY)
        numbers = {"participants": helped + not_helped + others, "in_need": helped + not_helped, "helped": helped}
        for what, count in numbers.items():
            half = half_year(TODAY)
            EffortExtract.objects.create(
                municipality=made, first_day=half.first, last_day=half.last, what=what, count=count,
                taken_at="2026-11-20T02:20:00+01:00",
            )  # fmt: skip
    return made


def test_half_years_do_not_overlap() -> None:
    assert half_years(TODAY, 3) == [
        Period(date(2026, 7, 1), date(2026, 12, 31)),
        Period(date(2026, 1, 1), date(2026, 6, 30)),
        Period(date(2025, 7, 1), date(2025, 12, 31)),
    ]


def test_the_extract_counts_as_the_report_does_and_leaves_out_the_protected(house: House) -> None:
    with at(TODAY):
        course(house.case, start_on=date(2026, 3, 1), planned_end_on=date(2027, 6, 30), nav_need="yes")
        hidden = houses.case(house, person(house.municipality, "Skjult", protection="confidential"))
        course(hidden, start_on=date(2026, 3, 1), nav_need="yes")
        for case in (house.case, hidden):
            effort(house, "nav", case)
        assert refresh(SYSTEM) == 5
    found = {(r.what, r.phase, r.kind): r.count for r in EffortExtract.objects.filter(first_day=date(2026, 7, 1))}
    assert found["participants", "", ""] == found["in_need", "", ""] == found["helped", "", ""] == 1
    assert found["helped", "during", ""] == 1
    assert found["efforts", "during", "conversation"] == 1


def test_taking_it_again_replaces(house: House) -> None:
    with at(TODAY):
        refresh(SYSTEM)
        before = EffortExtract.objects.count()
        assert refresh(SYSTEM) == 2
    assert EffortExtract.objects.count() == before


def test_small_numbers_are_hidden_also_from_subtraction(house: House) -> None:
    for name, *numbers in (("Storvik", 40, 20, 30), ("Lillevik", 2, 9, 20), ("Midtvik", 12, 8, 10)):
        town(house, name, *numbers)  # type: ignore[arg-type]
    report = county_report(house.viewer("county"), date(2026, 7, 1))
    lines = {line.name: line for line in report.municipalities}
    assert (lines["Storvik"].participants, lines["Midtvik"].participants) == (90, 30)
    assert lines["Lillevik"].helped is None
    assert lines["Lillevik"].percent == ""
    assert [line.helped for line in report.municipalities].count(None) >= 2  # the sum would give a single one away
    for line in (*report.municipalities, report.total):
        assert line
        assert [line.helped, line.not_helped, line.others, line.participants].count(None) != 1


def test_others_counties_are_not_there(house: House) -> None:
    away = town(house, "Annetsteds", 50, 50, 50)
    with writing("test"):
        away.codes.all().delete()
    assert county_report(house.viewer("county")).first_day is None


def test_extracts_are_no_ones_to_read_directly(house: House) -> None:
    with pytest.raises(NotForViewers):
        house.viewer("county").scope(EffortExtract)
    with pytest.raises(Refused):
        take_extract(municipality=house.municipality, period=half_year(today()), by=house.viewer("leader"))


@pytest.mark.parametrize("name", [name for name, *_ in PEOPLE])
def test_only_the_county_opens_it(house: House, client: Client, name: str) -> None:
    client.force_login(house.users[name])
    assert client.get("/fylke/innsats/").status_code == (200 if name == "county" else 403)


def test_the_page_and_the_file(house: House, client: Client) -> None:
    client.force_login(house.users["county"])
    assert "Det er ikke tatt noe uttrekk ennå" in client.get("/fylke/innsats/").content.decode()
    assert "Se innsatsen i fylket" in client.get("/").content.decode()
    for name, *numbers in (("Storvik", 40, 20, 30), ("Lillevik", 2, 9, 20), ("Midtvik", 12, 8, 10)):
        town(house, name, *numbers)  # type: ignore[arg-type]
    page = client.get("/fylke/innsats/").content.decode()
    for text in (
        "Storvik",
        "skjult",
        "2. halvår 2026",
        "tatt 20.11.2026 kl. 02.20",
        "Uten uttrekk i perioden: Elvestad",
    ):
        assert text in page
    book = load_workbook(io.BytesIO(client.post("/fylke/innsats/eksport/").content))
    lille = next(list(row) for row in book["Kommuner"].values if row[0] == "Lillevik")
    assert lille[2] == "skjult"
    assert lille[-1] == "skjult"


def test_the_job_runs(house: House) -> None:
    from samlop.effort.tasks import refresh_extracts

    refresh_extracts.func(timestamp=0)
    assert EffortExtract.objects.exists()
    assert Case.objects.exists()
