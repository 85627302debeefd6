"""Runs the Norwegian scenarios: Gitt, Når and Så are matched with the steps below, word for word."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from samlop.law.absence import added_time, self_certificate
from samlop.law.benefit import benefit
from samlop.law.content import Element, week
from samlop.law.dates import Month, Period
from samlop.law.duration import DurationCase, duration
from samlop.law.formatting import MONTH_NAMES
from samlop.law.parameters import rules_known
from samlop.law.person_month import OtherBenefit, PersonMonth
from samlop.law.recalculation import recalculate

FOLDER = Path(__file__).parent / "scenarios"
MONTHS = MONTH_NAMES["nb"]
STEPS: list[tuple[re.Pattern[str], Callable[..., None]]] = []
State = dict[str, Any]


def step(pattern: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A step in the words of the scenarios. `DATO`, `MÅNED`, `BELØP` and `TALL` stand for their values."""
    for name, shape in {
        "DATO": r"(\d+\. \w+ \d{4})",
        "MÅNED": r"(\w+ \d{4})",
        "BELØP": r"([\d ]+,\d\d) kr",
        "TALL": r"([\d,]+)",
    }.items():
        pattern = pattern.replace(name, shape)

    def keep(function: Callable[..., None]) -> Callable[..., None]:
        STEPS.append((re.compile(pattern), function))
        return function

    return keep


def day(text: str) -> date:
    number, month, year = text.replace(".", "").split()
    return date(int(year), MONTHS.index(month) + 1, int(number))


def month_of(text: str) -> Month:
    name, year = text.split()
    return Month(int(year), MONTHS.index(name) + 1)


def ore(text: str) -> int:
    return int(text.replace(" ", "").replace(",", ""))


def number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def person(state: State, month: Month) -> PersonMonth:
    return PersonMonth(month=month, **state["person"])


@step("en deltaker født DATO med tillatelse fra DATO")
def _(state: State, born: str, permit: str) -> None:
    state["person"] = {"birth_date": day(born), "permit_granted": day(permit)}


@step("et program som begynner DATO")
def _(state: State, start: str) -> None:
    state["person"]["programme_start"] = day(start)


@step("TALL dager og TALL timer fravær uten gyldig grunn")
def _(state: State, days: str, hours: str) -> None:
    state["person"] |= {"absence_days": int(days), "absence_hours": number(hours)}


@step("deltakeren bor hos foreldrene")
def _(state: State) -> None:
    state["person"]["lives_with_parents"] = True


@step("sykepenger på BELØP i måneden")
def _(state: State, monthly: str) -> None:
    state["person"]["other_benefits"] = (OtherBenefit("sykepenger", Fraction(ore(monthly), 100)),)


@step("tilbud om oppstart DATO")
def _(state: State, start: str) -> None:
    state["offered"] = day(start)


@step(r"utdanningen er (\w+) og sluttmålet (\w+)")
def _(state: State, education: str, goal: str) -> None:
    state["case"] = DurationCase(offered_start=state["offered"], education=education, goal=goal, **state["person"])  # type: ignore[arg-type]


@step("stønaden for MÅNED regnes ut")
def _(state: State, month: str) -> None:
    state["answer"] = benefit(person(state, month_of(month)))


@step("stønaden for MÅNED regnes ut slik reglene var kjent DATO")
def _(state: State, month: str, known: str) -> None:
    state["answer"] = benefit(person(state, month_of(month)), rules_known(day(known)))


@step("stønaden for MÅNED regnes om fra DATO til DATO")
def _(state: State, month: str, before: str, after: str) -> None:
    (state["difference"],) = recalculate([("sak", person(state, month_of(month)))], day(before), day(after))


@step("lengden avgjøres")
def _(state: State) -> None:
    state["answer"] = duration(state["case"])


@step("er stønaden før trekk BELØP")
def _(state: State, amount: str) -> None:
    assert state["answer"].gross == ore(amount)


@step("trekket for fravær er BELØP")
def _(state: State, amount: str) -> None:
    assert [-line.ore for line in state["answer"].lines if line.code == "ABSENCE"] == [ore(amount)]


@step("(?:er )?til utbetaling (?:er )?BELØP")
def _(state: State, amount: str) -> None:
    assert state["answer"].net == ore(amount)


@step("BELØP blir ikke trukket")
def _(state: State, amount: str) -> None:
    assert state["answer"].not_taken == ore(amount)


