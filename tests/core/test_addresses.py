"""An address written once and filled in is the one Django would look up."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import NoReverseMatch, reverse

from samlop.core.addresses import address


def test_keys_stand_where_django_puts_them() -> None:
    for _again in range(2):
        case, meeting = uuid4(), uuid4()
        assert address("overview:case", case) == reverse("overview:case", args=[case])
        assert address("overview:case", case_id=case) == reverse("overview:case", kwargs={"case_id": case})
        assert address("meetings:meeting", case, meeting) == reverse("meetings:meeting", args=[case, meeting])
        named = {"meeting_id": meeting, "case_id": case}
        assert address("meetings:meeting", **named) == reverse("meetings:meeting", kwargs=named)


def test_an_address_without_keys_and_one_with_something_else() -> None:
    assert address("overview:my_day") == reverse("overview:my_day")
    case = uuid4()
    assert address("cases:correct", case, 12) == reverse("cases:correct", args=[case, 12])
    assert address("benefit:run", "2026-10") == reverse("benefit:run", args=["2026-10"])


def test_a_page_that_is_not_there() -> None:
    with pytest.raises(NoReverseMatch):
        address("overview:nowhere", uuid4())
