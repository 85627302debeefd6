"""Decisions made before the case came into Samløp are written in, and the rest follows from them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from samlop.cases.caseload import caseload
from samlop.cases.journal import sentence
from samlop.cases.models import JournalEntry
from samlop.core.due import DueItem
from samlop.core.errors import Refused
from samlop.core.time import OSLO
from samlop.core.time import at as clock
from samlop.core.writing import writing
from samlop.overview.acting import may_act
from samlop.programme import commands
from samlop.programme.due import due_items
from samlop.programme.law_of_case import law_of
from samlop.programme.models import Course, CourseFacts, Decision
from tests.house import House, person
from tests.house import case as another
from tests.programme.course_of import at, facts, know, signed_in

CAME, NOW = date(2026, 9, 1), date(2026, 10, 1)
START, END = date(2025, 3, 3), date(2027, 3, 2)
AWARD: dict[str, Any] = {
    "start_on": START, "planned_end_on": END, "end_goal": "work", "benefit": True, "norwegian": True,
}  # fmt: skip
TYPED = {
    "start_on": "3.3.2025", "planned_end_on": "2.3.2027", "end_goal": "work", "benefit": "on", "norwegian": "on",
    "decided_on": "17.2.2025", "signed_by_name": "Kari Nordmann", "signed_by_title": "leder, flyktningtjenesten",
}  # fmt: skip


@pytest.fixture
def running(house: House) -> House:
    """A case that came into Samløp on 1 September 2026 with a programme begun in March 2025."""
    know(house.case, permit_granted_on=date(2024, 11, 4), settled_on=date(2025, 1, 15))
    with writing("test"):
        house.case.registered_at = datetime(2026, 9, 1, 12, tzinfo=OSLO)
        house.case.save()
    with clock(NOW):
        facts(house, lived_in_municipality_since=date(2025, 1, 15))
        commands.set_dates(case=house.case, start_on=START, planned_end_on=None, by=house.viewer("adviser"))
    return house


def write(house: House, kind: str = "award", data: dict[str, Any] | None = None, **more: Any) -> Decision:
    given: dict[str, Any] = {"decided_on": date(2025, 2, 17), "signed_by_name": "Kari Nordmann"} | more
    with clock(NOW):
        return commands.write_in(
            case=house.case, kind=kind, data=AWARD if data is None else data, by=house.viewer("adviser"), **given
        )


def codes(house: House, name: str = "adviser") -> list[str]:
    with clock(NOW):
        return [item.code for item in due_items(caseload(house.viewer(name)), NOW)]


def test_the_page_asks_for_the_award_and_takes_it(running: House, client: Client) -> None:
    signed_in(running, client, "adviser")
    with clock(NOW):
        page = client.get(at(running, "decisions")).content.decode()
        assert "Programmet var i gang da saken kom inn i Samløp" in page
        form = client.get(at(running, "decision_earlier", "award")).content.decode()
        assert 'value="03.03.2025"' in form, "what the course says already is filled in"
        assert client.post(at(running, "decision_earlier", "award"), TYPED).status_code == 302
        row = Decision.objects.get()
        page = client.get(at(running, "decision", row.pk)).content.decode()
        assert "Fattet før Samløp" in page
        assert "17.02.2025, Kari Nordmann" in page
        assert ("Brevet (PDF)" in page, "Undertegn vedtaket" in page) == (False, False)
        assert client.get(at(running, "decision_letter", row.pk)).status_code == 422
        assert "Programmet var i gang" not in client.get(at(running, "decisions")).content.decode()
    assert (row.signed_by, row.prepared_by, row.before_samlop) == (None, running.users["adviser"], True)
    told = sentence(JournalEntry.objects.get(code="programme.decision_written_in"))
    assert told == "skrev inn et vedtak fra før Samløp, fattet 17.02.2025: tildeling av program"


def test_length_and_deadlines_follow(running: House) -> None:
    write(running)
    course = Course.objects.get()
    assert (course.planned_end_on, course.end_goal) == (END, "work")
    latest = law_of(running.case).latest_end().value
    assert latest is not None
    assert latest.ordinary == END, "24 months for work without upper secondary"
    found = codes(running)
    assert "programme.plan_decision" in found, "the plan was to be decided at the same time"
    assert not {"programme.decision_to_send", "programme.register", "programme.decide"} & set(found)
    with clock(NOW):
        [plan] = [one for one in due_items(caseload(running.viewer("adviser")), NOW) if "plan_decision" in one.code]
    assert plan.url == at(running, "decision_earlier", "plan")
    write(running, "plan", {"occasion": "drawn_up", "plan_dated": "2025-02-17", "norwegian": True,
                            "contract_on": "2025-02-17"})  # fmt: skip
    assert "programme.plan_decision" not in codes(running)


def test_an_extension_and_a_leave_count_as_our_own(running: House) -> None:
    write(running)
    write(running, "extension", {"end_was": END, "planned_end_on": date(2028, 3, 2)}, decided_on=date(2026, 8, 1))
    write(running, "leave", {"reason": "OMSORGSPERM", "first_day": "2025-09-01", "last_day": "2025-11-28",
                             "granted": True}, decided_on=date(2025, 8, 1))  # fmt: skip
    assert Course.objects.get().planned_end_on == date(2028, 3, 2)
    with clock(NOW):
        from samlop.programme.length import length_of

        length = length_of(law_of(running.case))
    assert (len(length.extensions), len(length.leaves)) == (1, 1)
    assert length.added is not None
    assert length.added.days > 0


def test_what_was_typed_wrongly_is_corrected_and_the_course_follows(running: House, client: Client) -> None:
    first = write(running)
    signed_in(running, client, "adviser")
    address = at(running, "decision_earlier", "award") + f"?erstatter={first.pk}"
    with clock(NOW):
        assert 'value="02.03.2027"' in client.get(address).content.decode()
        again = TYPED | {"erstatter": str(first.pk), "planned_end_on": "1.2.2027", "end_goal": "primary"}
        assert client.post(address, again).status_code == 302
        assert "Erstattet av vedtaket" in client.get(at(running, "decision", first.pk)).content.decode()
    course = Course.objects.get()
    assert (course.planned_end_on, course.end_goal) == (date(2027, 2, 1), "primary")
    with pytest.raises(Refused) as refusal:
        write(running, replaces=first.pk)
    assert refusal.value.code == "already_written_in"


def test_what_was_never_decided_is_taken_out_and_told(running: House, client: Client) -> None:
    row = write(running)
    signed_in(running, client, "adviser")
    with clock(NOW):
        assert client.post(at(running, "earlier_out", row.pk)).status_code == 302
    assert not Decision.objects.exists()
    assert "tok bort et vedtak fra før Samløp" in sentence(JournalEntry.objects.latest("seq"))
    leave = write(running, "leave", {"reason": "VELFERD", "first_day": "2025-09-01", "last_day": "2025-09-02",
                                     "granted": True})  # fmt: skip
    with pytest.raises(Refused) as refusal:
        commands.take_out(case=running.case, decision=leave.pk, by=running.viewer("adviser"))
    assert refusal.value.code == "is_leave"


def test_a_signed_decision_of_ours_is_never_taken_out(running: House) -> None:
    row = write(running)
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute("UPDATE programme_decision SET before_samlop = false WHERE id = %s", [row.pk])


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"decided_on": date(2026, 9, 2)}, "after_registration", "decided_on"),
        ({"signed_by_name": " "}, "missing_signatory", "signed_by_name"),
        ({"received_on": date(2025, 2, 16)}, "received_before_decided", "received_on"),
        ({"received_on": date(2026, 10, 2)}, "future_day", "received_on"),
        ({"kind": "deduction"}, "unknown_kind", "kind"),
        ({"data": AWARD | {"start_on": date(2025, 4, 1)}}, "start_differs", "start_on"),
        ({"data": AWARD | {"end_goal": ""}}, "missing_value", "end_goal"),
    ],
)
def test_what_cannot_be_is_refused_by_name(running: House, change: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        write(running, **change)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not Decision.objects.exists()


def test_there_is_one_award(running: House) -> None:
    write(running)
    with pytest.raises(Refused) as refusal:
        write(running)
    assert refusal.value.code == "already_written_in"


def test_the_participant_reads_it_and_may_still_complain(running: House, client: Client) -> None:
    row = write(running, received_on=date(2026, 9, 14), decided_on=date(2026, 8, 31))
    page = signed_in(running, client, "participant").get(at(running, "decision", row.pk)).content.decode()
    assert "Du får introduksjonsprogram fra 03.03.2025" in page
    assert "Ta bort" not in page
    assert "programme.appeal" in codes(running)


@pytest.mark.parametrize("name", ["colleague", "nav", "teacher", "participant"])
def test_only_those_who_manage_the_programme_write_in(running: House, name: str) -> None:
    with pytest.raises(Refused) as refusal:
        commands.write_in(case=running.case, kind="award", data=AWARD, decided_on=START, signed_by_name="K",
                          by=running.viewer(name))  # fmt: skip
    assert refusal.value.code == "no_right_programme"


def test_leave_before_a_move_is_counted_once(running: House) -> None:
    """The days of the case that this one continues are counted there."""
    with writing("test"):
        before = another(running, person(running.other_municipality))
        before.status, before.closed_at = "moved", running.case.registered_at
        before.save()
        running.case.continues = before
        running.case.save()
    with pytest.raises(Refused) as refusal:
        write(running, "leave", {"reason": "OMSORGSPERM", "first_day": "2025-09-01", "last_day": "2025-11-28",
                                 "granted": True}, decided_on=date(2025, 8, 1))  # fmt: skip
    assert refusal.value.code == "counted_already"


class TestAskedFor:
    """A programme that ran when the case came in is asked for its decisions until they are written in."""

    def line(self, house: House, name: str = "adviser") -> DueItem | None:
        with clock(NOW):
            found = due_items(caseload(house.viewer(name)), NOW)
        return next((item for item in found if item.code == "programme.earlier_decisions"), None)

    def test_a_line_stands_on_min_dag_until_the_award_is_written_in(self, running: House, client: Client) -> None:
        item = self.line(running)
        assert item is not None
        assert "Programmet startet 03.03.2025 og var i gang da saken kom inn." in item.why
        assert item.url == at(running, "decisions") + "#earlier"
        signed_in(running, client, "adviser")
        with clock(NOW):
            assert 'id="earlier"' in client.get(at(running, "decisions")).content.decode()
            told = client.post(at(running, "decision_earlier", "award"), TYPED, follow=True).content.decode()
        assert "Er det også vedtak om plan" in told
        assert self.line(running) is None

    def test_somebody_says_that_there_are_none_and_may_change_their_mind(self, running: House, client: Client) -> None:
        signed_in(running, client, "adviser")
        with clock(NOW):
            told = client.post(at(running, "earlier_none"), follow=True).content.decode()
            assert "Notert 01.10.2026: Det er ingen vedtak fra før Samløp å skrive inn." in told
            assert 'id="earlier"' not in told
        assert self.line(running) is None
        entry = JournalEntry.objects.get(code="programme.nothing_earlier")
        assert sentence(entry) == "noterte at det ikke er noe vedtak fra før Samløp å skrive inn"
        row = write(running)
        assert CourseFacts.objects.get().nothing_earlier_on is None
        with clock(NOW):
            commands.take_out(case=running.case, decision=row.pk, by=running.viewer("adviser"))
        assert self.line(running) is not None

    def test_only_who_manages_the_programme_is_offered_it_or_may_say_so(self, running: House) -> None:
        for name, code in (("colleague", "no_right_programme"), ("nav", "no_right_programme")):
            with clock(NOW), pytest.raises(Refused) as refusal:
                commands.note_nothing_earlier(case=running.case, by=running.viewer(name))
            assert refusal.value.code == code
        item = self.line(running, "colleague")
        assert item is not None
        assert not may_act(caseload(running.viewer("colleague")), item, is_mine=False)
        assert may_act(caseload(running.viewer("leader")), item, is_mine=False)

    def test_what_needs_no_answer_takes_none(self, running: House) -> None:
        with clock(NOW):
            commands.note_nothing_earlier(case=running.case, by=running.viewer("adviser"))
            commands.note_nothing_earlier(case=running.case, by=running.viewer("adviser"))
        assert JournalEntry.objects.filter(code="programme.nothing_earlier").count() == 1
        write(running)
        with clock(NOW), pytest.raises(Refused) as refusal:
            commands.note_nothing_earlier(case=running.case, by=running.viewer("adviser"))
        assert refusal.value.code == "already_written_in"

    def test_a_programme_that_begins_here_is_not_asked_for_earlier_ones(self, running: House) -> None:
        with clock(NOW):
            commands.set_dates(case=running.case, start_on=NOW, planned_end_on=None, by=running.viewer("adviser"))
            assert self.line(running) is None
            with pytest.raises(Refused) as refusal:
                commands.note_nothing_earlier(case=running.case, by=running.viewer("adviser"))
        assert refusal.value.code == "did_not_run"

    def test_after_a_move_the_old_municipalitys_decisions_stand_in_its_own_case(self, running: House) -> None:
        with writing("test"):
            before = another(running, person(running.other_municipality))
            before.status, before.closed_at = "moved", running.case.registered_at
            before.save()
            running.case.continues = before
            running.case.save()
        assert self.line(running) is None
