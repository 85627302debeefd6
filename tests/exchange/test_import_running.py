"""Programmes that run already when a list of participants is read in."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samlop.cases.caseload import caseload
from samlop.cases.checks import _entries, chains
from samlop.cases.journal import sentence
from samlop.cases.models import Case, JournalEntry
from samlop.core.time import at
from samlop.exchange.models import ImportRun
from samlop.programme.due import due_items
from samlop.programme.models import Course, Decision
from tests.cases.doors import text_of
from tests.exchange.files import csv_file
from tests.exchange.importing import NUMBER, WHERE, checked, letters, read_in
from tests.house import House

pytestmark = pytest.mark.usefixtures("jobs_noted")


PROGRAMME = (
    "Programstart", "Planlagt slutt", "Sluttmål", "Vedtak om program", "Vedtak undertegnet av", "Introduksjonsstønad",
    "Norskopplæring", "Vedtak om plan", "Integreringskontrakt", "Vedtak om forlengelse", "Slutt før forlengelsen",
)  # fmt: skip
RUNNING = (
    "3.3.2025", "2.3.2028", "arbeid", "17.2.2025", "Kari Nordmann", "nei", "", "18.2.2025", "19.2.2025", "1.8.2026",
    "2.3.2027",
)  # fmt: skip


class TestRunning:
    """A programme that runs when the list is read in comes with its days and what was decided before Samløp."""

    def read(self, house: House, *rows: tuple[str, ...], heads: tuple[str, ...] = PROGRAMME) -> ImportRun:
        with at(date(2026, 10, 1)):
            return read_in(house, csv_file(*rows, heads=("Fornavn", *heads)))

    def test_the_course_and_the_decisions_are_there_and_told(self, house: House) -> None:
        self.read(house, ("Selam", *RUNNING), ("Hanna", "1.11.2026", *[""] * 10), ("Hiwot", *[""] * 11))
        selam, hanna = (Case.objects.get(person__given_name=name) for name in ("Selam", "Hanna"))
        course = Course.objects.get(case=selam)
        assert (course.start_on, course.planned_end_on, course.end_goal) == (
            date(2025, 3, 3), date(2028, 3, 2), "work",
        )  # fmt: skip
        rows = {row.kind: row for row in Decision.objects.filter(case=selam)}
        assert rows["award"].data == {
            "start_on": "2025-03-03", "planned_end_on": "2027-03-02", "end_goal": "work", "benefit": False,
            "norwegian": True,
        }  # fmt: skip
        assert (rows["plan"].data["contract_on"], rows["plan"].decided_on) == ("2025-02-19", date(2025, 2, 18))
        assert rows["extension"].data == {"end_was": "2027-03-02", "planned_end_on": "2028-03-02"}
        assert {(row.signed_by_name, row.before_samlop, row.prepared_by) for row in rows.values()} == {
            ("Kari Nordmann", True, house.users["adviser"])
        }
        told = [sentence(entry) for entry in JournalEntry.objects.filter(case=selam, section="programme")]
        assert "skrev inn et vedtak fra før Samløp, fattet 17.02.2025: tildeling av program" in told
        assert Course.objects.get(case=hanna).start_on == date(2026, 11, 1)
        assert not Course.objects.filter(case__person__given_name="Hiwot").exists()
        assert chains(_entries())[1] is None

    def test_without_the_decisions_min_dag_asks_for_them(self, house: House) -> None:
        self.read(house, ("Selam", *RUNNING), ("Hanna", "3.3.2025", "2.3.2027", "arbeid", *[""] * 8))
        with at(date(2026, 10, 2)):
            items = due_items(caseload(house.viewer("adviser")), date(2026, 10, 2))
        names = Case.objects.in_bulk([item.case_id for item in items if item.code == "programme.earlier_decisions"])
        assert [one.person.given_name for one in names.values()] == ["Hanna"]

    def test_the_preview_tells_of_them(self, house: House) -> None:
        with at(date(2026, 10, 1)):
            client, run = checked(house, csv_file(("Selam", *RUNNING), heads=("Fornavn", *PROGRAMME)))
            page = " ".join(text_of(client.get(f"{WHERE}{run.pk}/")).split())
        assert "fra 03.03.2025" in page
        assert "3 vedtak" in page

    def test_nothing_is_written_on_who_is_known(self, house: House) -> None:
        self.read(house, ("Selam", "1.2.2000", *[""] * 11), heads=("Fødselsdato", *PROGRAMME))
        new = ("Hanna", "1.2.2001", *[""] * 11)
        self.read(house, ("Selam", "1.2.2000", *RUNNING), new, heads=("Fødselsdato", *PROGRAMME))
        assert not Course.objects.exists()

    @pytest.mark.parametrize(
        ("change", "head", "says"),
        [
            ({"Programstart": ""}, "Planlagt slutt", "må også «Programstart» være det"),
            ({"Sluttmål": ""}, "Vedtak om program", "må også «Sluttmål» være det"),
            ({"Vedtak undertegnet av": ""}, "Vedtak om program", "må også «Vedtak undertegnet av» være det"),
            ({"Vedtak om program": ""}, "Vedtak undertegnet av", "må også «Vedtak om program» være det"),
            ({"Slutt før forlengelsen": ""}, "Vedtak om forlengelse", "«Slutt før forlengelsen»"),
            ({"Vedtak om forlengelse": ""}, "Slutt før forlengelsen", "«Vedtak om forlengelse»"),
            ({"Vedtak om plan": ""}, "Integreringskontrakt", "«Vedtak om plan»"),
            ({"Planlagt slutt": "2.3.2025"}, "Planlagt slutt", "slutte før det starter"),
            ({"Planlagt slutt": "1.3.2027"}, "Planlagt slutt", "etter slutten før forlengelsen"),
            ({"Vedtak om program": "2.10.2026"}, "Vedtak om program", "fram i tid"),
            ({"Vedtak undertegnet av": NUMBER}, "Vedtak undertegnet av", "fødselsnummer"),
            ({"Sluttmål": "lykke"}, "Sluttmål", "arbeid, høyere utdanning"),
            ({"Introduksjonsstønad": "kanskje"}, "Introduksjonsstønad", "ja eller nei"),
            ({"Programstart": "i fjor"}, "Programstart", "fire sifre"),
        ],
    )
    def test_what_cannot_be_is_told_at_its_cell(
        self, house: House, change: dict[str, str], head: str, says: str
    ) -> None:
        row = dict(zip(PROGRAMME, RUNNING, strict=True)) | change
        with at(date(2026, 10, 1)):
            _client, run = checked(house, csv_file(("Selam", *row.values()), heads=("Fornavn", *PROGRAMME)))
        assert run.status == "invalid"
        [error] = run.errors
        assert (error["row"], error["column"].endswith(head), says in error["text"]) == (2, True, True), error

    def test_the_number_of_statements_does_not_grow_with_the_rows(self, house: House) -> None:
        counts = []
        for number in (1, 30):
            rows = [(f"Navn{letters(one)}", *RUNNING) for one in range(number * 100, number * 101)]
            with CaptureQueriesContext(connection) as asked:
                self.read(house, *rows)
            counts.append(len(asked))
        assert counts[1] <= counts[0] + 5
