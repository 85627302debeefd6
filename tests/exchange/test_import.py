"""Reading a list of participants in, at the door: upload, preview, run – all or nothing, and twice changes nothing."""

from __future__ import annotations

import logging
import re
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest

from samlop.cases.models import Case, DuplicateSuspicion, JournalEntry
from samlop.cooperation import commands
from samlop.cooperation.models import Task
from samlop.core.models import OrganisationEntry
from samlop.core.time import at, now
from samlop.core.writing import writing
from samlop.exchange.imports import job
from samlop.exchange.imports.commands import clear_forgotten
from samlop.exchange.models import ImportRun
from samlop.identifiers import synthetic_birth_number, synthetic_duf
from samlop.people.models import Membership, Person, PersonIdentifier
from samlop.people.vocabulary import Protection
from tests.cases.doors import browser, text_of
from tests.exchange.files import HEADS, csv_file, people, xlsx_file
from tests.exchange.importing import NUMBER, QUEUED, SELAM, WHERE, checked, read_in, run_all, start, upload
from tests.house import House, case, person

pytestmark = pytest.mark.usefixtures("jobs_noted")


def test_twenty_participants_from_a_spreadsheet(house: House) -> None:
    run = read_in(house, xlsx_file(*people(20)))
    assert (run.status, run.fresh, run.known) == ("done", 20, 0)
    made = Case.objects.filter(imported_as=str(run.pk))
    assert made.count() == 20
    assert {place.user for one in made for place in one.team.all()} == {house.users["adviser"]}
    assert JournalEntry.objects.filter(case__in=made, code="case.registered").count() == 20
    assert PersonIdentifier.objects.count() == 20


def test_the_preview_tells_what_will_happen_before_anything_is_saved(house: House) -> None:
    client, run = checked(house, csv_file(SELAM, ("Hanna", "Olsen", "", "1.2.2000", "")))
    page = text_of(client.get(f"{WHERE}{run.pk}/"))
    assert "Registrer 2 deltakere" in page
    assert "Selam Tesfay" in page
    assert NUMBER not in page
    assert Case.objects.count() == 1


def test_the_adviser_who_reads_them_in_is_their_contact_and_the_usual_units_are_in_the_team(house: House) -> None:
    """As when one participant is registered; else nobody could write in twenty new plans."""
    with writing("test"):
        commands.set_owners(owners={Task.NORWEGIAN: house.units["school"].pk}, by=house.viewer("leader"))
    page = browser(house, "adviser").get(WHERE).content.decode()
    contact = f"{house.units['refugee'].pk}:{house.users['adviser'].pk}"
    assert f'value="{contact}" selected' in page
    assert re.search(rf'value="{house.units["school"].pk}"[^>]* checked', page)
    assert not re.search(rf'value="{house.units["health"].pk}"[^>]* checked', page)
    protected = ("Hiwot", "Tesfay", "", "fortrolig")
    content = csv_file(
        ("Selam", "Tesfay", "", "nei"), protected, heads=("Fornavn", "Etternavn", "DUF-nummer", "Adressebeskyttelse")
    )
    client, run = checked(house, content, units=[house.units["school"].pk, house.units["nav"].pk])
    assert start(client, run).status == "done"
    selam, hiwot = (Case.objects.get(person__given_name=name) for name in ("Selam", "Hiwot"))
    assert set(selam.team.values_list("unit__kind", "function", "user__username")) == {
        ("refugee_service", "main_contact", "adviser"), ("adult_education", "teacher", None),
        ("nav_state", "nav_contact", None),
    }  # fmt: skip
    assert [place.user.username for place in hiwot.team.all()] == ["adviser"]


