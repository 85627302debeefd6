"""The run of a month: one works it out, another approves it, and then it stands."""

from __future__ import annotations

from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from samlop.benefit import preparing
from samlop.benefit.commands.questions import settle_question
from samlop.benefit.commands.run import (
    acknowledge_rule,
    approve_run,
    set_payment_day,
    start_run,
)
from samlop.benefit.models import BenefitRun, Draft, PayrollFile, Statement
from samlop.benefit.vocabulary import RunStatus
from samlop.cases.checks import journal
from samlop.cases.models import JournalEntry
from samlop.core.errors import Refused
from samlop.core.time import at, now
from samlop.core.writing import writing
from samlop.people.models import Person
from tests.benefit.setting import (
    AFTER,
    approved,
    away,
    example,
    give_programme,
    more,
    no_queue,
    prepared,
    statement,
)
from tests.house import House


def test_two_days_and_three_and_a_half_hours_away_leave_20_724_29(house: House) -> None:
    example(house)
    approved(house)
    paid = statement(house.case)
    assert (paid.gross_ore, paid.net_ore, paid.pay_ore) == (2275817, 2072429, 2072429)
    assert [(line["code"], line["ore"]) for line in paid.lines] == [("BENEFIT", 2275817), ("ABSENCE", -203388)]
    assert paid.lines[1]["references"] == ["integreringsloven § 21"]
    assert paid.pay_on == date(2026, 12, 12)


def test_the_one_who_works_it_out_never_approves_it(house: House) -> None:
    example(house)
    run = prepared(house, who="leader")
    with at(AFTER), pytest.raises(Refused) as refusal:
        approve_run(month="2026-11", attempt=run.attempt, by=house.viewer("leader"))
    assert refusal.value.code == "own_run"
    with pytest.raises(IntegrityError), transaction.atomic(), writing("test"):
        BenefitRun.objects.filter(pk=run.pk).update(
            status="approved", approved_by=run.prepared_by, approved_at=run.prepared_at
        )


def test_an_adviser_prepares_but_does_not_approve(house: House) -> None:
    example(house)
    run = prepared(house)
    with at(AFTER), pytest.raises(Refused) as refusal:
        approve_run(month="2026-11", attempt=run.attempt, by=house.viewer("colleague"))
    assert refusal.value.code == "no_permission"


def test_twice_gives_once(house: House) -> None:
    example(house)
    run = approved(house)
    with at(AFTER), no_queue():
        for again in (
            lambda: approve_run(month="2026-11", attempt=run.attempt, by=house.viewer("leader")),
            lambda: start_run(month="2026-11", by=house.viewer("adviser")),
        ):
            with pytest.raises(Refused) as refusal:
                again()
            assert refusal.value.code == "already_approved"
    assert Statement.objects.count() == BenefitRun.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic(), writing("test"):
        BenefitRun.objects.create(
            municipality=house.municipality,
            month=run.month,
            status=RunStatus.READY,
            rules_known_on=AFTER,
            pay_on=run.pay_on,
            prepared_by=run.prepared_by,
            prepared_at=run.prepared_at,
        )


@pytest.mark.parametrize("table", ["statement", "benefitrun", "payrollfile"])
def test_what_is_locked_the_database_itself_keeps(house: House, table: str) -> None:
    example(house)
    approved(house)
    for change in ("DELETE FROM", "UPDATE"):
        done = f"{change} benefit_{table}" + (" SET id = id" if change == "UPDATE" else "")
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(done)
    one = statement(house.case)
    one.pk = None
    with pytest.raises(IntegrityError), transaction.atomic(), writing("test"):
        Statement.objects.bulk_create([Statement(**{f.attname: getattr(one, f.attname) for f in one._meta.fields[1:]})])


def test_the_benefit_is_paid_afterwards(house: House) -> None:
    example(house)
    with at(date(2026, 11, 30)), no_queue(), pytest.raises(Refused) as refusal:
        start_run(month="2026-11", by=house.viewer("adviser"))
    assert refusal.value.code == "month_not_over"


@pytest.mark.parametrize("month", ["", "2026-13", "november", "2026-1", "۲۰۲۶-۱۱", "1999-01"])
def test_a_month_is_written_as_a_month(house: House, month: str) -> None:
    with at(AFTER), no_queue(), pytest.raises(Refused) as refusal:
        start_run(month=month, by=house.viewer("adviser"))
    assert refusal.value.code == "unknown_month"


