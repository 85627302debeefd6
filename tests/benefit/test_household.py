"""The rate that rests on the family: both take part, no children; what changes is worked out or asked about (§ 20)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samlop.benefit.commands.circumstances import NewCircumstance, add_circumstance
from samlop.benefit.facts import people_of
from samlop.benefit.models import Draft
from samlop.cases.models import Case
from samlop.core.time import at, now
from samlop.core.writing import writing
from samlop.law.dates import Month
from samlop.people.models import FamilyMember
from samlop.programme.models import Decision
from tests.benefit.setting import AFTER, give_programme, more, prepared, signed_stop
from tests.house import House

FULL, COUPLE, TWO_THIRDS, ONE_THIRD = 2_275_817, 1_896_514, 1_517_211, 758_606


def family(which: Case, relation: str, **facts: Any) -> FamilyMember:
    with writing("test"):
        made: FamilyMember = FamilyMember.objects.create(person=which.person, relation=relation, **facts)
    return made


@pytest.fixture
def couple(house: House) -> tuple[Case, Case]:
    """Two spouses without children, both in the programme, linked."""
    give_programme(house.case)
    (other,) = more(house, 1)
    with at(AFTER):
        new = NewCircumstance("couple", date(2026, 2, 1), other_case=other.pk)
        add_circumstance(case=house.case, new=new, by=house.viewer("adviser"))
    family(house.case, "spouse", in_programme=True)
    return house.case, other


def drafted(house: House, which: Case) -> tuple[int, list[list[str]]]:
    """What the participant gets for November 2026, and what is asked."""
    run = prepared(house)
    draft = Draft.objects.get(run=run, case=which)
    return draft.net_ore, [ask[:2] for ask in draft.asks]


def leave_of(which: Case, first: str, last: str, *, paid: bool = False) -> None:
    reason = "VELFERD" if paid else "SYKPERM"
    data = {"granted": True, "reason": reason, "paid": paid, "first_day": first, "last_day": last}
    with writing("test"), at(AFTER):
        Decision.objects.create(
            case=which, municipality_id=which.municipality_id, kind="leave", section="programme", status="signed",
            data=data, reasons="Permisjon", prepared_by_name="A", prepared_at=now(), signed_by_name="L",
            signed_at=now(), decided_on=AFTER,
        )  # fmt: skip


def test_while_both_take_part_the_rate_is_five_sixths_and_nothing_is_asked(
    house: House, couple: tuple[Case, Case]
) -> None:
    assert drafted(house, couple[0]) == (COUPLE, [])


def test_when_the_other_is_stopped_for_good_the_rate_is_full_and_it_is_told_why(
    house: House, couple: tuple[Case, Case]
) -> None:
    signed_stop(couple[1], "permanent", "2026-10-20")
    assert drafted(house, couple[0]) == (FULL, [["spouse_not_in_programme", ""]])


def test_when_the_other_is_stopped_inside_the_month_the_part_is_asked_about(
    house: House, couple: tuple[Case, Case]
) -> None:
    signed_stop(couple[1], "permanent", "2026-11-16")
    assert drafted(house, couple[0]) == (FULL, [["part_of_month_circumstance", "couple:2026-02-01"]])


def test_when_the_other_is_stopped_for_a_time_it_is_asked_about(house: House, couple: tuple[Case, Case]) -> None:
    signed_stop(couple[1], "temporary", "2026-11-10", "2026-11-20")
    assert drafted(house, couple[0]) == (FULL, [["spouse_away", "2026-11-10:2026-11-20"]])


def test_when_the_other_is_on_leave_without_benefit_it_is_asked_about(house: House, couple: tuple[Case, Case]) -> None:
    leave_of(couple[1], "2026-10-15", "2026-12-15")
    assert drafted(house, couple[0]) == (FULL, [["spouse_away", "2026-11-01:2026-11-30"]])


def test_leave_with_benefit_changes_nothing_for_the_other(house: House, couple: tuple[Case, Case]) -> None:
    leave_of(couple[1], "2026-11-10", "2026-11-11", paid=True)
    assert drafted(house, couple[0]) == (COUPLE, [])


def test_a_child_or_a_spouse_who_is_gone_is_asked_about(house: House, couple: tuple[Case, Case]) -> None:
    child = family(couple[0], "child", birth_date=date(2026, 10, 30))
    assert drafted(house, couple[0]) == (COUPLE, [["family", "couple_has_child"]])
    with writing("test"):
        child.delete()
        FamilyMember.objects.all().delete()
    assert drafted(house, couple[0]) == (COUPLE, [["family", "couple_without_partner"]])


def test_a_couple_that_nobody_has_written_down_is_asked_about(house: House) -> None:
    give_programme(house.case)
    spouse = family(house.case, "cohabitant", in_programme=True)
    assert drafted(house, house.case) == (FULL, [["family", "couple_not_told"]])
    with writing("test"):
        spouse.in_programme = False
        spouse.save()
    assert drafted(house, house.case) == (FULL, [])


def test_those_under_25_and_their_parents(house: House) -> None:
    give_programme(house.case, born=date(2005, 6, 1))
    parent = family(house.case, "parent")
    assert drafted(house, house.case) == (TWO_THIRDS, [["family", "parents_not_told"]])
    with at(AFTER):
        new = NewCircumstance("with_parents", date(2026, 2, 1))
        add_circumstance(case=house.case, new=new, by=house.viewer("adviser"))
    assert drafted(house, house.case) == (ONE_THIRD, [])
    with writing("test"):
        parent.lives_together = False
        parent.save()
    assert drafted(house, house.case) == (ONE_THIRD, [["family", "moved_from_parents"]])


def test_under_the_older_act_the_family_decides_nothing(house: House) -> None:
    give_programme(house.case, born=date(2005, 6, 1), granted=date(2020, 6, 1), start=date(2026, 1, 12))
    family(house.case, "parent")
    family(house.case, "spouse", in_programme=True)
    assert drafted(house, house.case) == (TWO_THIRDS, [])


def test_who_was_stopped_for_good_before_the_month_is_no_line_of_its_run(house: House) -> None:
    give_programme(house.case)
    (stays,) = more(house, 1)
    signed_stop(house.case, "permanent", "2026-11-01")
    assert people_of(house.municipality.pk, Month(2026, 11)) == [stays.pk]
    assert house.case.pk in people_of(house.municipality.pk, Month(2026, 10))
    run = prepared(house)
    assert [draft.case_id for draft in run.drafts.all()] == [stays.pk]
