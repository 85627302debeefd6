"""A page of the week that has stood open does not overwrite what a colleague has done since; it says what stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samlop.core.time import OSLO, at
from samlop.core.writing import writing
from samlop.hours.commands import slots
from samlop.hours.models import CalendarDay, ClassMember, ClassSlot, Group, OwnException, OwnSlot, WeekChoice
from samlop.hours.models.terms import AttendanceRules, CareFacts, SelfCertificateLoss
from samlop.hours.vocabulary import DayKind
from tests.hours.presence import away
from tests.hours.weeks import clock, course, group, hour, join, mark
from tests.house import House

MONDAY = date(2026, 10, 5)
NEXT = date(2026, 10, 12)


@pytest.fixture(autouse=True)
def _that_monday() -> Iterator[None]:
    with at(MONDAY):
        yield


@pytest.fixture
def spor(house: House) -> Group:
    course(house.case)
    made = group(house)
    join(house.case, made)
    return made


class _Fields(HTMLParser):
    """What the forms of a page would send: text fields, hidden ones, chosen options and ticked boxes, by form."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        if tag == "form":
            self.forms.append({})
        if not self.forms:
            return
        if tag == "input" and given.get("name") and given.get("type") not in ("submit", "file"):
            if given.get("type") in ("checkbox", "radio") and "checked" not in given:
                return
            self.forms[-1][given["name"]] = given.get("value") or ""
        if tag == "select":
            self.select = given["name"]
        if tag == "option" and self.select and "selected" in given:
            self.forms[-1][self.select] = given.get("value") or ""
        if tag == "textarea":
            self.area = given["name"]
            self.forms[-1][self.area] = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1][self.area] += data.strip()

    def handle_endtag(self, tag: str) -> None:
        self.select = "" if tag == "select" else self.select
        self.area = "" if tag == "textarea" else self.area


def opened(client: Client, where: str, field: str) -> dict[str, str]:
    """What the form with a field would send as the page shows it."""
    reader = _Fields()
    reader.feed(client.get(where).content.decode())
    return next(one for one in reader.forms if field in one)


def signed_in(house: House, name: str = "adviser") -> Client:
    client = Client()
    client.force_login(house.users[name])
    return client


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def sent(answer: Any) -> int:
    found: int = answer.status_code
    return found


@pytest.fixture
def own(house: House, spor: Group) -> tuple[str, OwnSlot]:
    slot = hour(house.case, 3, "09.00-12.00", valid_from=NEXT)  # has not begun, so a change is written where it stands
    return reverse("hours:slot", args=[house.case.pk, slot.pk]), slot


def test_an_hour_two_have_open_keeps_what_each_has_changed(house: House, own: tuple[str, OwnSlot]) -> None:
    where, slot = own
    first, second = signed_in(house), signed_in(house, "teacher")
    mine, theirs = (opened(one, where, "change-place") for one in (first, second))
    assert sent(second.post(where, theirs | {"do": "change", "change-place": "Rema 1000"})) == 302
    assert sent(first.post(where, mine | {"do": "change", "change-ends": "13.00"})) == 302
    slot.refresh_from_db()
    assert (slot.ends, slot.place) == (clock("13.00"), "Rema 1000")


def test_the_same_field_changed_by_both_is_shown_and_chosen(house: House, own: tuple[str, OwnSlot]) -> None:
    where, slot = own
    first, second = signed_in(house), signed_in(house, "teacher")
    mine, theirs = (opened(one, where, "change-place") for one in (first, second))
    second.post(where, theirs | {"do": "change", "change-ends": "12.30"})
    answer = first.post(where, mine | {"do": "change", "change-ends": "13.00"})
    assert sent(answer) == 409
    assert "Andre har endret dette til «12.30»" in text(answer)
    assert 'value="13.00"' in text(answer)
    slot.refresh_from_db()
    assert slot.ends == clock("12.30")
    again = _form_of(answer, "change-place") | {"do": "change"}
    assert sent(first.post(where, again)) == 302
    slot.refresh_from_db()
    assert slot.ends == clock("13.00")


