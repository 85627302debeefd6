"""Bokmål until one chooses; the choice lasts; every text has its words in nynorsk and English."""

from __future__ import annotations

import io
import re
import sys

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.test import Client

from samlop.site import catalogue
from samlop.site.database import ROOT

sys.path.insert(0, str(ROOT / "tools"))
import messages as tool


def test_the_browser_s_wish_is_not_followed(client: Client, db: None) -> None:
    answer = client.get("/stil/", headers={"accept-language": "en-US,en"})
    assert answer.headers["Content-Language"] == "nb"
    assert "Hopp til innholdet" in answer.content.decode()


def test_a_chosen_language_lasts_and_leads_back(client: Client, db: None) -> None:
    answer = client.post("/sprak/", {"language": "en", "next": "/stil/?page=2"})
    assert answer.headers["Location"] == "/stil/?page=2"
    assert "Skip to the content" in client.get("/stil/").content.decode()
    client.post("/sprak/", {"language": "xx", "next": "/stil/"})
    assert client.get("/stil/").headers["Content-Language"] == "en", "an unknown language changes nothing"


@pytest.mark.parametrize("to", ["https://example.test/", "//example.test", "javascript:alert(1)", ""])
def test_one_is_not_led_to_another_place(client: Client, db: None, to: str) -> None:
    assert client.post("/sprak/", {"language": "nn", "next": to}).headers["Location"] == "/"


@pytest.mark.parametrize("language", ["nn", "en"])
def test_every_text_of_the_program_is_translated_with_the_same_blanks(language: str) -> None:
    """Fails after a new text? ``python tools/messages.py update`` collects it; then write it in both languages."""
    assert list(tool.check(language, [])) == []


@pytest.mark.parametrize("language", ["nn", "en"])
def test_compiled_catalogues_say_what_the_files_say(language: str) -> None:
    text = (catalogue.LOCALE / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    ours = read_mo(io.BytesIO(catalogue.compiled(text)))
    theirs = read_po(io.BytesIO(text.encode()), locale=language)

    def words(message: object) -> list[str]:
        said = message.string  # type: ignore[attr-defined]
        return [said] if isinstance(said, str) else list(said)

    def context(message: object) -> str | None:
        said = message.context  # type: ignore[attr-defined]
        return said.decode() if isinstance(said, bytes) else said  # Babel leaves it as bytes when it reads this form

    expected = {
        (m.context, m.id if isinstance(m.id, str) else m.id[0]): words(m) for m in theirs if m.id and all(words(m))
    }
    found = {(context(m), m.id if isinstance(m.id, str) else m.id[0]): words(m) for m in ours if m.id}
    assert found == expected


def test_uncertain_and_missing_translations_stay_bokmål() -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    text = head + '#, fuzzy\nmsgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr ""\n'
    assert [m.id for m in read_mo(io.BytesIO(catalogue.compiled(text))) if m.id] == []


def test_a_broken_catalogue_is_told() -> None:
    with pytest.raises(catalogue.BadCatalogue):
        catalogue.compiled('msgid "a\nmsgstr "b"\n')


def test_templates_and_code_are_both_read() -> None:
    found = tool.sources()
    assert ("", "Hopp til innholdet") in found, "a template"
    assert ("", "Fyll ut %(label)s.") in found, "code"
    assert found[("", "%(years)s år")].plural == "%(years)s år"
    assert not [source for _context, source in found if re.search(r"{{|{%", source)]