def test_every_column_is_kept(house: House) -> None:
    heads = (
        "Fornavn", "Etternavn", "Fødselsnummer", "DUF-nummer", "Kjønn", "Språk", "Morsmål", "Tolk", "Telefon", "E-post",
        "Adresse", "Bosatt", "Bosatt etter avtale", "Kom til Norge", "Oppholdsgrunnlag", "Tillatelse gitt",
        "Adressebeskyttelse", "Ansvarlig enhet", "Hovedkontakt",
    )  # fmt: skip
    row = (
        "Selam", "Tesfay", NUMBER, synthetic_duf(2024, 1), "kvinne", "tigrinja, engelsk", "tigrinja", "alltid",
        "+47 400 00 000", "selam@example.test", "Elveveien 1", "10.2.2026", "nei", "2025-12-01", "B", "3.11.2025",
        "nei", house.units["refugee"].name, "colleague@example.test",
    )  # fmt: skip
    read_in(house, csv_file(row, heads=heads))
    made = Case.objects.select_related("person").order_by("-registered_at")[0]
    who = made.person
    assert (who.birth_date, who.gender, who.interpreter) == (date(1990, 4, 2), "woman", "always")
    assert [(row.code, row.is_mother_tongue) for row in who.languages.all()] == [("ti", True), ("en", False)]
    assert (who.phone, who.email, who.address) == ("+47 400 00 000", "selam@example.test", "Elveveien 1")
    assert (made.settled_on, made.settled_by_agreement) == (date(2026, 2, 10), False)
    assert (made.arrived_on, made.permit, made.permit_granted_on) == (date(2025, 12, 1), "B", date(2025, 11, 3))
    assert made.team.get().user == house.users["colleague"]


class TestTwice:
    """The same file twice changes nothing; nor do its people in another file."""

    def test_the_same_file(self, house: House) -> None:
        content = csv_file(SELAM, ("Hanna", "", "", "", ""))
        read_in(house, content)
        before = (Case.objects.count(), JournalEntry.objects.count())
        client, run = checked(house, content)
        assert "Akkurat denne filen ble lest inn" in text_of(client.get(f"{WHERE}{run.pk}/"))
        assert client.post(f"{WHERE}{run.pk}/start/").status_code == 422
        assert (Case.objects.count(), JournalEntry.objects.count()) == before

    def test_the_same_people_with_one_more(self, house: House) -> None:
        read_in(house, csv_file(SELAM, ("Hanna", "Olsen", "", "1.2.2000", "")))
        run = read_in(
            house, csv_file(SELAM, ("Olsen", "Hanna", "", "01.02.2000", "norsk"), ("Ny", "Person", "", "", ""))
        )
        assert (run.fresh, run.known) == (1, 2)
        assert not Person.objects.get(given_name="Hanna").languages.exists(), "what is known is left as it is"

    def test_by_number_although_the_name_is_another(self, house: House) -> None:
        read_in(house, csv_file(SELAM))
        client, run = checked(house, csv_file(("Helt", "Annen", NUMBER, "", "")))
        assert (run.fresh, run.known) == (0, 1)
        assert client.post(f"{WHERE}{run.pk}/start/").status_code == 422

    def test_somebody_alike_must_be_looked_at(self, house: House) -> None:
        read_in(house, csv_file(("Mohammed", "Hassan", "", "1.2.2000", "")))
        client, run = checked(house, csv_file(("Muhammad", "Hassan", "", "1.2.2000", "")))
        assert "Ligner" in text_of(client.get(f"{WHERE}{run.pk}/"))
        refused = client.post(f"{WHERE}{run.pk}/start/")
        assert (refused.status_code, "andre personer" in text_of(refused)) == (422, True)
        assert start(client, run, anyway="on").fresh == 1

    def test_a_protected_person_is_not_told_of(self, house: House) -> None:
        known = case(house, person(house.municipality, "Selam", "Tesfay", birth_date=date(1990, 4, 2)))
        with writing("test"):
            Person.objects.filter(pk=known.person_id).update(protection=Protection.STRICTLY_CONFIDENTIAL)
            PersonIdentifier.objects.create(
                person=known.person, municipality=house.municipality, kind="birth_number", value=NUMBER
            )
        client, run = checked(house, csv_file(SELAM), "colleague")
        assert (run.fresh, run.known, run.alike) == (1, 0, 0)
        assert start(client, run).fresh == 1
        assert DuplicateSuspicion.objects.get().case == known


