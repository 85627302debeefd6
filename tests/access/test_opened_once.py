"""A page that opens several sections of a case asks once who the viewer is to it – and never acts on an old answer."""

from __future__ import annotations

from typing import Any

import pytest

from samlop.cases.models import TeamMember
from samlop.core.errors import Refused
from samlop.core.gate import gate
from samlop.core.rights import Right, Section
from samlop.core.writing import writing
from tests.house import House


def test_one_lookup_for_all_sections_of_a_page(house: House, django_assert_num_queries: Any) -> None:
    viewer = house.viewer("adviser")
    gate().open(viewer, house.case.pk, Section.IDENTITY, Right.SEE)
    with django_assert_num_queries(0):
        for section in (Section.PLAN, Section.PROGRAMME, Section.NORWEGIAN):
            gate().open(viewer, house.case.pk, section, Right.SEE)
    assert {section for _case, section in viewer.seen} >= {Section.PLAN, Section.PROGRAMME, Section.NORWEGIAN}


def test_a_command_asks_again(house: House) -> None:
    viewer = house.viewer("nav")
    gate().open(viewer, house.case.pk, Section.PLAN, Right.SEE)
    with writing("test"):
        TeamMember.objects.filter(case=house.case).delete()
    with pytest.raises(Refused):
        gate().authorise(viewer, house.case, Section.PLAN, Right.CONTRIBUTE)
    with pytest.raises(Refused):
        gate().open(viewer, house.case.pk, Section.PLAN, Right.SEE)
