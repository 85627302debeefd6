"""Who must be in which talk, and what nobody answers for: the examples of research/001 § 14.2, items 8 and 9."""

from __future__ import annotations

import pytest

from samlop.cooperation.models import OrganisationModel, PracticeBy, TalkKind, Task, Which
from samlop.cooperation.presets import PresetError, model_presets, parse, talk_presets
from samlop.cooperation.rules import Rule, meets, owners_by_kind, required_units, tasks_of, unowned
from samlop.people.vocabulary import UnitKind

NAV = UnitKind.NAV_STATE


def nav_is_in(code: str, talks: int = 4) -> list[int]:
    """The numbers of the plan talks where a ready-made set of rules wants NAV."""
    rules = talk_presets()[code].rules
    return [n for n in range(1, talks + 1) if required_units(rules, TalkKind.PLAN_TALK, n, talks)]


@pytest.mark.parametrize(("code", "expected"), [("vaga", [3, 4]), ("nordre_land", [1, 4]), ("all", [1, 2, 3, 4])])
def test_four_planned_talks(code: str, expected: list[int]) -> None:
    assert nav_is_in(code) == expected


def test_a_talk_beyond_the_planned_ones_is_a_last_one() -> None:
    assert required_units(talk_presets()["vaga"].rules, TalkKind.PLAN_TALK, 5, 4)


def test_a_single_talk_is_both_first_and_last() -> None:
    [requirement] = required_units(talk_presets()["nordre_land"].rules, TalkKind.PLAN_TALK, 1, 1)
    assert requirement.unit_kind == NAV
    assert (
        requirement.reason == "NAV skal være med i den første plansamtalen; NAV skal være med i den siste plansamtalen"
    )


def test_the_reason_is_a_sentence() -> None:
    [rule] = talk_presets()["vaga"].rules
    assert rule.text == "NAV skal være med i de to siste plansamtalene"
    assert Rule(TalkKind.TRIANGULAR_TALK, NAV).text == "NAV skal være med i alle trekantsamtalene"


def test_a_rule_is_about_its_own_kind_of_talk() -> None:
    assert required_units([Rule(TalkKind.TRIANGULAR_TALK, NAV)], TalkKind.PLAN_TALK, 1, 4) == []


def test_a_talk_without_number_is_reached_only_by_rules_about_all() -> None:
    first = Rule(TalkKind.TEAM_MEETING, NAV, Which.FIRST, 1)
    every = Rule(TalkKind.TEAM_MEETING, UnitKind.HEALTH)
    found = required_units([first, every], TalkKind.TEAM_MEETING, None, 4)
    assert [requirement.unit_kind for requirement in found] == [UnitKind.HEALTH]


def test_either_part_of_nav_meets_a_demand_for_nav() -> None:
    assert meets(UnitKind.NAV_STATE, UnitKind.NAV_MUNICIPAL)
    assert meets(UnitKind.HEALTH, UnitKind.HEALTH)
    assert not meets(UnitKind.HEALTH, UnitKind.NAV_STATE)


def test_sel_has_an_owner_only_for_practice_in_the_third_year() -> None:
    tasks = tasks_of(PracticeBy.YEAR)
    owners = dict.fromkeys(tasks, "læringssenteret")
    del owners[Task.PRACTICE_YEAR_1], owners[Task.PRACTICE_YEAR_2]
    assert unowned(tasks, owners) == [Task.PRACTICE_YEAR_1, Task.PRACTICE_YEAR_2]


def test_practice_is_divided_by_kind_or_by_year_never_both() -> None:
    assert Task.LANGUAGE_PRACTICE in tasks_of(PracticeBy.KIND)
    assert Task.PRACTICE_YEAR_1 not in tasks_of(PracticeBy.KIND)
    assert Task.LANGUAGE_PRACTICE not in tasks_of(PracticeBy.YEAR)


def test_the_four_models_give_every_task_one_owner() -> None:
    every_kind = set(UnitKind)
    assert len(model_presets()) == 4
    for preset in model_presets().values():
        chosen = owners_by_kind(preset.owners, every_kind)
        assert set(chosen) == set(Task)
        assert unowned(list(Task), chosen) == []


@pytest.mark.parametrize(
    ("model", "main", "settlement"),
    [
        (OrganisationModel.NAV, UnitKind.NAV_MUNICIPAL, UnitKind.NAV_MUNICIPAL),
        (OrganisationModel.LEARNING_CENTRE, UnitKind.ADULT_EDUCATION, UnitKind.ADULT_EDUCATION),
        (OrganisationModel.NAV_SERVICE_CENTRE, UnitKind.NAV_MUNICIPAL, UnitKind.SERVICE_CENTRE),
        (OrganisationModel.REFUGEE_OFFICE, UnitKind.REFUGEE_SERVICE, UnitKind.REFUGEE_SERVICE),
    ],
)
def test_who_has_the_main_responsibility(model: OrganisationModel, main: UnitKind, settlement: UnitKind) -> None:
    chosen = owners_by_kind(model_presets()[model].owners, set(UnitKind))
    assert (chosen[Task.PROGRAMME], chosen[Task.SETTLEMENT]) == (main, settlement)


def test_a_task_that_no_unit_fits_is_left_without_owner() -> None:
    chosen = owners_by_kind(model_presets()[OrganisationModel.REFUGEE_OFFICE].owners, {UnitKind.REFUGEE_SERVICE})
    assert Task.NORWEGIAN not in chosen


def test_a_file_that_forgets_a_task_is_refused() -> None:
    with pytest.raises(PresetError, match="BENEFIT"):
        parse(
            {"models": {"nav": {"like": "x", "owners": {t: ["health"] for t in Task if t != "benefit"}}}, "talks": {}}
        )
