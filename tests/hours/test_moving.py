"""Somebody who moves leaves the week of the old municipality, and takes along the days that are used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from samlop.cases.commands.moving import move_case
from samlop.cases.journal import sentence
from samlop.cases.models import Case, JournalEntry
from samlop.core.time import OSLO, at
from samlop.core.writing import writing
from samlop.hours.account import Account
from samlop.hours.attendance_due import after_move
from samlop.hours.judging import problem
from samlop.hours.models import Absence, CalendarLink, ClassMember, Leave, OwnSlot, WorkPlaceLink
from samlop.hours.work_places import hashed, link_of
from samlop.law.dates import Period
from samlop.overview.left import left_load
from tests.hours.presence import away, decided_leave
from tests.hours.weeks import course, group, hour, join
from tests.house import House

MOVES = date(2026, 11, 20)
NOON = datetime(2026, 10, 1, 12, tzinfo=OSLO)


@pytest.fixture(autouse=True)
def _that_day() -> Iterator[None]:
    with at(MOVES):
        yield


def move(house: House) -> Case:
    return move_case(
        case=house.case,
        to_unit=house.units["other_refugee"],
        receiver=house.users["stranger"],
        reason="Arbeid",
        by=house.viewer("adviser"),
    )


def test_groups_hours_and_links_stay_behind_and_stop(house: House) -> None:
    course(house.case)
    spor = group(house)
    join(house.case, spor)
    join(house.case, group(house, "Spor 2"), start=date(2027, 1, 4))
    hour(house.case, 3, "09.00-12.00")
    with writing("test"):
        CalendarLink.objects.create(case=house.case, user=house.users["participant"], fingerprint="x", made_at=NOON)
        link = WorkPlaceLink.objects.create(
            case=house.case, token_hash="y", work_place="Kiwi", contact="Kari", valid_from=date(2026, 10, 1),
            valid_to=date(2027, 2, 1), made_at=NOON, made_by=house.users["adviser"],
        )  # fmt: skip
        Leave.objects.create(
            case=house.case, code="VELFERD", first_day=date(2026, 12, 1), last_day=date(2026, 12, 2), asked_at=NOON,
            asked_by_name="Amina",
        )  # fmt: skip
    new = move(house)
    assert [(one.group.name, one.valid_to) for one in ClassMember.objects.all()] == [("Spor 1", MOVES)]
    assert [one.valid_to for one in OwnSlot.objects.all()] == [MOVES]
    assert CalendarLink.objects.get().revoked_at is not None
    link.refresh_from_db()
    assert (link.valid_to, link.revoked_at) == (MOVES, None)  # the last weeks can still be confirmed
    assert Leave.objects.get().withdrawn_why == "Flyttet til Skogdal. Søk på nytt der."
    for model in (ClassMember, OwnSlot, Absence, Leave):
        assert not model.objects.filter(case=new).exists()
    told = JournalEntry.objects.get(code="hours.week_left")
    assert told.case_id == house.case.pk
    assert "ut av Spor 1, Spor 2" in sentence(told)


def test_the_one_who_moved_is_gone_from_the_class_list_the_day_after(house: House) -> None:
    course(house.case)
    spor = group(house)
    join(house.case, spor)
    hour(spor, 1, "09.00-12.00")
    move(house)
    teacher = Client()
    teacher.force_login(house.users["teacher"])
    with at(date(2026, 11, 23)):
        page = teacher.get(reverse("hours:class_list", args=[spor.pk, date(2026, 11, 23)])).content.decode()
    assert "Amina" not in page


def test_days_used_before_the_move_count_against_the_same_years_days(house: House) -> None:
    course(house.case)
    away(house.case, date(2026, 10, 5), date(2026, 10, 8), code="SYK_BARN")
    decided_leave(house.case, "VELFERD", date(2026, 9, 7), date(2026, 9, 9), paid=True)
    new = move(house)
    account = Account.of(new)
    lines = {line.code: line for line in account.lines(MOVES)}
    assert (lines["SYK_BARN"].used, lines["SYK_BARN"].before, lines["SYK_BARN"].left) == (4, 4, 6)
    assert (lines["VELFERD"].used, lines["VELFERD"].left) == (3, 7)
    found = problem(account, "SYK_BARN", Period(date(2026, 12, 1), date(2026, 12, 9)))
    assert found is not None
    assert found.code == "days_used_up"
    told = JournalEntry.objects.get(code="hours.days_follow")
    assert (told.case_id, sentence(told)) == (
        new.pk, "regner med fraværs- og permisjonsdagene som er brukt i Elvestad",
    )  # fmt: skip


def test_self_certified_days_shortly_before_the_move_count_together_with_new_ones(house: House) -> None:
    course(house.case)
    away(house.case, date(2026, 11, 16), date(2026, 11, 18), code="SYK_EGEN_EM")
    found = problem(Account.of(move(house)), "SYK_EGEN_EM", Period(date(2026, 11, 24), date(2026, 11, 24)))
    assert found is not None
    assert found.code == "self_certificate_used_up"


def test_what_the_old_municipality_puts_right_afterwards_counts(house: House) -> None:
    course(house.case)
    row = away(house.case, date(2026, 10, 5), date(2026, 10, 8), code="SYK_BARN")
    new = move(house)
    with writing("test"):
        row.withdrawn_at, row.withdrawn_why = NOON, "Var til stede"
        row.save()
    assert Account.of(new).left("SYK_BARN", MOVES) == 10


def test_the_new_municipality_sees_the_number_of_days_and_no_absence(house: House) -> None:
    course(house.case)
    away(house.case, date(2026, 10, 5), date(2026, 10, 8), code="SYK_BARN")
    new = move(house)
    client = Client()
    client.force_login(house.users["stranger"])
    page = " ".join(client.get(reverse("hours:absences", args=[new.pk])).content.decode().split())
    assert '4 <span class="quiet">(4 før flyttingen)</span>' in page
    assert "05.10.2026" not in page


def test_a_move_without_a_week_tells_nothing_of_one(house: House) -> None:
    move(house)
    assert not JournalEntry.objects.filter(code__startswith="hours.").exists()


AGAIN = date(2026, 12, 29)
"""More than a month after the leave began, and within the time in which the old municipality settles up."""


def asked(house: House, first: date, last: date) -> Leave:
    with writing("test"):
        made: Leave = Leave.objects.create(
            case=house.case, code="VELFERD", first_day=first, last_day=last, asked_at=NOON, asked_by_name="Amina"
        )
    return made


def browser(house: House, name: str = "adviser") -> Client:
    client = Client()
    client.force_login(house.users[name])
    return client


def test_leave_before_the_move_is_decided_from_its_page_for_three_months(house: House) -> None:
    course(house.case)
    leave = asked(house, date(2026, 11, 18), date(2026, 11, 24))
    move(house)
    where = reverse("hours:leave", args=[house.case.pk, leave.pk])
    answer = reverse("hours:answer_leave", args=[house.case.pk, leave.pk])
    typed = {"answer-granted": "yes", "answer-first": "18.11.2026", "answer-paid": "on"}
    with at(AGAIN):
        client = browser(house)
        absences = client.get(reverse("hours:absences", args=[house.case.pk])).content.decode()
        assert "Fravær og permisjon til og med den dagen kan føres og avgjøres her til og med 20.02.2027" in absences
        page = client.get(where).content.decode()
        assert "Deltakeren flyttet 20.11.2026." in page
        assert 'name="answer-last" value="20.11.2026"' in page, "the days after the move are not proposed"
        refused = client.post(answer, typed | {"answer-last": "24.11.2026"})
        assert (refused.status_code, "Dagene etter det hører til den nye kommunen" in refused.content.decode()) == (
            422, True,
        )  # fmt: skip
        assert client.post(answer, typed | {"answer-last": "20.11.2026"}).status_code == 302
    leave.refresh_from_db()
    assert leave.decision is not None
    assert leave.decision.data["last_day"] == "2026-11-20"


def test_three_months_after_the_move_the_page_is_only_read(house: House) -> None:
    course(house.case)
    leave = asked(house, date(2026, 11, 18), date(2026, 11, 20))
    row = away(house.case, date(2026, 11, 9))
    move(house)
    with at(date(2027, 2, 25)):
        client = browser(house)
        for name, key in (("leave", leave.pk), ("absence", row.pk)):
            page = client.get(reverse(f"hours:{name}", args=[house.case.pk, key])).content.decode()
            assert "<button" not in page[page.index("<h1") : page.index("</main>")]
        sent = client.post(
            reverse("hours:answer_leave", args=[house.case.pk, leave.pk]),
            {"answer-granted": "yes", "answer-first": "18.11.2026", "answer-last": "20.11.2026", "answer-paid": "on"},
        )
        assert sent.status_code == 403
        assert not after_move(left_load(house.viewer("adviser"), date(2027, 2, 25)), date(2027, 2, 25))


def test_absence_before_the_move_is_settled_and_told_and_none_after_it(house: House) -> None:
    course(house.case)
    row = away(house.case, date(2026, 11, 16), date(2026, 11, 17))
    move(house)
    with at(AGAIN):
        client = browser(house)
        settle = {"settle-code": "VELFERD", "settle-revision": "1", "settle-why": ""}
        assert "settle-code" in client.get(reverse("hours:absence", args=[house.case.pk, row.pk])).content.decode()
        code = client.post(reverse("hours:settle", args=[house.case.pk, row.pk]), settle).status_code
        told = client.post(
            reverse("hours:report", args=[house.case.pk]), {"first": "23.11.2026", "last": "23.11.2026", "code": ""}
        )
    assert (code, told.status_code) == (302, 422)
    assert "hører til den nye kommunen" in told.content.decode()


def test_what_the_last_payments_rest_on_stands_on_min_dag_of_the_old_municipality(house: House) -> None:
    course(house.case)
    leave = asked(house, date(2026, 11, 18), date(2026, 11, 20))
    row = away(house.case, date(2026, 11, 16), date(2026, 11, 17))
    move(house)
    with at(AGAIN):
        found = {who: after_move(left_load(house.viewer(who), AGAIN), AGAIN) for who in ("adviser", "stranger")}
        page = browser(house).get("/").content.decode()
    assert [item.url for item in found["adviser"]] == [
        reverse("hours:absence", args=[house.case.pk, row.pk]), reverse("hours:leave", args=[house.case.pk, leave.pk]),
    ]  # fmt: skip
    assert all(item.why.endswith("Deltakeren flyttet 20.11.2026.") for item in found["adviser"])
    assert found["stranger"] == []
    for item in found["adviser"]:
        assert f'href="{item.url}"' in page


def test_a_work_place_confirms_the_last_weeks_after_the_move(house: House) -> None:
    course(house.case)
    with writing("test"):
        WorkPlaceLink.objects.create(
            case=house.case, token_hash=hashed("hemmelig"), work_place="Kiwi", contact="Kari",
            valid_from=date(2026, 10, 1), valid_to=date(2027, 2, 1), made_at=NOON, made_by=house.users["adviser"],
        )  # fmt: skip
    move(house)
    with at(date(2026, 12, 1)):
        assert link_of("hemmelig") is not None
    with at(date(2026, 12, 10)):
        assert link_of("hemmelig") is None
