"""Every role in every position against the expected matrix: sections, permissions, and every page of the program."""

from __future__ import annotations

import pytest

from samlop.access.scope import case_keys
from samlop.cases.models import Case
from samlop.core.errors import Refused
from samlop.core.gate import gate
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