class TestCells:
    """Every error with row and column; nothing is saved until all are right."""

    WRONG = [
        ("Fødselsnummer", "12345678901", "ikke en dato"),
        ("Fødselsnummer", synthetic_duf(2024, 1), "et annet slag"),
        ("Fødselsdato", "2.4.", "fire sifre"),
        ("Fødselsdato", "i fjor", "fire sifre"),
        ("Fødselsdato", "1.1.2099", "fram i tid"),
        ("Kjønn", "dame", "kvinne, mann"),
        ("Språk", "klingon", "kjenner ikke språket"),
        ("Språk", "kurdisk", "kan være flere"),
        ("Tolk", "kanskje", "alltid"),
        ("E-post", "selam", "ikke riktig skrevet"),
        ("Telefon", "4" * 41, "for lang"),
        ("Oppholdsgrunnlag", "X", "bokstaven"),
        ("Adressebeskyttelse", "hemmelig", "kode 7"),
        ("Adressebeskyttelse", "kode 6", "Velg en person"),
        ("Ansvarlig enhet", "Kontoret", "ingen slik enhet"),
        ("Hovedkontakt", "ukjent@example.test", "ingen med denne"),
        ("Hovedkontakt", "nav@example.test", "ingen med denne"),
        ("Fornavn", "a" * 301, "høyst 300 tegn"),
        ("Fornavn", "", "Skriv navnet"),
        ("Bosatt etter avtale", "kanskje", "ja eller nei"),
        ("Fødselsdato", "#N/A", "feilmelding"),
    ]

    @pytest.mark.parametrize(("head", "cell", "says"), WRONG)
    def test_the_place_and_what_to_write(self, house: House, head: str, cell: str, says: str) -> None:
        heads = ("Fornavn", head) if head != "Fornavn" else ("Fornavn", "Telefon")
        wrong = ("Selam", cell) if head != "Fornavn" else (cell, "1")
        unit_only = str(house.units["refugee"].pk)
        client, run = checked(house, csv_file(("Hanna", ""), wrong, heads=heads), main_contact=unit_only)
        error = run.errors[0]
        assert (run.status, len(run.errors), error["row"]) == ("invalid", 1, 3)
        assert error["column"].startswith(("A ", "B "))
        assert says in error["text"]
        page = text_of(client.get(f"{WHERE}{run.pk}/"))
        assert "Én celle må rettes" in page
        assert len(cell) < 9 or cell not in page, "what stood there is not repeated"
        assert run.content is None
        assert Case.objects.count() == 1

    def test_all_errors_at_once(self, house: House) -> None:
        _client, run = checked(house, csv_file(("", "", "1", "x", "y"), ("Selam", "", "2", "", "")))
        assert [(error["row"], error["column"]) for error in run.errors] == [
            (2, "C Fødselsnummer"),
            (2, "D Fødselsdato"),
            (2, "E Språk"),
            (3, "C Fødselsnummer"),
        ]

    def test_the_same_person_twice_in_the_file(self, house: House) -> None:
        _client, run = checked(house, csv_file(SELAM, ("Annen", "", "", "", ""), ("Selma", "T", NUMBER, "", "")))
        assert [(error["row"], error["text"]) for error in run.errors] == [
            (4, "Samme person står også i rad 2. La den stå én gang.")
        ]

    def test_the_first_zero_that_a_spreadsheet_took_away(self, house: House) -> None:
        with_zero = next(n for n in (synthetic_birth_number(date(1990, 1, 2), s) for s in range(9)) if n[0] == "0")
        run = read_in(house, xlsx_file(("Selam", "Tesfay", int(with_zero), "", "")))
        assert run.fresh == 1
        assert PersonIdentifier.objects.get().value == with_zero

    @pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+47", "-1+1", "@SUM(A1)"])
    def test_what_looks_like_a_formula_is_text(self, house: House, name: str) -> None:
        read_in(house, csv_file((name, "Tesfay", "", "", "")))
        assert Person.objects.filter(given_name=name).exists()

    def test_a_real_formula_is_refused_in_its_cell(self, house: House) -> None:
        _client, run = checked(house, xlsx_file(("=1+1", "Tesfay", "", "", "")), name="liste.xlsx")
        assert run.errors[0]["column"] == "A Fornavn"
        assert "formel" in run.errors[0]["text"]


