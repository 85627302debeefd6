"""The participant's own page, when the programme runs and when it is over."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from samlop.cases.vocabulary import CaseStatus
from samlop.core.time import now, today
from samlop.core.writing import writing
from samlop.programme.models import Course
from tests.house import House


def test_when_the_programme_is_over_the_page_says_so_and_asks_for_no_absence(house: House, client: Client) -> None:
    ended = today() - timedelta(days=3)
    client.force_login(house.users["participant"])
    assert "Meld fravær" in client.get("/min-side/").content.decode()
    with writing("test"):
        Course.objects.create(
            case=house.case, municipality=house.municipality, start_on=ended - timedelta(days=300), ended_on=ended,
            end_reason="work",
        )  # fmt: skip
        house.case.status, house.case.closed_at = CaseStatus.ENDED, now()
        house.case.save()
    page = client.get("/min-side/").content.decode()
    assert f"Programmet ditt sluttet {ended:%d.%m.%Y}." in page
    assert "Meld fravær" not in page
    assert "Timene mine" not in page