def _form_of(answer: Any, field: str) -> dict[str, str]:
    reader = _Fields()
    reader.feed(answer.content.decode())
    return next(one for one in reader.forms if field in one)


def test_a_class_hour_two_have_open_keeps_what_each_has_changed(house: House, spor: Group) -> None:
    slot = hour(spor, 3, "09.00-12.00", valid_from=NEXT)
    where = reverse("hours:class_slot", args=[spor.pk, slot.pk])
    first, second = signed_in(house, "teacher"), signed_in(house)
    mine, theirs = (opened(one, where, "change-place") for one in (first, second))
    second.post(where, theirs | {"do": "change", "change-place": "Rom 4"})
    assert sent(first.post(where, mine | {"do": "change", "change-weekday": "4"})) == 302
    stands = ClassSlot.objects.get()
    assert (stands.weekday, stands.place) == (4, "Rom 4")


def test_a_last_day_somebody_else_has_set_is_not_moved_unseen(house: House, own: tuple[str, OwnSlot]) -> None:
    where, slot = own
    first, second = signed_in(house), signed_in(house, "teacher")
    mine, theirs = (opened(one, where, "stop-last_day") for one in (first, second))
    second.post(where, theirs | {"do": "stop", "stop-last_day": "18.12.2026"})
    answer = first.post(where, mine | {"do": "stop", "stop-last_day": "30.10.2026"})
    assert sent(answer) == 409
    assert "Andre har satt siste dag til 18.12.2026 etter at du åpnet siden." in text(answer)
    slot.refresh_from_db()
    assert slot.valid_to == date(2026, 12, 18)
    again = _form_of(answer, "stop-last_day") | {"do": "stop"}
    assert sent(first.post(where, again)) == 302
    slot.refresh_from_db()
    assert slot.valid_to == date(2026, 10, 30)


def test_a_day_somebody_else_has_called_off_is_not_moved_unseen(house: House, own: tuple[str, OwnSlot]) -> None:
    where, slot = own
    day = date(2026, 10, 14)
    first = signed_in(house)
    mine = opened(first, where, "except-day") | {"do": "except", "except-day": "14.10.2026"}
    slots.except_slot(case=house.case, slot_id=slot.pk, day=day, note="Legetime", by=house.viewer("teacher"))
    answer = first.post(where, mine | {"except-starts": "13", "except-ends": "15"})
    assert sent(answer) == 409
    assert "Andre har avlyst timen den dagen etter at du åpnet siden." in text(answer)
    assert OwnException.objects.get().starts is None
    assert sent(first.post(where, _form_of(answer, "except-day") | {"do": "except"})) == 302
    assert OwnException.objects.get().starts == clock("13")


def test_a_day_one_has_seen_is_changed_at_once(house: House, own: tuple[str, OwnSlot]) -> None:
    where, slot = own
    slots.except_slot(case=house.case, slot_id=slot.pk, day=date(2026, 10, 14), by=house.viewer("teacher"))
    first = signed_in(house)
    typed = {"do": "except", "except-day": "14.10.2026", "except-starts": "13", "except-ends": "15"}
    assert sent(first.post(where, opened(first, where, "except-day") | typed)) == 302


def test_a_groups_name_and_period_by_two_are_both_kept(house: House, spor: Group) -> None:
    where = reverse("hours:group", args=[spor.pk])
    first, second = signed_in(house), signed_in(house, "teacher")
    mine, theirs = (opened(one, where, "change-name") for one in (first, second))
    change = reverse("hours:change_group", args=[spor.pk])
    second.post(change, theirs | {"change-name": "Spor 1 A"})
    assert sent(first.post(change, mine | {"change-last_day": "18.06.2027"})) == 302
    spor.refresh_from_db()
    assert (spor.name, spor.valid_to) == ("Spor 1 A", date(2027, 6, 18))


