"""Lists and single cases read the same branches and never disagree."""

from __future__ import annotations

import pytest

from samlop.access.policy import Relation
from samlop.access.viewer import Viewer
from samlop.cases.models import Case, JournalEntry
from samlop.core.errors import Refused
from samlop.core.gate import gate
from samlop.core.rights import Right, Section
from tests.house import PEOPLE, House


@pytest.mark.parametrize("name", [name for name, *_ in PEOPLE] + ["participant"])
@pytest.mark.parametrize("section", list(Section))
def test_list_and_case_agree(house: House, name: str, section: Section) -> None:
    viewer = house.viewer(name)
    from samlop.access.scope import case_keys

    listed = Case.objects.filter(pk__in=case_keys(viewer, viewer.relations_with(section), section)).exists()
    try:
        gate().open(viewer, house.case.pk, section, Right.SEE)
        opened = True
    except Refused:
        opened = False
    assert listed == opened


def test_a_stranger_gets_the_same_answer_as_for_nothing(house: House) -> None:
    from samlop.core.ids import uuid7

    answers = []
    for key in (house.case.pk, uuid7()):
        with pytest.raises(Refused) as refusal:
            gate().open(house.viewer("stranger"), key, Section.PLAN, Right.SEE)
        answers.append((refusal.value.code, refusal.value.text))
    assert answers[0] == answers[1]


def test_nav_may_not_manage_the_programme(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        gate().authorise(house.viewer("nav"), house.case, Section.PROGRAMME, Right.MANAGE)
    assert refusal.value.code == "no_right_programme"


def test_everyone_named_sees_the_case_in_the_list(house: House) -> None:
    for name in ("adviser", "nav", "teacher", "leader", "participant", "colleague"):
        assert house.viewer(name).scope(Case).count() == 1, name
    for name in ("stranger", "county", "evaluator", "operator", "employer", "volunteer", "health"):
        assert house.viewer(name).scope(Case).count() == 0, name


def test_mixed_sections_open_by_section(house: House) -> None:
    assert isinstance(house.viewer("nav"), Viewer)
    assert Relation.TEAM in house.viewer("nav").relations_with(Section.PLAN)
    assert house.viewer("nav").scope(JournalEntry).count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("relation", list(Relation))
def test_a_branch_written_once_keeps_nothing_of_the_one_it_was_written_with(relation: Relation) -> None:
    from samlop.access import scope

    written = scope._written(relation, Section.WORK if relation is Relation.GRANT else None)
    kept = [value for value, slot in zip(written.values, written.slots, strict=True) if not slot]
    assert not set(map(repr, kept)) & set(map(repr, scope._SLOTS))
    assert any(slot in ("user_id", "unit_id", "municipality_id") for slot in written.slots)
