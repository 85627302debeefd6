"""Levels go along when the participant moves: nobody is tested again for what is known."""

from __future__ import annotations

from datetime import date

from django.test import Client

from samlop.cases.journal import sentence
from samlop.cases.models import Case, JournalEntry
from samlop.norwegian.commands import write_levels
from samlop.norwegian.models import Level, LevelReached, Skill
from tests.cases.test_moving import move
from tests.house import House


def test_the_new_municipality_sees_every_level_with_who_wrote_it(house: House, client: Client) -> None:
    teacher = house.viewer("teacher")
    for level, day in ((Level.A1, date(2026, 1, 10)), (Level.A2, date(2026, 6, 10))):
        levels = {Skill.READING: level, Skill.SPEAKING: level}
        write_levels(case=house.case, levels=levels, reached_on=day, source="test", by=teacher)
    assert move(house, receiver="stranger").status_code == 302
    new = Case.objects.get(continues=house.case)
    client.force_login(house.users["stranger"])
    page = client.get(f"/sak/{new.pk}/norsk/").content.decode()
    for shown in ("A2", "10.06.2026", "Teacher"):
        assert shown in page
    rows = LevelReached.objects.filter(case=new)
    assert rows.count() == 4
    assert {row.municipality for row in rows} == {house.other_municipality}
    entry = JournalEntry.objects.get(case=new, code="norwegian.carried_over")
    assert sentence(entry) == "tok med 4 norsknivåer fra Elvestad"


def test_where_nothing_is_known_nothing_is_told(house: House) -> None:
    move(house)
    assert not JournalEntry.objects.filter(code="norwegian.carried_over").exists()
