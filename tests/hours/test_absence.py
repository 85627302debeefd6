"""Absence told, settled, corrected, withdrawn; the rules of law/rules.md § 7 on the page of a case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samlop.cases.models import JournalEntry
from samlop.core.errors import Refused
from samlop.core.time import at, now
from samlop.core.writing import writing
from samlop.hours.account import Account
from samlop.hours.changes import changes_since
from samlop.hours.commands.absence import (
    correct_absence,
    note_paper,
    report_absence,
    settle_reason,
    take_back_report,
    withdraw_absence,
)
from samlop.hours.commands.terms import give_self_certificate, note_care, set_attendance_rules, take_self_certificate
from samlop.hours.models import Absence, AbsenceChange
from samlop.hours.month import months_of
from samlop.identifiers import synthetic_birth_number
from samlop.law.dates import Month
from samlop.people.models import FamilyMember
from tests.hours.presence import away
from tests.hours.weeks import course
from tests.house import House, person
from tests.house import case as another_case

NOVEMBER = date(2026, 11, 16)  # a Monday, fifteen weeks into the programme


@pytest.fixture(autouse=True)
def _in_november(house: House) -> Iterator[None]:
    course(house.case)
    with at(NOVEMBER):
        yield


def day(number: int, month: int = 11) -> date:
    return date(2026, month, number)


def tell(house: House, who: str, first: date, last: date | None = None, code: str = "", **extra: Any) -> Absence:
    return report_absence(case=house.case, first=first, last=last or first, code=code, by=house.viewer(who), **extra)


def settle(house: House, row: Absence, code: str, who: str = "adviser", **extra: Any) -> Absence:
    values = {"documented": False, "why": "", "revision": row.refreshed().revision} | extra
    return settle_reason(case=house.case, absence_id=row.pk, code=code, by=house.viewer(who), **values)


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=f"^{code}:")


def pages(house: House, who: str) -> Client:
    client = Client()
    client.force_login(house.users[who])
    return client


# ---- the same absence told by several


def test_the_same_absence_told_by_school_and_refugee_service_is_one_with_two_reports(house: House) -> None:
    tell(house, "teacher", day(10))
    tell(house, "adviser", day(9), day(10), "SYK_BARN")
    absence = Absence.objects.get()
    assert (absence.first_day, absence.last_day, absence.code) == (day(9), day(10), "SYK_BARN")
    assert {one.reporter for one in absence.reports.all()} == {"school", "service"}


def test_two_absences_that_turn_out_to_be_one_are_joined_and_the_other_points_to_it(house: House) -> None:
    tell(house, "teacher", day(9))
    tell(house, "teacher", day(11))
    tell(house, "participant", day(9), day(11), "SYK_BARN")
    live = Absence.objects.get(withdrawn_at__isnull=True)
    assert (live.first_day, live.last_day, live.code) == (day(9), day(11), "SYK_BARN")
    assert Absence.objects.get(withdrawn_at__isnull=False).merged_into == live
    assert live.reports.count() == 3


def test_reasons_that_disagree_stand_side_by_side_until_a_person_settles(house: House) -> None:
    row = tell(house, "teacher", day(10), code="SVANGERSKAP_KONTROLL")
    tell(house, "participant", day(10), code="SYK_BARN")
    assert row.refreshed().code == ""
    shown = pages(house, "adviser").get(reverse("hours:absence", args=[house.case.pk, row.pk])).content.decode()
    assert "Svangerskapskontroll" in shown
    assert "Sykt barn" in shown
    settle(house, row, "SYK_BARN")
    assert row.refreshed().code == "SYK_BARN"


def test_some_hours_and_the_whole_day_disagree_too(house: House) -> None:
    row = tell(house, "teacher", day(10), hours=Decimal("2"), code="SYK_BARN")
    tell(house, "participant", day(10), code="SYK_BARN")
    assert (row.refreshed().hours, row.refreshed().code) == (None, "")


def test_a_new_opinion_after_it_was_settled_opens_it_again(house: House) -> None:
    row = tell(house, "teacher", day(10))
    settle(house, row, "ULEGITIMERT", why="Kom ikke, svarte ikke")
    with at(NOVEMBER + timedelta(days=1)):
        tell(house, "participant", day(10), code="SYK_BARN")
    assert row.refreshed().code == ""
    assert row.refreshed().settled_by is None


@pytest.mark.parametrize(
    "said",
    [
        [(day(10), day(11), "SYK_BARN")],
        [(day(10), day(10), "SYK_BARN"), (day(10), day(10), "SYK_EGEN_EM")],
        [(day(9), day(10), ""), (day(10), day(11), "SYK_EGEN_EM")],
    ],
    ids=["more days", "two reasons", "bit by bit"],
)
def test_what_has_no_valid_reason_gets_one_from_a_person_only(house: House, said: list[Any]) -> None:
    """Integreringsloven § 21: whoever was away does not lift the deduction by telling of it anew."""
    row = tell(house, "teacher", day(10))
    settle(house, row, "ULEGITIMERT", why="Kom ikke, svarte ikke")
    with at(NOVEMBER + timedelta(days=1)):
        for first, last, code in said:
            tell(house, "participant", first, last, code)
        assert row.refreshed().code == ""
        assert months_of([house.case.pk], Month(2026, 11))[house.case.pk].unsettled == 1
        with refused("already_settled"):
            take_back_report(case=house.case, absence_id=row.pk, by=house.viewer("participant"))
        settle(house, row, "SYK_BARN")
    assert row.refreshed().code == "SYK_BARN"


def test_joined_with_one_that_has_no_valid_reason_a_person_settles_both(house: House) -> None:
    older = tell(house, "participant", day(9), code="SYK_BARN")
    row = tell(house, "teacher", day(11))
    settle(house, row, "ULEGITIMERT", why="Kom ikke, svarte ikke")
    with at(NOVEMBER + timedelta(days=1)):
        tell(house, "participant", day(9), day(11), "SYK_BARN")
        tell(house, "participant", day(9), day(11), "SYK_EGEN_EM")
    assert Absence.objects.get(withdrawn_at__isnull=True) == older
    assert older.refreshed().code == ""
    assert AbsenceChange.objects.filter(absence=older, code="ULEGITIMERT").exists()


def test_the_participant_tells_a_month_back_and_a_month_at_a_time(house: House) -> None:
    tell(house, "participant", day(16, 10))
    with refused("too_late"):
        tell(house, "participant", day(15, 10))
    with refused("too_long"):
        tell(house, "participant", day(16), date(2026, 12, 18))
    tell(house, "adviser", day(1, 9), day(15, 10))


def test_nobody_tells_that_an_absence_has_no_valid_reason_it_is_settled(house: House) -> None:
    with refused("unknown_reason"):
        tell(house, "teacher", day(10), code="ULEGITIMERT")


# ---- self-certificates (integreringsforskriften §§ 8–9)


def test_three_calendar_days_can_be_self_certified(house: House) -> None:
    assert tell(house, "participant", day(9), day(11), "SYK_EGEN_EM").code == "SYK_EGEN_EM"


def test_the_fourth_day_needs_a_doctors_note_and_somebody_to_settle_it(house: House) -> None:
    row = tell(house, "participant", day(9), day(12), "SYK_EGEN_EM")
    assert row.code == ""
    with refused("self_certificate_too_long"):
        settle(house, row, "SYK_EGEN_EM")
    assert settle(house, row, "SYK_EGEN_LEGE", documented=True).documented


def test_before_eight_weeks_in_the_programme_there_is_no_self_certificate(house: House) -> None:
    with at(date(2026, 9, 20)):
        row = tell(house, "participant", date(2026, 9, 14), code="SYK_EGEN_EM")
        with refused("self_certificate_too_early"):
            settle(house, row, "SYK_EGEN_EM")


def test_absences_within_sixteen_days_count_together(house: House) -> None:
    tell(house, "participant", day(2), day(3), "SYK_EGEN_EM")
    row = tell(house, "participant", day(16), day(17), "SYK_EGEN_EM")
    with refused("self_certificate_too_long"):
        settle(house, row, "SYK_EGEN_EM")


def test_after_four_self_certificates_the_right_may_be_taken_and_is_reviewed_in_six_months(house: House) -> None:
    by = house.viewer("adviser")
    with refused("too_few"):
        take_self_certificate(case=house.case, valid_from=NOVEMBER, why="Ofte syk", by=by)
    for month in (5, 6, 7, 8):
        away(house.case, date(2026, month, 4), code="SYK_EGEN_EM")
    loss = take_self_certificate(case=house.case, valid_from=NOVEMBER, why="Ofte borte", by=by)
    assert loss.review_by == date(2027, 5, 16)
    row = tell(house, "participant", NOVEMBER, code="SYK_EGEN_EM")
    with refused("self_certificate_lost"):
        settle(house, row, "SYK_EGEN_EM")
    give_self_certificate(case=house.case, by=by)
    assert settle(house, row, "SYK_EGEN_EM").code == "SYK_EGEN_EM"


def test_under_the_old_act_the_fifth_self_certificate_in_twelve_months_does_not_hold(house: House) -> None:
    """law/rules.md § 7, old-law specials: at most four in twelve months."""
    with writing("test"):
        type(house.case).objects.filter(pk=house.case.pk).update(permit_granted_on=date(2020, 6, 1))
    for month in (5, 6, 7):
        away(house.case, date(2026, month, 4), code="SYK_EGEN_EM")
    fourth = tell(house, "participant", date(2026, 10, 20), code="SYK_EGEN_EM")
    assert settle(house, fourth, "SYK_EGEN_EM").code == "SYK_EGEN_EM"
    fifth = tell(house, "participant", NOVEMBER, code="SYK_EGEN_EM")
    with refused("self_certificate_too_often"):
        settle(house, fifth, "SYK_EGEN_EM")
    with refused("too_few"):  # that the right may be taken away is a rule of the newer act
        take_self_certificate(case=house.case, valid_from=NOVEMBER, why="Ofte borte", by=house.viewer("adviser"))


# ---- days with an ill child (§ 7), welfare, leave


def test_ten_days_with_an_ill_child_and_no_more(house: House) -> None:
    away(house.case, date(2026, 9, 7), date(2026, 9, 18), code="SYK_BARN")
    row = tell(house, "participant", day(16), code="SYK_BARN")
    with refused("days_used_up"):
        settle(house, row, "SYK_BARN")


def test_alone_with_a_chronically_ill_child_gives_forty_days(house: House) -> None:
    note_care(case=house.case, alone=True, chronic=True, by=house.viewer("adviser"))
    away(house.case, date(2026, 9, 7), date(2026, 9, 18), code="SYK_BARN")
    assert Account.of(house.case).left("SYK_BARN", NOVEMBER) == 30


def test_more_than_two_children_give_fifteen_days(house: House) -> None:
    with writing("test"):
        for number in range(3):
            FamilyMember.objects.create(
                person=house.case.person, relation="child", birth_date=date(2018, 1, number + 1)
            )
        FamilyMember.objects.create(person=house.case.person, relation="spouse", lives_together=True)
    assert Account.of(house.case).left("SYK_BARN", NOVEMBER) == 15


@pytest.mark.parametrize(("partner", "days"), [("spouse", 10), ("cohabitant", 10), ("sibling", 20)])
def test_one_who_lives_with_a_partner_is_not_alone_with_the_child(house: House, partner: str, days: int) -> None:
    with writing("test"):
        FamilyMember.objects.create(person=house.case.person, relation="child", birth_date=date(2018, 1, 1))
        FamilyMember.objects.create(person=house.case.person, relation=partner, lives_together=True)
    assert Account.of(house.case).left("SYK_BARN", NOVEMBER) == days


def test_grown_children_give_no_more_days_and_one_of_unknown_age_counts(house: House) -> None:
    with writing("test"):
        for born in (date(2003, 1, 1), date(2018, 1, 1), None):
            FamilyMember.objects.create(person=house.case.person, relation="child", birth_date=born)
        FamilyMember.objects.create(person=house.case.person, relation="spouse", lives_together=True)
    assert Account.of(house.case).left("SYK_BARN", NOVEMBER) == 10
    with writing("test"):
        FamilyMember.objects.create(person=house.case.person, relation="child")
    assert Account.of(house.case).left("SYK_BARN", NOVEMBER) == 15


def test_a_child_that_is_too_old_gives_no_days(house: House) -> None:
    with writing("test"):
        FamilyMember.objects.create(person=house.case.person, relation="child", birth_date=date(2013, 5, 1))
    row = tell(house, "participant", day(16), code="SYK_BARN")
    with refused("child_too_old"):
        settle(house, row, "SYK_BARN")


def test_a_child_of_unknown_age_may_be_young_enough_and_the_doubt_is_shown(house: House) -> None:
    with writing("test"):
        FamilyMember.objects.create(person=house.case.person, relation="child", birth_date=date(2013, 5, 1))
        FamilyMember.objects.create(person=house.case.person, relation="child")
    row = tell(house, "participant", day(16), code="SYK_BARN")
    shown = pages(house, "adviser").get(reverse("hours:absence", args=[house.case.pk, row.pk])).content.decode()
    assert "Et barn er ført uten fødselsdato" in shown
    settle(house, row, "SYK_BARN")
    shown = pages(house, "adviser").get(reverse("hours:absences", args=[house.case.pk])).content.decode()
    assert "Et barn er ført uten fødselsdato" in shown


@pytest.mark.parametrize("code", ["OMSORGSPERM", "SYKPERM"])
def test_what_only_a_decision_on_leave_can_give_is_not_settled_as_absence(house: House, code: str) -> None:
    with refused("needs_leave"):
        settle(house, tell(house, "teacher", day(10)), code)


def test_a_reason_of_the_old_act_is_not_there_under_the_new(house: House) -> None:
    with refused("unknown_reason"):
        settle(house, tell(house, "teacher", day(10)), "ARBEID")


# ---- settled, shown, corrected, withdrawn


def test_absence_without_a_valid_reason_is_given_with_a_word_of_why(house: House) -> None:
    row = tell(house, "teacher", day(10))
    with refused("missing_why"):
        settle(house, row, "ULEGITIMERT")
    assert settle(house, row, "ULEGITIMERT", why="Svarte ikke på telefon").settled_by == house.users["adviser"]


def test_the_participant_does_not_settle_correct_or_withdraw(house: House) -> None:
    row = tell(house, "participant", day(10))
    with refused("no_own_settling"):
        settle(house, row, "SYK_BARN", who="participant")
    with refused("no_own_settling"):
        note_paper(case=house.case, absence_id=row.pk, documented=True, by=house.viewer("participant"))


def test_a_correction_keeps_how_it_stood_with_who_and_why(house: House) -> None:
    row = tell(house, "teacher", day(9), day(10), "SYK_EGEN_LEGE")
    correct_absence(
        case=house.case, absence_id=row.pk, first=day(10), last=day(10), hours=Decimal("2.5"), why="Kom klokka 11",
        revision=row.revision, by=house.viewer("teacher"),
    )  # fmt: skip
    change = AbsenceChange.objects.get()
    assert (change.first_day, change.last_day, change.why) == (day(9), day(10), "Kom klokka 11")
    shown = pages(house, "adviser").get(reverse("hours:absence", args=[house.case.pk, row.pk])).content.decode()
    assert "09.11.2026–10.11.2026" in shown
    assert "Kom klokka 11" in shown


def test_a_correction_stands_when_one_report_is_taken_back(house: House) -> None:
    row = tell(house, "teacher", day(9), day(11), "SYK_BARN")
    tell(house, "adviser", day(9), day(11), "SYK_BARN")
    correct_absence(
        case=house.case, absence_id=row.pk, first=day(10), last=day(10), hours=Decimal("2.5"), why="Kom klokka 11",
        revision=row.refreshed().revision, by=house.viewer("teacher"),
    )  # fmt: skip
    take_back_report(case=house.case, absence_id=row.pk, by=house.viewer("teacher"))
    now_stands = row.refreshed()
    assert (now_stands.first_day, now_stands.last_day, now_stands.hours) == (day(10), day(10), Decimal("2.5"))


def test_two_who_change_the_same_absence_do_not_overwrite_each_other(house: House) -> None:
    row = tell(house, "teacher", day(10))
    settle(house, row, "SYK_BARN")
    with refused("changed_meanwhile"):
        settle(house, row, "ULEGITIMERT", why="Nei", revision=1)
    assert row.refreshed().code == "SYK_BARN"


def test_a_withdrawn_absence_stays_visible_and_cannot_be_changed(house: House) -> None:
    row = tell(house, "teacher", day(10))
    withdraw_absence(case=house.case, absence_id=row.pk, why="Feil deltaker", revision=1, by=house.viewer("teacher"))
    with refused("already_withdrawn"):
        settle(house, row, "SYK_BARN")
    shown = pages(house, "adviser").get(reverse("hours:absences", args=[house.case.pk])).content.decode()
    assert "Feil deltaker" in shown


def test_medical_words_are_not_asked_for_and_a_number_in_a_reason_is_refused(house: House) -> None:
    row = tell(house, "teacher", day(10))
    with refused("number_in_text"):
        settle(house, row, "ULEGITIMERT", why=f"Gjelder {synthetic_birth_number(date(1990, 4, 2), 0)}")


@pytest.mark.parametrize(
    ("first", "last", "hours", "code"),
    [
        (day(10), day(9), None, "end_before_start"),
        (day(10), day(11), Decimal(2), "hours_of_one_day"),
        (day(10), day(10), Decimal(0), "wrong_hours"),
        (day(10), day(10), Decimal(13), "wrong_hours"),
        (date(2027, 6, 1), date(2027, 6, 1), None, "too_far_ahead"),
        (date(2025, 1, 1), date(2026, 6, 1), None, "too_long"),
    ],
)
def test_impossible_days_and_hours_are_refused_by_name(
    house: House, first: date, last: date, hours: Decimal | None, code: str
) -> None:
    with refused(code):
        tell(house, "adviser", first, last, hours=hours)


# ---- the cut-off before the payment


def test_after_the_cut_off_the_change_is_made_and_said_to_be_a_correction(house: House) -> None:
    set_attendance_rules(cutoff_day=5, reason_days=7, by=house.viewer("leader"))
    client = pages(house, "adviser")
    typed = {"first": "12.10.2026", "last": "", "hours": "", "code": "SYK_BARN"}
    answer = client.post(reverse("hours:report", args=[house.case.pk]), typed, follow=True)
    assert "kommer med som en rettelse" in answer.content.decode()
    assert JournalEntry.objects.latest("seq").data["late"] == "2026-10"


def test_changes_since_a_moment_name_what_a_payment_has_not_seen(house: House) -> None:
    with at(date(2026, 11, 2)):
        kept = tell(house, "teacher", day(13, 10))
        moved = tell(house, "teacher", day(20, 10))
    with at(date(2026, 11, 6)):
        moment = now()
    with at(NOVEMBER):
        settle(house, kept, "SYK_BARN")
        tell(house, "teacher", day(27, 10))
        correct_absence(
            case=house.case, absence_id=moved.pk, first=day(3), last=day(3), hours=None, why="Feil dag", revision=1,
            by=house.viewer("teacher"),
        )  # fmt: skip
    found = changes_since(house.municipality.pk, Month(2026, 10), moment)
    assert sorted(one.kind for one in found) == ["changed", "changed", "told"]
    assert changes_since(house.other_municipality.pk, Month(2026, 10), moment) == []
    assert {one.case_id for one in found} == {house.case.pk}


@pytest.mark.parametrize(("cutoff", "days", "code"), [(0, 7, "wrong_day"), (29, 7, "wrong_day"), (5, 0, "wrong_days")])
def test_a_cut_off_that_no_month_has_is_refused(house: House, cutoff: int, days: int, code: str) -> None:
    with refused(code):
        set_attendance_rules(cutoff_day=cutoff, reason_days=days, by=house.viewer("leader"))


# ---- pages


def test_the_page_shows_days_used_and_left_and_what_is_missing(house: House) -> None:
    away(house.case, day(9), day(10), code="SYK_BARN")
    away(house.case, day(2), day(6), code="SYK_EGEN_LEGE")
    page = pages(house, "adviser").get(reverse("hours:absences", args=[house.case.pk]))
    shown = " ".join(page.content.decode().split())
    assert "1 legeerklæring er ikke vist" in shown
    assert "integreringsforskriften § 7" in shown


@pytest.mark.parametrize("what", ["settle", "correct", "withdraw"])
def test_a_form_that_is_not_filled_in_says_so_at_the_field(house: House, what: str) -> None:
    row = tell(house, "teacher", day(10))
    typed = {f"{what}-revision": "1", f"{what}-first": "31.2.2026", f"{what}-last": ""}
    answer = pages(house, "adviser").post(reverse(f"hours:{what}", args=[house.case.pk, row.pk]), typed)
    assert answer.status_code == 422
    assert "Dette må rettes" in answer.content.decode()


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("nav", 200), ("health", 404), ("participant", 200)])
def test_only_those_with_the_hours_open_the_page(house: House, who: str, status: int) -> None:
    row = tell(house, "teacher", day(10))
    client = pages(house, who)
    assert client.get(reverse("hours:absences", args=[house.case.pk])).status_code == status
    assert client.get(reverse("hours:absence", args=[house.case.pk, row.pk])).status_code == status


def test_an_absence_of_another_case_is_not_found(house: House) -> None:
    other = another_case(house, person(house.municipality, "Bilal"))
    row = away(other, day(10))
    assert pages(house, "adviser").get(reverse("hours:absence", args=[house.case.pk, row.pk])).status_code == 404


def test_thirty_absences_take_as_many_queries_as_one(house: House) -> None:
    client = pages(house, "adviser")
    tell(house, "teacher", day(10))
    where = reverse("hours:absences", args=[house.case.pk])
    client.get(where)
    with CaptureQueriesContext(connection) as few:
        client.get(where)
    for number in range(30):
        tell(house, "teacher", date(2026, 8, 3) + timedelta(days=2 * number))
    with CaptureQueriesContext(connection) as many:
        client.get(where)
    assert len(many) == len(few)


def test_my_list_reads_as_a_sentence(house: House) -> None:
    away(house.case, date(2026, 10, 20))
    client = Client()
    client.force_login(house.users["participant"])
    assert "<li>20.10.2026: grunnen er ikke avgjort" in client.get(reverse("portal:absence")).content.decode()


def test_under_the_old_act_the_page_says_that_the_rules_are_the_newer_ones(house: House) -> None:
    """law/rules.md § 7: the old regulations' own numbers are known in part only."""
    where = reverse("hours:absences", args=[house.case.pk])
    told = "Ellers er reglene for fravær og permisjon de som gjelder nå"
    assert told not in pages(house, "adviser").get(where).content.decode()
    with writing("test"):
        type(house.case).objects.filter(pk=house.case.pk).update(permit_granted_on=date(2020, 6, 1))
    assert told in pages(house, "adviser").get(where).content.decode()
