"""What a programme must hold, what absence does, and how far Norwegian goes."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from samlop.law.absence import (
    ChildCare,
    added_time,
    child_days,
    child_is_young_enough,
    days_left,
    may_lose_self_certificate,
    reasons,
    reasons_for,
    self_certificate,
)
from samlop.law.content import (
    Element,
    average_hours,
    holiday_days,
    life_skills,
    parental_guidance,
    programme_year,
    week,
    work_requirement,
)
from samlop.law.dates import Period, easter_sunday, is_working_day, next_working_day
from samlop.law.norwegian import guiding_goal, training_hours
from samlop.law.parameters import current_book, rules_known

NOW = date(2026, 11, 20)
START = date(2026, 1, 12)


@pytest.mark.parametrize(("lessons", "hours"), [(18, Fraction(45, 2)), (24, Fraction(30)), (30, Fraction(75, 2))])
def test_lesson_of_45_minutes_counts_75(lessons: int, hours: Fraction) -> None:
    answer = week([Element(45, is_lesson=True)] * lessons, NOW, "integreringsloven")
    assert answer.counted == hours
    assert answer.full_time is (lessons == 30)
    assert answer.missing == max(0, Fraction(75, 2) - hours)


def test_eighteen_lessons_and_fifteen_hours_of_practice_are_full_time() -> None:
    elements = [Element(45, is_lesson=True)] * 18 + [Element(15 * 60)]
    assert week(elements, NOW, "integreringsloven").full_time


def test_thirty_hours_are_enough_where_elements_need_own_activity() -> None:
    elements = [Element(30 * 60)]
    assert week(elements, NOW, "introduksjonsloven", own_activity=True).full_time
    assert not week(elements, NOW, "introduksjonsloven").full_time


def test_a_week_with_days_off_asks_for_a_fifth_a_day_and_says_that_the_act_does_not() -> None:
    answer = week([Element(22 * 60 + 30)], NOW, "integreringsloven", days=3)
    assert (answer.needed, answer.full_time) == (Fraction(45, 2), True)
    assert [note.code for note in answer.uncertain] == ["week_with_days_off"]
    assert week([], NOW, "integreringsloven").uncertain == ()


def test_a_programme_year_has_47_weeks_and_25_days_of_holiday() -> None:
    assert [programme_year(NOW, act).whole for act in ("integreringsloven", "introduksjonsloven")] == [47, 47]
    assert holiday_days(NOW).whole == 25


@pytest.mark.parametrize(("educated", "counted_from"), [(True, date(2026, 4, 12)), (False, date(2026, 7, 12))])
def test_work_oriented_hours(educated: bool, counted_from: date) -> None:
    answer = work_requirement(START, NOW, educated=educated, for_work=True, act="integreringsloven")
    assert answer is not None
    assert (answer.hours, answer.counted_from, answer.uncertain) == (15, counted_from, ())


def test_work_oriented_hours_are_asked_only_of_programmes_for_work_after_2025() -> None:
    assert work_requirement(START, NOW, educated=True, for_work=False, act="integreringsloven") is None
    assert work_requirement(START, NOW, educated=True, for_work=True, act="introduksjonsloven") is None
    assert work_requirement(START, date(2025, 12, 31), educated=True, for_work=True, act="integreringsloven") is None


def test_running_programme_on_1_january_2026_is_uncertain() -> None:
    answer = work_requirement(date(2025, 3, 1), NOW, educated=True, for_work=True, act="integreringsloven")
    assert answer is not None
    assert answer.counted_from == date(2026, 1, 1)
    assert [note.code for note in answer.uncertain] == ["work_hours_running_programme"]


def test_average_of_weeks() -> None:
    assert average_hours([Fraction(10), Fraction(20)]) == 15
    assert average_hours([]) == 0


def test_life_skills() -> None:
    assert (life_skills(NOW, educated=True).health, life_skills(NOW, educated=True).career) == (5, 10)
    assert (life_skills(NOW, educated=False).health, life_skills(NOW, educated=False).career) == (10, 15)
    assert life_skills(date(2025, 12, 31), educated=True).health is None


def test_parental_guidance_and_the_exception_that_runs_out() -> None:
    assert parental_guidance(NOW, "group") == (8, 12)
    assert parental_guidance(NOW, "individual") == (5, 8)
    assert parental_guidance(NOW, "group", short_of_capacity=True) == (4, 12)
    assert parental_guidance(date(2028, 6, 30), "individual", short_of_capacity=True) == (2, 8)
    assert parental_guidance(date(2028, 7, 1), "individual", short_of_capacity=True) == (5, 8)


@pytest.mark.parametrize(
    ("care", "days"),
    [
        (ChildCare(1), 10),
        (ChildCare(2), 10),
        (ChildCare(3), 15),
        (ChildCare(2, alone=True), 20),
        (ChildCare(3, alone=True), 30),
        (ChildCare(1, chronic=True), 20),
        (ChildCare(1, chronic=True, alone=True), 40),
    ],
)
def test_days_with_an_ill_child(care: ChildCare, days: int) -> None:
    assert child_days(care, NOW).whole == days


def test_child_counts_through_the_year_it_turns_twelve() -> None:
    assert child_is_young_enough(date(2014, 1, 2), date(2026, 12, 31), chronic=False)
    assert not child_is_young_enough(date(2014, 12, 30), date(2027, 1, 1), chronic=False)
    assert child_is_young_enough(date(2008, 1, 2), date(2026, 12, 31), chronic=True)


def test_caps_and_windows() -> None:
    welfare, child, birth = (reasons()[code] for code in ("VELFERD", "SYK_BARN", "FODSEL_FAR"))
    used = [date(2025, 12, 30), date(2026, 1, 7), date(2026, 1, 8), date(2026, 1, 10)]
    # The day in December is another calendar year, and 10 January is a Saturday.
    assert days_left(welfare, used, NOW, START) == 8
    # Over the last twelve months the day in December counts too.
    assert days_left(child, used, NOW, START, care=ChildCare(1)) == 7
    assert days_left(child, [date(2025, 11, 20), date(2025, 11, 21)], NOW, START) == 9
    assert days_left(birth, [date(2026, 11, 16)], NOW, START) == 6
    assert days_left(reasons()["SYK_EGEN_LEGE"], used, NOW, START) is None


def test_holiday_follows_the_programme_year() -> None:
    holiday = reasons()["FERIE"]
    summer = [date(2026, 7, 1) + timedelta(days=n) for n in range(28)]
    assert days_left(holiday, summer, NOW, START) == 5
    assert days_left(holiday, summer, date(2027, 1, 12), START) == 25


def test_self_certificate_needs_eight_weeks() -> None:
    early = self_certificate(Period(date(2026, 3, 8), date(2026, 3, 8)), [], START)
    assert (early.allowed, early.doctor_from) == (False, date(2026, 3, 8))
    assert self_certificate(Period(date(2026, 3, 9), date(2026, 3, 9)), [], START).allowed


def test_self_certificate_is_three_calendar_days() -> None:
    assert self_certificate(Period(date(2026, 5, 4), date(2026, 5, 6)), [], START).doctor_from is None
    assert self_certificate(Period(date(2026, 5, 4), date(2026, 5, 8)), [], START).doctor_from == date(2026, 5, 7)


def test_new_absence_within_sixteen_days_counts_together() -> None:
    earlier = [Period(date(2026, 5, 4), date(2026, 5, 5))]
    near = self_certificate(Period(date(2026, 5, 21), date(2026, 5, 22)), earlier, START)
    assert (near.allowed, near.doctor_from) == (True, date(2026, 5, 22))
    far = self_certificate(Period(date(2026, 5, 22), date(2026, 5, 24)), earlier, START)
    assert (far.allowed, far.doctor_from) == (True, None)
    full = self_certificate(
        Period(date(2026, 5, 10), date(2026, 5, 10)), [Period(date(2026, 5, 4), date(2026, 5, 6))], START
    )
    assert full.allowed is False


def test_four_self_certificates_in_a_year_may_cost_the_right() -> None:
    four = [Period(date(2026, month, 4), date(2026, month, 4)) for month in (5, 6, 8, 10)]
    assert may_lose_self_certificate(four, NOW)
    assert not may_lose_self_certificate(four[1:], NOW)


def test_absence_lengthens_the_programme_only_above_ten_days() -> None:
    ten = {"SYK_EGEN_LEGE": 6, "VELFERD": 4, "FERIE": 25, "RELIGION": 2, "ULEGITIMERT": 9}
    assert added_time(ten, NOW, "integreringsloven").days == 0
    eleven = {**ten, "SYK_BARN": 1}
    answer = added_time(eleven, NOW, "integreringsloven")
    assert (answer.days, [note.code for note in answer.uncertain]) == (11, ["added_time_mode"])
    assert added_time(eleven, NOW, "integreringsloven", mode="EXCESS_OVER_10").days == 1


def test_before_2026_only_leave_is_added_and_it_is_uncertain() -> None:
    answer = added_time({"OMSORGSPERM": 100, "SYK_EGEN_LEGE": 20}, date(2024, 5, 1), "integreringsloven")
    assert (answer.days, [note.code for note in answer.uncertain]) == (100, ["added_time_before_2026"])


def test_reasons_follow_the_act_and_point_at_known_caps() -> None:
    assert "ARBEID" not in {reason.code for reason in reasons_for("integreringsloven")}
    assert "ARBEID" in {reason.code for reason in reasons_for("introduksjonsloven")}
    for reason in reasons().values():
        assert reason.cap in {None, "leave.child", *current_book().parameters}
        assert (reason.cap is None) == (reason.window is None)


def test_norwegian_goals() -> None:
    assert guiding_goal("no_primary").levels == {"reading": "A2", "listening": "A2", "writing": "A2", "oral": "B1"}
    assert set(guiding_goal("primary").levels.values()) == {"B1"}
    assert guiding_goal("upper_secondary").levels["oral"] == "B2"
    assert set(guiding_goal("upper_secondary", needs_b2=True).levels.values()) == {"B2"}


def test_hours_in_a_reception_centre() -> None:
    """The Regulations §§ 1–2: 175 hours of Norwegian, and 50 hours of culture and values that became 25 in 2022."""
    rules = rules_known()
    assert rules.at("norwegian.reception_centre.norwegian_hours", NOW).whole == 175
    social = "norwegian.reception_centre.social_studies_hours"
    assert [rules.at(social, day).whole for day in (date(2021, 12, 31), date(2022, 1, 1))] == [50, 25]


@pytest.mark.parametrize(
    ("permit", "arrived", "social", "duty_only"),
    [
        (date(2019, 5, 1), None, 50, 250),
        (date(2021, 5, 1), None, 50, 250),
        (date(2021, 5, 1), date(2022, 1, 1), 75, 225),
        (date(2022, 1, 1), None, 75, 225),
    ],
)
def test_hours_of_social_studies_and_of_those_with_duty_only(
    permit: date, arrived: date | None, social: int, duty_only: int
) -> None:
    hours = training_hours(permit, arrived, duty_only=True)
    assert hours.social_studies is not None
    assert hours.norwegian is not None
    assert (hours.social_studies.whole, hours.norwegian.whole) == (social, duty_only)


def test_collective_protection_has_no_social_studies_and_the_new_act_no_hours_of_norwegian() -> None:
    assert training_hours(date(2024, 5, 1), collective_protection=True).social_studies is None
    assert training_hours(date(2024, 5, 1)).norwegian is None


def test_easter_and_working_days() -> None:
    assert [easter_sunday(year) for year in (2024, 2026, 2038)] == [
        date(2024, 3, 31),
        date(2026, 4, 5),
        date(2038, 4, 25),
    ]
    assert next_working_day(date(2026, 4, 2)) == date(2026, 4, 7)
    assert is_working_day(date(2026, 12, 24))


def test_second_opinion_on_public_holidays() -> None:
    import holidays

    from samlop.law.dates import public_holidays

    for year in range(2000, 2060):
        assert set(holidays.country_holidays("NO", years=year)) == public_holidays(year)