def test_facts_that_changed_after_the_calculation_stop_the_approval(house: House) -> None:
    example(house)
    run = prepared(house)
    away(house.case, date(2026, 11, 17))
    with at(AFTER), pytest.raises(Refused) as refusal:
        approve_run(month="2026-11", attempt=run.attempt, by=house.viewer("leader"))
    assert refusal.value.code == "stale"
    again = prepared(house)
    assert again.attempt == 2
    with at(AFTER):
        with pytest.raises(Refused) as old_page:
            approve_run(month="2026-11", attempt=1, by=house.viewer("leader"))
        assert old_page.value.code == "stale"
        approve_run(month="2026-11", attempt=2, by=house.viewer("leader"))
    assert statement(house.case).net_ore == 2275817 - 279249


def test_a_new_participant_after_the_calculation_stops_it_too(house: House) -> None:
    example(house)
    run = prepared(house)
    more(house, 1)
    with at(AFTER), pytest.raises(Refused) as refusal:
        approve_run(month="2026-11", attempt=run.attempt, by=house.viewer("leader"))
    assert refusal.value.code == "stale"


def test_a_missing_birth_date_is_settled_or_the_participant_left_out(house: House) -> None:
    example(house)
    (other,) = more(house, 1, born=None)
    run = prepared(house)
    with at(AFTER), pytest.raises(Refused) as refusal:
        approve_run(month="2026-11", attempt=run.attempt, by=house.viewer("leader"))
    assert refusal.value.code == "open_questions"
    with at(AFTER):
        for answer, why, code in (("accepted", "Greit", "unknown_answer"), ("left_out", " ", "missing_reason")):
            with pytest.raises(Refused) as wrong:
                settle_question(
                    case=other, month="2026-11", code="missing_birth_date", about="", answer=answer, why=why,
                    by=house.viewer("adviser"),
                )  # fmt: skip
            assert wrong.value.code == code
        settle_question(
            case=other, month="2026-11", code="missing_birth_date", about="", answer="left_out",
            why="Venter på UDI", by=house.viewer("adviser"),
        )  # fmt: skip
        approve_run(month="2026-11", attempt=run.attempt, by=house.viewer("leader"))
    assert [one.case_id for one in Statement.objects.all()] == [house.case.pk]


def test_an_absence_nobody_has_settled_is_a_question_with_a_name(house: House) -> None:
    give_programme(house.case)
    away(house.case, date(2026, 11, 3), code="")
    run = prepared(house)
    draft = Draft.objects.get()
    assert draft.asks == [["unsettled_absence", "1"]]
    assert draft.net_ore == 2275817, "without a settled reason nothing is taken"
    with at(AFTER):
        settle_question(
            case=house.case, month="2026-11", code="unsettled_absence", about="1", answer="accepted",
            why="Avklares i neste måned", by=house.viewer("adviser"),
        )  # fmt: skip
        approve_run(month="2026-11", attempt=run.attempt, by=house.viewer("leader"))
    assert JournalEntry.objects.filter(case=house.case, code="benefit.question_settled").exists()


def test_a_question_that_changed_is_another_question(house: House) -> None:
    give_programme(house.case)
    away(house.case, date(2026, 11, 3), code="")
    prepared(house)
    with at(AFTER), pytest.raises(Refused) as refusal:
        settle_question(
            case=house.case, month="2026-11", code="unsettled_absence", about="2", answer="accepted", why="Sett",
            by=house.viewer("adviser"),
        )  # fmt: skip
    assert refusal.value.code == "changed_meanwhile"


def test_an_uncertain_rule_is_acknowledged_by_name(house: House) -> None:
    give_programme(house.case, start=date(2026, 11, 11))
    run = prepared(house)
    assert Draft.objects.get().uncertain == ["part_of_month"]
    with at(AFTER):
        with pytest.raises(Refused) as refusal:
            approve_run(month="2026-11", attempt=run.attempt, by=house.viewer("leader"))
        assert refusal.value.code == "open_questions"
        acknowledge_rule(month="2026-11", code="part_of_month", by=house.viewer("adviser"))
        approve_run(month="2026-11", attempt=run.attempt, by=house.viewer("leader"))
    assert statement(house.case).net_ore == 1517211


def test_what_changed_since_last_month_is_told(house: House) -> None:
    example(house)
    (young, gone) = more(house, 2, born=date(2005, 1, 1))
    give_programme(gone, born=date(1990, 1, 1), ended=date(2026, 10, 31))
    approved(house, "2026-10", on=date(2026, 11, 20))
    (fresh,) = more(house, 1, start=date(2026, 11, 1))
    prepared(house)
    changes = {draft.case_id: draft.changes for draft in Draft.objects.all()}
    assert changes == {house.case.pk: ["absence"], young.pk: [], fresh.pk: ["new"]}


