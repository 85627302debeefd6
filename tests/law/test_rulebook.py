"""The rule book: every rule is shown, every example is run, every sentence exists in three languages, and it prints."""

import re
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader

from samlop.law.examples import all_examples
from samlop.law.rulebook import rule_book, versions_in_order
from samlop.law.rulebook_pdf import escaped, typst_source
from samlop.law.texts import LANGUAGES, all_questions

CHAPTERS = rule_book()


def test_every_example_and_question_is_in_a_chapter() -> None:
    # Their names are told in the reader's language too (``text_from`` asks for all three).
    assert {e.name for c in CHAPTERS for e in c.examples} == {e.name for e in all_examples()}
    assert {note.code for c in CHAPTERS for note in c.questions} == {note.code for note in all_questions()}


def test_no_rule_is_without_examples_and_none_stands_twice() -> None:
    assert [chapter.id for chapter in CHAPTERS if not chapter.examples] == []
    shown = [example for chapter in CHAPTERS for example in chapter.examples]
    assert len(shown) == len({(example.command, example.name.nb) for example in shown})


def test_versions_stand_newest_first() -> None:
    benefit = next(chapter for chapter in CHAPTERS if chapter.id == "benefit")
    amounts = [version.value for version in versions_in_order(benefit.parameters[0])]
    assert amounts[0] == 136_549
    eligibility = next(chapter for chapter in CHAPTERS if chapter.id == "eligibility")
    ages = next(p for p in eligibility.parameters if p.id == "eligibility.max_age.integreringsloven")
    assert [version.value for version in versions_in_order(ages)] == [60, 55]


def test_signs_of_the_typesetter_are_printed_word_for_word() -> None:
    assert escaped("#a_b*[c]$") == r"\#a\_b\*\[c\]\$"


@pytest.mark.parametrize("language", LANGUAGES)
def test_prints_as_pdf(language: str, tmp_path: Path) -> None:
    source = tmp_path / "regelboken.typ"
    source.write_text(typst_source(CHAPTERS, language), encoding="utf-8")
    target = tmp_path / "regelboken.pdf"
    typst.compile(str(source), output=str(target))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(target).pages))
    assert "136" in text
    for chapter in CHAPTERS:
        assert chapter.title.in_language(language) in text
