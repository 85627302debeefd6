"""Leave: asked for, what it does, answered by the draft of a decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samlop.cases.caseload import caseload
from samlop.core.errors import Refused
from samlop.core.time import at
from samlop.core.writing import writing
from samlop.hours.account import Account
from samlop.hours.applying import effect
from samlop.hours.attendance_due import due_items
from samlop.hours.commands.leave import ask_leave, propose_leave, withdraw_leave
from samlop.hours.models import Leave, SelfCertificateLoss
from samlop.law.dates import Period
from samlop.people.models import FamilyMember
from samlop.programme.models import Decision
from tests.hours.presence import away, decided_leave
from tests.hours.weeks import END, course
from tests.house import House

ON = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def _in_november(house: House) -> Iterator[None]:
    course(house.case)
    with at(ON):
        yield


def ask(
    house: House, code: str = "VELFERD", first: date = date(2026, 12, 1), last: date | None = None, **extra: Any
) -> Leave:
    who = extra.pop("who", "participant")
    return ask_leave(case=house.case, code=code, first=first, last=last or first, by=house.viewer(who), **extra)


def propose(house: House, leave: Leave, **extra: Any) -> Decision:
    values = {"granted": True, "first": leave.first_day, "last": leave.last_day, "paid": True, "why": ""} | extra
    return propose_leave(case=house.case, leave_id=leave.pk, by=house.viewer("adviser"), **values)


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=f"^{code}:")


def meaning(house: House, code: str, first: date, last: date, **extra: Any) -> Any:
    return effect(Account.of(house.case), code, Period(first, last), END, asked_on=ON, **extra)


def test_the_participant_asks_and_the_municipality_drafts_the_decision(house: House) -> None:
    leave = ask(house, words="Bryllup")
    decision = propose(house, leave)
    assert decision.data == {
        "reason": "VELFERD", "first_day": "2026-12-01", "last_day": "2026-12-01", "granted": True, "paid": True,
    }  # fmt: skip
    assert decision.is_draft
    assert leave.refreshed().decision == decision
    with refused("already_answered"):
        propose(house, leave)


def test_a_leave_without_benefit_is_never_decided_with_it(house: House) -> None:
    leave = ask(house, "SYKPERM")
    with refused("never_paid"):
        propose(house, leave, paid=True)
    assert propose(house, leave, paid=False).data["paid"] is False


def test_a_no_needs_a_reason(house: House) -> None:
    leave = ask(house)
    with refused("missing_reason"):
        propose(house, leave, granted=False, paid=False)
    assert propose(house, leave, granted=False, paid=False, why="Kan legges etter skoletid").data["granted"] is False


def test_religious_days_are_told_fourteen_days_before_and_a_late_one_says_so(house: House) -> None:
    assert meaning(house, "RELIGION", date(2026, 11, 30), date(2026, 11, 30)).against == []
    late = meaning(house, "RELIGION", date(2026, 11, 27), date(2026, 11, 27)).against
    assert [one.reference for one in late] == ["integreringsforskriften § 17"]
    assert "13.11.2026" in late[0].text


def test_two_religious_days_a_calendar_year(house: House) -> None:
    away(house.case, date(2026, 9, 1), date(2026, 9, 2), code="RELIGION")
    assert "0 er igjen" in meaning(house, "RELIGION", date(2026, 12, 8), date(2026, 12, 8)).against[0].text


def test_parental_leave_ten_months_in_the_first_year_and_norwegian_from_the_fourth(house: House) -> None:
    born = date(2026, 12, 1)
    fine = meaning(house, "OMSORGSPERM", born, date(2027, 9, 30), child_born=born)
    assert fine.against == []
    assert fine.norwegian_from == date(2027, 3, 1)
    assert not fine.paid
    long = meaning(house, "OMSORGSPERM", born, date(2027, 12, 15), child_born=born)
    assert len(long.against) == 2


def test_with_both_parents_in_the_programme_seventy_five_days_are_the_others(house: House) -> None:
    with writing("test"):
        FamilyMember.objects.create(person=house.case.person, relation="spouse", in_programme=True)
    born = date(2026, 12, 1)
    against = meaning(house, "OMSORGSPERM", born, date(2027, 9, 30), child_born=born).against
    assert "75 dager" in against[0].text


def test_over_ten_days_together_lengthen_the_programme_and_the_doubt_is_shown(house: House) -> None:
    away(house.case, date(2026, 9, 7), date(2026, 9, 11), code="SYK_EGEN_LEGE")
    few = meaning(house, "VELFERD", date(2026, 12, 7), date(2026, 12, 11))
    assert (few.added_days, few.end_on) == (0, None)  # ten together are not over ten
    more = meaning(house, "VELFERD", date(2026, 12, 7), date(2026, 12, 14))
    assert more.added_days == 11
    assert more.end_on == date(2028, 8, 17)
    assert [note.code for note in more.uncertain] == ["added_time_mode"]


@pytest.mark.parametrize(
    ("code", "first", "last", "refusal"),
    [
        ("SYK_EGEN_EM", date(2026, 12, 1), date(2026, 12, 1), "unknown_reason"),
        ("VELFERD", date(2026, 12, 2), date(2026, 12, 1), "end_before_start"),
        ("VELFERD", date(2026, 12, 1), date(2028, 1, 1), "too_long"),
        ("VELFERD", date(2026, 9, 1), date(2026, 9, 1), "too_late"),
        ("VELFERD", date(2028, 1, 1), date(2028, 1, 1), "too_far_ahead"),
        ("OMSORGSPERM", date(2026, 12, 1), date(2027, 3, 1), "missing_child_born"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_by_name(
    house: House, code: str, first: date, last: date, refusal: str
) -> None:
    with refused(refusal):
        ask(house, code, first, last)


def test_one_application_for_a_day_at_a_time(house: House) -> None:
    leave = ask(house)
    with refused("overlaps"):
        ask(house)
    withdraw_leave(case=house.case, leave_id=leave.pk, why="Trenger det ikke", by=house.viewer("participant"))
    ask(house)


def test_days_already_granted_are_not_asked_for_again(house: House) -> None:
    decided_leave(house.case, "VELFERD", date(2026, 12, 1), date(2026, 12, 2), paid=True)
    with refused("overlaps"):
        ask(house)


def test_the_participant_does_not_answer_and_the_teacher_does_not_decide(house: House) -> None:
    leave = ask(house)
    for who, code in (("participant", "no_right_programme"), ("teacher", "no_right_programme")):
        with refused(code):
            propose_leave(
                case=house.case, leave_id=leave.pk, granted=True, first=leave.first_day, last=leave.last_day,
                paid=True, why="", by=house.viewer(who),
            )  # fmt: skip


def test_on_the_page_the_meaning_is_shown_before_it_is_sent(house: House) -> None:
    client = Client()
    client.force_login(house.users["participant"])
    typed = {"code": "OMSORGSPERM", "first": "1.12.2026", "last": "31.5.2027", "child_born": "1.12.2026", "words": ""}
    where = reverse("hours:ask_leave", args=[house.case.pk])
    first = client.post(where, typed | {"show": ""}).content.decode()
    assert "Uten introduksjonsstønad" in first
    assert "Norskopplæring skal tilbys fra 01.03.2027" in first
    assert not Leave.objects.exists()
    assert client.post(where, typed | {"send": ""}).status_code == 302
    assert Leave.objects.get().asked_by == house.users["participant"]


def test_a_draft_is_not_shown_to_the_participant_as_an_answer(house: House) -> None:
    leave = ask(house)
    propose(house, leave)
    where = reverse("hours:leave", args=[house.case.pk, leave.pk])
    for who, said in (("participant", "venter på svar"), ("adviser", "utkast til vedtak")):
        client = Client()
        client.force_login(house.users[who])
        assert said in client.get(where).content.decode()


def due(house: House, who: str = "adviser") -> dict[str, date | None]:
    return {item.code: item.due_on for item in due_items(caseload(house.viewer(who)), ON)}


def test_what_is_due_leaves_when_it_is_done(house: House) -> None:
    assert due(house) == {}
    leave = ask(house)
    row = away(house.case, date(2026, 11, 10))
    away(house.case, date(2026, 11, 2), date(2026, 11, 6), code="SYK_EGEN_LEGE")
    assert due(house) == {
        "hours.leave_to_answer": date(2026, 11, 30),
        "hours.reason_missing": date(2026, 11, 17),
        "hours.paper_missing": date(2026, 11, 9),
    }
    propose(house, leave)
    with writing("test"):
        type(row).objects.update(code="SYK_BARN", documented=True)
    assert due(house) == {}


def test_the_loss_of_self_certificates_is_reviewed(house: House) -> None:
    with writing("test"):
        SelfCertificateLoss.objects.create(
            case=house.case, valid_from=ON, review_by=date(2027, 5, 16), why="Ofte", decided_at=f"{ON}T12:00Z"
        )
    assert due(house) == {"hours.self_certificate_review": date(2027, 5, 16)}


def test_long_illness_is_a_year_at_most_with_what_was_taken_before(house: House) -> None:
    """integreringsforskriften § 15."""
    fine = meaning(house, "SYKPERM", date(2026, 12, 1), date(2027, 11, 30))
    assert fine.against == []
    decided_leave(house.case, "SYKPERM", date(2026, 9, 1), date(2026, 10, 30))
    (against,) = meaning(house, "SYKPERM", date(2026, 12, 1), date(2027, 11, 30)).against
    assert "høyst 12 måneder til sammen" in against.text
    assert against.reference == "integreringsforskriften § 15"


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("VELFERD", "Tilvenning i barnehage er høyst 3 dager."),
        ("FODSEL_FAR", "Gjelder far som bor sammen med mor."),
        ("OMSORGSPERM_ADOPSJON", "Gjelder barn under 15 år."),
    ],
)
def test_what_a_leave_is_for_is_told_before_it_is_sent(house: House, code: str, says: str) -> None:
    client = Client()
    client.force_login(house.users["participant"])
    typed = {"code": code, "first": "1.12.2026", "last": "2.12.2026"}
    answer = client.post(reverse("hours:ask_leave", args=[house.case.pk]), typed)
    assert says in answer.content.decode()
