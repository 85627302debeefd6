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
from samlop.hours.judging import problem
from samlop.hours.models import Absence, CalendarLink, ClassMember, Leave, OwnSlot, WorkPlaceLink
from samlop.law.dates import Period
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
