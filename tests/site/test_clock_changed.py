"""The machine's clock is set back or forward while people work: what was done keeps its order, and nobody is stuck."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from samlop.access.models import Reading
from samlop.cases.checks import journal as check
from samlop.cases.models import JournalEntry
from samlop.core.time import at, now
from samlop.plan.commands.contributions import write_contribution
from samlop.plan.models import Contribution
from tests.house import House

JUMPS = [timedelta(hours=-1), timedelta(days=-400), timedelta(days=2)]


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_the_journal_stays_whole_and_in_order(house: House, jump: timedelta) -> None:
    by = house.viewer("adviser")
    write_contribution(case=house.case.pk, text="Før", by=by)
    with at(now() + jump):
        write_contribution(case=house.case.pk, text="Mens", by=by)
    write_contribution(case=house.case.pk, text="Etter", by=by)
    texts = {str(one.pk): one.text for one in Contribution.objects.filter(case=house.case)}
    rows = JournalEntry.objects.filter(case=house.case).order_by("seq")
    assert [texts[row.data["contribution"]] for row in rows if "contribution" in row.data] == ["Før", "Mens", "Etter"]
    _read, broken = check()
    assert broken is None


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_pages_work_while_the_clock_is_wrong_and_after(house: House, jump: timedelta) -> None:
    client = Client()
    client.force_login(house.users["adviser"])
    where = f"/sak/{house.case.pk}/plan/"
    assert client.get(where).status_code == 200
    with at(now() + jump):
        answer = client.get(where)
        # Far ahead one has been idle too long and is asked to sign in again; never anything else.
        assert answer.status_code == 200 or answer.headers["Location"].startswith("/logg-inn/")
    client.force_login(house.users["adviser"])
    assert client.get(where).status_code == 200
    assert Reading.objects.filter(case=house.case).exists()


def test_the_same_form_is_sent_once_whatever_the_clock_says(house: House) -> None:
    client = Client()
    client.force_login(house.users["adviser"])
    given = {"text": "Én gang.", "once": "01900000-0000-7000-8000-000000000001"}
    where = f"/sak/{house.case.pk}/plan/bidrag/ny/"
    client.post(where, given)
    with at(now() - timedelta(hours=2)):
        client.post(where, given)
    assert Contribution.objects.filter(case=house.case).count() == 1
