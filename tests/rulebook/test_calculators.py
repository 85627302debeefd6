"""The calculators answer as `samlop law …` does, explain themselves, and say at the field what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from samlop.law.examples import Example, all_examples
from samlop.rulebook.calculators import CALCULATORS, LEAVES
from tests.house import House
from tests.rulebook.test_pages import BENEFIT, signed_in, text

BY_COMMAND = {"benefit": "stonad", "duration": "varighet", "deadlines": "frister", "eligibility": "rett"}
DURATION = {
    "permit_granted": "3.11.2025", "offered_start": "2.2.2026", "birth_date": "1.5.2003",
    "education": "below_upper_secondary", "goal": "upper_secondary",
}  # fmt: skip
ELIGIBILITY = {
    "birth_date": "1.1.1990", "permit_granted": "3.11.2025", "permit": "A", "settled_by_agreement": "yes",
    "lived_in_municipality_since": "5.1.2026", "decision_date": "10.2.2026",
}  # fmt: skip


def ask(house: House, name: str, **given: Any) -> Any:
    return signed_in(house).post(f"/regelboken/regn/{name}/", given)


def typed(example: Example) -> dict[str, Any]:
    """The input of an example as a person would type it into the form."""
    given = {k: v for k, v in example.given.items() if v is not None and v is not False}
    absence, work = given.pop("unauthorised_absence", {}), given.pop("paid_work_inside", {})
    fields = {"absence_days": absence.get("days"), "absence_hours": absence.get("hours")}
    fields |= {"work_hours": work.get("hours"), "work_wage": work.get("wage")}
    for row in given.pop("other_benefits", []):
        fields[f"benefit_{row['kind']}"] = row["monthly"]
    for n, row in enumerate(given.pop("unpaid_leave", []), start=1):
        fields |= {f"leave_from_{n}": row["from"], f"leave_to_{n}": row["to"]}
    if "settled_by_agreement" in example.given:
        given["settled_by_agreement"] = "yes" if example.given["settled_by_agreement"] else "no"
    return given | {k: v for k, v in fields.items() if v is not None}


def fits(example: Example) -> bool:
    """Whether the form has room for it: one amount of each benefit, and few periods of leave."""
    kinds = [row["kind"] for row in example.given.get("other_benefits", [])]
    return len(kinds) == len(set(kinds)) and len(example.given.get("unpaid_leave", [])) <= LEAVES


EXAMPLES = [example for example in all_examples() if example.command in BY_COMMAND and fits(example)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.command}: {e.name.nb}")
def test_every_example_gets_its_answer_through_the_form(example: Example) -> None:
    form = CALCULATORS[BY_COMMAND[example.command]](typed(example))
    answer = form.work_out()
    assert answer is not None, form.errors
    shown = [part.as_json() for part in answer] if isinstance(answer, tuple) else answer.as_json()
    if isinstance(shown, dict) and isinstance(example.then, dict):
        plain = {k: v for k, v in example.then.items() if not isinstance(v, list)}
        assert {k: shown[k] for k in plain} == plain


def test_the_benefit_comes_with_lines_working_and_doubt(house: House) -> None:
    shown = text(ask(house, "stonad", **BENEFIT, absence_days="2", absence_hours="3,5"))
    assert "20 724,29 kr" in shown
    assert "−2 033,88 kr" in shown
    assert "Slik er svaret funnet" in shown
    part = text(ask(house, "stonad", **{**BENEFIT, "month": "1.2026"}))
    assert "Usikkert i loven" in part


def test_the_answer_as_it_was_known_then(house: House) -> None:
    may = {**BENEFIT, "month": "5.2026", "known_on": "10.5.2026"}
    assert "21 693,33 kr" in text(ask(house, "stonad", **may))
    assert "22 758,17 kr" in text(ask(house, "stonad", **{**may, "known_on": ""}))


def test_duration_deadlines_and_eligibility_answer(house: House) -> None:
    assert "48 måneder" in text(ask(house, "varighet", **DURATION))
    deadlines = {"permit_granted": "3.11.2025", "settled": "10.2.2026"}
    assert "10. mai 2026" in text(ask(house, "frister", **deadlines))
    assert "Rett til program: ja" in text(ask(house, "rett", **ELIGIBILITY))


WRONG = [
    ("stonad", {**BENEFIT, "month": "13.2026"}, "month", "Vi forstår ikke måneden"),
    ("stonad", {**BENEFIT, "birth_date": ""}, "birth_date", "Skriv datoen"),
    ("stonad", {**BENEFIT, "programme_start": "1.1.2025"}, "programme_start", "før oppholdstillatelsen"),
    ("stonad", {**BENEFIT, "absence_days": "40"}, "absence_days", "31"),
    ("stonad", {**BENEFIT, "work_hours": "10"}, "work_wage", "lønn"),
    ("stonad", {**BENEFIT, "work_wage": "mange"}, "work_wage", "Skriv et tall"),
    ("stonad", {**BENEFIT, "benefit_dagpenger": "9999999"}, "benefit_dagpenger", "Beløpet er større"),
    (
        "stonad",
        {**BENEFIT, "leave_from_2": "5.11.2026", "leave_to_2": "3.11.2026"},
        "leave_to_2",
        "Permisjonen slutter",
    ),
    ("stonad", {**BENEFIT, "leave_from_1": "5.11.2026"}, "leave_to_1", "Feltet"),
    ("stonad", {**BENEFIT, "known_on": "1.1.1990"}, "", "dekker"),
    ("varighet", {**DURATION, "goal": ""}, "goal", "Velg"),
    ("rett", {**ELIGIBILITY, "settled_by_agreement": ""}, "settled_by_agreement", "Velg"),
    ("frister", {"permit_granted": "3.11.2025", "settled": "1.1.2025"}, "settled", "før"),
    ("frister", {"permit_granted": "3.11.2025", "offered_norwegian": "1.1.2026"}, "education", "Feltet"),
]


@pytest.mark.parametrize(("name", "given", "field", "says"), WRONG, ids=[f"{w[0]} {w[2]}" for w in WRONG])
@pytest.mark.usefixtures("contexts")
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(
    house: House, name: str, given: dict[str, Any], field: str, says: str
) -> None:
    answer = ask(house, name, **given)
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert set(errors) == {field or "__all__"}
    assert says.casefold() in str(errors[field or "__all__"]).casefold()
    first = next(value for value in given.values() if value)
    assert f'value="{first}"' in text(answer)


def test_refusals_speak_the_language_of_the_page(house: House) -> None:
    client = signed_in(house, language="en")
    answer = client.post("/regelboken/regn/stonad/", {**BENEFIT, "programme_start": "1.1.2025"})
    assert "The programme cannot begin before the permit is granted" in text(answer)
