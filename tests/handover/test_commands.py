"""Nothing is handed over to nobody, and nothing that somebody wrote is lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from samlop.cases.journal import sentence
from samlop.cases.models import JournalEntry
from samlop.core.errors import Refused
from samlop.core.time import now
from samlop.core.writing import writing
from samlop.handover import commands
from samlop.handover.checklist import PointCode
from samlop.handover.commands import Facts, Mark
from samlop.handover.models import Handover
from tests.house import House

TALK = date(2018, 6, 1)


def write(house: House, revision: int = 1, by: str = "adviser", **facts: Any) -> Handover:
    return commands.write_handover(case=house.case, facts=Facts(**facts), revision=revision, by=house.viewer(by))


def settle(house: House, *but: str) -> None:
    marks = {code: Mark("not_relevant", "Ikke her") for code in PointCode.values if code not in but}
    commands.mark_checklist(case=house.case, marks=marks, by=house.viewer("adviser"))


def complete(house: House, by: str = "adviser") -> Handover:
    return commands.complete_handover(case=house.case, by=house.viewer(by))


def refused(house: House, by: str = "adviser") -> Refused:
    with pytest.raises(Refused) as refusal:
        complete(house, by)
    return refusal.value


def told(house: House) -> list[str]:
    return [sentence(entry) for entry in JournalEntry.objects.filter(case=house.case).order_by("seq")]


def test_it_cannot_be_completed_with_need_until_talk_and_receiver_are_set(house: House) -> None:
    settle(house)
    assert refused(house).code == "need_unclarified"
    write(house, need="yes")
    refusal = refused(house)
    assert (refusal.code, refusal.field) == ("missing_talk", "talk_on")
    assert "hvem som tar over" in refusal.text
    write(house, 2, need="yes", talk_on=TALK)
    assert refused(house).code == "missing_receiver"
    write(house, 3, need="yes", talk_on=TALK, receiver_unit=house.units["nav"].pk)
    done = complete(house)
    assert done.receiver_name == house.units["nav"].name
    assert done.completed_by == house.users["adviser"]
    assert told(house)[-1] == f"fullførte overføringen til {house.units['nav'].name}"


def test_the_database_says_no_too(house: House) -> None:
    with writing("test"), pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(
            case=house.case, municipality=house.municipality, need="yes", opened_at=now(), completed_at=now(),
            completed_by=house.users["adviser"],
        )  # fmt: skip


def test_an_open_point_stands_in_the_way(house: House) -> None:
    write(house, need="yes", talk_on=TALK, receiver_name="NAV")
    settle(house, "certificate")
    refusal = refused(house)
    assert refusal.code == "checklist_open"
    assert "Deltakerbeviset er gitt" in refusal.text


def test_without_need_it_is_completed_at_once(house: House) -> None:
    write(house, need="no")
    assert complete(house).completed_at is not None
    assert told(house)[-1] == "fullførte overføringen: deltakeren trenger ingen videre oppfølging"


def test_a_completed_one_is_opened_again_with_a_reason(house: House) -> None:
    write(house, need="no")
    complete(house)
    with pytest.raises(Refused) as refusal:
        write(house, 2, need="yes")
    assert refusal.value.code == "already_completed"
    by = house.viewer("adviser")
    with pytest.raises(Refused) as refusal:
        commands.reopen_handover(case=house.case, why="", by=by)
    assert refusal.value.code == "missing_reason"
    assert commands.reopen_handover(case=house.case, why="NAV må inn", by=by).completed_at is None
    assert told(house)[-1] == "åpnet overføringen igjen: NAV må inn"


def test_it_is_told_what_was_written(house: House) -> None:
    write(house, need="yes", talk_on=TALK, receiver_name="Nora Nav", unmet_needs="Trenger mer norsk")
    [line] = told(house)
    assert line == (
        "skrev om overføringen: hvem som tar over, det som gjenstår, behov, dato for samtalen "
        "(noen må ta over, samtale 01.06.2018, mottaker Nora Nav)"
    )
    assert "Trenger mer norsk" not in line


def test_two_who_write_at_once_lose_nothing(house: House) -> None:
    write(house, need="yes", unmet_needs="Norsk")
    with pytest.raises(Refused) as refusal:
        write(house, 1, by="colleague", need="yes", unmet_needs="Bolig")
    assert refusal.value.code == "changed_meanwhile"
    assert Handover.objects.get().unmet_needs == "Norsk"
    assert write(house, 2, need="yes", unmet_needs="Norsk og bolig").revision == 3


def test_the_same_again_changes_nothing(house: House) -> None:
    write(house, need="yes")
    assert write(house, 1, need="yes").revision == 2
    assert len(told(house)) == 1


def test_points_are_marked_and_told(house: House) -> None:
    by = house.viewer("adviser")
    commands.mark_checklist(case=house.case, marks={"plan": Mark("done")}, by=by)
    commands.mark_checklist(case=house.case, marks={"plan": Mark("done")}, by=by)
    commands.mark_checklist(case=house.case, marks={"plan": Mark("open")}, by=by)
    assert told(house) == [
        "krysset av på sjekklisten: Planen er gått gjennom med deltakeren",
        "satte «Planen er gått gjennom med deltakeren» som gjenstående",
    ]


def test_not_relevant_needs_a_reason(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        commands.mark_checklist(
            case=house.case, marks={"certificate": Mark("not_relevant", " ")}, by=house.viewer("adviser")
        )
    assert (refusal.value.code, refusal.value.field) == ("missing_reason", "certificate_note")


def test_income_is_not_ticked_while_nothing_is_written(house: House) -> None:
    by = house.viewer("adviser")
    with pytest.raises(Refused) as refusal:
        commands.mark_checklist(case=house.case, marks={"income": Mark("done")}, by=by)
    assert (refusal.value.code, refusal.value.field) == ("missing_income", "income")
    write(house, need="yes", income_source="Tiltakspenger")
    commands.mark_checklist(case=house.case, marks={"income": Mark("done")}, by=by)
    assert Handover.objects.get().checklist.get(code="income").is_settled


def test_the_receiver_is_a_unit_that_works_here(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        write(house, need="yes", receiver_unit=house.units["other_refugee"].pk)
    assert (refusal.value.code, refusal.value.field) == ("unknown_unit", "receiver_unit")


@pytest.mark.parametrize(
    ("name", "code"), [("nav", "no_right_programme"), ("participant", "no_right_programme"), ("stranger", "not_found")]
)
def test_who_may_not_write(house: House, name: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        write(house, by=name, need="no")
    assert refusal.value.code == code


def test_a_colleague_steps_in_but_does_not_complete(house: House) -> None:
    write(house, by="colleague", need="no")
    assert refused(house, "colleague").code == "no_right_programme"
