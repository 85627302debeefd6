"""Lines that are kept say the same as lines derived anew: whatever changes by a command is seen at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from samlop.cases import facts
from samlop.cases.models import Case
from samlop.cooperation.commands import set_periods
from samlop.core.marks import NOWHERE, marks_of
from samlop.core.models import Mark
from samlop.core.time import today
from samlop.core.writing import writing
from samlop.overview import kept
from samlop.overview.my_day import my_day
from samlop.plan.commands.contributions import save_draft
from tests.house import House
from tests.overview.helpers import participant


@pytest.fixture(autouse=True)
def keeps(lines_derived_anew: None, settings: Any) -> Iterator[None]:
    settings.KEEP_LINES = True
    kept.forget()
    yield
    kept.forget()


def told(house: House, who: str = "adviser") -> list[tuple[UUID, str, str]]:
    """The lines of somebody's Min dag, whoever answers."""
    day = [my_day(house.viewer(who), whose) for whose in ("mine", "unit")]
    lines = [line.item for one in day for group in one.groups for line in group.lines]
    return sorted((item.case_id, item.code, item.what) for item in lines)


def anew(house: House, settings: Any, who: str = "adviser") -> list[tuple[UUID, str, str]]:
    settings.KEEP_LINES = False
    try:
        return told(house, who)
    finally:
        settings.KEEP_LINES = True


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_what_is_kept_is_what_would_be_derived(house: House, settings: Any) -> None:
    participant(house, "Berhane")
    participant(house, "Ængla")
    for who in ("adviser", "nav", "teacher", "leader", "adviser"):
        assert told(house, who) == told(house, who) == anew(house, settings, who)
    assert told(house) != []


def test_the_second_opening_asks_little_of_the_database(house: House, client: Client) -> None:
    client.force_login(house.users["adviser"])
    for path in (reverse("overview:my_day"), reverse("overview:case", args=[house.case.pk])):
        kept.forget()
        first = queries(client, path)
        assert queries(client, path) <= first - 25


def test_a_command_on_a_case_is_seen_at_once_by_everybody(house: House, settings: Any) -> None:
    other = participant(house, "Berhane")
    before = {who: told(house, who) for who in ("adviser", "nav")}
    save_draft(case=house.case, text="Noe jeg tenker på", by=house.viewer("adviser"))
    after = told(house)
    assert [code for _, code, _ in after if code == "plan.draft"] == ["plan.draft"]
    assert {line for line in after if line[0] == other.pk} <= set(before["adviser"])
    assert told(house, "nav") == before["nav"] == anew(house, settings, "nav")


def test_only_what_has_changed_is_derived_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    other, asked = participant(house, "Berhane"), []
    told(house)
    part = kept.Caseload.part
    monkeypatch.setattr(kept.Caseload, "part", lambda load, keys: asked.append(list(keys)) or part(load, keys))
    save_draft(case=other, text="Noe jeg tenker på", by=house.viewer("adviser"))
    told(house)
    assert asked == [[other.pk]]


def test_a_municipality_that_changes_its_settings_is_seen_at_once(house: House, settings: Any) -> None:
    told(house)
    before = marks_of([house.municipality.pk, NOWHERE])
    set_periods(values={"nav_contact_months": 1, "handover_months": 12}, by=house.viewer("leader"))
    assert marks_of([house.municipality.pk])[house.municipality.pk] == before.get(house.municipality.pk, 0) + 1
    assert told(house) == anew(house, settings)


def test_what_is_kept_is_ones_own_and_in_ones_own_language(house: House, settings: Any) -> None:
    with override("nn"):
        nynorsk = told(house)
    assert told(house) == anew(house, settings) != nynorsk
    save_draft(case=house.case, text="Bare mitt", by=house.viewer("adviser"))
    assert "plan.draft" in {code for _, code, _ in told(house)}
    for who in ("nav", "teacher", "leader", "colleague"):
        assert "plan.draft" not in {code for _, code, _ in told(house, who)}


def test_a_fact_without_a_mark_is_seen_after_ten_minutes_and_the_next_day(
    house: House, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told(house)
    with writing("test"):
        Case.objects.filter(pk=house.case.pk).update(settled_on=today() - timedelta(days=400))
    assert told(house) == before
    later = kept.now() + kept.LONGEST
    for room in (kept, facts):
        monkeypatch.setattr(room, "now", lambda: later)
    assert told(house) == anew(house, settings) != before


def test_what_is_kept_longest_makes_room(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 3)
    for who in ("adviser", "nav", "teacher", "leader", "colleague"):
        told(house, who)
        assert len(kept._kept) <= 3


def test_a_refused_command_raises_no_mark(house: House) -> None:
    with pytest.raises(Exception, match=r".+"):
        save_draft(case=house.case, text="", by=house.viewer("stranger"))
    assert not Mark.objects.exists()


def test_marks_are_raised_once_for_each_command_and_case(house: House) -> None:
    for number in (1, 2, 3):
        save_draft(case=house.case, text=f"Utkast {number}", by=house.viewer("adviser"))
        assert marks_of([house.case.pk]) == {house.case.pk: number}
