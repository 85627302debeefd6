"""The week of a participant through the page: planned from the plan, held against the law, copied, called off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samlop.cases.journal import sentence
from samlop.cases.models import JournalEntry
from samlop.core.time import at
from samlop.core.writing import writing
from samlop.hours.models import OwnException, OwnSlot, WeekChoice
from samlop.people.models import FamilyMember
from samlop.plan.models import Plan, Step
from tests.hours.weeks import START, course, group, hour, join
from tests.house import House, person
from tests.house import case as new_case

MONDAY = date(2026, 11, 16)  # week 47


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with at(date(2026, 11, 20)):
        yield


def client(house: House, who: str) -> Client:
    found = Client()
    found.force_login(house.users[who])
    return found


def page(house: House, who: str = "adviser", week: str = "2026-47") -> str:
    answer = client(house, who).get(f"/sak/{house.case.pk}/uke/{week}/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def typed(**other: Any) -> dict[str, Any]:
    return {
        "weekdays": ["2", "4"],
        "starts": "9",
        "ends": "14.30",
        "content": "language_practice",
        "provider": "work_place",
        "lessons": "",
        "place": "Solbakken",
        "pattern": "every",
        "valid_from": "23.11.2026",
        "valid_to": "",
        **other,
    }


def lessons(house: House, each: int) -> None:
    """``each`` lessons of Norwegian every weekday in the class of the participant."""
    school = group(house)
    join(house.case, school)
    for weekday in range(1, 6):
        hour(school, weekday, "08.30-14.30", lessons=each)


def test_eighteen_lessons_count_22_and_a_half_hours_and_the_programme_owner_finds_the_rest(house: House) -> None:
    course(house.case)
    school = group(house)
    join(house.case, school)
    for weekday in (1, 3, 5):
        hour(school, weekday, "08.30-13.30", lessons=6)
    shown = page(house)
    assert "Det mangler 15 timer: uka har 22,5 timer av 37,5 timer." in shown
    assert f"{house.units['refugee'].name} har hovedansvar for programmet" in shown
    assert "integreringsloven" in shown


@pytest.mark.parametrize(("given", "missing"), [(26, "11,5"), (20, "17,5")])
def test_gjovik_nav_fills_up_from_26_hours_at_the_centre_and_20_with_practice(
    house: House, given: int, missing: str
) -> None:
    """Gjøvik: the learning centre gives 26 hours, 20 with a practice place, and NAV fills up to 37.5."""
    course(house.case)
    school = group(house)
    join(house.case, school)
    for weekday, period in zip(range(1, 6), ["08.00-14.00" if given == 26 else "08.00-12.00"] * 5, strict=True):
        hour(school, weekday, period, content="primary_school")
    if given == 26:
        with writing("test"):
            school.slots.filter(weekday=5).update(ends="10:00")
    assert f"Det mangler {missing} timer" in page(house)


def test_thirty_lessons_are_full_time_and_thirty_hours_with_own_activity(house: House) -> None:
    course(house.case)
    lessons(house, 6)
    assert "Uka er full: 37,5 timer av 37,5 timer." in page(house)


@pytest.mark.parametrize(
    ("goal", "start", "asked"),
    [
        ("primary", date(2026, 2, 2), True),
        ("primary", date(2025, 12, 1), False),
        ("vocational", date(2026, 2, 2), False),
    ],
)
def test_a_programme_towards_primary_school_from_2026_is_held_against_the_hours_of_work(
    house: House, goal: str, start: date, asked: bool
) -> None:
    """The act names no primary school from 2026; the answer is that of work, and says so (`samlop law duration`)."""
    with writing("test"):
        house.case.permit_granted_on = date(2025, 11, 3)
        house.case.save()
    course(house.case, start=start, end_goal=goal)
    hour(house.case, 2, "08.00-16.00", valid_from=start)
    shown = page(house)
    assert ("av 15 timer siden" in shown) is asked
    assert ("Fra 2026 nevner loven ikke grunnskole som sluttmål." in shown) is asked


def test_thirty_hours_are_full_time_only_with_a_reason(house: House) -> None:
    course(house.case)
    for weekday in range(1, 6):
        hour(house.case, weekday, "09.00-15.00")
    adviser = client(house, "adviser")
    assert "Det mangler 7,5 timer" in page(house)
    refused = adviser.post(f"/sak/{house.case.pk}/uke/heltid/", {"own_activity_from": "2.11.2026", "why": ""})
    assert refused.status_code == 422
    assert "Skriv hva deltakeren må gjøre utenom timene" in refused.content.decode()
    given = {"own_activity_from": "2.11.2026", "why": "Studieforberedende kurs med lekser"}
    assert adviser.post(f"/sak/{house.case.pk}/uke/heltid/", given).status_code == 302
    assert WeekChoice.objects.get().own_activity_from == date(2026, 11, 2)
    assert "Uka er full: 30 timer av 30 timer." in page(house)


def test_work_oriented_hours_are_held_against_15_on_average_from_the_day_they_count(house: House) -> None:
    with writing("test"):
        house.case.permit_granted_on = date(2026, 1, 5)
        house.case.save()
    course(house.case, start=date(2026, 2, 2), end_goal="work")
    hour(house.case, 2, "08.00-16.00", valid_from=date(2026, 2, 2))
    shown = page(house)
    assert "I snitt 8 av 15 timer siden 02.05.2026." in shown
    assert "For lite" in shown
    assert "Loven sier ikke hvilken periode snittet" in shown


def test_the_old_act_asks_for_no_work_oriented_hours(house: House) -> None:
    with writing("test"):
        house.case.permit_granted_on = date(2020, 1, 5)
        house.case.arrived_on = date(2020, 2, 1)
        house.case.save()
    course(house.case, end_goal="work")
    shown = page(house)
    assert "introduksjonsloven § 4" in shown
    assert "§ 14 a" not in shown


def test_life_skills_has_two_themes_and_guidance_an_exception(house: House) -> None:
    """Integreringsforskriften §§ 3 and 4: 10 + 15 hours without upper secondary; 4 meetings where capacity is short."""
    course(house.case, end_goal="work")
    with writing("test"):
        FamilyMember.objects.create(
            person=house.case.person, relation="child", name="Hanna", birth_date=date(2020, 5, 1), lives_together=True
        )
    shown = page(house)
    assert "0 av minst 25 timer planlagt i programmet." in shown
    assert "Minst 10 timer skal handle om migrasjon, helse og mangfold, og minst 15 om karrierekompetanse." in shown
    assert "0 av minst 8 møter planlagt i programmet. Mangler kommunen kapasitet, er 4 nok" in shown


def test_a_step_of_the_plan_is_put_in_the_week_with_kind_unit_and_period_filled_in(house: House) -> None:
    course(house.case)
    with writing("test"):
        plan = Plan.objects.create(
            case=house.case,
            municipality=house.municipality,
            opened_at="2026-08-01T12:00Z",
            changed_at="2026-08-01T12:00Z",
        )
        step = Step.objects.create(
            case=house.case, municipality=house.municipality, plan=plan, kind="language_practice",
            title="Språkpraksis på Solbakken", unit=house.units["employer"], start_on=date(2026, 11, 23),
            end_on=date(2027, 2, 26),
        )  # fmt: skip
    adviser = client(house, "adviser")
    assert "Språkpraksis på Solbakken" in page(house)
    where = f"/sak/{house.case.pk}/uke/time/ny/?tiltak={step.pk}"
    form = adviser.get(where).content.decode()
    assert 'value="23.11.2026"' in form
    assert 'value="26.02.2027"' in form
    answer = adviser.post(where, typed(valid_to="26.2.2027", unit=str(house.units["employer"].pk)))
    assert answer.headers["Location"] == f"/sak/{house.case.pk}/uke/2026-48/", "where the new hour is seen"
    assert [(one.weekday, one.step, one.unit) for one in OwnSlot.objects.all()] == [
        (2, step, house.units["employer"]),
        (4, step, house.units["employer"]),
    ]
    assert "Står i planen, men ikke i uka" not in page(house)
    assert "la en time i uka: språkpraksis, tirsdag 09.00–14.30" in [
        sentence(entry) for entry in JournalEntry.objects.filter(case=house.case)
    ]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"ends": "8"}, "Timen må slutte etter at den begynner."),
        ({"lessons": "9"}, "Det er ikke plass til så mange skoletimer."),
        ({"valid_to": "1.11.2026"}, "Siste dag kan ikke være før første dag."),
        ({"starts": "ni"}, "Vi forstår ikke klokkeslettet."),
        ({"valid_from": "23.11.2099"}, "Datoen er for langt unna."),
        ({"weekdays": []}, "Velg «Hvilke dager?»."),
        ({"unit": "tull"}, "gyldig"),
    ],
)
def test_a_wrong_hour_is_named_and_nothing_typed_is_lost(house: House, wrong: dict[str, Any], says: str) -> None:
    answer = client(house, "adviser").post(f"/sak/{house.case.pk}/uke/time/ny/", typed(**wrong))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert 'value="Solbakken"' in answer.content.decode()
    assert not OwnSlot.objects.exists()


def test_a_double_click_adds_the_hour_once(house: House) -> None:
    given = typed(once="01900000-0000-7000-8000-000000000001")
    adviser = client(house, "adviser")
    assert [adviser.post(f"/sak/{house.case.pk}/uke/time/ny/", given).status_code for _ in range(2)] == [302, 302]
    assert OwnSlot.objects.count() == 2


def test_an_hour_is_changed_from_a_day_and_what_was_stays(house: House) -> None:
    slot = hour(house.case, 1, "09.00-12.00")
    given = {f"change-{name}": value for name, value in typed(weekday="1", ends="15").items()} | {"do": "change"}
    where = f"/sak/{house.case.pk}/uke/time/{slot.pk}/"
    assert client(house, "adviser").post(where, given).status_code == 302
    rows = [(one.valid_from, one.valid_to, one.ends.hour) for one in OwnSlot.objects.order_by("valid_from")]
    assert rows == [(START, date(2026, 11, 22), 12), (date(2026, 11, 23), None, 15)]
    past = {**given, "change-valid_from": "1.8.2026"}
    refused = client(house, "adviser").post(where, past)
    assert refused.status_code == 422
    assert "Timen har allerede begynt." in refused.content.decode()


def test_an_hour_is_stopped_and_one_that_has_not_begun_is_removed(house: House) -> None:
    old, coming = hour(house.case, 1, "09.00-12.00"), hour(house.case, 2, "09.00-12.00", valid_from=date(2026, 12, 1))
    adviser = client(house, "adviser")
    for slot in (old, coming):
        where = f"/sak/{house.case.pk}/uke/time/{slot.pk}/"
        assert adviser.post(where, {"do": "stop", "stop-last_day": "20.11.2026"}).status_code == 302
    assert [(one.pk, one.valid_to) for one in OwnSlot.objects.all()] == [(old.pk, date(2026, 11, 20))]
    refused = adviser.post(f"/sak/{house.case.pk}/uke/time/{old.pk}/", {"do": "stop", "stop-last_day": "1.7.2026"})
    assert "Siste dag kan ikke være før det." in refused.content.decode()


def test_one_day_is_called_off_or_moved_and_comes_as_usual_again(house: House) -> None:
    course(house.case)
    slot = hour(house.case, 1, "09.00-12.00")
    adviser, where = client(house, "adviser"), f"/sak/{house.case.pk}/uke/time/{slot.pk}/"
    refused = adviser.post(where, {"do": "except", "except-day": "24.11.2026"})
    assert "Timen kommer ikke den dagen." in refused.content.decode()
    half = adviser.post(where, {"do": "except", "except-day": "23.11.2026", "except-starts": "10"})
    assert "eller ingen av dem" in half.content.decode()
    assert adviser.post(where, {"do": "except", "except-day": "23.11.2026"}).status_code == 302
    assert "avlyst" in page(house, week="2026-48")
    assert adviser.post(f"{where}som-vanlig/", {"day": "2026-11-23"}).status_code == 302
    assert not OwnException.objects.exists()


def test_two_hours_at_once_and_hours_outside_the_programme_are_shown(house: House) -> None:
    course(house.case, end=date(2027, 1, 29))
    hour(house.case, 1, "09.00-12.00")
    hour(house.case, 1, "11.00-13.00", valid_to=date(2027, 6, 18), content="mentor")
    shown = page(house)
    assert "Dette går ikke sammen" in shown
    assert "er planlagt utenfor programmet" in shown


def test_hours_in_odd_and_even_weeks_do_not_clash(house: House) -> None:
    course(house.case)
    hour(house.case, 1, "09.00-12.00", pattern="odd")
    hour(house.case, 1, "09.00-12.00", pattern="even")
    assert "Dette går ikke sammen" not in page(house)


def test_a_week_is_copied_from_another_participant_without_places_and_not_twice(house: House) -> None:
    other = new_case(house, person(house.municipality, "Bilal", "Ahmadi"))
    hour(other, 1, "09.00-12.00", place="Solbakken")
    adviser, where = client(house, "adviser"), f"/sak/{house.case.pk}/uke/kopier/"
    assert "Bilal Ahmadi (egne timer: 1)" in adviser.get(where).content.decode()
    given = {"source": str(other.pk), "first_day": "23.11.2026", "last_day": "29.1.2027"}
    assert adviser.post(where, given).status_code == 302
    (copied,) = OwnSlot.objects.filter(case=house.case)
    assert (copied.place, copied.valid_from, copied.valid_to) == ("", date(2026, 11, 23), date(2027, 1, 29))
    again = adviser.post(where, given)
    assert "Alle timene finnes fra før i den perioden." in again.content.decode()
    strange = adviser.post(where, {**given, "source": "01900000-0000-7000-8000-000000000001"})
    assert strange.status_code == 422


def test_a_week_is_not_copied_from_somebody_the_viewer_may_not_see(house: House) -> None:
    hidden = new_case(house, person(house.municipality, "Hemmelig", "Person", protection="confidential"), team=("nav",))
    hour(hidden, 1, "09.00-12.00")
    shown = client(house, "adviser").get(f"/sak/{house.case.pk}/uke/kopier/").content.decode()
    assert "Hemmelig" not in shown


def test_those_who_only_see_the_week_change_nothing(house: House) -> None:
    slot = hour(house.case, 1, "09.00-12.00")
    for who in ("nav", "participant"):
        visitor = client(house, who)
        assert visitor.get(f"/sak/{house.case.pk}/uke/").status_code == 200
        assert visitor.get(f"/sak/{house.case.pk}/uke/time/ny/").status_code == 403
        assert visitor.post(f"/sak/{house.case.pk}/uke/time/ny/", typed()).status_code == 403
        assert visitor.post(f"/sak/{house.case.pk}/uke/time/{slot.pk}/", {"do": "stop"}).status_code == 403
        assert visitor.post(f"/sak/{house.case.pk}/uke/heltid/", {"why": "x"}).status_code in (403, 422)
    assert WeekChoice.objects.count() == 0
    assert client(house, "stranger").get(f"/sak/{house.case.pk}/uke/").status_code == 404


def test_the_participant_reads_the_own_week_in_plain_words(house: House) -> None:
    course(house.case)
    hour(house.case, 1, "09.00-12.00", place="Solbakken")
    shown = page(house, "participant")
    assert "Du har 3 timer denne uka." in shown
    assert "Du får ikke trekk for timer som ikke er planlagt." in shown
    assert "Legg til egen time" not in shown


def test_a_week_that_is_none_is_not_found(house: House) -> None:
    for wrong in ("2026-60", "tull", "2026", "99999-01"):
        assert client(house, "adviser").get(f"/sak/{house.case.pk}/uke/{wrong}/").status_code == 404


def test_a_week_with_public_holidays_asks_for_less_and_says_that_the_law_does_not(house: House) -> None:
    course(house.case)
    lessons(house, 6)
    shown = page(house, week="2027-12")  # Maundy Thursday and Good Friday
    assert "Uka er full: 22,5 timer av 22,5 timer." in shown
    assert "Skjærtorsdag" in shown
    assert "Loven sier ikke hvordan en uke med fridager regnes." in shown


def test_the_week_on_paper_is_tagged_and_without_a_protected_name(house: House) -> None:
    course(house.case)
    hour(house.case, 1, "09.00-12.00")
    answer = client(house, "participant").get(f"/sak/{house.case.pk}/uke/2026-47/uke.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in answer.content
    assert "Amina" not in answer["Content-Disposition"]


def test_the_number_of_queries_does_not_grow_with_the_hours(house: House) -> None:
    course(house.case)
    lessons(house, 6)
    hour(house.case, 1, "15.00-16.00")
    adviser = client(house, "adviser")
    where = f"/sak/{house.case.pk}/uke/2026-47/"
    adviser.get(where)
    with CaptureQueriesContext(connection) as few:
        adviser.get(where)
    more = group(house, "Kveld")
    join(house.case, more)
    for weekday in range(1, 6):
        hour(house.case, weekday, "16.00-17.00")
        hour(more, weekday, "17.00-18.00")
    with CaptureQueriesContext(connection) as many:
        adviser.get(where)
    assert len(many) == len(few)


def test_hours_of_life_skills_are_counted_by_theme_and_neither_can_stand_for_the_other(house: House) -> None:
    """Integreringsforskriften § 4: 10 hours of health and 15 of career; 26 hours of health alone are not enough."""
    course(house.case, end_goal="work")
    skills = {"content": "life_skills", "valid_from": date(2026, 8, 3), "provider": "refugee_service"}
    hour(house.case, 1, "09.00-11.00", theme="health", valid_to=date(2026, 11, 1), **skills)
    shown = page(house)
    assert "26 av minst 25 timer planlagt i programmet." in shown
    assert "Planlagt: migrasjon, helse og mangfold 26, karrierekompetanse 0." in shown
    assert "For lite" in shown
    hour(house.case, 2, "09.00-12.00", valid_to=date(2026, 9, 6), **skills)  # fifteen hours whose theme nobody has told
    shown = page(house)
    assert "karrierekompetanse 0, uten tema 15." in shown
    assert "For lite" not in shown.partition("Livsmestring")[2].partition("</dd>")[0]


def test_a_theme_is_chosen_of_life_skills_only(house: House) -> None:
    course(house.case)
    where = f"/sak/{house.case.pk}/uke/time/ny/"
    answer = client(house, "adviser").post(where, typed(theme="health"))
    assert answer.status_code == 422
    assert "Tema velges bare for livsmestring." in answer.content.decode()
    answer = client(house, "adviser").post(where, typed(theme="career", content="life_skills", lessons=""))
    assert answer.status_code == 302
    assert {one.theme for one in OwnSlot.objects.all()} == {"career"}
