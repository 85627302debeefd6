"""A year is gone through in the national register before it closes; the old act's deadline for more Norwegian."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samlop.cases.caseload import caseload
from samlop.core.due import DueItem
from samlop.core.errors import Refused
from samlop.core.time import at as clock
from samlop.law.deadlines import kvp_start_due, more_norwegian_due, register_year_due
from samlop.programme import commands
from samlop.programme.due import due_items
from samlop.programme.dues.yearly import register_year
from samlop.programme.models import RegisterYear
from tests.house import House
from tests.programme.course_of import AWARD, at, decide, facts, know, signed_in

HERE = reverse("programme:register")


def lines(house: House, on: date, code: str, name: str = "leader") -> list[DueItem]:
    with clock(on):
        load = caseload(house.viewer(name))
        found = [*register_year(load, on), *due_items(load, on)]
    return [item for item in found if item.code == f"programme.{code}"]


def test_the_register_closes_on_the_last_of_february() -> None:
    """Rules dossier § 3 D13: 28 February, and 29 February 2024 for 2023."""
    assert register_year_due(2023).due == date(2024, 2, 29)
    assert register_year_due(2025).due == date(2026, 2, 28)
    assert register_year_due(2025).uncertain, "IMDi announces it each year"


def test_the_line_stands_from_january_until_it_is_noted(house: House, client: Client) -> None:
    assert lines(house, date(2025, 12, 31), "register_year") == []
    [item] = lines(house, date(2026, 1, 2), "register_year")
    assert (item.due_on, item.unit_id, item.of_municipality) == (date(2026, 2, 28), house.units["refugee"].pk, True)
    assert "Usikkert:" in item.why
    assert lines(house, date(2026, 3, 1), "register_year"), "still there when it is overdue"
    signed_in(house, client, "leader")
    with clock(date(2026, 3, 2)):
        assert "NIR for 2025" in client.get(item.url).content.decode()
        assert client.post(HERE, {"checked_on": "1.3.2026"}).status_code == 302
        assert "2025: gjennomgått 01.03.2026 (Leader)" in client.get(HERE).content.decode()
    assert lines(house, date(2026, 3, 2), "register_year") == []


def test_it_is_asked_of_those_who_register_and_not_for_ever(house: House) -> None:
    assert lines(house, date(2026, 2, 1), "register_year", "adviser")
    assert lines(house, date(2026, 2, 1), "register_year", "nav") == []
    assert lines(house, date(2026, 4, 15), "register_year") == []
    assert lines(house, date(2025, 2, 1), "register_year") == [], "nobody was here in 2024"


def test_the_page_counts_what_is_left(house: House, client: Client) -> None:
    know(house.case)
    with clock(date(2026, 3, 2)):
        facts(house)
        decide(house, "award", AWARD)
    with clock(date(2027, 1, 5)):
        page = " ".join(signed_in(house, client, "leader").get(HERE).content.decode().split())
        assert "<dt>Vedtak</dt><dd>1</dd><dt>Avsluttede program</dt><dd>0</dd>" in page
        assert "Vedtak</dt><dd>0" in client_of("other_leader", house, client)


def client_of(name: str, house: House, client: Client) -> str:
    return " ".join(signed_in(house, client, name).get(HERE).content.decode().split())


@pytest.mark.parametrize(("on", "code"), [(date(2026, 3, 3), "future_day"), (date(2025, 12, 31), "year_not_over")])
def test_what_cannot_be_is_refused_by_name(house: House, on: date, code: str) -> None:
    with clock(date(2026, 3, 2)), pytest.raises(Refused) as refusal:
        commands.note_register_year(year=2025, checked_on=on, by=house.viewer("leader"))
    assert (refusal.value.code, refusal.value.field) == (code, "checked_on")
    assert not RegisterYear.objects.exists()


OLD: dict[str, Any] = {"permit_granted_on": date(2018, 5, 2), "settled_on": date(2018, 6, 1)}
NOW = date(2021, 4, 1)


def test_more_norwegian_is_offered_within_three_months_under_the_old_act(house: House, client: Client) -> None:
    """Introduksjonsloven § 18 second paragraph."""
    assert more_norwegian_due(date(2021, 2, 15)).due == date(2021, 5, 15)
    know(house.case, **OLD)
    signed_in(house, client, "adviser")
    with clock(NOW):
        assert "Søkte om mer norsk" in client.get(at(house, "eligibility")).content.decode()
        commands.set_facts(
            case=house.case, values={"more_norwegian_asked_on": date(2021, 2, 15)}, by=house.viewer("adviser")
        )
    [item] = lines(house, NOW, "more_norwegian", "adviser")
    assert (item.due_on, item.user_id) == (date(2021, 5, 15), house.users["adviser"].pk)
    assert "introduksjonsloven § 18" in item.why
    with clock(NOW):
        commands.set_facts(case=house.case, values={"more_norwegian_offered_on": NOW}, by=house.viewer("adviser"))
    assert lines(house, NOW, "more_norwegian", "adviser") == []


def test_under_the_new_act_it_is_not_asked(house: House, client: Client) -> None:
    know(house.case)
    signed_in(house, client, "adviser")
    page = client.get(at(house, "eligibility")).content.decode()
    assert "Søkte om mer norsk" not in page


def test_a_qualification_programme_that_was_asked_for_begins_within_six_months(house: House, client: Client) -> None:
    """Sosialtjenesteloven § 31 (law/rules.md § 3, D22): asked for under way or after the end, until it has begun."""
    asked = date(2026, 8, 31)
    assert kvp_start_due(asked).due == date(2027, 2, 28)
    know(house.case, settled_on=date(2024, 6, 1))
    signed_in(house, client, "adviser")
    now = date(2026, 9, 10)
    with clock(now):
        assert "kvalifiseringsprogram" in client.get(at(house, "eligibility")).content.decode()
        commands.set_facts(case=house.case, values={"kvp_asked_on": asked}, by=house.viewer("adviser"))
    [item] = lines(house, now, "kvp_start", "adviser")
    assert (item.due_on, item.user_id) == (date(2027, 2, 28), house.users["adviser"].pk)
    assert "sosialtjenesteloven § 31" in item.why
    with clock(now):
        commands.set_facts(case=house.case, values={"kvp_started_on": now}, by=house.viewer("adviser"))
    assert lines(house, now, "kvp_start", "adviser") == []
