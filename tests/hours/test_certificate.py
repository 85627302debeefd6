"""The certificate of participation tells the hours that the week's plan held."""

from __future__ import annotations

from datetime import date
from typing import Any

from samlop.core.time import at as clock
from samlop.core.time import now
from samlop.core.writing import writing
from samlop.hours.models import Absence
from samlop.programme import commands
from samlop.programme.certificate import certificate
from tests.hours.weeks import hour
from tests.house import House

START, END, LATER = date(2026, 3, 2), date(2026, 3, 29), date(2026, 4, 7)
HEADING = "Timer etter ukeplanen, uten fravær og permisjon"


def ended(house: House) -> House:
    with clock(LATER):
        commands.set_dates(case=house.case, start_on=START, planned_end_on=None, by=house.viewer("adviser"))
        commands.end_course(case=house.case, ended_on=END, reason="work", by=house.viewer("adviser"))
    return house


def lines(house: House, name: str = "adviser") -> list[list[str]]:
    with clock(LATER):
        said: dict[str, Any] = certificate(house.viewer(name), house.case)
    return next((group["lines"] for group in said["groups"] if group["heading"] == HEADING), [])


def away(house: House, first: date, last: date, hours: int | None = None) -> None:
    with writing("test"):
        Absence.objects.create(
            case=house.case, municipality=house.municipality, first_day=first, last_day=last, hours=hours,
            code="SYK_EGEN_LEGE", told_at=now(),
        )  # fmt: skip


def test_each_kind_has_its_hours_without_the_time_away(house: House) -> None:
    """Four weeks with six hours of practice on Mondays and five of Norwegian on Tuesdays; one Tuesday away, two hours
    away on a Monday."""
    hour(house.case, 1, "08.00-14.00", content="work_practice", valid_from=START)
    hour(house.case, 2, "09.00-14.00", content="norwegian", valid_from=START)
    ended(house)
    assert lines(house) == [["Norsk", "20 timer"], ["Arbeidspraksis", "24 timer"]]
    away(house, date(2026, 3, 10), date(2026, 3, 10))
    away(house, date(2026, 3, 16), date(2026, 3, 16), hours=2)
    assert lines(house) == [["Norsk", "15 timer"], ["Arbeidspraksis", "22 timer"]]


def test_where_no_week_is_planned_nothing_is_said(house: House) -> None:
    assert lines(ended(house)) == []


def test_who_may_not_see_the_hours_does_not_see_them_here(house: House) -> None:
    hour(house.case, 1, "08.00-14.00", content="work_practice", valid_from=START)
    ended(house)
    assert lines(house, "teacher")
    assert lines(house, "nav_colleague") == []
