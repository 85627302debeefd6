"""The facts that lists of open cases begin with are kept, and never in the way of what has changed or may be seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samlop.cases import facts
from samlop.cases.caseload import Caseload, caseload
from samlop.cases.commands.team import end_place
from samlop.cases.models import Case, TeamMember
from tests.house import House


@pytest.fixture(autouse=True)
def keeps(lines_derived_anew: None, settings: Any) -> Iterator[None]:
    settings.KEEP_LINES = True
    facts.forget()
    yield
    facts.forget()


def asked(house: House, who: str) -> tuple[Caseload, int]:
    viewer = house.viewer(who)
    _ = viewer.relations_with  # what the viewer may see at all is not what is counted
    with CaptureQueriesContext(connection) as queries:
        load = caseload(viewer)
    return load, len(queries)


def names(load: Caseload) -> list[tuple[str, list[str]]]:
    return [
        (case.person.name, [place.user.name if place.user else place.unit.name for place in load.team[key]])
        for key, case in load.cases.items()
    ]


def test_a_colleague_uses_what_one_has_read(house: House) -> None:
    first, many = asked(house, "adviser")
    again, few = asked(house, "adviser")
    theirs, few_too = asked(house, "nav")
    assert few == few_too < many
    assert names(first) == names(again) == names(theirs) != []
    assert first.mine == again.mine


def test_who_may_see_a_case_is_asked_each_time(house: House) -> None:
    assert house.case.pk in asked(house, "adviser")[0].cases
    assert house.case.pk not in asked(house, "stranger")[0].cases
    assert house.case.pk in asked(house, "adviser")[0].cases


def test_a_change_in_the_team_is_seen_at_once(house: House) -> None:
    asked(house, "adviser")
    place = TeamMember.objects.get(case=house.case, user=house.users["nav"])
    end_place(case=house.case, place=place.pk, by=house.viewer("adviser"))
    assert house.users["nav"].name not in dict(names(asked(house, "adviser")[0]))[house.case.person.name]


def test_what_a_page_hangs_on_a_case_is_not_seen_by_the_next(house: House) -> None:
    one: Any = asked(house, "adviser")[0].cases[house.case.pk]
    one.viewer_rights = {"economy": 3}
    one.person = None
    one.status = "changed"
    other = asked(house, "nav")[0].cases[house.case.pk]
    assert not hasattr(other, "viewer_rights")
    assert other.person.name == house.case.person.name
    assert other == Case.objects.get(pk=house.case.pk)
    assert other.status == house.case.status
