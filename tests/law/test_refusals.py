"""What is not understood is refused: status 2, one JSON object, plain bokmål, nothing repeated, no traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import samlop
from samlop.law.cli import SUBCOMMANDS
from samlop.law.examples import base_case

from .helpers import call

COMMANDS = ("benefit", "duration", "eligibility", "deadlines")
BASE = {command: base_case(command) for command in COMMANDS}
GOOD = BASE["benefit"]


def _with(**changes: Any) -> dict[str, Any]:
    return {**GOOD, **changes}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_input"),
        (b" \n ", "empty_input"),
        (b"{", "invalid_json"),
        (b"{'month': 1}", "invalid_json"),
        (b"[]", "not_an_object"),
        (b"null", "not_an_object"),
        (b'"tekst"', "not_an_object"),
        (b"12", "not_an_object"),
        (b"NaN", "not_an_object"),
        (b"{} {}", "invalid_json"),
        (b"\xff\xfe{}", "invalid_encoding"),
        ('{"month": "å"}'.encode("latin-1"), "invalid_encoding"),
        (b"[" * 100_000, "invalid_json"),
        (b" " * 1_000_001, "too_large"),
        (b'{"month": "2026-11", "month": "2026-12"}', "duplicate_field"),
    ],
)
def test_input_that_is_no_case(content: bytes, code: str) -> None:
    assert call("benefit", stdin=content).refusal["error"] == code


def test_byte_order_mark_is_skipped() -> None:
    content = b"\xef\xbb\xbf" + json.dumps(GOOD).encode()
    assert call("benefit", stdin=content).json["net"] == "22758.17"


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"monht": "2026-11"}, "monht", "unknown_field"),
        ({"unauthorised_absence": {"dager": 1}}, "unauthorised_absence.dager", "unknown_field"),
        ({"x" * 5000: 1}, "x" * 60 + "…", "unknown_field"),
        ({"month": "2026-13"}, "month", "invalid_month"),
        ({"month": "2026-1"}, "month", "invalid_month"),
        ({"month": "2026-11-01"}, "month", "invalid_month"),
        ({"month": 202611}, "month", "invalid_month"),
        ({"birth_date": "1990-02-30"}, "birth_date", "impossible_date"),
        ({"birth_date": "2025-02-29"}, "birth_date", "impossible_date"),
        ({"birth_date": "0001-01-01"}, "birth_date", "impossible_date"),
        ({"birth_date": "19900402"}, "birth_date", "invalid_date"),
        ({"birth_date": "02.04.1990"}, "birth_date", "invalid_date"),
        ({"birth_date": "1990-04-02T00:00"}, "birth_date", "invalid_date"),
        ({"birth_date": "１９９０-04-02"}, "birth_date", "invalid_date"),
        ({"birth_date": 19900402}, "birth_date", "invalid_date"),
        ({"birth_date": "2025-03-02"}, "birth_date", "contradicting_dates"),
        ({"birth_date": "2010-01-01"}, "birth_date", "contradicting_dates"),
        ({"programme_end": "2026-01-11"}, "programme_end", "contradicting_dates"),
        ({"programme_start": "2025-02-28"}, "programme_start", "contradicting_dates"),
        ({"arrived": "2026-01-13"}, "programme_start", "contradicting_dates"),
        ({"arrived": "1990-04-01"}, "arrived", "contradicting_dates"),
        ({"unpaid_leave": [{"from": "2026-11-10", "to": "2026-11-09"}]}, "unpaid_leave[0].to", "contradicting_dates"),
        ({"unpaid_leave": [{"from": "2026-11-10"}]}, "unpaid_leave[0].to", "missing_field"),
        ({"unpaid_leave": {}}, "unpaid_leave", "wrong_type"),
        ({"unpaid_leave": [1]}, "unpaid_leave[0]", "not_an_object"),
        ({"lives_with_parents": 1}, "lives_with_parents", "wrong_type"),
        ({"lives_with_parents": "ja"}, "lives_with_parents", "wrong_type"),
        ({"unauthorised_absence": 2}, "unauthorised_absence", "not_an_object"),
        ({"unauthorised_absence": {"days": 2.5}}, "unauthorised_absence.days", "wrong_type"),
        ({"unauthorised_absence": {"days": "2"}}, "unauthorised_absence.days", "wrong_type"),
        ({"unauthorised_absence": {"days": True}}, "unauthorised_absence.days", "wrong_type"),
        ({"unauthorised_absence": {"days": -1}}, "unauthorised_absence.days", "absurd_amount"),
        ({"unauthorised_absence": {"days": 32}}, "unauthorised_absence.days", "absurd_amount"),
        ({"unauthorised_absence": {"days": 10**5000}}, "unauthorised_absence.days", "absurd_amount"),
        ({"unauthorised_absence": {"hours": True}}, "unauthorised_absence.hours", "wrong_type"),
        ({"unauthorised_absence": {"hours": "3.5"}}, "unauthorised_absence.hours", "wrong_type"),
        ({"unauthorised_absence": {"hours": -0.5}}, "unauthorised_absence.hours", "absurd_amount"),
        ({"unauthorised_absence": {"hours": 745}}, "unauthorised_absence.hours", "absurd_amount"),
        ({"unauthorised_absence": {"hours": 0.33333}}, "unauthorised_absence.hours", "invalid_number"),
        ({"paid_work_inside": {"hours": 60}}, "paid_work_inside.wage", "missing_field"),
        ({"paid_work_inside": {"hours": 1, "wage": 100}}, "paid_work_inside.wage", "invalid_amount"),
        ({"paid_work_inside": {"hours": 1, "wage": "-1.00"}}, "paid_work_inside.wage", "invalid_amount"),
        ({"paid_work_inside": {"hours": 1, "wage": "1e3"}}, "paid_work_inside.wage", "invalid_amount"),
        ({"paid_work_inside": {"hours": 1, "wage": "100,00"}}, "paid_work_inside.wage", "invalid_amount"),
        ({"paid_work_inside": {"hours": 1, "wage": "1000000.00"}}, "paid_work_inside.wage", "absurd_amount"),
        ({"paid_work_inside": {"hours": 1, "wage": "9" * 100_000}}, "paid_work_inside.wage", "invalid_amount"),
        ({"other_benefits": [{"kind": "barnetrygd", "monthly": "1.00"}]}, "other_benefits[0].kind", "invalid_choice"),
        ({"other_benefits": [{"kind": ["aap"], "monthly": "1.00"}]}, "other_benefits[0].kind", "invalid_choice"),
        ({"other_benefits": [{"kind": "aap"}]}, "other_benefits[0].monthly", "missing_field"),
        ({"other_benefits": [{}] * 1001}, "other_benefits", "too_large"),
    ],
)
def test_field_that_is_not_understood(changes: dict[str, Any], field: str, code: str) -> None:
    sys.set_int_max_str_digits(0)
    refusal = call("benefit", stdin=_with(**changes)).refusal
    assert (refusal["field"], refusal["error"]) == (field, code)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "1e999999999", "1e-999999999", "1e400", "1" * 5000])
def test_numbers_beyond_all_measure(text: str) -> None:
    content = json.dumps(_with(unauthorised_absence={"hours": "?"})).replace('"?"', text)
    refusal = call("benefit", stdin=content).refusal
    assert refusal["field"] == "unauthorised_absence.hours"
    assert refusal["error"] in {"invalid_number", "absurd_amount"}


def test_unprintable_name_is_not_written_out() -> None:
    content = json.dumps(GOOD)[:-1] + r', "\ud800\u0007\n": 1}'
    assert call("benefit", stdin=content).refusal["field"] == "???"


def test_repeated_key_inside_is_named_with_its_path() -> None:
    content = json.dumps(GOOD)[:-1] + ', "unauthorised_absence": {"days": 1, "days": 2}}'
    assert call("benefit", stdin=content).refusal["field"] == "unauthorised_absence.days"


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        ((), "missing_subcommand"),
        (("stønad",), "unknown_subcommand"),
        (("--explain", "nb"), "unknown_subcommand"),
        (("benefit", "--verbose"), "unknown_option"),
        (("benefit", "--explain"), "invalid_option"),
        (("benefit", "--explain", "sv"), "invalid_option"),
        (("benefit", "--explain=nb", "--explain=nn"), "invalid_option"),
        (("benefit", "finnes-ikke.json"), "file_not_readable"),
        (("benefit", "/"), "file_not_readable"),
        (("benefit", "a\0b"), "file_not_readable"),
        (("benefit", "a", "b"), "too_many_files"),
    ],
)
def test_call_that_is_not_understood(argv: tuple[str, ...], code: str) -> None:
    assert call(*argv, stdin=GOOD).refusal["error"] == code


def test_dates_that_the_rules_do_not_cover() -> None:
    old = {**BASE["deadlines"], "permit_granted": "1950-01-01", "settled": "1951-01-01"}
    assert call("deadlines", stdin=old).refusal["error"] == "date_not_covered"


@pytest.mark.parametrize(
    ("command", "changes", "field"),
    [
        ("duration", {"goal": "work", "offered_start": "2025-11-02"}, "offered_start"),
        ("duration", {"goal": "work", "arrived": "2026-02-03"}, "offered_start"),
        ("eligibility", {"decision_date": "2025-11-02"}, "decision_date"),
        ("eligibility", {"lived_in_municipality_since": "2026-02-11"}, "lived_in_municipality_since"),
        ("eligibility", {"arrived": "2026-01-06"}, "lived_in_municipality_since"),
        ("deadlines", {"settled": "2025-11-02"}, "settled"),
        ("deadlines", {"offered_norwegian": "2025-11-02"}, "offered_norwegian"),
    ],
)
def test_contradicting_dates(command: str, changes: dict[str, Any], field: str) -> None:
    refusal = call(command, stdin={**BASE[command], **changes}).refusal
    assert (refusal["error"], refusal["field"]) == ("contradicting_dates", field)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(command=st.sampled_from(sorted(SUBCOMMANDS)), data=st.data())
def test_any_value_in_any_field_is_answered_or_refused(command: str, data: st.DataObject) -> None:
    base = dict(BASE.get(command, {"kind": "fnr", "value": "15839010009", "on": "2026-11-20"}))
    base.setdefault("goal", "work") if command == "duration" else None
    field = data.draw(st.sampled_from([*base, "noe annet"]))
    outcome = call(command, stdin={**base, field: data.draw(JSON)})
    assert outcome.json is not None if outcome.status == 0 else outcome.refusal


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_answered_or_refused(content: bytes) -> None:
    assert call("benefit", stdin=content).refusal


def test_as_a_process_nothing_but_the_error_is_written() -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(samlop.__file__).parents[1])}
    call_it = [sys.executable, "-m", "samlop.law.cli", "benefit"]
    done = subprocess.run(call_it, input=b"{", capture_output=True, check=False, env=environment)
    assert (done.returncode, done.stdout) == (2, b"")
    assert json.loads(done.stderr)["error"] == "invalid_json"