def test_a_membership_ended_by_somebody_else_is_not_moved_unseen(house: House, spor: Group) -> None:
    where = reverse("hours:group", args=[spor.pk])
    member = ClassMember.objects.get()
    first, second = signed_in(house), signed_in(house, "teacher")
    mine, theirs = (opened(one, where, "last_day") for one in (first, second))
    out = reverse("hours:end_membership", args=[spor.pk, member.pk])
    second.post(out, theirs | {"last_day": "30.10.2026"})
    answer = first.post(out, mine | {"last_day": "16.10.2026"})
    assert sent(answer) == 409
    assert "Andre har satt siste dag til 30.10.2026" in text(answer)
    assert sent(first.post(out, _form_of(answer, "last_day"))) == 302
    member.refresh_from_db()
    assert member.valid_to == date(2026, 10, 16)


def test_what_full_time_is_is_not_overwritten_unseen(house: House, spor: Group) -> None:
    where = reverse("hours:week", args=[house.case.pk])
    first = signed_in(house)
    mine = opened(first, where, "own_activity_from")
    slots.choose_full_time(
        case=house.case, own_activity_from=NEXT, why="Grunnskole med lekser", by=house.viewer("teacher")
    )
    change = reverse("hours:full_time", args=[house.case.pk])
    typed = {"own_activity_from": "01.11.2026", "why": "Mye egen lesing"}
    answer = first.post(change, mine | typed)
    assert sent(answer) == 409
    assert "Andre har endret dette til «Grunnskole med lekser»" in text(answer)
    assert WeekChoice.objects.get().own_activity_from == NEXT


def test_days_of_the_year_marked_by_somebody_else_are_not_marked_over_unseen(house: House, spor: Group) -> None:
    where = reverse("hours:year", args=[2026])
    first = signed_in(house, "leader")
    mine = opened(first, where, "mark-text")
    mark(house, date(2026, 11, 16), DayKind.HOLIDAY, note="Fri")
    typed = {"mark-text": "16.11. planleggingsdag", "mark-kind": "", "mark-unit": ""}
    answer = first.post(reverse("hours:mark_days", args=[2026]), mine | typed)
    assert sent(answer) == 409
    assert "Andre har endret kalenderen etter at du åpnet siden. Merket nå: 16.11.2026 Fri." in text(answer)
    assert CalendarDay.objects.get().kind == DayKind.HOLIDAY
    again = _form_of(answer, "mark-text")
    assert sent(first.post(reverse("hours:mark_days", args=[2026]), again)) == 302
    assert CalendarDay.objects.get().kind == DayKind.PLANNING_DAY


def test_other_days_of_the_year_are_marked_though_somebody_else_has_marked_some(house: House, spor: Group) -> None:
    first = signed_in(house, "leader")
    mine = opened(first, reverse("hours:year", args=[2026]), "mark-text")
    mark(house, date(2026, 11, 16), DayKind.HOLIDAY)
    typed = {"mark-text": "23.11. planleggingsdag", "mark-kind": "", "mark-unit": ""}
    assert sent(first.post(reverse("hours:mark_days", args=[2026]), mine | typed)) == 302


def test_marks_made_since_are_not_taken_away_unseen(house: House, spor: Group) -> None:
    first = signed_in(house, "leader")
    mine = opened(first, reverse("hours:year", args=[2026]), "unmark-first_day")
    mark(house, date(2026, 11, 16), DayKind.HOLIDAY)
    typed = {"unmark-first_day": "1.11.2026", "unmark-last_day": "30.11.2026", "unmark-unit": ""}
    assert sent(first.post(reverse("hours:unmark_days", args=[2026]), mine | typed)) == 409
    assert CalendarDay.objects.exists()


def test_the_municipalitys_days_by_two_are_both_kept(house: House) -> None:
    where = reverse("hours:attendance_rules")
    first, second = signed_in(house, "leader"), signed_in(house, "leader")
    mine, theirs = (opened(one, where, "cutoff_day") for one in (first, second))
    second.post(where, theirs | {"cutoff_day": "8"})
    assert sent(first.post(where, mine | {"reason_days": "10"})) == 302
    rules = AttendanceRules.objects.get()
    assert (rules.cutoff_day, rules.reason_days) == (8, 10)