def test_the_payment_day_is_the_municipalitys_own(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        set_payment_day(day=31, by=house.viewer("leader"))
    assert refusal.value.code == "unknown_day"
    set_payment_day(day=20, by=house.viewer("leader"))
    example(house)
    assert prepared(house).pay_on == date(2026, 12, 20)


def test_a_stop_on_the_way_loses_nothing(house: House) -> None:
    example(house)
    more(house, 4)
    begun, calls = preparing.drafts, []

    def stops(run: BenefitRun, ids: list[object]) -> list[Draft]:
        calls.append(ids)
        if len(calls) == 2:
            raise RuntimeError("power cut")
        return begun(run, ids)  # type: ignore[arg-type]

    with patch.object(preparing, "BATCH", 2), patch.object(preparing, "drafts", stops):
        run = prepared(house)
    assert (run.status, run.done, run.people) == ("calculating", 2, 5)
    assert "Noe gikk galt" in run.trouble
    with at(AFTER):
        preparing.work(run.pk)
    run.refresh_from_db()
    assert (run.status, run.done, Draft.objects.count()) == ("ready", 5, 5)
    assert len(calls) == 2, "what was done before the stop is not done again"


def test_every_case_gets_its_line_in_the_journal_and_the_chain_holds(house: House) -> None:
    example(house)
    more(house, 3)
    approved(house)
    told = JournalEntry.objects.filter(code="benefit.locked")
    assert told.count() == 4
    assert told.get(case=house.case).data["pay_ore"] == 2072429
    assert journal()[1] is None


def test_queries_of_an_approval_do_not_grow_with_participants(house: House) -> None:
    example(house)
    counts = []
    for month, on, extra in (("2026-09", date(2026, 10, 5), 1), ("2026-10", date(2026, 11, 5), 12)):
        more(house, extra)
        run = prepared(house, month, on=on)
        with at(on), CaptureQueriesContext(connection) as captured:
            approve_run(month=month, attempt=run.attempt, by=house.viewer("leader"))
        counts.append(len(captured))
    assert counts[1] <= counts[0] + 2, counts


def test_the_payroll_file_is_made_once(house: House) -> None:
    example(house)
    run = approved(house)
    assert {row.kind for row in PayrollFile.objects.filter(run=run)} == {"csv", "xlsx"}


def test_who_was_left_out_comes_back_when_the_question_is_settled(house: House) -> None:
    (other,) = more(house, 1, born=None)
    prepared(house)
    with at(AFTER):
        settle_question(
            case=other, month="2026-11", code="missing_birth_date", about="", answer="left_out", why="Venter",
            by=house.viewer("adviser"),
        )  # fmt: skip
    assert Draft.objects.get().changes == ["left_out"]
    give_programme(other)
    prepared(house)
    assert Draft.objects.get().changes == ["new"]


def test_whoever_began_in_another_municipality_is_paid_here_from_the_move(house: House) -> None:
    from samlop.cases.models import Case

    (before,) = more(house, 1)
    give_programme(house.case)
    with writing("test"):
        Case.objects.filter(pk=before.pk).update(
            municipality=house.other_municipality, status="moved", closed_at="2026-11-10T12:00+01:00"
        )
        Case.objects.filter(pk=house.case.pk).update(continues=before, settled_on=date(2026, 11, 11))
    run = prepared(house)
    draft = Draft.objects.get(run=run)
    assert (draft.case_id, draft.net_ore, draft.uncertain) == (house.case.pk, 1517211, ["part_of_month"])


def test_two_leaves_without_benefit_in_a_month_both_count(house: House) -> None:
    from samlop.programme.models import Decision

    give_programme(house.case)
    with at(AFTER), writing("test"):
        for first, last in (("2026-11-16", "2026-11-30"), ("2026-11-01", "2026-11-05")):
            Decision.objects.create(
                case=house.case, municipality=house.municipality, kind="leave", section="programme", status="signed",
                data={"reason": "OMSORGSPERM", "first_day": first, "last_day": last, "granted": True, "paid": False},
                reasons="Foreldrepermisjon", prepared_by_name="A", prepared_at=now(), signed_by_name="L",
                signed_at=now(), decided_on=AFTER,
            )  # fmt: skip
    prepared(house)
    assert Draft.objects.get().net_ore == 758606, "ten days of thirty"


def test_the_line_of_a_protected_participant_is_seen_by_somebody_named(house: House) -> None:
    example(house)
    with writing("test"):
        Person.objects.filter(pk=house.case.person_id).update(protection="strictly_confidential")
    run = prepared(house)
    asked = {"case": house.case, "month": "2026-11", "code": "protected", "about": "", "answer": "accepted"}
    with at(AFTER):
        for who in ("colleague", "leader"):
            with pytest.raises(Refused) as refusal:
                settle_question(**asked, by=house.viewer(who))
            assert refusal.value.code == "not_found", "for those not named the case is not there"
        with pytest.raises(Refused) as waiting:
            approve_run(month="2026-11", attempt=run.attempt, by=house.viewer("leader"))
        assert waiting.value.code == "open_questions"
        settle_question(**asked, by=house.viewer("adviser"))
        approve_run(month="2026-11", attempt=run.attempt, by=house.viewer("leader"))
    assert statement(house.case).pay_ore == 2072429
    assert Statement in [type(one) for one in house.viewer("adviser").scope(Statement)]
    assert not house.viewer("leader").scope(Statement).exists()


def test_two_circumstances_in_a_part_of_a_month_are_settled_each_by_itself(house: House) -> None:
    from samlop.benefit.commands.circumstances import NewCircumstance, add_circumstance

    give_programme(house.case, born=date(2005, 1, 1))
    with at(AFTER):
        for kind, first in (("with_parents", 9), ("couple", 12)):
            new = NewCircumstance(kind, date(2026, 11, first))
            add_circumstance(case=house.case, new=new, by=house.viewer("adviser"))
    run = prepared(house)
    asks = Draft.objects.get().asks
    assert len(asks) == 2
    with at(AFTER):
        for code, about in asks:
            settle_question(
                case=house.case, month="2026-11", code=code, about=about, answer="accepted", why="Sett på",
                by=house.viewer("adviser"),
            )  # fmt: skip
        approve_run(month="2026-11", attempt=run.attempt, by=house.viewer("leader"))
    assert statement(house.case).net_ore == 1517211


def test_the_list_of_months_gives_away_nothing_about_one_the_viewer_does_not_see(house: House) -> None:
    from samlop.benefit.queries.runs import months

    example(house)
    unborn = more(house, 4, born=None)
    with writing("test"):
        Person.objects.filter(pk=house.case.person_id).update(protection="strictly_confidential")
    prepared(house)
    with at(AFTER):
        for one in unborn:
            settle_question(
                case=one, month="2026-11", code="missing_birth_date", about="", answer="left_out", why="Venter",
                by=house.viewer("adviser"),
            )  # fmt: skip
        (line,) = (one for one in months(house.viewer("leader")).lines if one.run)
    assert (line.sums.people, line.sums.others, line.sums.others_ore) == (0, 1, None)


@pytest.mark.parametrize(
    ("month", "first_part", "benefit", "monthly_ore", "taken"),
    [
        ("2026-10", date(2026, 10, 15), "sykepenger", 600000, 600000),
        ("2026-02", date(2026, 2, 14), "sykepenger", 600000, 600000),
        ("2026-10", date(2026, 10, 15), "overgangsstonad", 2000000, 572418),
    ],
)
def test_an_other_benefit_that_is_written_anew_within_a_month_is_one_month(
    house: House, month: str, first_part: date, benefit: str, monthly_ore: int, taken: int
) -> None:
    from samlop.benefit.commands.circumstances import NewCircumstance, add_circumstance

    give_programme(house.case)
    with at(AFTER):
        for first, last in ((date(2026, 1, 20), first_part), (first_part + timedelta(days=1), None)):
            new = NewCircumstance("other_benefit", first, last, benefit=benefit, monthly_ore=monthly_ore)
            add_circumstance(case=house.case, new=new, by=house.viewer("adviser"))
    prepared(house, month)
    assert [line["ore"] for line in Draft.objects.get().lines if line["code"] == "OTHER_BENEFIT"] == [-taken]


def test_half_a_month_of_transitional_benefit_takes_half_of_what_a_month_takes(house: House) -> None:
    from samlop.benefit.commands.circumstances import NewCircumstance, add_circumstance

    give_programme(house.case)
    with at(AFTER):
        new = NewCircumstance("other_benefit", date(2026, 11, 16), benefit="overgangsstonad", monthly_ore=2000000)
        add_circumstance(case=house.case, new=new, by=house.viewer("adviser"))
    prepared(house)
    assert [line["ore"] for line in Draft.objects.get().lines if line["code"] == "OTHER_BENEFIT"] == [-286209]
