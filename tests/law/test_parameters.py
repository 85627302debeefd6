"""The rule book: refused where it does not hold water, and read on both time axes."""

import copy
import shutil
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from samlop.law.benefit import benefit
from samlop.law.dates import Month
from samlop.law.loading import DATA, BadRuleBook, load_book
from samlop.law.parameters import Book, current_book, rules_known
from samlop.law.person_month import PersonMonth
from samlop.law.recalculation import recalculate
from samlop.law.texts import LANGUAGES, all_questions

PERSON = PersonMonth(Month(2026, 5), date(1990, 4, 2), date(2025, 3, 1), date(2026, 1, 12))


def _entry(parameter_id: str) -> tuple[str, list[Any], dict[str, Any]]:
    for path in DATA.glob("*.yaml"):
        listed = yaml.safe_load(path.read_text(encoding="utf-8"))
        for raw in listed:
            if raw.get("id") == parameter_id and "values" in raw:
                return path.name, listed, raw
    raise AssertionError(parameter_id)


def book_from(folder: Path, name: str, content: Any) -> Book:
    """The shipped book with one file changed."""
    shutil.copytree(DATA, folder, dirs_exist_ok=True)
    (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return load_book(folder)


def book_with(parameter_id: str, *values: dict[str, Any]) -> Book:
    """The shipped book with more values of one parameter: one line of YAML each."""
    name, listed, raw = _entry(parameter_id)
    raw["values"] = [*raw["values"], *values]
    with tempfile.TemporaryDirectory() as folder:
        return book_from(Path(folder), name, listed)


GOOD = {
    "id": "test",
    "label": {"nb": "a", "nn": "b", "en": "c"},
    "unit": "month",
    "reference": "integreringsloven § 1",
    "evidence": "verified",
    "values": [{"valid_from": date(2021, 1, 1), "value": 1}],
}


def _values(*values: dict[str, Any]) -> dict[str, Any]:
    return {"values": list(values)}


FIRST = {"valid_from": date(2021, 1, 1), "value": 1}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"reference": None}, "reference"),
        ({"reference": "integreringsloven"}, "reference"),
        ({"reference": "ukjentloven § 1"}, "reference"),
        ({"unit": "kroner"}, "unit"),
        ({"evidence": "hearsay"}, "evidence"),
        ({"label": {"nb": "a", "nn": "b"}}, "nb, nn and en"),
        ({"vallues": []}, "unknown key"),
        (_values(), "at least one value"),
        (_values(FIRST, FIRST), "two values"),
        (_values({**FIRST, "valid_to": date(2022, 6, 1)}, {"valid_from": date(2022, 1, 1), "value": 2}), "overlaps"),
        (_values({**FIRST, "valid_to": date(2020, 6, 1)}), "before"),
        (_values({"valid_from": "i fjor", "value": 1}), "not a date"),
        (_values({"valid_from": date(2021, 1, 1), "value": 1.5}), "exact"),
        (_values({"valid_from": date(2021, 1, 1), "value": True}), "exact"),
        (_values({"valid_from": date(2021, 1, 1), "value": "1/0"}), "not a number"),
        (_values({"valid_from": date(2021, 1, 1), "verdi": 1}), "unknown or missing key"),
    ],
)
def test_bad_parameters_are_refused(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    with pytest.raises(BadRuleBook, match=message):
        book_from(tmp_path, "test.yaml", [{**copy.deepcopy(GOOD), **change}])


def test_good_parameter_is_read_and_not_twice(tmp_path: Path) -> None:
    assert "test" in book_from(tmp_path / "a", "test.yaml", [GOOD]).parameters
    with pytest.raises(BadRuleBook, match="twice"):
        book_from(tmp_path / "b", "test.yaml", [GOOD, GOOD])


def test_every_reference_points_at_an_act_in_force_when_the_value_begins() -> None:
    book = current_book()
    for parameter in book.parameters.values():
        for version in parameter.versions:
            act = book.acts[version.reference.act]
            assert version.reference.address.startswith(act.address)
            # Data protection and guidance were written into the newer regulations also for older cases.
            if version.valid_from and version.reference.act not in {"integreringsforskriften", "forvaltningsloven"}:
                assert act.in_force is not None, parameter.id
                assert act.in_force <= version.valid_from, parameter.id
                assert act.repealed is None or version.valid_from < act.repealed, parameter.id


def test_next_basic_amount_is_one_line() -> None:
    line = {"valid_from": date(2027, 5, 1), "known_from": date(2027, 5, 21), "value": 140_000}
    answer = benefit(replace(PERSON, month=Month(2027, 5)), book_with("basic_amount", line).as_known())
    assert (answer.net, answer.uncertain) == (2_333_333, ())


def test_basic_amount_is_not_known_before_it_is_set() -> None:
    early = benefit(PERSON, rules_known(date(2026, 5, 15)))
    late = benefit(PERSON, rules_known(date(2026, 6, 1)))
    assert (early.net, late.net) == (2_169_333, 2_275_817)
    assert [note.code for note in early.uncertain] == ["basic_amount_not_set"]
    assert late.uncertain == ()


def test_corrected_value_is_added_and_does_not_rewrite_what_was_known() -> None:
    """A wrong G corrected in August: answers as known in July stay as they were paid."""
    book = book_with("basic_amount", {"valid_from": date(2026, 5, 1), "known_from": date(2026, 8, 1), "value": 136_600})
    assert benefit(PERSON, book.as_known(date(2026, 7, 31))).net == 2_275_817
    assert benefit(PERSON, book.as_known(date(2026, 8, 1))).net == 2_276_667


def test_old_case_gets_the_old_answer_after_a_new_act() -> None:
    """New rates from 2028 change nothing for an older month, and nothing for those under the older act."""
    book = book_with("basic_amount", {"valid_from": date(2028, 1, 1), "value": 999_999})
    old = PersonMonth(Month(2019, 6), date(1988, 6, 1), date(2018, 3, 1), date(2018, 6, 1))
    for person in (old, PERSON):
        before, after = benefit(person), benefit(person, book.as_known())
        assert before.as_json() == after.as_json()


def test_enacted_but_not_in_force_is_in_the_book_and_not_in_the_answers() -> None:
    parameter = current_book().parameters["eligibility.max_age.integreringsloven"]
    assert [version.value for version in parameter.versions if version.valid_from is None] == [60]
    assert rules_known().at("eligibility.max_age.integreringsloven", date(2099, 1, 1)).whole == 55


def test_an_act_that_is_passed_and_has_no_day_is_named_and_changes_nothing() -> None:
    parameter = current_book().parameters["deadline.appeal_weeks"]
    waiting = [version for version in parameter.versions if version.valid_from is None]
    assert [(str(version.reference), version.value) for version in waiting] == [("forvaltningsloven-2025 § 63", 3)]
    assert rules_known().at("deadline.appeal_weeks", date(2099, 1, 1)).reference == "forvaltningsloven § 29"


def test_recalculation_lists_what_changed_and_why() -> None:
    """Example 15: a run made in the middle of May, made again when G was set."""
    april = PersonMonth(Month(2026, 4), date(1990, 4, 2), date(2025, 3, 1), date(2026, 1, 12))
    june = PersonMonth(Month(2026, 6), date(1990, 4, 2), date(2025, 3, 1), date(2026, 1, 12), absence_days=1)
    found = recalculate([("a", april), ("a", PERSON), ("b", june)], date(2026, 5, 15), date(2026, 6, 15))
    assert [(d.key, str(d.month), d.net) for d in found] == [("a", "2026-05", 106_484), ("b", "2026-06", 102_934)]
    assert [change.after.parameter.id for change in found[0].changes] == ["basic_amount"]
    assert [(line.code, line.before, line.after) for line in found[1].lines] == [
        ("BENEFIT", 2_169_333, 2_275_817),
        ("ABSENCE", -72_311, -75_861),
    ]
    assert found[0].as_json()["difference"] == "1064.84"


def test_recalculation_is_silent_where_nothing_changed() -> None:
    assert recalculate([("a", PERSON)], date(2026, 6, 15), None) == []


def test_fingerprint_tells_one_book_from_another() -> None:
    line = {"valid_from": date(2027, 5, 1), "value": 140_000}
    assert load_book(DATA).fingerprint == current_book().fingerprint
    assert book_with("basic_amount", line).fingerprint != current_book().fingerprint


def test_every_question_is_told_in_every_language() -> None:
    for note in all_questions():
        assert note.references
        for language in LANGUAGES:
            assert note.text.in_language(language).endswith(".")