def test_what_gives_days_with_an_ill_child_by_two_is_both_kept(house: House, spor: Group) -> None:
    where = reverse("hours:absences", args=[house.case.pk])
    first, second = signed_in(house), signed_in(house, "teacher")
    mine, theirs = (opened(one, where, "initial-care-alone") for one in (first, second))
    care = reverse("hours:care", args=[house.case.pk])
    assert sent(second.post(care, theirs | {"care-alone": "on"})) == 302
    assert sent(first.post(care, mine | {"care-chronic": "on"})) == 302
    facts = CareFacts.objects.get()
    assert (facts.alone, facts.chronic) == (True, True)


def test_an_absence_changed_meanwhile_is_settled_on_the_second_press(house: House, spor: Group) -> None:
    absence = away(house.case, date(2026, 10, 1))
    where = reverse("hours:absence", args=[house.case.pk, absence.pk])
    first, second = signed_in(house), signed_in(house, "teacher")
    mine, theirs = (opened(one, where, "settle-revision") for one in (first, second))
    correct = opened(second, where, "correct-first") | {"correct-hours": "2", "correct-why": "Kom klokka elleve"}
    assert theirs["settle-revision"] == mine["settle-revision"]
    assert sent(second.post(reverse("hours:correct", args=[house.case.pk, absence.pk]), correct)) == 302
    settle = reverse("hours:settle", args=[house.case.pk, absence.pk])
    typed = mine | {"settle-code": "ULEGITIMERT", "settle-why": "Møtte ikke"}
    answer = first.post(settle, typed)
    assert sent(answer) == 409
    assert "Noen andre endret fraværet mens du holdt på." in text(answer)
    assert sent(first.post(settle, _form_of(answer, "settle-revision"))) == 302
    absence.refresh_from_db()
    assert (absence.code, absence.last_day - absence.first_day) == ("ULEGITIMERT", timedelta(0))


def _lost(house: House) -> str:
    """Somebody whose right to self-certificates is lost; the address of the page where it is judged."""
    with writing("test"):
        SelfCertificateLoss.objects.create(
            case=house.case, valid_from=date(2026, 4, 1), review_by=date(2026, 10, 1), why="Ofte borte",
            decided_at=datetime(2026, 3, 25, 12, tzinfo=OSLO), decided_by=house.users["leader"],
        )  # fmt: skip
    return reverse("hours:absences", args=[house.case.pk])


def test_the_right_to_self_certificates_judged_by_somebody_else_is_not_judged_over_unseen(house: House) -> None:
    where = _lost(house)
    act = reverse("hours:self_certificate", args=[house.case.pk])
    first, second = signed_in(house), signed_in(house, "leader")
    mine, theirs = (opened(one, where, "keep-why") for one in (first, second))
    giving = opened(first, where, "give-stood")
    assert sent(second.post(act, theirs | {"do": "keep", "keep-why": "Fortsatt ofte borte"})) == 302
    answer = first.post(act, mine | {"do": "keep", "keep-why": "Fire ganger til i høst"})
    assert sent(answer) == 409
    assert "Andre har vurdert retten etter at du åpnet siden: «Fortsatt ofte borte»." in text(answer)
    assert 'value="Fire ganger til i høst"' in text(answer)
    assert sent(first.post(act, giving | {"do": "give"})) == 409
    assert SelfCertificateLoss.objects.get().why == "Fortsatt ofte borte"
    again = _form_of(answer, "keep-why") | {"do": "keep"}
    assert sent(first.post(act, again)) == 302
    loss = SelfCertificateLoss.objects.get()
    assert (loss.why, loss.ended_on) == ("Fire ganger til i høst", None)
    assert sent(first.post(act, opened(first, where, "give-stood") | {"do": "give"})) == 302
    assert SelfCertificateLoss.objects.get().ended_on is not None
