"""The days on which the acts changed, where a case can tell the two sides apart (law/rules.md § 1)."""

from __future__ import annotations

from datetime import date

import pytest

from samlop.law.deadlines import DeadlineCase, appeal_on_test_due, deadlines
from samlop.law.duration import DurationCase, duration
from samlop.law.eligibility import EligibilityCase, eligibility
from samlop.law.parameters import rules_known


def _old(offered: date) -> list[str]:
    case = DurationCase(date(2016, 3, 1), offered, date(1990, 1, 1), "below_upper_secondary", "work")
    return [note.code for note in duration(case).discretion]


@pytest.mark.parametrize(
    ("offered", "covid"),
    [
        (date(2017, 5, 26), False),
        (date(2017, 5, 27), True),
        (date(2020, 6, 1), True),
        (date(2022, 12, 31), True),
        (date(2023, 1, 1), False),
    ],
)
def test_extra_months_in_the_years_of_covid_are_named_where_the_programme_can_have_run_then(
    offered: date, covid: bool
) -> None:
    """Three years from 26 May 2017 end on 25 May 2020, the day before the temporary act."""
    assert _old(offered) == ["extension_under_old_act", *(["covid_extension"] if covid else [])]


def test_extension_from_2021_asks_whether_the_goal_is_within_reach() -> None:
    case = DurationCase(date(2022, 3, 1), date(2023, 1, 9), date(1990, 1, 1), "below_upper_secondary", "work")
    assert [note.code for note in duration(case).discretion] == ["extension_if_goal_within_reach"]


@pytest.mark.parametrize(("decided", "duty"), [(date(2025, 12, 31), False), (date(2026, 1, 1), True)])
def test_duty_with_collective_protection_from_2026(decided: date, duty: bool) -> None:
    case = EligibilityCase(date(1990, 1, 1), date(2025, 3, 1), "E", True, date(2025, 6, 1), decided)
    answer = eligibility(case)
    assert (answer.right, answer.duty) == (True, duty)
    assert [note.code for note in answer.uncertain] == ["collective_protection_duty"]


def test_the_duty_was_not_known_before_the_act_was_passed() -> None:
    case = EligibilityCase(date(1990, 1, 1), date(2025, 3, 1), "E", True, date(2025, 6, 1), date(2026, 1, 1))
    assert not eligibility(case, rules_known(date(2025, 6, 19))).duty


@pytest.mark.parametrize(
    ("offered", "found"),
    [
        (date(2028, 6, 30), {"norwegian_end": date(2029, 6, 30)}),
        (date(2028, 7, 1), {"social_studies": date(2029, 7, 1), "norwegian_end": date(2031, 7, 1)}),
    ],
)
def test_chapter_6a_holds_for_offers_until_it_is_repealed(offered: date, found: dict[str, date]) -> None:
    case = DeadlineCase(
        date(2028, 3, 1), offered_norwegian=offered, education="below_upper_secondary", collective_protection=True
    )
    assert {one.id: one.due for one in deadlines(case)} == found


def test_an_appeal_on_a_test_is_due_in_three_weeks_and_moves_to_a_working_day() -> None:
    """The Regulations § 42; three weeks from Thursday 30 April 2026 is Thursday 21 May, from 26 April a Sunday."""
    assert appeal_on_test_due(date(2026, 4, 30)).due == date(2026, 5, 21)
    answer = appeal_on_test_due(date(2026, 4, 26))
    assert (answer.due, answer.references[0]) == (date(2026, 5, 18), "integreringsforskriften § 42")
    assert [note.code for note in answer.uncertain] == ["test_result_known"]
