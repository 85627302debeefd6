"""Closed months that come out otherwise: never silently, never twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from samlop.benefit.commands.circumstances import NewCircumstance, add_circumstance
from samlop.benefit.commands.corrections import (
    confirm_corrections,
    look_for_differences,
    propose_corrections,
    settle_elsewhere,
)
from samlop.benefit.commands.run import acknowledge_rule, approve_run
from samlop.benefit.corrections import look as keep
from samlop.benefit.models import BenefitRun, Correction, Draft
from samlop.benefit.queries.runs import months
from samlop.benefit.tasks import look_for_differences as nightly
from samlop.core.errors import Refused
from samlop.core.time import OSLO, at
from samlop.core.writing import writing
from samlop.hours.models import Absence
from samlop.law.parameters import Book, current_book
from samlop.law.refused import Refused as LawRefused
from samlop.law.texts import sentence
from tests.benefit.setting import AFTER, approved, away, example, give_programme, more, prepared, statement
from tests.house import House

JANUARY = date(2027, 1, 4)
AFTER_MOMENT = datetime(2026, 12, 3, 12, tzinfo=OSLO)


def look(house: House, on: date = AFTER) -> list[Correction]:
    with at(on):
        look_for_differences(by=house.viewer("adviser"))
    return list(Correction.objects.filter(state__in=["found", "proposed", "confirmed"]).order_by("month"))


def settle(house: House, rows: list[Correction], on: date = AFTER) -> None:
    with at(on):
        propose_corrections(corrections=[row.pk for row in rows], by=house.viewer("adviser"))
        confirm_corrections(corrections=[row.pk for row in rows], by=house.viewer("leader"))


def test_an_absence_told_too_late_is_taken_in_the_next_run_once(house: House) -> None:
    give_programme(house.case)
    approved(house)
    assert look(house) == []
    away(house.case, date(2026, 11, 17))
    (row,) = look(house)
    assert (row.before_ore, row.after_ore, row.why) == (2275817, 2199956, ["absence"])
    assert row.lines == [{"code": "ABSENCE", "before": 0, "after": -75861, "references": ["integreringsloven § 21"]}]
    settle(house, [row])
    approved(house, "2026-12", on=JANUARY)
    paid = statement(house.case, date(2026, 12, 1))
    assert (paid.net_ore, paid.correction_ore, paid.pay_ore) == (2275817, -75861, 2199956)
    assert paid.lines[-1]["code"] == "CORRECTION"
    assert "november\u00a02026" in paid.lines[-1]["text"]["nb"]
    row.refresh_from_db()
    assert (row.state, row.statement_id) == ("paid", paid.pk)
    assert look(house, JANUARY) == [], "it is accounted for"
    approved(house, "2027-01", on=date(2027, 2, 3))
    assert statement(house.case, date(2027, 1, 1)).correction_ore == 0


def test_what_is_paid_can_never_change_or_go(house: House) -> None:
    give_programme(house.case)
    approved(house)
    away(house.case, date(2026, 11, 17))
    settle(house, look(house))
    approved(house, "2026-12", on=JANUARY)
    for change in (lambda rows: rows.update(after_ore=1), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError), transaction.atomic(), writing("test"):
            change(Correction.objects.all())


def test_without_two_people_nothing_is_taken(house: House) -> None:
    give_programme(house.case)
    approved(house)
    away(house.case, date(2026, 11, 17))
    (row,) = look(house)
    with at(AFTER):
        propose_corrections(corrections=[row.pk], by=house.viewer("leader"))
        with pytest.raises(Refused) as refusal:
            confirm_corrections(corrections=[row.pk], by=house.viewer("leader"))
        assert refusal.value.code == "own_proposal"
        with pytest.raises(Refused) as no_right:
            confirm_corrections(corrections=[row.pk], by=house.viewer("adviser"))
        assert no_right.value.code == "no_permission"
    assert prepared(house, "2026-12", on=JANUARY).correction_ore == 0


def test_a_withdrawn_absence_gives_the_money_back(house: House) -> None:
    example(house)
    approved(house)
    with writing("test"):
        Absence.objects.filter(hours__isnull=True).update(withdrawn_at=AFTER_MOMENT, withdrawn_why="Feil person")
    (row,) = look(house)
    assert row.difference_ore == 203388 - 51667


def test_a_difference_that_goes_away_is_gone_and_one_that_changes_starts_again(house: House) -> None:
    give_programme(house.case)
    approved(house)
    first = away(house.case, date(2026, 11, 17))
    (row,) = look(house)
    with at(AFTER):
        propose_corrections(corrections=[row.pk], by=house.viewer("adviser"))
    second = away(house.case, date(2026, 11, 18))
    with at(AFTER), pytest.raises(Refused) as refusal:
        confirm_corrections(corrections=[row.pk], by=house.viewer("leader"))
    assert refusal.value.code == "changed_meanwhile"
    (fresh,) = look(house)
    assert (fresh.state, fresh.difference_ore) == ("found", -151721)
    with writing("test"):
        Absence.objects.filter(pk__in=[first.pk, second.pk]).update(withdrawn_at=AFTER_MOMENT, withdrawn_why="Feil")
    assert look(house) == []


def test_a_changed_circumstance_is_found(house: House) -> None:
    give_programme(house.case, born=date(2005, 1, 1))
    approved(house)
    assert statement(house.case).net_ore == 1517211
    with at(AFTER):
        add_circumstance(
            case=house.case, new=NewCircumstance("with_parents", date(2026, 9, 1)), by=house.viewer("adviser")
        )
    (row,) = look(house)
    assert (row.after_ore, row.why) == (758606, ["circumstances"])


def test_a_correction_larger_than_the_payment_waits(house: House) -> None:
    give_programme(house.case)
    approved(house)
    with writing("test"):
        house.case.course.ended_on, house.case.course.end_reason = date(2026, 11, 1), "work"
        house.case.course.save()
    (row,) = look(house)
    assert row.difference_ore < -2000000
    settle(house, [row])
    run = prepared(house, "2026-12", on=JANUARY)
    draft = Draft.objects.get(run=run)
    assert draft.asks == [["correction_waits", "2026-11"]]
    assert (draft.pay_ore, draft.correction_ore) == (0, 0)
    with at(JANUARY):
        with pytest.raises(Refused) as refusal:
            settle_elsewhere(case=house.case, correction=row.pk, why=" ", by=house.viewer("leader"))
        assert refusal.value.code == "missing_reason"
        settle_elsewhere(case=house.case, correction=row.pk, why="Vedtak om tilbakebetaling", by=house.viewer("leader"))
    assert look(house, JANUARY) == [], "settled elsewhere, it does not come back"


def test_who_was_left_out_is_paid_afterwards(house: House) -> None:
    example(house)
    (late,) = more(house, 1, start=date(2027, 3, 1))
    approved(house)
    give_programme(late, start=date(2026, 11, 1))
    (row,) = look(house)
    assert (row.before_ore, row.after_ore, row.why) == (0, 2275817, ["not_paid"])


def test_a_deduction_that_must_be_a_decision_waits_for_it(house: House) -> None:
    from samlop.programme.models import Decision

    give_programme(house.case)
    away(house.case, date(2026, 11, 2), date(2026, 11, 20))
    run = prepared(house)
    draft = Draft.objects.get()
    assert draft.asks == [["decision_needed", "1137908"]]
    assert draft.net_ore == 2275817, "nothing is taken without the decision"
    from samlop.benefit.commands.questions import settle_question

    with at(AFTER):
        settle_question(
            case=house.case, month="2026-11", code="decision_needed", about="1137908", answer="accepted",
            why="Vedtaket kommer", by=house.viewer("adviser"),
        )  # fmt: skip
        approve_run(month="2026-11", attempt=run.attempt, by=house.viewer("leader"))
        with writing("test"):
            Decision.objects.create(
                case=house.case, municipality=house.municipality, kind="deduction", section="economy",
                status="signed", data={"month": "2026-11", "amount_ore": 1137908, "about": "Fravær"},
                reasons="Fravær", prepared_by=house.users["adviser"], prepared_by_name="A", prepared_at=AFTER_MOMENT,
                signed_by=house.users["leader"], signed_by_name="L", signed_at=AFTER_MOMENT, decided_on=AFTER,
            )  # fmt: skip
    (row,) = look(house)
    assert (row.difference_ore, row.why) == (-1137908, ["absence"])


# G is set late: the run of May is made with the old one.


@contextmanager
def g_known_from(day: date) -> Iterator[Book]:
    """The rule book as if G of 2026 had been set on another day."""
    shipped = current_book()
    old = shipped.parameters["basic_amount"]
    versions = tuple(
        replace(one, known_from=day) if one.valid_from == date(2026, 5, 1) else one for one in old.versions
    )
    parameters = {**shipped.parameters, "basic_amount": replace(old, versions=versions)}
    book = Book(shipped.acts, parameters, "late G")
    with patch("samlop.benefit.rules_known.current_book", return_value=book):
        yield book


def test_g_raised_afterwards_becomes_differences_person_by_person_each_by_the_act_of_the_case(house: House) -> None:
    give_programme(house.case)
    (old_act,) = more(house, 1, born=date(2004, 5, 1), granted=date(2020, 6, 1))
    with at(date(2026, 5, 20)):
        add_circumstance(
            case=old_act, new=NewCircumstance("with_parents", date(2026, 1, 1)), by=house.viewer("adviser")
        )
    with g_known_from(date(2026, 6, 12)):
        run = prepared(house, "2026-05", on=date(2026, 6, 3))
        with at(date(2026, 6, 3)):
            acknowledge_rule(month="2026-05", code="basic_amount_not_set", by=house.viewer("adviser"))
            approve_run(month="2026-05", attempt=run.attempt, by=house.viewer("leader"))
        assert statement(house.case, date(2026, 5, 1)).net_ore == 2169333
        old_paid = statement(old_act, date(2026, 5, 1))
        assert (old_paid.act, old_paid.net_ore) == ("introduksjonsloven", 1446222), "two thirds, also with parents"
        assert look(house, date(2026, 6, 11)) == []
        found = {row.case_id: row for row in look(house, date(2026, 6, 15))}
        assert found[house.case.pk].difference_ore == 2275817 - 2169333
        assert found[old_act.pk].difference_ore == 1517211 - 1446222, "the old act's rate of the new G"
        assert all("rule:basic_amount" in row.why for row in found.values())
        with at(date(2026, 6, 15)):
            (line,) = (one for one in months(house.viewer("adviser")).lines if one.run)
        (known,) = line.newly_known
        assert known.before is not None
        assert (known.before.whole, known.after.whole) == (130160, 136549)
        settle(house, list(found.values()), date(2026, 6, 15))
        approved(house, "2026-06", on=date(2026, 7, 3))
        assert statement(house.case, date(2026, 6, 1)).pay_ore == 2275817 + 106484
        assert look(house, date(2026, 7, 4)) == []
    assert BenefitRun.objects.get(month=date(2026, 5, 1)).rules_known_on == date(2026, 6, 3)


def test_g_that_comes_between_calculation_and_approval_stops_the_approval(house: House) -> None:
    give_programme(house.case)
    with g_known_from(date(2026, 6, 12)):
        run = prepared(house, "2026-05", on=date(2026, 6, 11))
        with at(date(2026, 6, 12)), pytest.raises(Refused) as refusal:
            approve_run(month="2026-05", attempt=run.attempt, by=house.viewer("leader"))
    assert refusal.value.code == "stale"


def test_a_date_that_contradicts_another_asks_no_paid_month_back(house: House) -> None:
    give_programme(house.case)
    approved(house)
    give_programme(house.case, granted=date(2026, 6, 1))
    assert look(house) == [], "the month cannot be worked out; nothing is known to be owed"


def test_what_cannot_be_worked_out_by_the_rules_of_then_stops_no_look(house: House) -> None:
    give_programme(house.case)
    away(house.case, date(2026, 5, 5))
    with g_known_from(date(2026, 6, 12)):
        run = prepared(house, "2026-05", on=date(2026, 6, 3))
        with at(date(2026, 6, 3)):
            acknowledge_rule(month="2026-05", code="basic_amount_not_set", by=house.viewer("adviser"))
            approve_run(month="2026-05", attempt=run.attempt, by=house.viewer("leader"))
        (other,) = more(house, 1)
        refusal = LawRefused("missing_field", "paid_work_inside.wage", sentence("error.missing_wage"))
        give_programme(house.case, granted=date(2026, 6, 1))
        with patch("samlop.benefit.corrections.recalculate", side_effect=refusal):
            found = look(house, date(2026, 6, 15))
    assert [row.case_id for row in found] == [other.pk], "only who was not paid"


def test_trouble_in_one_municipality_does_not_stop_the_nightly_look(house: House) -> None:
    give_programme(house.case)
    approved(house)
    away(house.case, date(2026, 11, 17))
    broken = uuid4()
    with (
        at(AFTER),
        patch("samlop.benefit.corrections.municipalities_paid", return_value=[broken, house.municipality.pk]),
        patch("samlop.benefit.commands.corrections.look", side_effect=lambda key: 1 // (key != broken) and keep(key)),
    ):
        nightly(0)
    assert Correction.objects.get().difference_ore == -75861
