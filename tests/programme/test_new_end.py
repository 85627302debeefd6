"""A granted leave makes the programme longer: proposed on its page, and set with one press. Time off to breast-feed is
an hour a day and takes no day."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from samlop.core.errors import Refused
from samlop.core.time import at as clock
from samlop.programme import commands
from samlop.programme.absences import days_away
from samlop.programme.models import Course, Decision
from samlop.programme.presenting import plain
from tests.house import House
from tests.programme.course_of import AWARD, at, decide, facts, know, signed_in

DECIDED, GRANTED, LATER = date(2026, 2, 20), date(2026, 4, 1), date(2026, 5, 4)
LEAVE: dict[str, Any] = {
    "reason": "OMSORGSPERM", "first_day": "2026-06-01", "last_day": "2026-06-26", "granted": True, "paid": False,
}  # fmt: skip
"""Twenty working days."""
BREAST: dict[str, Any] = {
    "reason": "AMMEFRI", "first_day": "2026-05-01", "last_day": "2027-01-14", "child_born": "2026-01-15",
    "granted": True, "paid": True,
}  # fmt: skip


@pytest.fixture
def awarded(house: House) -> House:
    know(house.case)
    with clock(DECIDED):
        facts(house)
        decide(house, "award", AWARD)
    return house


def grant(house: House, data: dict[str, Any]) -> Decision:
    with clock(GRANTED):
        return decide(house, "leave", data)


def page(house: House, client: Client, row: Decision, name: str = "adviser") -> str:
    with clock(LATER):
        return signed_in(house, client, name).get(at(house, "decision", row.pk)).content.decode()


def press(house: House, client: Client, row: Decision, shown: str) -> None:
    typed = dict(re.findall(r'name="(new_end-[a-z_]+)" value="([^"]*)"', shown))
    with clock(LATER):
        assert client.post(at(house, "decision_new_end", row.pk), typed).status_code == 302


def test_one_press_sets_the_day_the_leave_gives(awarded: House, client: Client) -> None:
    """1 March 2028 and twenty working days."""
    row = grant(awarded, LEAVE)
    shown = page(awarded, client, row)
    assert "Fravær og permisjon legger 20 virkedager til programmet" in shown
    assert "Sett ny sluttdato 29.03.2028" in shown
    press(awarded, client, row, shown)
    assert Course.objects.get().planned_end_on == date(2028, 3, 29)
    assert "Sett ny sluttdato" not in page(awarded, client, row), "it is set, and not asked again"


def test_a_second_leave_adds_its_own(awarded: House, client: Client) -> None:
    first = grant(awarded, LEAVE)
    press(awarded, client, first, page(awarded, client, first))
    second = grant(awarded, LEAVE | {"first_day": "2026-08-03", "last_day": "2026-08-07"})
    assert "Sett ny sluttdato 05.04.2028" in page(awarded, client, second)


def test_a_page_that_stood_open_sets_nothing_else(awarded: House, client: Client) -> None:
    row = grant(awarded, LEAVE)
    shown = page(awarded, client, row)
    with clock(LATER):
        commands.set_dates(
            case=awarded.case, start_on=AWARD["start_on"], planned_end_on=date(2028, 3, 31),
            by=awarded.viewer("adviser"),
        )  # fmt: skip
    press(awarded, client, row, shown)
    assert Course.objects.get().planned_end_on == date(2028, 3, 31)


def test_what_is_not_granted_or_too_short_to_count_adds_nothing(awarded: House, client: Client) -> None:
    refused = grant(awarded, LEAVE | {"granted": False})
    short = grant(awarded, LEAVE | {"reason": "VELFERD", "last_day": "2026-06-05", "paid": True})
    assert "Sett ny sluttdato" not in page(awarded, client, refused)
    assert "Sett ny sluttdato" not in page(awarded, client, short), "five days of leave are not over ten"


@pytest.mark.parametrize("name", ["participant", "nav", "colleague"])
def test_only_those_who_set_the_dates_are_asked(awarded: House, client: Client, name: str) -> None:
    row = grant(awarded, LEAVE)
    commands.note_sent(
        case=awarded.case, decision=row.pk, sent_on=GRANTED, how="in_person", by=awarded.viewer("adviser")
    )
    assert "Sett ny sluttdato" not in page(awarded, client, row, name)


def test_time_off_to_breast_feed_takes_no_day(awarded: House, client: Client) -> None:
    """Integreringsforskriften § 13: an hour a day in the child's first year."""
    row = grant(awarded, BREAST)
    assert days_away([awarded.case])[awarded.case.pk] == {}
    assert "Sett ny sluttdato" not in page(awarded, client, row)
    assert plain("leave", row.data) == "Du har fri for å amme inntil 1 time hver dag fra 01.05.2026 til 14.01.2027."


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"last_day": "2027-01-15"}, "too_long", "last_day"),
        ({"first_day": "2026-01-14"}, "before_birth", "first_day"),
        ({"child_born": None}, "missing_value", "child_born"),
    ],
)
def test_it_ends_before_the_child_is_a_year_old(awarded: House, change: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        grant(awarded, BREAST | change)
    assert (refusal.value.code, refusal.value.field) == (code, field)
