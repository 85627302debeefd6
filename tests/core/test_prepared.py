"""A prepared list gives what the same list asked anew would give, in every thread and for every value."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext

from samlop.cases.models import TeamMember
from samlop.cases.vocabulary import TeamFunction
from samlop.core.periods import in_force
from samlop.core.prepared import prepared
from samlop.core.time import today
from tests.house import House, case

pytestmark = pytest.mark.django_db


@prepared
def _places(cases: Collection[UUID], on: date) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(in_force(on), case_id__among=cases).select_related("unit").order_by("pk")


@prepared
def _functions(cases: Collection[UUID], functions: Collection[str]) -> QuerySet[TeamMember, tuple[UUID, str]]:
    rows = TeamMember.objects.filter(case_id__among=cases, function__among=functions)
    return rows.order_by("pk").values_list("case_id", "function")


@prepared
def _others(cases: Collection[UUID]) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(~Q(case_id__among=cases))


def test_gives_the_same_rows_as_the_list_asked_anew(house: House) -> None:
    one, other = case(house), case(house)
    for keys in ([one.pk], [other.pk], [one.pk, other.pk], {one.pk}, [uuid4()]):
        for day in (today(), today() - timedelta(days=4000)):
            asked = TeamMember.objects.filter(in_force(day), case_id__in=keys).order_by("pk")
            assert _places(keys, day) == list(asked)


def test_what_is_read_is_read_anew_each_time_with_its_relations(house: House) -> None:
    one = case(house)
    with CaptureQueriesContext(connection) as asked:
        first, second = _places([one.pk], today()), _places([one.pk], on=today())
        assert [place.unit.name for place in first] == [place.unit.name for place in second]
    assert len(asked) == 2
    assert first
    assert first[0] is not second[0]


def test_columns_come_as_tuples_and_codes_are_taken_as_codes(house: House) -> None:
    one = case(house)
    assert _functions([one.pk], [TeamFunction.MAIN_CONTACT]) == [(one.pk, "main_contact")]
    assert _functions([one.pk], ()) == []


def test_nothing_is_asked_where_there_is_nothing_to_ask_about(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert _places([], today()) == []


def test_all_but_none_is_all(house: House) -> None:
    case(house)
    assert len(_others([])) == TeamMember.objects.count() > 0


def test_one_list_may_not_be_built_of_what_the_argument_is() -> None:
    @prepared
    def looks(cases: Collection[UUID]) -> QuerySet[TeamMember]:
        return TeamMember.objects.filter(case_id__in=list(cases))

    with pytest.raises(TypeError):
        looks([uuid4()])


@pytest.mark.django_db(transaction=True)
def test_threads_ask_on_their_own_connections(house: House) -> None:
    one, other = case(house), case(house)

    def ask(key: UUID) -> set[UUID]:
        try:
            return {place.case_id for _ in range(20) for place in _places([key], today())}
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, [one.pk, other.pk] * 4)) == [{one.pk}, {other.pk}] * 4
