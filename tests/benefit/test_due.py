"""What waits about the benefit turns up on Min dag, at the right unit with its paragraph, and goes when it is done."""

from __future__ import annotations

from datetime import date

from samlop.benefit.commands.corrections import look_for_differences, propose_corrections
from samlop.benefit.due import due_items, runs
from samlop.benefit.models import Correction
from samlop.cases.caseload import caseload
from samlop.core.due import DueItem
from samlop.core.time import at
from tests.benefit.setting import AFTER, approved, away, example, give_programme, more, prepared
from tests.house import House


def due(house: House, who: str, on: date) -> list[DueItem]:
    with at(on):
        load = caseload(house.viewer(who), on)
        return [*runs(load, on), *due_items(load, on)]


def codes(items: list[DueItem]) -> list[str]:
    return sorted(item.code for item in items)


def test_the_run_of_last_month_is_due_on_the_payment_day(house: House) -> None:
    example(house)
    assert due(house, "adviser", date(2026, 11, 5)) == [], "the municipality has not paid through the program yet"
    approved(house, "2026-10", on=date(2026, 11, 20))
    assert codes(due(house, "adviser", date(2026, 12, 1))) == [], "in good time it says nothing"
    (item,) = due(house, "adviser", date(2026, 12, 2))
    assert (item.code, item.due_on, item.unit_id) == ("benefit.run", date(2026, 12, 12), house.units["refugee"].pk)
    assert "integreringsloven § 24" in item.why
    assert item.url == "/stonad/2026-11/"
    assert due(house, "teacher", date(2026, 12, 2)) == []
    prepared(house)
    assert due(house, "adviser", AFTER) == [], "now it waits for another"


def test_a_ready_run_waits_for_the_one_who_approves(house: House) -> None:
    from samlop.cases.models import TeamMember
    from samlop.core.writing import writing

    example(house)
    with writing("test"):
        TeamMember.objects.create(
            case=house.case, municipality=house.municipality, unit=house.units["refugee"],
            user=house.users["leader"], function="other", valid_from=date(2026, 1, 1),
        )  # fmt: skip
    prepared(house)
    (item,) = due(house, "leader", AFTER)
    assert item.what.startswith("Godkjenn stønaden for november")


def test_a_question_waits_for_the_main_contact(house: House) -> None:
    give_programme(house.case)
    away(house.case, date(2026, 11, 3), code="")
    prepared(house)
    (item,) = due(house, "adviser", AFTER)
    assert (item.code, item.user_id) == ("benefit.question", house.users["adviser"].pk)
    assert item.case_id == house.case.pk


def test_a_difference_waits_until_two_have_seen_it(house: House) -> None:
    give_programme(house.case)
    approved(house)
    away(house.case, date(2026, 11, 17))
    with at(AFTER):
        look_for_differences(by=house.viewer("adviser"))
    (item,) = due(house, "adviser", AFTER)
    assert (item.code, item.user_id) == ("benefit.difference", house.users["adviser"].pk)
    assert "To må bekrefte (integreringsloven §§ 20–25)." in item.why
    with at(AFTER):
        propose_corrections(corrections=[Correction.objects.get().pk], by=house.viewer("adviser"))
    (item,) = due(house, "adviser", AFTER)
    assert item.user_id is None, "the second is anybody who approves"


def test_the_queries_do_not_grow_with_cases(house: House, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    more(house, 8)
    for case in [house.case]:
        give_programme(case)
        away(case, date(2026, 11, 3), code="")
    prepared(house)
    with at(AFTER):
        load = caseload(house.viewer("adviser"), AFTER)
        with django_assert_max_num_queries(9):
            due_items(load, AFTER)
