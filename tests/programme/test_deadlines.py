"""Every deadline of the law that concerns a case: when it shows, whose it is, its paragraph, and what makes it leave.

The days are those of the contract's example: settled 10 February 2026, decision notified 20 April.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from samlop.cases.caseload import caseload
from samlop.core.due import DueItem
from samlop.core.time import at as clock
from samlop.core.writing import writing
from samlop.programme import commands
from samlop.programme.due import due_items
from samlop.programme.models import Decision
from tests.house import House, person
from tests.house import case as new_case
from tests.programme.course_of import AWARD, SETTLED, decide, facts, know

PLAN: dict[str, Any] = {
    "occasion": "drawn_up",
    "plan_dated": date(2026, 2, 20),
    "norwegian": True,
    "contract_on": date(2026, 2, 20),
}
DAY = timedelta(days=1)
NOTICED = date(2026, 2, 20)


def due(house: House, on: date, name: str = "adviser") -> dict[str, DueItem]:
    with clock(on):
        return {item.code.removeprefix("programme."): item for item in due_items(caseload(house.viewer(name)), on)}


@pytest.fixture
def settled(house: House) -> House:
    with writing("test"):
        house.case.registered_at = house.case.registered_at.replace(year=2026)
    return _with(house)


def _with(house: House) -> House:
    know(house.case)
    with clock(SETTLED):
        facts(house)
    return house


@pytest.fixture
def awarded(settled: House) -> House:
    """An award signed and handed over on 20 February, plan and contract on the same day."""
    with clock(NOTICED):
        award = decide(settled, "award", AWARD)
        commands.note_sent(
            case=settled.case, decision=award.pk, sent_on=NOTICED, how="in_person", by=settled.viewer("adviser")
        )
    return settled


def test_d1_decision_within_three_months_of_settlement(settled: House) -> None:
    item = due(settled, SETTLED)["decide"]
    assert item.due_on == date(2026, 5, 10)
    assert "(integreringsloven § 12)" in item.why
    assert item.user_id == settled.users["adviser"].pk
    assert item.url.endswith("/program/rett/")


def test_d1_runs_from_the_demand_where_that_came_first(settled: House) -> None:
    with clock(SETTLED):
        facts(settled, demanded_on=date(2026, 1, 31))
    assert due(settled, SETTLED)["decide"].due_on == date(2026, 4, 30)


def test_d1_leaves_with_the_award_and_a_late_start_shows(settled: House) -> None:
    with clock(date(2026, 5, 1)):
        late = AWARD | {"start_on": date(2026, 5, 18), "planned_end_on": date(2028, 5, 17)}
        decide(settled, "award", late)
    found = due(settled, date(2026, 5, 12))
    assert "decide" not in found
    assert found["late_start"].due_on == date(2026, 5, 10)
    assert "late_start" not in due(settled, date(2026, 5, 18))


def test_d1_leaves_with_a_refusal_and_nothing_is_missing_then(settled: House) -> None:
    with clock(NOTICED):
        decide(settled, "refusal", {"ground": "not_target_group"})
    found = due(settled, NOTICED)
    assert found.keys() & {"decide", "missing_facts", "norwegian_offer", "career_guidance"} == set()


def test_d1_is_not_asked_of_a_programme_that_ran_before_it_came_here(house: House) -> None:
    know(house.case, settled_on=date(2024, 9, 1), permit_granted_on=date(2024, 6, 1))
    commands.set_dates(
        case=house.case, start_on=date(2024, 11, 1), planned_end_on=date(2027, 10, 31), by=house.viewer("adviser")
    )
    assert due(house, NOTICED).keys() & {"decide", "norwegian_offer", "plan_decision"} == set()


def test_d2_the_offer_of_norwegian(settled: House) -> None:
    assert "norwegian_offer" not in due(settled, date(2026, 3, 1))
    item = due(settled, date(2026, 4, 1))["norwegian_offer"]
    assert item.due_on == date(2026, 5, 10)
    assert "integreringsloven § 30" in item.why
    with clock(date(2026, 4, 1)):
        facts(settled, offered_norwegian_on=date(2026, 4, 7))
    assert "norwegian_offer" not in due(settled, date(2026, 4, 1))


def test_d4_and_d5_plan_contract_and_norwegian_plan_with_the_decision(awarded: House) -> None:
    item = due(awarded, NOTICED)["plan_decision"]
    assert (item.due_on, "(integreringsloven § 15)" in item.why) == (NOTICED, True)
    with clock(NOTICED):
        decide(awarded, "plan", PLAN | {"contract_on": None, "norwegian": False})
    found = due(awarded, NOTICED)
    assert "plan_decision" not in found
    assert "(integreringsloven § 16)" in found["contract"].why
    assert "(integreringsloven § 34)" in found["norwegian_plan"].why
    with clock(NOTICED):
        decide(awarded, "plan", PLAN)
    assert due(awarded, NOTICED).keys() & {"plan_decision", "contract", "norwegian_plan"} == set()


def test_d4_the_old_act_knows_no_contract(house: House) -> None:
    know(house.case, permit_granted_on=date(2020, 6, 1), settled_on=date(2020, 9, 1))
    with clock(date(2020, 10, 1)):
        facts(house, lived_in_municipality_since=date(2020, 9, 1))
        decide(house, "award", AWARD | {"start_on": date(2020, 10, 5), "planned_end_on": date(2022, 10, 4)})
        decide(house, "plan", {"occasion": "drawn_up", "plan_dated": date(2020, 10, 1), "norwegian": True})
    assert "contract" not in due(house, date(2020, 10, 5))


def test_d6_career_guidance_should_come_before_the_decision(settled: House) -> None:
    item = due(settled, SETTLED)["career_guidance"]
    assert "bør" in item.why
    assert "integreringsloven § 11" in item.why
    with clock(SETTLED):
        facts(settled, career_guidance_on=SETTLED)
    assert "career_guidance" not in due(settled, SETTLED)


def test_d8_social_studies_within_a_year_and_leave_comes_in_addition(awarded: House) -> None:
    with clock(NOTICED):
        facts(awarded, offered_norwegian_on=NOTICED)
    assert "social_studies" not in due(awarded, date(2026, 12, 1))
    item = due(awarded, date(2027, 1, 10))["social_studies"]
    assert item.due_on == date(2027, 2, 20)
    assert "integreringsloven § 33; integreringsloven § 37" in item.why
    leave = {"reason": "OMSORGSPERM", "first_day": "2026-06-01", "last_day": "2026-06-30", "granted": True}
    with clock(date(2026, 5, 20)):
        decide(awarded, "leave", leave)
    assert due(awarded, date(2027, 2, 20))["social_studies"].due_on == date(2027, 3, 22)
    with clock(date(2027, 2, 1)):
        facts(awarded, offered_norwegian_on=NOTICED, social_studies_done_on=date(2027, 2, 1))
    assert "social_studies" not in due(awarded, date(2027, 2, 20))


@pytest.mark.parametrize(
    ("education", "last"),
    [("upper_secondary_or_higher", date(2027, 8, 20)), ("below_upper_secondary", date(2029, 2, 20))],
)
def test_d9_the_end_of_norwegian(settled: House, education: str, last: date) -> None:
    with clock(NOTICED):
        facts(settled, offered_norwegian_on=NOTICED, education=education)
    assert "norwegian_end" not in due(settled, last - 91 * DAY)
    item = due(settled, last - 90 * DAY)["norwegian_end"]
    assert (item.due_on, "integreringsloven § 32" in item.why) == (last, True)


def test_d9_a_permit_before_august_2023_is_said_to_be_uncertain(settled: House) -> None:
    know(settled.case, permit_granted_on=date(2023, 3, 1))
    with clock(NOTICED):
        facts(settled, offered_norwegian_on=NOTICED)
    item = due(settled, date(2029, 2, 1))["norwegian_end"]
    assert "Usikkert: For tillatelser før 1. august 2023" in item.why


def test_d10_collective_protection_has_one_year_and_no_social_studies(settled: House) -> None:
    know(settled.case, permit="E")
    with clock(NOTICED):
        facts(settled, offered_norwegian_on=NOTICED)
    found = due(settled, date(2027, 2, 1))
    assert found["norwegian_end"].due_on == date(2027, 2, 20)
    assert "integreringsloven § 37 d" in found["norwegian_end"].why
    assert "social_studies" not in found


def test_d12_registration_within_two_months(awarded: House) -> None:
    assert "register" not in due(awarded, date(2026, 3, 19))
    item = due(awarded, date(2026, 3, 20))["register"]
    assert item.due_on == date(2026, 4, 20)
    assert "integreringsforskriften § 58; integreringsforskriften § 59" in item.why
    with clock(date(2026, 3, 20)):
        commands.note_registered(
            case=awarded.case,
            decision=Decision.objects.get().pk,
            registered_on=date(2026, 3, 20),
            by=awarded.viewer("adviser"),
        )
    assert "register" not in due(awarded, date(2026, 3, 20))


def test_d14_the_time_to_appeal(awarded: House) -> None:
    """Three weeks from 20 February is Friday 13 March; it shows a week before, and is gone the day after."""
    assert "appeal" not in due(awarded, date(2026, 3, 5))
    item = due(awarded, date(2026, 3, 6))["appeal"]
    assert item.due_on == date(2026, 3, 13)
    assert "forvaltningsloven § 29; forvaltningsloven § 30; integreringsloven § 47" in item.why
    assert "appeal" in due(awarded, date(2026, 3, 13))
    assert "appeal" not in due(awarded, date(2026, 3, 14))


def test_d14_the_clock_starts_when_it_is_known_that_it_was_received(settled: House) -> None:
    by = settled.viewer("adviser")
    with clock(NOTICED):
        award = decide(settled, "award", AWARD)
    assert "forvaltningsloven § 27" in due(settled, NOTICED)["decision_to_send"].why
    with clock(NOTICED):
        commands.note_sent(case=settled.case, decision=award.pk, sent_on=NOTICED, how="post", by=by)
    assert due(settled, NOTICED).keys() & {"decision_to_send", "decision_received", "appeal"} == set()
    assert "decision_received" in due(settled, NOTICED + 7 * DAY)


def test_d18_norwegian_from_the_fourth_month_of_parental_leave(awarded: House) -> None:
    leave = {"reason": "OMSORGSPERM", "first_day": "2026-04-01", "last_day": "2027-01-31", "granted": True}
    with clock(date(2026, 3, 20)):
        decide(awarded, "leave", leave)
    assert "norwegian_in_leave" not in due(awarded, date(2026, 5, 31))
    item = due(awarded, date(2026, 6, 1))["norwegian_in_leave"]
    assert (item.due_on, "integreringsforskriften § 16" in item.why) == (date(2026, 7, 1), True)
    with clock(date(2026, 6, 15)):
        facts(awarded, leave_norwegian_offered_on=date(2026, 7, 1))
    assert "norwegian_in_leave" not in due(awarded, date(2026, 6, 15))


def test_d19_the_old_acts_plan_is_looked_through_at_extension(house: House) -> None:
    know(house.case, permit_granted_on=date(2020, 6, 1), settled_on=date(2020, 9, 1))
    with clock(date(2020, 10, 1)):
        facts(house, lived_in_municipality_since=date(2020, 9, 1))
        decide(house, "award", AWARD | {"start_on": date(2020, 10, 5), "planned_end_on": date(2022, 10, 4)})
        decide(house, "plan", {"occasion": "drawn_up", "plan_dated": date(2020, 10, 1)})
    with clock(date(2022, 8, 1)):
        decide(house, "extension", {"end_was": date(2022, 10, 4), "planned_end_on": date(2023, 10, 4)})
    item = due(house, date(2022, 8, 1))["plan_at_extension"]
    assert "introduksjonsloven § 6" in item.why


def test_a_draft_waits_for_the_leader_of_the_unit_that_owns_the_case(settled: House) -> None:
    by = settled.viewer("adviser")
    with clock(NOTICED):
        draft = commands.propose_decision(case=settled.case, kind="award", data=AWARD, by=by)
    assert due(settled, NOTICED)["draft_to_finish"].user_id == settled.users["adviser"].pk
    with clock(NOTICED):
        commands.change_draft(case=settled.case, decision=draft.pk, data=AWARD, reasons="Oppfylt", language="nb", by=by)
    item = due(settled, NOTICED, "leader")["decision_to_sign"]
    assert (item.unit_id, item.user_id) == (settled.units["refugee"].pk, None)
    assert item.due_on == date(2026, 5, 10)


def test_a_complaint_is_reconsidered_sent_and_decided_again(awarded: House) -> None:
    award, by = Decision.objects.get(), awarded.viewer("adviser")
    on = date(2026, 3, 10)
    with clock(on):
        row = commands.register_complaint(
            case=awarded.case, decision=award.pk, received_on=on, complainant="Amina", by=by
        )
    found = due(awarded, on)
    assert found["complaint_reply"].due_on == date(2026, 4, 10)
    assert "Usikkert:" in found["complaint_reply"].why
    assert "appeal" not in found
    with clock(on):
        commands.reconsider(case=awarded.case, complaint=row.pk, on=on, result="upheld", reasons="Nei", by=by)
    assert due(awarded, on).keys() & {"complaint_reply", "complaint_forward"} == {"complaint_forward"}
    with clock(on):
        commands.forward(case=awarded.case, complaint=row.pk, on=on, by=by)
    assert "complaint_forward" not in due(awarded, on)
    with clock(date(2026, 6, 1)):
        commands.note_outcome(
            case=awarded.case, complaint=row.pk, on=date(2026, 6, 1), outcome="changed", note="Lengre", by=by
        )
    assert due(awarded, date(2026, 6, 1))["decide_again"].url.endswith(f"?erstatter={award.pk}")
    with clock(date(2026, 6, 2)):
        decide(awarded, "award", AWARD, replaces=award)
    assert "decide_again" not in due(awarded, date(2026, 6, 2))


def test_facts_that_contradict_each_other_are_one_line_and_stop_nothing_else(settled: House) -> None:
    other = know(new_case(settled, person(settled.municipality, "Ali")), settled_on=date(2025, 1, 1))
    found = due(settled, SETTLED)
    assert found["contradiction"].case_id == other.pk
    assert found["decide"].case_id == settled.case.pk


def test_the_end_of_the_programme(awarded: House) -> None:
    by = awarded.viewer("adviser")
    assert "to_end" not in due(awarded, date(2028, 3, 1))
    assert due(awarded, date(2028, 3, 2))["to_end"].due_on == date(2028, 3, 1)
    with clock(date(2028, 3, 2)):
        commands.end_course(case=awarded.case, ended_on=date(2028, 3, 1), reason="work", by=by)
    found = due(awarded, date(2028, 4, 5))
    assert "integreringsloven § 18 a" in found["certificate"].why
    assert found["register_end"].due_on == date(2028, 5, 1)


def test_as_many_queries_for_twenty_cases_with_decisions_as_for_one(
    settled: House, django_assert_num_queries: Any
) -> None:
    with clock(NOTICED):
        for number in range(20):
            made = know(new_case(settled, person(settled.municipality, f"Deltaker {number}")))
            facts(settled, made)
            decide(settled, "award", AWARD, case=made)
    load = caseload(settled.viewer("adviser"), NOTICED)
    with django_assert_num_queries(8):
        assert len(due_items(load, NOTICED)) > 40