class TestFiles:
    """A file that is wrong as a whole."""

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (csv_file(("Selam",), heads=("Etternavn",)), "«Fornavn» mangler"),
            (csv_file(("Selam", "1"), heads=("Fornavn", "Skonummer")), "kolonne B («Skonummer»)"),
            (csv_file(("Selam", "1"), heads=("Fornavn", "Navn")), "står to ganger"),
            (csv_file(), "ingen deltakere"),
            (b"%PDF-1.7", "ikke en liste"),
            (b"", "tom"),
        ],
    )
    def test_says_what_to_do(self, house: House, content: bytes, says: str) -> None:
        answer = upload(browser(house, "adviser"), house, content)
        assert answer.status_code == 422
        assert says in text_of(answer)
        assert not ImportRun.objects.exists()

    def test_a_person_in_the_place_of_the_heads_is_not_repeated(self, house: House) -> None:
        page = text_of(upload(browser(house, "adviser"), house, csv_file(heads=SELAM)))
        assert "kolonne A" in page
        assert NUMBER not in page

    @pytest.mark.parametrize("megabytes", [22, 100])
    def test_too_large_is_refused_without_being_kept(self, house: House, megabytes: int) -> None:
        with patch("django.core.files.uploadhandler.BytesIO") as kept:
            answer = upload(browser(house, "adviser"), house, b"x" * megabytes * 1024 * 1024)
        assert not kept.called
        assert answer.status_code == 422
        assert "større enn 20 MB" in text_of(answer)

    def test_without_a_file(self, house: House) -> None:
        answer = browser(house, "adviser").post(WHERE, {"main_contact": str(house.units["refugee"].pk)})
        assert "Velg en fil." in text_of(answer)

    def test_the_template_can_be_filled_in_and_read(self, house: House) -> None:
        import io

        import openpyxl

        answer = browser(house, "adviser").get(f"{WHERE}mal.xlsx")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="samlop-deltakere.xlsx"'
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        assert book.sheetnames == ["Deltakere", "Hjelp", "Oppholdsgrunnlag"]
        book["Deltakere"]["A2"] = "Selam"
        filled = io.BytesIO()
        book.save(filled)
        assert read_in(house, filled.getvalue()).fresh == 1

    def test_every_column_is_on_the_page(self, house: House) -> None:
        page = text_of(browser(house, "adviser").get(WHERE))
        for head in HEADS:
            assert f'<th scope="row">{head}</th>' in page


