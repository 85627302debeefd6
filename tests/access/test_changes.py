"""The organisation's journal can be read: who changed settings, staff, groups, the year and the runs, and when."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samlop.access.changes import EVERYTHING_ELSE, KINDS
from samlop.access.commands import narrow, widen_back
from samlop.access.models import Narrowing
from samlop.access.policy import Relation
from samlop.core import organisation
from samlop.core.models import OrganisationEntry
from samlop.core.rights import Right, Section
from samlop.core.time import OSLO, at
from samlop.core.writing import writing
from samlop.hours.commands.calendar import mark_days
from samlop.hours.commands.groups import make_group
from samlop.hours.commands.terms import set_attendance_rules
from samlop.hours.periods import MarkedPeriod
from samlop.people.vocabulary import Role
from tests.house import House

HERE = "access:changes"
NOON = datetime(2026, 10, 5, 12, tzinfo=OSLO)


def page(house: House, who: str = "leader", **asked: str) -> Any:
    client = Client()
    client.force_login(house.users[who])
    return client.get(reverse(HERE), asked)


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def a_day(house: House) -> None:
    with at(NOON):
        set_attendance_rules(cutoff_day=8, reason_days=7, by=house.viewer("leader"))
        holiday = MarkedPeriod(date(2026, 12, 21), date(2026, 12, 23), "holiday", "")
        mark_days(periods=[holiday], by=house.viewer("leader"))
    with at(NOON + timedelta(days=2)):
        make_group(
            name="Spor 1", unit_id=house.units["school"].pk, first_day=date(2026, 10, 12), by=house.viewer("teacher")
        )


def test_it_tells_in_sentences_who_did_what_and_when_the_newest_first(house: House) -> None:
    a_day(house)
    shown = text(page(house))
    assert "Laget gruppen Spor 1" in shown
    assert f'Teacher <span class="quiet">{house.units["school"].name}</span>' in shown
    assert re.search(r"Merket dager i årskalenderen: [a-zæøå ]+ 21\.12\.2026–23\.12\.2026", shown)
    assert "Satte fristene for fravær: dag 8 i måneden etter, og 7 dager for grunn" in shown
    assert "05.10.2026 kl. 12.00" in shown
    assert shown.index("Spor 1") < shown.index("årskalenderen: ferie")


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ({"hva": "groups"}, "Spor 1", "fristene for fravær:"),
        ({"hva": "year"}, "fristene for fravær:", "Spor 1"),
        ({"fra": "6.10.2026"}, "Spor 1", "fristene for fravær:"),
        ({"til": "05.10.2026"}, "fristene for fravær:", "Spor 1"),
    ],
)
def test_by_kind_and_days(house: House, asked: dict[str, str], there: str, gone: str) -> None:
    a_day(house)
    shown = text(page(house, **asked))
    assert there in shown
    assert gone not in shown


def test_by_the_unit_that_did_it(house: House) -> None:
    a_day(house)
    assert "Spor 1" in text(page(house, enhet=str(house.units["school"].pk)))
    assert "Spor 1" not in text(page(house, enhet=str(house.units["refugee"].pk)))


def test_days_in_disorder_are_said_at_the_field_and_everything_is_shown(house: House) -> None:
    a_day(house)
    answer = page(house, fra="10.10.2026", til="1.10.2026")
    assert answer.status_code == 422
    assert "Siste dag kan ikke komme før første dag." in text(answer)
    assert "Spor 1" in text(answer)
    assert page(house, fra="tull").status_code == 422
    assert page(house, enhet="tull").status_code == 422


def test_an_empty_journal_says_what_will_stand_here(house: House) -> None:
    assert "Når noen endrer oppsettet" in text(page(house))


def test_another_municipality_reads_nothing_of_it(house: House) -> None:
    a_day(house)
    assert "Spor 1" not in text(page(house, "other_leader"))


def test_the_leader_of_nav_reads_what_nav_did(house: House) -> None:
    a_day(house)
    with writing("test"), at(NOON):
        data = {"who": "Ny Veileder", "unit": "Nav", "role": "nav_adviser", "from": "2026-10-05"}
        organisation.note(house.viewer("nav_leader"), "people.member_changed", data)
    shown = text(page(house, "nav_leader"))
    assert "Ny Veileder" in shown
    assert "Spor 1" not in shown


@pytest.mark.parametrize("who", ["adviser", "teacher", "nav", "participant", "evaluator"])
def test_it_is_for_leaders(house: House, who: str) -> None:
    assert page(house, who).status_code == 403


def test_narrower_access_is_told_in_words(house: House) -> None:
    by = house.viewer("leader")
    narrow(role=Role.TEACHER, section=Section.HOURS, relation=Relation.UNIT, right=Right.SEE, why="Få lærere", by=by)
    widen_back(narrowing=Narrowing.objects.get().pk, by=by)
    shown = text(page(house, hva="access"))
    assert "smalere tilgang til timer og fravær" in shown
    assert "Tok bort den smalere tilgangen" in shown


def test_every_code_belongs_to_a_kind(house: House) -> None:
    starts = tuple(start for _name, starts in KINDS.values() for start in starts)
    assert {code for code in organisation.codes() if not code.startswith(starts)} == set()
    assert page(house, hva=EVERYTHING_ELSE).status_code == 200


def test_an_entry_whose_words_are_gone_is_still_shown(house: House) -> None:
    with writing("test"):
        OrganisationEntry.objects.create(
            code="old.thing", municipality_id=house.municipality.pk, user_name="Leder", data={}, at=NOON
        )
    assert "ikke lenger har ord for (old.thing)" in text(page(house))


def test_pages_of_fifty_and_the_same_queries_however_many(house: House) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert page(house).status_code == 200
        return len(counted)

    with writing("test"), at(NOON):
        organisation.note(house.viewer("leader"), "hours.group_made", {"group": "Nr 0"})
        few = queries()
        for number in range(1, 60):
            organisation.note(house.viewer("leader"), "hours.group_made", {"group": f"Nr {number}"})
    assert queries() == few
    assert "Side 1 av 2" in text(page(house))
    assert "Nr 0<" in text(page(house, page="2"))


def test_it_is_found_from_the_control_list_and_the_footer(house: House) -> None:
    client = Client()
    client.force_login(house.users["leader"])
    assert reverse(HERE) in client.get(reverse("access:control_list")).content.decode()
    assert reverse(HERE) in client.get("/leder/").content.decode()
