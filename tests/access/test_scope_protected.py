"""A protected address stops everyone but the named persons, in lists as on the page."""

from __future__ import annotations

import pytest

from samlop.cases.models import Case, JournalEntry
from samlop.core.errors import Refused
from samlop.core.gate import gate
from samlop.core.rights import Right, Section
from samlop.core.writing import writing
from samlop.people.vocabulary import Protection
from tests.house import House


@pytest.mark.parametrize("protection", [Protection.CONFIDENTIAL, Protection.STRICTLY_CONFIDENTIAL])
@pytest.mark.parametrize(
    ("name", "sees"),
    [("adviser", True), ("nav", True), ("colleague", False), ("nav_colleague", False), ("leader", False)],
)
def test_only_named_persons(house: House, protection: Protection, name: str, sees: bool) -> None:
    with writing("test"):
        house.case.person.protection = protection
        house.case.person.save()
    viewer = house.viewer(name)
    assert viewer.scope(Case).filter(pk=house.case.pk).exists() is sees
    assert viewer.scope(JournalEntry).filter(case=house.case).count() == 0
    if not sees:
        with pytest.raises(Refused) as refusal:
            gate().open(viewer, house.case.pk, Section.IDENTITY, Right.SEE)
        assert refusal.value.code == "not_found"
