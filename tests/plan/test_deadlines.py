"""The deadline of the first plan, the next review and the on-time share (research/001 § 14.2 item 2)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samlop.core.time import at
from samlop.plan import commands
from samlop.plan.deadlines import OnTime, PlanStatus, plan_deadline, review_due_on
from samlop.plan.queries import plan_page, plans_on_time
from tests.house import House, case, person
from tests.plan.conftest import LivingPlan

SETTLED = date(2018, 1, 15)


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (date(2018, 1, 15), PlanStatus.ON_TRACK),
        (date(2018, 6, 15), PlanStatus.ON_TRACK),
        (date(2018, 6, 16), PlanStatus.DUE_SOON),
        (date(2018, 7, 15), PlanStatus.DUE_SOON),
        (date(2018, 7, 16), PlanStatus.OVERDUE),
        (date(2020, 1, 1), PlanStatus.OVERDUE),
    ],
)
def test_six_months_after_settlement(on: date, status: PlanStatus) -> None:
    assert plan_deadline(on, SETTLED, None).status is status
    assert plan_deadline(on, SETTLED, None).due_on == date(2018, 7, 15)


def test_an_approved_plan_is_in_time_or_not() -> None:
    assert plan_deadline(date(2019, 1, 1), SETTLED, date(2018, 7, 15)).in_time is True
    assert plan_deadline(date(2019, 1, 1), SETTLED, date(2018, 7, 16)).in_time is False
    assert plan_deadline(date(2019, 1, 1), SETTLED, date(2018, 7, 16)).status is PlanStatus.APPROVED


def test_the_period_is_a_setting_and_months_end_where_they_end() -> None:
    assert plan_deadline(date(2018, 4, 16), SETTLED, None, 3).status is PlanStatus.OVERDUE
    assert plan_deadline(date(2026, 2, 28), date(2025, 8, 31), None).status is PlanStatus.DUE_SOON
    assert plan_deadline(date(2026, 3, 1), date(2025, 8, 31), None).status is PlanStatus.OVERDUE


def test_without_settlement_no_deadline_runs() -> None:
    assert plan_deadline(date(2026, 1, 1), None, None).status is PlanStatus.UNKNOWN


def test_review_is_due_half_a_year_after_the_talk_and_at_once_on_material_change() -> None:
    assert review_due_on(date(2026, 3, 5)) == date(2026, 9, 5)
    assert review_due_on(date(2026, 3, 5), date(2026, 4, 1)) == date(2026, 4, 1)
    assert review_due_on(date(2026, 3, 5), months=4) == date(2026, 7, 5)
    assert review_due_on(None) is None


def version(house: House, of: object, on: date) -> None:
    adviser = house.viewer("adviser")
    with at(on):
        commands.add_partial_goal(case=of, text="Mål", by=adviser)
        commands.make_version(
            case=of,
            talk_on=on,
            took_part=[commands.TookPart("Amina")],
            interpreter=None,
            participant_view="agrees",
            by=adviser,
        )


def test_the_share_of_plans_in_time_carries_its_base(house: House) -> None:
    on = date(2026, 11, 20)
    settled = date(2026, 1, 10)  # deadline 10 July
    in_time, late, none, exactly, not_yet = (
        case(house, person(house.municipality, f"P{n}"), settled_on=day)
        for n, day in enumerate([settled, settled, settled, date(2026, 5, 20), date(2026, 5, 21)])
    )
    house.case.__class__.objects.filter(pk=house.case.pk)  # the house's own case was settled 60 days ago
    version(house, in_time, date(2026, 7, 10))
    version(house, late, date(2026, 7, 11))
    assert plans_on_time(house.viewer("leader"), on) == OnTime(k=1, n=4)
    assert plans_on_time(house.viewer("leader"), on).share == 0.25
    assert plans_on_time(house.viewer("other_leader"), on) == OnTime(k=0, n=0)
    assert plans_on_time(house.viewer("participant"), on).share is None
    version(house, exactly, on)
    version(house, not_yet, on)
    assert plans_on_time(house.viewer("leader"), on) == OnTime(k=2, n=4)
    assert none.pk


def test_the_page_tells_when_the_next_talk_is_due(living: LivingPlan) -> None:
    version(living.house, living.case, date(2026, 3, 5))
    with at(date(2026, 8, 10)):
        page = plan_page(living.viewer("adviser"), living.case)
    assert page.review_due == date(2026, 9, 5)
    assert (page.review_is_soon, page.review_is_late) == (True, False)
    with at(date(2026, 9, 6)):
        assert plan_page(living.viewer("adviser"), living.case).review_is_late
    with at(date(2026, 4, 1)):
        commands.mark_material_change(case=living.case, why="Ble syk", by=living.viewer("adviser"))
        page = plan_page(living.viewer("adviser"), living.case)
        assert page.review_due == date(2026, 4, 1)
        assert page.review_is_late
    version(living.house, living.case, date(2026, 4, 10))
    with at(date(2026, 4, 11)):
        assert plan_page(living.viewer("adviser"), living.case).review_due == date(2026, 10, 10)


def test_the_page_tells_the_deadline_until_there_is_a_plan(living: LivingPlan) -> None:
    settled = living.case.settled_on
    with at(settled + timedelta(days=1)):
        deadline = plan_page(living.viewer("adviser"), living.case).deadline
        assert deadline is not None
        assert deadline.status is PlanStatus.ON_TRACK
