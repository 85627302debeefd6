"""The rule book as those who read it meet it: every rule, what held when, and a calculator that explains itself."""

from __future__ import annotations

import pytest
from django.test import Client

from samlop.core.templatetags.samlop import paragraphs
from samlop.law.rulebook import rule_book
from samlop.rulebook.reading import rule
from tests.house import House

BENEFIT = {
    "month": "11.2026", "birth_date": "2.4.1990", "permit_granted": "1.3.2025", "programme_start": "12.1.2026",
}  # fmt: skip


def signed_in(house: House, who: str = "adviser", language: str = "") -> Client:
    client = Client()
    client.force_login(house.users[who])
    if language:
        client.post("/sprak/", {"language": language})
    return client


def text(answer) -> str:  # type: ignore[no-untyped-def]
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


@pytest.mark.parametrize("who", ["adviser", "participant", "teacher", "county", "operator", "employer"])
def test_the_law_is_open_to_everyone_signed_in(house: House, who: str) -> None:
    answer = signed_in(house, who).get("/regelboken/")
    assert answer.status_code == 200
    assert all(chapter.title.nb in text(answer) for chapter in rule_book())
    assert Client().get("/regelboken/").status_code == 302


@pytest.mark.parametrize("chapter", [chapter.id for chapter in rule_book()])
def test_a_rule_says_what_where_since_when_and_how_sure(house: House, chapter: str) -> None:
    shown = text(signed_in(house).get(f"/regelboken/{chapter}/"))
    rule = next(one for one in rule_book() if one.id == chapter)
    assert rule.rule.nb in shown
    for reference in rule.references:
        assert f'href="{reference.address}"' in shown
    assert all(note.text.nb in shown for note in rule.questions)
    assert "Gjelder fra" in shown
    assert "Kjent fra" in shown
    assert "kontrollert mot lovteksten" in shown or "ikke kontrollert mot kilden ennå" in shown


def test_an_example_is_told_with_its_working(house: House) -> None:
    shown = text(signed_in(house).get("/regelboken/absence/"))
    assert "7 to dager og tre og en halv time" in shown
    assert "20 724,29 kr" in shown
    assert "Slik er svaret funnet" in shown


def test_every_example_is_worked_out_on_its_page() -> None:
    """Also where hours are not whole: they go by JSON as on the command line."""
    told = [example for chapter in rule_book() for example in rule(chapter).examples]
    assert [example.name for example in told if example.answer is None] == []


def test_a_week_and_a_goal_are_told_in_plain_words(house: House) -> None:
    shown = text(signed_in(house).get("/regelboken/content/"))
    assert "Gjøvik: 26 timer på senteret, og Nav fyller resten" in shown
    assert "timer som mangler: 11,5" in shown
    shown = text(signed_in(house).get("/regelboken/norwegian/"))
    assert "Norskmål muntlig, med videregående" in shown
    shown = text(signed_in(house).get("/regelboken/leave/"))
    assert "grunn: sykt barn eller syk barnepasser" in shown
    assert "Ellers er reglene for fravær og permisjon de som gjelder nå" in shown


@pytest.mark.parametrize(
    ("language", "title"), [("nn", "Fråvær utan gyldig grunn"), ("en", "the Integration Act § 21")]
)
def test_in_nynorsk_and_english(house: House, language: str, title: str) -> None:
    assert title in text(signed_in(house, language=language).get("/regelboken/absence/"))


def test_search_finds_rules_that_hold_every_word(house: House) -> None:
    shown = text(signed_in(house).get("/regelboken/", {"sok": "EGENMELDING uker"}))
    assert "1 regel" in shown
    assert "Gyldig fravær og permisjon" in shown
    assert "Ingen regel har alle ordene" in text(signed_in(house).get("/regelboken/", {"sok": "ukjentord"}))


def test_what_held_depends_on_what_was_known(house: House) -> None:
    client = signed_in(house)
    early = text(client.get("/regelboken/gjaldt/", {"day": "10.5.2026", "known_on": "10.5.2026"}))
    late = text(client.get("/regelboken/gjaldt/", {"day": "10.5.2026", "known_on": "10.6.2026"}))
    assert "130 160" in early
    assert "136 549" not in early
    assert "136 549" in late
    assert "Nytt tall ventes" in early
    assert "Nytt tall ventes" not in late


def test_a_day_that_is_not_one_is_told_at_the_field(house: House) -> None:
    answer = signed_in(house).get("/regelboken/gjaldt/", {"day": "31.2.2026", "known_on": ""})
    assert answer.status_code == 422
    assert "Vi forstår ikke datoen" in text(answer)
    assert 'value="31.2.2026"' in text(answer)


def test_an_unknown_rule_or_calculator_is_not_there(house: House) -> None:
    client = signed_in(house)
    assert client.get("/regelboken/ukjent/").status_code == client.get("/regelboken/regn/ukjent/").status_code == 404


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_book_as_pdf(house: House, language: str) -> None:
    answer = signed_in(house, language=language).get("/regelboken/regelboken.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("integreringsloven § 12", "/regelboken/deadlines/"),
        ("integreringslova § 13", "/regelboken/duration/"),
        ("integreringsforskriften § 14", "/regelboken/leave/"),
        ("kommuneloven § 1", "/regelboken/?sok=kommuneloven+%C2%A7+1"),
    ],
)
def test_a_paragraph_leads_to_its_rule(house: House, asked: str, leads_to: str) -> None:
    answer = signed_in(house).get("/regelboken/paragraf/", {"p": asked})
    assert answer.headers["Location"] == leads_to


def test_pages_that_name_a_paragraph_lead_to_it(house: House) -> None:
    there = '<a class="ds-link" href="/regelboken/paragraf/?p={}">{}</a>'
    shown = text(signed_in(house).get("/tilgang/"))
    assert there.format("integreringsloven+%C2%A7+15", "integreringsloven § 15") in shown
    link = there.format("folketrygdloven+%C2%A7+1-4", "folketrygdloven § 1-4")
    assert paragraphs("<b> folketrygdloven § 1-4, § 3") == f"&lt;b&gt; {link}, § 3"
    assert paragraphs(None) == ""


def test_the_foot_of_every_page_leads_to_the_book(house: House) -> None:
    assert 'href="/regelboken/"' in text(signed_in(house).get("/tilgang/"))


def test_pages_ask_the_database_nothing_about_the_law(house: House, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    client = signed_in(house)
    client.get("/regelboken/benefit/")
    with django_assert_max_num_queries(6):
        client.get("/regelboken/benefit/")
