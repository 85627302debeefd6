"""Every role in every position against the expected matrix: sections, permissions, and every page of the program."""

from __future__ import annotations

import pytest

from samlop.access.scope import case_keys
from samlop.access.viewer import Viewer
from samlop.cases.caseload import caseload
from samlop.cases.journal import append
from samlop.cases.models import Case, JournalEntry, TeamMember
from samlop.core.errors import Refused
from samlop.core.gate import Entry, gate
from samlop.core.rights import Permission, Right, Section
from samlop.core.writing import writing
from samlop.people.vocabulary import Protection, Role
from tests.access.walk import LETTERS, MATRIX, POSITIONS, STAFF, Knocker, knocker
from tests.house import House

CORNERS = [(role, position) for role in STAFF for position in POSITIONS]


def granted(one: Knocker, house: House, section: Section) -> Right:
    """The best right the gate gives on the section."""
    best = Right.NONE
    for right in (Right.SEE, Right.CONTRIBUTE, Right.MANAGE):
        try:
            gate().open(one.viewer, house.case.pk, section, right)
        except Refused:
            break
        best = right
    return best


@pytest.mark.parametrize(("role", "position"), CORNERS)
@pytest.mark.parametrize("protected", [False, True], ids=["open address", "protected address"])
def test_rights_are_as_the_matrix_says(house: House, role: Role, position: str, protected: bool) -> None:
    one = knocker(house, role, position)
    if protected:
        with writing("test"):
            house.case.person.protection = Protection.STRICTLY_CONFIDENTIAL
            house.case.person.save()
    found = {section: granted(one, house, section) for section in Section}
    assert found == {section: one.expected(section, protected=protected) for section in Section}


@pytest.mark.parametrize(("role", "position"), CORNERS)
def test_lists_hold_the_case_exactly_where_the_section_opens(house: House, role: Role, position: str) -> None:
    one = knocker(house, role, position)
    for section in Section:
        viewer = one.viewer
        keys = case_keys(viewer, viewer.relations_with(section), section)
        assert Case.objects.filter(pk=house.case.pk, pk__in=keys).exists() == bool(one.expected(section)), section


@pytest.mark.parametrize(("role", "position"), CORNERS)
@pytest.mark.parametrize("protected", [False, True], ids=["open address", "protected address"])
def test_lists_of_any_table_hold_what_the_matrix_says(house: House, role: Role, position: str, protected: bool) -> None:
    one = knocker(house, role, position)
    with writing("test"):
        if protected:
            house.case.person.protection = Protection.CONFIDENTIAL
            house.case.person.save()
        for section in Section:
            told = Entry(code="effort.registered", section=section, data={"told": "test"})
            append(house.case, Viewer.system("test"), told)
    viewer, everything = one.viewer, Case.objects.filter(pk=house.case.pk)
    seen = {section for section in Section if one.expected(section, protected=protected)}
    assert viewer.scope(Case).filter(pk__in=everything).exists() == (Section.IDENTITY in seen)
    assert viewer.scope(TeamMember).filter(case__in=everything).exists() == (Section.IDENTITY in seen)
    entries = viewer.scope(JournalEntry).filter(case__in=everything, data__told="test")
    # Entries for named persons name nobody here.
    assert set(entries.values_list("section", flat=True)) == {s.value for s in seen - {Section.RESTRICTED}}
    load = caseload(viewer)
    if house.case.pk in load.cases:
        assert {section for section in Section if load.sees(house.case.pk, section)} == seen


def test_the_participant_has_what_the_law_gives(house: House) -> None:
    viewer = house.viewer("participant")
    expected = dict(zip(MATRIX["sections"], "CSCCSSCSS-", strict=True))
    for section in Section:
        right = LETTERS[expected[section.value]]
        if right:
            assert gate().open(viewer, house.case.pk, section, right)
        with pytest.raises(Refused):
            gate().open(viewer, house.case.pk, section, Right(right + 1) if right < Right.MANAGE else Right.MANAGE)


@pytest.mark.parametrize("permission", list(Permission))
def test_permissions_are_as_the_matrix_says(house: House, permission: Permission) -> None:
    may = {role.value for role in STAFF if knocker(house, role, "elsewhere").viewer.may(permission)}
    assert may == set(MATRIX["permissions"][permission.value])
    assert not house.viewer("participant").may(permission)
