"""Other rooms start drafts of decisions; what is decided is typed by kind."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samlop.core.errors import Refused
from samlop.programme.commands import propose_decision
from samlop.programme.models import Decision
from tests.house import House

LEAVE: dict[str, Any] = {
    "reason": "OMSORGSPERM",
    "first_day": date(2026, 11, 10),
    "last_day": "2027-05-09",
    "granted": True,
    "paid": False,
}
DEDUCTION: dict[str, Any] = {"month": "2026-11", "amount_ore": 1137908, "about": "15 dager uten gyldig grunn"}


def test_a_draft_of_leave_from_another_room(house: House) -> None:
    by = house.viewer("adviser")
    draft = propose_decision(case=house.case, kind="leave", data=LEAVE, reasons="Fødsel", source="hours.leave/1", by=by)
    assert draft.is_draft
    assert draft.data == LEAVE | {"first_day": "2026-11-10"}
    assert (draft.section, draft.prepared_by_name) == ("programme", "Adviser")
    again = propose_decision(case=house.case, kind="leave", data=LEAVE, source="hours.leave/1", by=by)
    assert (again.pk, Decision.objects.count()) == (draft.pk, 1)


def test_what_is_about_money_belongs_to_economy(house: House) -> None:
    draft = propose_decision(case=house.case, kind="deduction", data=DEDUCTION, by=house.viewer("adviser"))
    assert draft.section == "economy"


@pytest.mark.parametrize(
    ("kind", "change", "code", "field"),
    [
        ("leave", {"reason": "FERIE"}, "wrong_value", "reason"),
        ("leave", {"last_day": "2026-11-09"}, "end_before_start", "last_day"),
        ("leave", {"first_day": None}, "missing_value", "first_day"),
        ("leave", {"first_day": "i morgen"}, "wrong_value", "first_day"),
        ("leave", {"moon": 1}, "unknown_value", None),
        ("deduction", {"amount_ore": 0}, "wrong_value", "amount_ore"),
        ("deduction", {"amount_ore": 10.5}, "wrong_value", "amount_ore"),
        ("deduction", {"month": "2026-13"}, "wrong_value", "month"),
        ("fine", {}, "unknown_kind", "kind"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(
    house: House, kind: str, change: dict[str, Any], code: str, field: str | None
) -> None:
    data = (DEDUCTION if kind == "deduction" else LEAVE) | change
    with pytest.raises(Refused) as refusal:
        propose_decision(case=house.case, kind=kind, data=data, by=house.viewer("adviser"))
    assert (refusal.value.code, refusal.value.field) == (code, field)


@pytest.mark.parametrize("name", ["nav", "teacher", "participant"])
def test_who_may_not_prepare(house: House, name: str) -> None:
    with pytest.raises(Refused) as refusal:
        propose_decision(case=house.case, kind="leave", data=LEAVE, by=house.viewer(name))
    assert refusal.value.code == "no_right_programme"
