"""Who signs: the leader, and named advisers by delegation, dated and withdrawn at any time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samlop.cases.caseload import caseload
from samlop.cases.journal import sentence
from samlop.cases.models import JournalEntry
from samlop.core.errors import Refused
from samlop.core.time import at as clock
from samlop.core.time import today
from samlop.core.writing import writing
from samlop.people.models import Membership
from samlop.programme import commands
from samlop.programme.due import due_items
from samlop.programme.letter import letter
from samlop.programme.models import Decision, SigningDelegation
from tests.house import House
from tests.programme.course_of import at, signed_in

HERE = reverse("programme:signing")
LEAVE: dict[str, Any] = {
    "reason": "VELFERD", "first_day": "2026-12-01", "last_day": "2026-12-02", "granted": True, "paid": True,
}  # fmt: skip
STOP: dict[str, Any] = {"mode": "temporary", "first_day": "2026-12-01", "last_day": "2026-12-31"}


def delegate(house: House, name: str = "adviser", **more: Any) -> SigningDelegation:
    given: dict[str, Any] = {"kinds": ["leave"], "basis": "Reglementet punkt 4.2", "valid_from": today()} | more
    return commands.delegate_signing(user=house.users[name].pk, by=house.viewer("leader"), **given)


def draft(house: House, kind: str = "leave", data: dict[str, Any] | None = None, by: str = "adviser") -> Decision:
    return commands.propose_decision(
        case=house.case, kind=kind, data=data or LEAVE, reasons="Grunn.", by=house.viewer(by)
    )


def sign(house: House, row: Decision, name: str) -> str:
    """Empty where somebody signs, else the code of the refusal."""
    try:
        commands.sign_decision(case=house.case, decision=row.pk, by=house.viewer(name))
    except Refused as refusal:
        return refusal.code
    return ""


def test_the_leader_delegates_on_the_page_and_the_adviser_signs(house: House, client: Client) -> None:
    signed_in(house, client, "leader")
    typed = {"user": str(house.users["adviser"].pk), "kinds": ["leave", "plan"], "basis": "Reglementet punkt 4.2",
             "valid_from": f"{today():%d.%m.%Y}", "valid_to": ""}  # fmt: skip
    assert client.post(HERE, typed).status_code == 302
    page = client.get(HERE).content.decode()
    assert "permisjon eller fravær" in page
    assert ("Gjelder nå" in page, "Reglementet punkt 4.2" in page) == (True, True)
    row = draft(house)
    signed_in(house, client, "adviser")
    assert "Undertegn vedtaket" in client.get(at(house, "decision", row.pk)).content.decode()
    assert client.post(at(house, "decision_sign", row.pk), {"sign-on": f"{today():%d.%m.%Y}"}).status_code == 302
    page = client.get(at(house, "decision", row.pk)).content.decode()
    assert "etter delegert myndighet" in page
    signed = Decision.objects.get()
    assert letter(house.case, signed)["signatures"] == [
        ["Adviser", f"programrådgiver, {house.units['refugee'].name}, etter delegert myndighet"]
    ]
    told = sentence(JournalEntry.objects.get(code="programme.decision_signed"))
    assert told.startswith("undertegnet vedtak etter delegert myndighet")


def test_only_what_is_delegated_and_only_by_whom(house: House) -> None:
    delegate(house)
    assert sign(house, draft(house), "colleague") == "no_signatory"
    assert sign(house, draft(house, "stop", STOP), "adviser") == "no_signatory"
    assert sign(house, draft(house), "adviser") == ""


def test_a_colleague_signs_what_is_delegated_though_not_in_the_team(house: House) -> None:
    delegate(house, "colleague")
    assert sign(house, draft(house), "colleague") == ""


def test_a_withdrawn_delegation_holds_no_longer_and_what_was_signed_stands(house: House, client: Client) -> None:
    row = delegate(house)
    first = draft(house)
    assert sign(house, first, "adviser") == ""
    signed_in(house, client, "leader")
    assert client.post(reverse("programme:signing_withdraw", args=[row.pk])).status_code == 302
    assert "Trukket tilbake" in client.get(HERE).content.decode()
    assert sign(house, draft(house, data=LEAVE | {"last_day": "2026-12-03"}), "adviser") == "no_signatory"
    assert first.refreshed().delegation_id == row.pk


def test_it_holds_from_its_first_day_to_its_last(house: House) -> None:
    first, last = today() + timedelta(days=5), today() + timedelta(days=6)
    delegate(house, valid_from=first, valid_to=last)
    row = draft(house)
    assert sign(house, row, "adviser") == "no_signatory"
    with clock(last + timedelta(days=1)):
        assert sign(house, row, "adviser") == "no_signatory"
    with clock(last):
        assert sign(house, row, "adviser") == ""


def test_who_has_left_the_unit_signs_no_more(house: House, client: Client) -> None:
    delegate(house)
    row = draft(house)
    with writing("test"):
        Membership.objects.filter(user=house.users["adviser"]).update(unit=house.units["school"])
    assert sign(house, row, "adviser") in ("no_signatory", "not_found")
    assert "Arbeider ikke her" in signed_in(house, client, "leader").get(HERE).content.decode()


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"name": "nav"}, "not_at_unit", "user"),
        ({"name": "teacher"}, "not_at_unit", "user"),
        ({"kinds": []}, "missing_kinds", "kinds"),
        ({"kinds": ["fine"]}, "missing_kinds", "kinds"),
        ({"basis": " "}, "missing_basis", "basis"),
        ({"valid_from": date(2020, 1, 1)}, "starts_before_today", "valid_from"),
        ({"valid_to": date(2020, 1, 1)}, "end_before_start", "valid_to"),
    ],
)
def test_what_cannot_be_is_refused_by_name(house: House, change: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        delegate(house, **change)
    assert (refusal.value.code, refusal.value.field) == (code, field)


@pytest.mark.parametrize("name", ["adviser", "nav_leader", "teacher", "participant"])
def test_only_those_who_set_up_the_municipality_see_the_page(house: House, client: Client, name: str) -> None:
    assert signed_in(house, client, name).get(HERE).status_code == 403


def test_another_municipality_sees_and_withdraws_nothing(house: House, client: Client) -> None:
    row = delegate(house)
    page = signed_in(house, client, "other_leader")
    assert "Reglementet" not in page.get(HERE).content.decode()
    assert page.post(reverse("programme:signing_withdraw", args=[row.pk])).status_code == 404


def test_the_draft_waits_for_whoever_signs_it(house: House) -> None:
    draft(house)

    def waits_for() -> Any:
        found = due_items(caseload(house.viewer("leader")), today())
        return next(item.user_id for item in found if item.code == "programme.decision_to_sign")

    assert waits_for() is None
    delegate(house)
    assert waits_for() == house.users["adviser"].pk


def test_the_register_asks_no_more_for_more_rows(
    house: House, client: Client, django_assert_max_num_queries: Any
) -> None:
    signed_in(house, client, "leader")
    delegate(house)
    client.get(HERE)
    with django_assert_max_num_queries(40) as few:
        client.get(HERE)
    for name in ("adviser", "colleague", "adviser"):
        delegate(house, name)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(HERE)
