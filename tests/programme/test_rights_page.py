"""Right and duty are shown with their reasons before anything is decided."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samlop.core.time import at as clock
from samlop.programme.models import CourseFacts
from tests.house import House
from tests.programme.course_of import at, facts, know, signed_in

TODAY = date(2026, 4, 20)


def text(house: House, client: Client, name: str = "adviser") -> str:
    with clock(TODAY):
        answer = signed_in(house, client, name).get(at(house, "eligibility"))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_what_is_missing_is_asked_for_by_name_with_the_way_there(house: House, client: Client) -> None:
    page = text(house, client)
    assert "Vi kan ikke si noe om rett og plikt" in page
    assert f'href="{reverse("cases:person", args=[house.case.pk])}#id_birth_date"' in page
    for name in ("Fødselsdato", "Oppholdsgrunnlag", "Bodd i en kommune siden", "Arbeid, timer i uka"):
        assert f">{name}</a>" in page
    assert "#id_facts-weekly_work_hours" in page


def test_right_and_duty_with_reasons_and_paragraphs(house: House, client: Client) -> None:
    know(house.case)
    with clock(TODAY):
        facts(house)
    page = text(house, client)
    assert "Alle vilkårene for rett til introduksjonsprogram er oppfylt." in page
    assert "integreringsloven § 8; integreringsloven § 9" in page


@pytest.mark.parametrize(
    ("case", "fact", "expected"),
    [
        ({"permit": "F", "settled_by_agreement": False}, {}, "Alle vilkårene"),
        ({"settled_by_agreement": False}, {}, "ikke bosatt etter avtale"),
        ({"born": date(1965, 1, 1)}, {}, "over 55 år"),
        ({"permit": "other"}, {}, "Oppholdsgrunnlaget gir ikke rett"),
        ({"permit": "other"}, {}, "Er personen familieinnvandret til andre enn dem loven nevner"),
        ({}, {"weekly_work_hours": 30}, "minst 30 timer i uka"),
        ({}, {"nordic_or_eea": True}, "EØS-avtalen"),
        ({"permit": "E"}, {}, "Det er usikkert om personer med kollektiv beskyttelse"),
    ],
)
def test_the_law_answers_for_each_condition(
    house: House, client: Client, case: dict[str, Any], fact: dict[str, Any], expected: str
) -> None:
    know(house.case, **case)
    with clock(TODAY):
        facts(house, **fact)
    assert expected in text(house, client)


def test_facts_that_contradict_each_other_are_told_and_not_answered(house: House, client: Client) -> None:
    know(house.case, arrived_on=date(2026, 3, 1), permit_granted_on=date(2025, 11, 3))
    with clock(TODAY):
        facts(house, lived_in_municipality_since=date(2026, 2, 1))
    assert "Opplysningene motsier hverandre:" in text(house, client)


def test_the_adviser_writes_the_facts_and_a_reader_cannot(house: House, client: Client) -> None:
    typed = {
        "facts-education": "upper_secondary_or_higher",
        "facts-nordic_or_eea": "no",
        "facts-weekly_work_hours": "12,5",
        "facts-lived_in_municipality_since": "10.2.2026",
        "facts-used_before_days": "0",
    }
    with clock(TODAY):
        assert signed_in(house, client, "adviser").post(at(house, "facts"), typed).status_code == 302
        row = CourseFacts.objects.get()
        assert (row.education, row.nordic_or_eea, str(row.weekly_work_hours)) == (
            "upper_secondary_or_higher",
            False,
            "12.5",
        )
        wrong = client.post(at(house, "facts"), typed | {"facts-demanded_on": "1.1.2027"})
        assert wrong.status_code == 422
        assert "Datoen kan ikke være fram i tid." in wrong.content.decode()
        assert 'value="1.1.2027"' in wrong.content.decode()
        assert signed_in(house, client, "nav").post(at(house, "facts"), typed).status_code == 403
        assert "Lagre opplysningene" not in client.get(at(house, "eligibility")).content.decode()


def test_an_old_page_does_not_take_away_what_a_colleague_wrote(house: House, client: Client) -> None:
    with clock(TODAY):
        facts(house, demanded_on=date(2026, 1, 31))
        typed = {
            "facts-education": "below_upper_secondary",
            "initial-facts-education": "below_upper_secondary",
            "facts-demanded_on": "",
            "initial-facts-demanded_on": "",
            "facts-used_before_days": "0",
            "initial-facts-used_before_days": "0",
        }
        signed_in(house, client, "adviser").post(at(house, "facts"), typed)
    assert CourseFacts.objects.get().demanded_on == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("case", "education", "expected", "never"),
    [
        (
            {},
            "upper_secondary_or_higher",
            "med videregående: B1 i å lese, lytte og skrive, B2 muntlig",
            "uten grunnskole",
        ),
        ({}, "below_upper_secondary", "uten grunnskole: A2 i å lese, lytte og skrive, B1 muntlig", "med videregående:"),
        ({}, "", "Samfunnskunnskap: 75 timer, med prøve til slutt.", "600 timer"),
        ({"permit": "E"}, "", "verken rett eller plikt til samfunnskunnskap", "75 timer"),
        (
            {"permit_granted_on": date(2020, 6, 1), "settled_on": date(2020, 9, 1)},
            "",
            "600 timer til sammen, 50 av dem samfunnskunnskap",
            "Veiledende norskmål",
        ),
    ],
)
def test_training_in_norwegian_and_social_studies_follows_the_act(
    house: House, client: Client, case: dict[str, Any], education: str, expected: str, never: str
) -> None:
    """integreringsforskriften §§ 27–28 and 73, integreringsloven §§ 33 and 37 c, introduksjonsloven § 17."""
    know(house.case, **case)
    with clock(TODAY):
        facts(house, education=education)
    page = text(house, client)
    assert expected in page
    assert never not in page
