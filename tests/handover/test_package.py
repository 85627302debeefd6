"""The package: what has been tried and how it went, levels, the plan, what is still needed, and whom to call."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from samlop.cases.models import TeamMember
from samlop.core.time import now
from samlop.core.writing import writing
from samlop.handover import commands, queries
from samlop.handover.commands import Facts
from samlop.handover.package_pdf import LANGUAGES, content, words
from samlop.norwegian.commands import write_levels
from samlop.norwegian.models import Level, Skill
from samlop.people.models import PersonLanguage
from samlop.plan.models import PartialGoal, Plan, Step
from samlop.programme.commands import set_dates
from tests.house import House


@pytest.fixture
def told(house: House) -> House:
    """A case with everything a package holds."""
    by = house.viewer("adviser")
    set_dates(case=house.case, start_on=date(2016, 8, 1), planned_end_on=date(2018, 6, 30), by=by)
    rows: dict[str, Any] = {"case": house.case, "municipality": house.municipality}
    with writing("test"):
        person = house.case.person
        person.phone, person.interpreter = "900 00 000", "sometimes"
        person.save()
        PersonLanguage.objects.create(person=person, code="ar")
        plan = Plan.objects.create(
            **rows, opened_at=now(), changed_at=now(), own_language="ar", long_term_goal_own="أريد أن أصبح طاهية",
            long_term_goal="Jeg vil bli kokk", end_goal="work", end_goal_why="Har jobbet på kjøkken",
            norwegian_goal="B1",
        )  # fmt: skip
        PartialGoal.objects.create(**rows, plan=plan, text="Ta kokkekurs", reached_on=date(2018, 2, 1))
        Step.objects.create(
            **rows, plan=plan, kind="work_practice", title="Praksis på #kjøkken *nord*", status="done",
            start_on=date(2017, 9, 1), end_on=date(2017, 12, 1), unit=house.units["nav"], user=house.users["nav"],
            result="Mestret kaldt kjøkken, trenger mer fart",
        )  # fmt: skip
        Step.objects.create(**rows, plan=plan, kind="mentor", title="Mentor", status="stopped")
        Step.objects.create(**rows, plan=plan, kind="wage_subsidy", title="Lønnstilskudd", why="Første jobb")
    write_levels(
        case=house.case, levels=dict.fromkeys(Skill, Level.A2), reached_on=date(2018, 3, 1), source="test",
        by=house.viewer("teacher"),
    )  # fmt: skip
    facts = Facts(
        need="yes", talk_on=date(2018, 6, 1), receiver_unit=house.units["nav"].pk, receiver_name="Nora Nilsen",
        unmet_needs="Norsk på kveldstid", next_step="Søke fast jobb", income_source="Tiltakspenger",
    )  # fmt: skip
    commands.write_handover(case=house.case, facts=facts, revision=1, by=by)
    return house


def pdf(house: House, client: Client, name: str = "adviser", language: str = "nb") -> PdfReader:
    client.force_login(house.users[name])
    answer = client.get(reverse("handover:package", args=[house.case.pk]) + f"?sprak={language}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert "Amina" not in answer["Content-Disposition"]
    return PdfReader(io.BytesIO(answer.content))


def text(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_it_holds_what_the_receiver_needs(told: House, client: Client) -> None:
    found = text(pdf(told, client))
    for expected in (
        "Overføringspakke", "Amina Østby", "01.08.2016", "30.06.2018", "900 00 000", "Arabisk",
        "Praksis på #kjøkken *nord*", "Mestret kaldt kjøkken, trenger mer fart", "fullført", "Mentor",
        "ikke skrevet inn", "Lønnstilskudd", "Første jobb", "A2", "01.03.2018", "Norskprøve".lower(),
        "Jeg vil bli kokk", "Har jobbet på kjøkken", "Ta kokkekurs (nådd 01.02.2018)", "Norsk på kveldstid",
        "Søke fast jobb", "Tiltakspenger", "Nora Nilsen", "01.06.2018", "Adviser", "adviser@example.test",
    ):  # fmt: skip
        assert expected in found, expected


def test_it_is_tagged_with_title_and_language(told: House, client: Client) -> None:
    reader = pdf(told, client, language="nn")
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nn"
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title == "Overføringspakke – Amina Østby"
    assert "pdfuaid" in str(root["/Metadata"].get_data())


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nb", "Tiltak som er prøvd"),
        ("nn", "Det som står att"),
        ("en", "Measures tried"),
        ("xx", "Tiltak som er prøvd"),
    ],
)
def test_in_three_languages(told: House, client: Client, language: str, expected: str) -> None:
    assert expected in text(pdf(told, client, language=language))


def test_every_language_has_every_word() -> None:
    assert set(words()) == set(LANGUAGES)
    assert words()["nb"].keys() == words()["nn"].keys() == words()["en"].keys()


def test_the_own_goal_is_in_the_own_language_from_right_to_left(told: House) -> None:
    data = content(queries.package(told.viewer("adviser"), told.case.pk), told.viewer("adviser"), "nb")
    assert data["plan"]["own"] == "أريد أن أصبح طاهية"
    assert (data["plan"]["own_lang"], data["plan"]["own_direction"]) == ("ar", "rtl")


def test_a_sign_that_no_letter_draws_does_not_keep_the_rest_from_being_printed(told: House, client: Client) -> None:
    with writing("test"):
        Plan.objects.update(long_term_goal_own="Kokk 🧑\u200d🍳 𒀀 \ue000")
    client.force_login(told.users["adviser"])
    answer = client.get(reverse("handover:package", args=[told.case.pk]))
    assert answer.status_code == 200
    assert "Nora Nilsen" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def test_an_empty_case_gives_a_package_that_says_so(house: House, client: Client) -> None:
    found = text(pdf(house, client))
    assert "Det er ikke laget noen plan." in found
    assert "Ingen nivåer er skrevet inn." in found


def test_what_the_reader_may_not_see_is_left_out_and_named(told: House, client: Client) -> None:
    with writing("test"):
        TeamMember.objects.create(
            case=told.case, municipality=told.municipality, unit=told.units["health"], user=told.users["health"],
            function="health", valid_from=date(2020, 1, 1),
        )  # fmt: skip
    found = text(pdf(told, client, "health"))
    assert "Ikke med for deg: norsk" in found
    assert "Norsknivå" not in found
    assert "Praksis på #kjøkken *nord*" in found


def test_how_to_reach_a_protected_person_is_never_printed(told: House, client: Client) -> None:
    with writing("test"):
        told.case.person.protection = "confidential"
        told.case.person.save()
    assert "900 00 000" not in text(pdf(told, client))


def test_the_participant_reads_it_too(told: House, client: Client) -> None:
    assert "Nora Nilsen" in text(pdf(told, client, "participant"))


@pytest.mark.parametrize("name", ["stranger", "county", "employer"])
def test_who_gets_nothing(told: House, client: Client, name: str) -> None:
    client.force_login(told.users[name])
    assert client.get(reverse("handover:package", args=[told.case.pk])).status_code == 404


def test_very_long_and_odd_texts_do_not_break_it(told: House, client: Client) -> None:
    odd = "Æøå <b>#let</b> $x$ \\ @ref «» 漢字 👩🏽‍🍳 " * 60
    facts = Facts(need="yes", unmet_needs=odd, next_step="Ord" * 300)
    commands.write_handover(case=told.case, facts=facts, revision=2, by=told.viewer("adviser"))
    assert "#let" in text(pdf(told, client))
