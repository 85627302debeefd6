"""The promises of the contract, to the letter."""

from typing import Any

import pytest

from .helpers import call

EXAMPLE: dict[str, Any] = {
    "month": "2026-11",
    "birth_date": "1990-04-02",
    "permit_granted": "2025-03-01",
    "arrived": "2025-02-01",
    "programme_start": "2026-01-12",
    "programme_end": None,
    "lives_with_parents": False,
    "couple_without_children_both_in_programme": False,
    "unauthorised_absence": {"days": 2, "hours": 3.5},
    "paid_work_inside": {"hours": 0, "wage": "0.00"},
    "other_benefits": [],
    "unpaid_leave": [],
}


def test_benefit_example_verbatim() -> None:
    answer = call("benefit", stdin=EXAMPLE).json
    assert list(answer) == [
        "act", "month", "gross", "net", "requires_decision", "lines", "not_taken", "uncertain", "trace",
    ]  # fmt: skip
    lines = answer.pop("lines")
    trace = answer.pop("trace")
    assert answer == {
        "act": "integreringsloven",
        "month": "2026-11",
        "gross": "22758.17",
        "net": "20724.29",
        "requires_decision": False,
        "not_taken": "0.00",
        "uncertain": [],
    }
    assert [(line["code"], line["amount"], line["references"]) for line in lines] == [
        ("BENEFIT", "22758.17", ["integreringsloven § 20"]),
        ("ABSENCE", "-2033.88", ["integreringsloven § 21"]),
    ]
    assert all(set(line) == {"code", "amount", "text", "references"} and line["text"] for line in lines)
    assert trace["name"]


def _steps(step: dict[str, Any]) -> list[dict[str, Any]]:
    return [step, *(inner for part in step["steps"] for inner in _steps(part))]


def test_trace_tells_the_basic_amount_and_its_date() -> None:
    steps = _steps(call("benefit", stdin=EXAMPLE).json["trace"])
    for step in steps:
        assert set(step) == {"name", "inputs", "parameters", "reference", "result", "steps"}
    held = [parameter for step in steps for parameter in step["parameters"]]
    basic = next(parameter for parameter in held if parameter["id"] == "basic_amount")
    assert (basic["value"], basic["valid_from"]) == ("136549", "2026-05-01")
    assert all(parameter["reference"] for parameter in held)


def test_trace_of_an_old_case_names_only_the_old_act() -> None:
    old = {**EXAMPLE, "permit_granted": "2020-03-01", "arrived": "2020-02-01", "month": "2022-11"}
    old["programme_start"] = "2021-06-01"
    steps = _steps(call("benefit", stdin=old).json["trace"])
    acts = {p["reference"] for step in steps for p in step["parameters"]} | {step["reference"] for step in steps}
    assert not any("integreringsloven" in act for act in acts)


@pytest.mark.parametrize("field", sorted(set(EXAMPLE) - {"month", "birth_date", "permit_granted", "programme_start"}))
def test_optional_fields_may_be_left_out_or_null(field: str) -> None:
    without = {key: value for key, value in EXAMPLE.items() if key != field}
    assert call("benefit", stdin=without).json == call("benefit", stdin={**EXAMPLE, field: None}).json


@pytest.mark.parametrize("field", ["month", "birth_date", "permit_granted", "programme_start"])
def test_required_fields(field: str) -> None:
    without = {key: value for key, value in EXAMPLE.items() if key != field}
    for given in (without, {**EXAMPLE, field: None}):
        assert call("benefit", stdin=given).refusal["error"] == "missing_field"
        assert call("benefit", stdin=given).refusal["field"] == field


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_explain_tells_the_same_in_each_language(language: str) -> None:
    outcome = call("benefit", "--explain", language, stdin=EXAMPLE)
    assert outcome.status == 0
    amount = "20,724.29" if language == "en" else "20\u00a0724,29"
    assert amount in outcome.out
    assert "{" not in outcome.out
    assert outcome == call("benefit", f"--explain={language}", stdin=EXAMPLE)


DURATION = {
    "permit_granted": "2025-11-03",
    "offered_start": "2026-02-02",
    "birth_date": "2003-05-01",
    "education": "below_upper_secondary",
    "goal": "upper_secondary",
}


def test_duration_example() -> None:
    answer = call("duration", stdin={**DURATION, "arrived": None, "collective_protection": False}).json
    assert list(answer) == [
        "regime", "minimum_months", "ordinary_months", "extension_months", "extension", "latest_ordinary_end",
        "references", "uncertain",
    ]  # fmt: skip
    assert answer == call("duration", stdin=DURATION).json


@pytest.mark.parametrize(
    ("goal", "education"),
    [("higher_education", "below_upper_secondary"), ("upper_secondary", "upper_secondary_or_higher")],
)
def test_goal_that_the_education_does_not_allow(goal: str, education: str) -> None:
    refusal = call("duration", stdin={**DURATION, "goal": goal, "education": education}).refusal
    assert (refusal["error"], refusal["field"]) == ("goal_not_available", "goal")


@pytest.mark.parametrize(
    ("value", "on", "allow", "expected"),
    [
        ("15839010009", "2026-11-20", True, (True, "birth_number", True, None)),
        ("158390 10009", "2026-11-20", True, (True, "birth_number", True, None)),
        ("15.83.90-10009", "2026-11-20", True, (True, "birth_number", True, None)),
        ("15839010009", "2026-11-20", False, (False, "birth_number", True, "synthetic_not_allowed")),
        ("15839010017", "2031-12-31", True, (False, "birth_number", True, "checksum")),
        ("15839010017", "2032-01-01", True, (True, "birth_number", True, None)),
        ("55839010183", "2026-11-20", True, (True, "d_number", True, None)),
        ("31129956715", "2026-11-20", False, (True, "birth_number", False, None)),
        ("3112995671", "2026-11-20", False, (False, "birth_number", False, "format")),
        ("", "2026-11-20", False, (False, "birth_number", False, "format")),
        ("1" * 100_000, "2026-11-20", False, (False, "birth_number", False, "format")),
    ],
)
def test_check_id(value: str, on: str, allow: bool, expected: tuple[Any, ...]) -> None:
    given = {"kind": "fnr", "value": value, "on": on, "allow_synthetic": allow}
    assert call("check-id", stdin=given).json == dict(
        zip(("valid", "type", "synthetic", "reason"), expected, strict=True)
    )


def test_half_a_sign_is_a_wrong_format() -> None:
    content = r'{"kind": "fnr", "value": "\ud800", "on": "2026-11-20"}'
    assert call("check-id", stdin=content).json["reason"] == "format"


def test_input_from_a_file(tmp_path: Any) -> None:
    path = tmp_path / "sak.json"
    path.write_text('{"kind": "orgnr", "value": "974 760 673"}', encoding="utf-8")
    assert call("check-id", str(path)).json["valid"] is True