class TestRun:
    """The run in the worker: all or nothing, seen on the way, and nothing left of the file."""

    def test_nothing_is_left_of_the_file_afterwards(self, house: House) -> None:
        run = read_in(house, csv_file(SELAM))
        assert (run.content, run.preview, run.errors) == (None, [], [])
        assert OrganisationEntry.objects.get(code="exchange.list_read").data == {"made": 1}

    def test_one_that_cannot_be_saved_saves_none(self, house: House, caplog: pytest.LogCaptureFixture) -> None:
        client, run = checked(house, csv_file(*people(10)))
        client.post(f"{WHERE}{run.pk}/start/")
        with (
            patch("samlop.cases.commands.importing.BATCH", 3),
            patch("samlop.cases.commands.importing.save", side_effect=_fails_at(3)),
            caplog.at_level(logging.DEBUG),
        ):
            run_all()
        run.refresh_from_db()
        assert (run.status, run.content, Case.objects.count()) == ("failed", None, 1)
        page = text_of(client.get(f"{WHERE}{run.pk}/"))
        assert "Ingen deltakere er registrert" in page
        assert "hemmelig" not in caplog.text + page

    def test_somebody_registered_meanwhile_is_known_then(self, house: House) -> None:
        client, run = checked(house, csv_file(SELAM, ("Hanna", "", "", "", "")))
        read_in(house, csv_file(SELAM))
        run = start(client, run)
        assert (run.status, run.fresh, run.known) == ("done", 1, 1)

    def test_a_role_lost_meanwhile_stops_it(self, house: House) -> None:
        client, run = checked(house, csv_file(SELAM))
        client.post(f"{WHERE}{run.pk}/start/")
        with writing("test"):
            Membership.objects.filter(user=house.users["adviser"]).update(valid_to=now().date() - timedelta(days=1))
        run_all()
        run.refresh_from_db()
        assert run.status == "failed"
        assert "rollen" in run.trouble

    def test_a_double_click_starts_it_once(self, house: House) -> None:
        client, run = checked(house, csv_file(SELAM))
        for _ in range(2):
            assert client.post(f"{WHERE}{run.pk}/start/").status_code == 302
        assert len(QUEUED) == 1

    def test_a_job_that_comes_twice_works_once(self, house: House) -> None:
        run = read_in(house, csv_file(SELAM))
        job.work(run.pk)
        assert Case.objects.count() == 2

    def test_the_page_shows_progress_and_can_be_left(self, house: House) -> None:
        client, run = checked(house, csv_file(*people(4)))
        client.post(f"{WHERE}{run.pk}/start/")
        page = text_of(client.get(f"{WHERE}{run.pk}/"))
        assert "Venter på tur" in page
        assert '<progress id="progress-bar" max="4" value="0">' in page
        assert "Du kan forlate siden" in page
        assert '<noscript><meta http-equiv="refresh"' in page
        part = client.get(f"{WHERE}{run.pk}/framdrift/")
        assert "HX-Refresh" not in part.headers
        run_all()
        assert client.get(f"{WHERE}{run.pk}/framdrift/").headers["HX-Refresh"] == "true"
        assert "4 deltakere er registrert" in text_of(client.get(f"{WHERE}{run.pk}/"))

    def test_one_that_stopped_on_the_way_can_be_started_again(self, house: House) -> None:
        client, run = checked(house, csv_file(SELAM))
        client.post(f"{WHERE}{run.pk}/start/")
        QUEUED.clear()
        with writing("test"):
            ImportRun.objects.update(status="running", alive_at=now() - timedelta(minutes=3))
        assert "stoppet på veien" in text_of(client.get(f"{WHERE}{run.pk}/"))
        assert start(client, run).fresh == 1

    def test_given_up_it_is_gone(self, house: House) -> None:
        client, run = checked(house, csv_file(SELAM))
        assert client.post(f"{WHERE}{run.pk}/slett/").status_code == 302
        assert not ImportRun.objects.exists()

    def test_forgotten_for_a_day_it_is_gone(self, house: House) -> None:
        from samlop.access.viewer import Viewer

        checked(house, csv_file(SELAM))
        with at(now() + timedelta(hours=25)):
            assert clear_forgotten(by=Viewer.system("exchange")) == 1
        assert not ImportRun.objects.exists()


def _fails_at(number: int) -> Any:
    from samlop.cases.registration import save

    calls = []

    def fails(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        if len(calls) == number:
            raise ValueError("hemmelig 12345678901")
        return save(*args, **kwargs)

    return fails


@pytest.mark.parametrize("who", ["nav", "teacher", "health", "participant", "operator", "county"])
def test_only_roles_with_the_permission(house: House, who: str) -> None:
    assert browser(house, who).get(WHERE).status_code == 403
    assert upload(browser(house, who), house, csv_file(SELAM)).status_code == 403


@pytest.mark.parametrize("who", ["colleague", "leader", "stranger"])
def test_a_list_is_its_owners_own(house: House, who: str) -> None:
    _client, run = checked(house, csv_file(SELAM))
    for where in ("", "framdrift/"):
        assert browser(house, who).get(f"{WHERE}{run.pk}/{where}").status_code == 404
    for where in ("start/", "slett/"):
        assert browser(house, who).post(f"{WHERE}{run.pk}/{where}").status_code == 404


def test_another_municipalitys_unit_cannot_get_them(house: House) -> None:
    answer = upload(
        browser(house, "adviser"), house, csv_file(SELAM), main_contact=str(house.units["other_refugee"].pk)
    )
    assert answer.status_code == 422


def test_the_job_carries_nothing_but_a_key(house: House) -> None:
    _client, run = checked(house, csv_file(SELAM))
    with patch("samlop.exchange.tasks.import_list.defer") as defer:
        from samlop.exchange.imports.queue import queue

        queue(run.pk)
    assert defer.call_args.kwargs == {"run_id": str(run.pk)}


def test_checking_asks_the_database_as_often_for_one_as_for_many(
    house: House, django_assert_max_num_queries: Any
) -> None:
    client = browser(house, "adviser")
    client.get(WHERE)
    with django_assert_max_num_queries(32):
        upload(client, house, csv_file(*people(60)))
    assert re.search(r"60", str(ImportRun.objects.get().rows))