@step("trekket må ikke være et vedtak")
def _(state: State) -> None:
    assert state["answer"].requires_decision is False


@step("må trekket være et vedtak")
def _(state: State) -> None:
    assert state["answer"].requires_decision is True


@step("ingenting er usikkert")
def _(state: State) -> None:
    assert state["answer"].uncertain == ()


@step(r"«(\w+)» er usikkert")
def _(state: State, code: str) -> None:
    assert [note.code for note in state["answer"].uncertain] == [code]


@step(r"følger saken (\w+)")
def _(state: State, act: str) -> None:
    assert state["answer"].act == act


@step("er forskjellen BELØP")
def _(state: State, amount: str) -> None:
    assert state["difference"].net == ore(amount)


@step(r"grunnen er «(\w+)»")
def _(state: State, parameter: str) -> None:
    assert [change.after.parameter.id for change in state["difference"].changes] == [parameter]


@step("varer programmet i TALL måneder til DATO")
def _(state: State, months: str, end: str) -> None:
    assert (state["answer"].ordinary_months, state["answer"].latest_ordinary_end) == (int(months), day(end))


@step(r"forlengelsen er «(\w+)» på TALL måneder")
def _(state: State, how: str, months: str) -> None:
    assert (state["answer"].extension, state["answer"].extension_months) == (how, int(months))


@step(r"kommunen må bruke skjønn om «(\w+)»")
def _(state: State, code: str) -> None:
    assert code in [note.code for note in state["answer"].discretion]


@step("en uke med TALL skoletimer og TALL andre timer")
def _(state: State, lessons: str, hours: str) -> None:
    state["week"] = [Element(45, is_lesson=True)] * int(lessons) + [Element(int(number(hours) * 60))]


@step("uka holdes mot full tid DATO")
def _(state: State, on: str) -> None:
    state["answer"] = week(state["week"], day(on), "integreringsloven")


@step("de TALL programdagene holdes mot full tid DATO")
def _(state: State, days: str, on: str) -> None:
    state["answer"] = week(state["week"], day(on), "integreringsloven", days=int(days))


@step("teller uka TALL timer")
def _(state: State, hours: str) -> None:
    assert state["answer"].counted == number(hours)


@step("(?:det )?mangler (?:det )?TALL timer")
def _(state: State, hours: str) -> None:
    assert state["answer"].missing == number(hours)


@step("er uka full")
def _(state: State) -> None:
    assert state["answer"].full_time


@step("et program fra DATO")
def _(state: State, start: str) -> None:
    state |= {"start": day(start), "earlier": []}


@step("egenmelding fra DATO til DATO")
def _(state: State, first: str, last: str) -> None:
    state["earlier"].append(Period(day(first), day(last)))


@step("deltakeren er syk fra DATO til DATO")
def _(state: State, first: str, last: str) -> None:
    state["answer"] = self_certificate(Period(day(first), day(last)), state["earlier"], state["start"])


@step("kan egenmelding (ikke )?brukes")
def _(state: State, never: str | None) -> None:
    assert state["answer"].allowed is not bool(never)


@step("det må være legeerklæring fra DATO")
def _(state: State, since: str) -> None:
    assert state["answer"].doctor_from == day(since)


@step(r"TALL virkedager (\w+) og TALL virkedager (\w+)")
def _(state: State, days: str, reason: str, more: str, other: str) -> None:
    state["away"] = {reason: int(days), other: int(more)}


@step("tillegget regnes ut DATO")
def _(state: State, on: str) -> None:
    state["answer"] = added_time(state["away"], day(on), "integreringsloven")


@step("blir programmet TALL virkedager lengre")
def _(state: State, days: str) -> None:
    assert state["answer"].days == int(days)


def _scenarios() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.feature")):
        for part in path.read_text(encoding="utf-8").split("Scenario:")[1:]:
            title, *lines = (line.strip() for line in part.strip().splitlines())
            yield pytest.param([line for line in lines if line], id=title)


def _run(line: str, state: State) -> None:
    keyword, _, words = line.partition(" ")
    assert keyword in {"Gitt", "Når", "Så", "Og"}, line
    for pattern, function in STEPS:
        found = pattern.fullmatch(words)
        if found:
            function(state, *found.groups())
            return
    raise AssertionError(f"no step for: {line}")


@pytest.mark.parametrize("lines", list(_scenarios()))
def test_scenario(lines: list[str]) -> None:
    state: State = {}
    for line in lines:
        _run(line, state)
