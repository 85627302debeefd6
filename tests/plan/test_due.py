"""What Min dag says about the plan: derived from facts, for the one who answers, with the reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samlop.cases.caseload import caseload
from samlop.cooperation.commands import set_periods
from samlop.core.due import DueItem
from samlop.core.time import at
from samlop.core.writing import writing
from samlop.overview.columns import rows_for
from samlop.overview.participants import matching
from samlop.plan import commands
from samlop.plan.due import due_items
from samlop.plan.models import Step
from samlop.plan.queries.share import plans_on_time
from samlop.programme.models import Course
from tests.house import House, case, person
from tests.plan.conftest import LivingPlan
from tests.plan.test_versions import make


def due(house: House, name: str, on: date) -> list[DueItem]:
    with at(on):
        return due_items(caseload(house.viewer(name), on), on)


def codes(house: House, name: str, on: date) -> list[str]:
    return [item.code for item in due(house, name, on)]


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2018, 6, 15), []),
        (date(2018, 6, 16), ["plan.missing"]),
        (date(2018, 7, 16), ["plan.missing"]),
    ],
)
def test_the_first_plan_shows_in_its_last_month_and_until_it_is_there(house: House, on: date, found: list[str]) -> None:
    with writing("test"):
        house.case.settled_on = date(2018, 1, 15)
        house.case.permit_granted_on = date(2017, 1, 1)
        house.case.save()
        house.case.team.update(valid_from=date(2018, 1, 1))
    items = due(house, "adviser", on)
    assert [item.code for item in items] == found
    for item in items:
        assert item.due_on == date(2018, 7, 15)
        assert item.user_id == house.users["adviser"].pk
        assert item.what == "Fullfør kartlegging og individuell plan"
        assert "Planen bygger på kartleggingen (introduksjonsloven § 6)." in item.why
        assert "Bosatt 15.01.2018" in item.why
    with writing("test"):
        Course.objects.create(case=house.case, mapping_done_on=date(2018, 3, 1))
    assert [item.what for item in due(house, "adviser", on)] == ["Gjør individuell plan ferdig"] * len(found)


def test_the_first_plan_counts_from_the_start_where_the_municipality_has_chosen_that(house: House) -> None:
    """The source does not say what the six months count from (research/001 § 14.2 item 2)."""
    with writing("test"):
        house.case.settled_on, house.case.permit_granted_on = date(2018, 1, 15), date(2017, 1, 1)
        house.case.save()
        house.case.team.update(valid_from=date(2018, 1, 1))
    set_periods(values={"plan_deadline_from": "start"}, by=house.viewer("leader"))
    assert codes(house, "adviser", date(2018, 9, 1)) == []  # it has not begun
    with writing("test"):
        Course.objects.create(case=house.case, start_on=date(2018, 4, 1))
    assert codes(house, "adviser", date(2018, 9, 1)) == []
    (item,) = due(house, "adviser", date(2018, 9, 2))
    assert item.due_on == date(2018, 10, 1)
    assert "Programmet startet 01.04.2018" in item.why
    with at(date(2018, 9, 30)):
        viewer, late = house.viewer("adviser"), {"plan": "forfalt"}
        assert list(matching(viewer, {"plan": "snart"})) == [house.case]
        (row,) = rows_for(viewer, [house.case])
        assert row.plan is not None
        assert row.plan.due_on == item.due_on
        assert list(matching(viewer, late)) == []
    with at(date(2018, 10, 2)):
        assert list(matching(viewer, late)) == [house.case]
        assert plans_on_time(house.viewer("leader")).n == 1


def test_the_review_shows_from_its_day_and_a_material_change_at_once(living: LivingPlan) -> None:
    make(living)
    talk_day = date(2026, 9, 10)
    with writing("test"):
        Step.objects.filter(pk=living.norwegian.pk).update(status="done", result="B1")
    assert codes(living.house, "adviser", date(2026, 9, 9)) == []
    (item,) = due(living.house, "adviser", talk_day)
    assert (item.code, item.due_on) == ("plan.review_due", talk_day)
    with at(date(2026, 4, 1)):
        commands.mark_material_change(case=living.case, why="Har blitt syk", by=living.viewer("adviser"))
    (item,) = due(living.house, "adviser", date(2026, 4, 1))
    assert (item.code, item.due_on) == ("plan.material_change", date(2026, 4, 1))
    assert "Har blitt syk" in item.why


def test_an_open_contradiction_waits_for_the_editor(living: LivingPlan) -> None:
    commands.mark_contradiction(
        case=living.case, contributions=living.contributions, text="Norsk eller jobb", by=living.viewer("adviser")
    )
    items = [item for item in due(living.house, "nav", date(2026, 3, 6)) if item.code == "plan.contradiction"]
    assert [item.user_id for item in items] == [living.house.users["adviser"].pk]


def test_a_step_that_has_ended_waits_for_whoever_answers_for_it(living: LivingPlan) -> None:
    (item,) = [i for i in due(living.house, "adviser", date(2026, 6, 20)) if i.code == "plan.step_ended"]
    assert (item.user_id, item.due_on) == (living.house.users["teacher"].pk, date(2026, 6, 19))
    assert "plan.step_ended" not in codes(living.house, "adviser", date(2026, 6, 19))
    commands.report_step(
        case=living.case, step=living.norwegian, status="done", result="B1", by=living.viewer("teacher")
    )
    assert "plan.step_ended" not in codes(living.house, "adviser", date(2026, 6, 20))


def test_a_step_nobody_answers_for_waits_for_the_editor(living: LivingPlan) -> None:
    with writing("test"):
        Step.objects.filter(pk=living.practice.pk).update(unit=None)
    assert "plan.step_unowned" in codes(living.house, "adviser", date(2026, 3, 6))


def test_a_draft_reminds_its_author_and_nobody_else(living: LivingPlan) -> None:
    commands.save_draft(case=living.case, text="Ikke ferdig", by=living.viewer("nav"))
    on = date(2026, 3, 6)
    assert "plan.draft" in codes(living.house, "nav", on)
    for name in ("adviser", "teacher", "leader", "nav_colleague", "nav_leader"):
        assert "plan.draft" not in codes(living.house, name, on)


def test_nothing_is_due_after_the_programme(living: LivingPlan) -> None:
    make(living)
    with writing("test"):
        Course.objects.create(case=living.case, ended_on=date(2026, 4, 1), end_reason="work")
    assert "plan.review_due" not in codes(living.house, "adviser", date(2027, 1, 1))


def test_the_same_number_of_queries_for_one_case_and_many(living: LivingPlan) -> None:
    def queries() -> int:
        on = date(2026, 11, 20)
        load = caseload(living.viewer("adviser"), on)
        with CaptureQueriesContext(connection) as captured:
            due_items(load, on)
        return len(captured)

    few = queries()
    for number in range(8):
        other: Any = case(living.house, person(living.house.municipality, f"P{number}"), settled_on=date(2026, 1, 1))
        commands.add_partial_goal(case=other, text="B1", by=living.viewer("adviser"))
    assert queries() == few <= 6
