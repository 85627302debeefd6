"""The work place confirms hours by a personal link: no sign-in, first name and hours only, with its source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from samlop.cases.models import JournalEntry
from samlop.core.errors import Refused
from samlop.core.time import at
from samlop.core.writing import writing
from samlop.hours import work_places
from samlop.hours.commands.workplace import make_link, revoke_link
from samlop.hours.models import Absence, WorkPlaceDay, WorkPlaceLink
from samlop.hours.work_places import new_token
from tests.hours.weeks import course, hour
from tests.house import House

MONDAY, WEDNESDAY = date(2026, 11, 9), date(2026, 11, 11)
TOKEN = "t" * 43


@pytest.fixture(autouse=True)
def _on_friday(house: House) -> Iterator[None]:
    cache.clear()
    course(house.case)
    hour(house.case, 1, "09.00-14.00", place="Kafé Nord, Storgata 1")
    hour(house.case, 3, "09.00-12.30")
    hour(house.case, 5, "09.00-12.00", provider="adult_education", content="norwegian")
    with at(date(2026, 11, 13)):
        yield


def link(house: House, token: str = TOKEN, **extra: Any) -> WorkPlaceLink:
    values = {
        "work_place": "Kafé Nord", "contact": "Kari Nes", "valid_from": date(2026, 11, 2),
        "valid_to": date(2027, 1, 31),
    } | extra  # fmt: skip
    return make_link(case=house.case, token=token, by=house.viewer("adviser"), **values)


def week(token: str = TOKEN, monday: date = MONDAY) -> str:
    return reverse("hours:confirm_week", args=[token, monday])


def say(**hours: str) -> Any:
    return Client().post(week(), {f"d2026-11-{day[1:]}": value for day, value in hours.items()})


def test_the_link_shows_the_first_name_and_the_hours_at_the_work_place_and_nothing_else(house: House) -> None:
    link(house)
    shown = Client().get(week()).content.decode()
    assert "Amina" in shown
    assert "Østby" not in shown
    assert "Mandag 9.11., planlagt 09.00–14.00" in shown
    assert "Fredag" not in shown  # the school's hour
    assert "Storgata" not in shown


def test_only_the_hash_of_the_secret_is_kept_and_it_is_shown_once(house: House) -> None:
    client = Client()
    client.force_login(house.users["adviser"])
    typed = {"work_place": "Kafé Nord", "contact": "Kari", "valid_from": "2.11.2026", "valid_to": "31.1.2027"}
    page = client.post(reverse("hours:work_place_link", args=[house.case.pk]), typed)
    assert "/arbeidsplass/" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    token = page.content.decode().split("/arbeidsplass/")[1].split("/")[0]
    assert WorkPlaceLink.objects.get().token_hash == work_places.hashed(token)
    assert token not in client.get(reverse("hours:work_place", args=[house.case.pk])).content.decode()
    assert Client().get(reverse("hours:confirm", args=[token])).status_code == 200


def test_what_the_work_place_says_stands_with_its_source(house: House) -> None:
    link(house)
    assert say(_09="5", _11="3,5").status_code == 302
    assert [(one.day, one.present, one.said_by) for one in WorkPlaceDay.objects.all()] == [
        (MONDAY, 5, "Kari Nes, Kafé Nord"),
        (WEDNESDAY, 3.5, "Kari Nes, Kafé Nord"),
    ]
    assert not Absence.objects.exists()
    entry = JournalEntry.objects.latest("seq")
    assert (entry.code, entry.user_name) == ("hours.work_place.confirmed", "Kari Nes, Kafé Nord")


def test_fewer_hours_are_an_absence_told_by_the_work_place_that_somebody_settles(house: House) -> None:
    link(house)
    say(_09="2", _11="0")
    hours, day = Absence.objects.order_by("first_day")
    assert (hours.first_day, hours.hours, hours.code) == (MONDAY, 3, "")
    assert (day.first_day, day.hours) == (WEDNESDAY, None)  # nothing else that day: the whole day
    assert day.reports.get().told_by_name == "Kari Nes, Kafé Nord"


def test_said_anew_the_earlier_word_is_taken_back(house: House) -> None:
    link(house)
    say(_09="2", _11="3,5")
    say(_09="5", _11="3,5")
    assert Absence.objects.get().withdrawn_why == "Arbeidsplassen har rettet timene"


def test_the_one_who_confirms_is_told_that_it_is_saved(house: House) -> None:
    link(house)
    answer = Client().post(week(), {"d2026-11-09": "5", "d2026-11-11": "3,5"}, follow=True)
    assert "Takk! Timene er lagret." in answer.content.decode()


def test_a_revoked_link_one_that_has_run_out_and_one_that_never_was_answer_alike(house: House) -> None:
    made = link(house)
    assert Client().get(week()).status_code == 200
    revoke_link(case=house.case, link_id=made.pk, by=house.viewer("adviser"))
    gone, never = Client().get(week()), Client().get(week("x" * 43))
    assert (gone.status_code, never.status_code) == (404, 404)
    other = new_token()
    link(house, other)
    with at(date(2027, 3, 1)):
        assert Client().get(week(other)).status_code == 404


def test_somebody_who_gets_a_protected_address_is_no_longer_shown(house: House) -> None:
    link(house)
    with writing("test"):
        house.case.person.protection = "confidential"
        house.case.person.save()
    assert Client().get(week()).status_code == 404
    with pytest.raises(Refused, match=r"^protected:"):
        link(house, new_token())


def test_the_page_is_never_indexed_kept_or_named_to_others(house: House) -> None:
    link(house)
    answer = Client().get(week())
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer.content.decode()


def test_guessing_is_stopped(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_places, "TRIES", 3)
    client = Client()
    statuses = [client.get(week("x" * 43)).status_code for _ in range(4)]
    assert statuses == [404, 404, 404, 422]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"_09": "6", "_11": "3,5"}, "Skriv timer mellom 0 og 5"),
        ({"_09": "-1", "_11": "3,5"}, "Skriv timer mellom 0 og 5"),
        ({"_09": "fem", "_11": "3,5"}, "Skriv timer som et tall"),
        ({"_09": "", "_11": "3,5"}, "Fyll ut"),
    ],
)
def test_hours_that_cannot_be_are_said_at_the_field(house: House, typed: dict[str, str], said: str) -> None:
    link(house)
    answer = say(**typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not WorkPlaceDay.objects.exists()


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ({"valid_to": date(2026, 11, 1)}, "end_before_start"),
        ({"valid_to": date(2028, 11, 1)}, "wrong_period"),
        ({"work_place": " "}, "missing_text"),
        ({"contact": "x" * 121}, "missing_text"),
    ],
)
def test_a_link_that_cannot_be_is_refused_by_name(house: House, extra: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=f"^{code}:"):
        link(house, **extra)


def test_a_week_older_than_eight_weeks_can_no_longer_be_changed(house: House) -> None:
    """Not by its address either: what it was paid on stands."""
    link(house)
    with at(date(2027, 1, 8)):
        assert Client().get(week()).status_code == 404
        assert say(_09="0", _11="0").status_code == 404
    assert not WorkPlaceDay.objects.exists()


def test_hours_put_right_for_one_day_leave_what_was_said_of_another(house: House) -> None:
    link(house)
    say(_09="0", _11="0")
    whole = {"first": "9.11.2026", "last": "11.11.2026", "hours": "", "code": ""}
    client = Client()
    client.force_login(house.users["adviser"])
    client.post(reverse("hours:report", args=[house.case.pk]), whole)
    say(_09="5", _11="0")
    told = Absence.objects.get(withdrawn_at__isnull=True).reports.filter(withdrawn_at__isnull=True)
    assert sorted((one.reporter, one.first_day) for one in told) == [("service", MONDAY), ("work_place", WEDNESDAY)]
