"""What somebody shall do by a day, and what became of it."""

from __future__ import annotations

from datetime import date

import pytest

from samlop.cases.journal import sentence
from samlop.cases.models import JournalEntry
from samlop.core.errors import Refused
from samlop.core.time import now
from samlop.meetings import commands
from samlop.meetings.models import Action
from tests.house import House
from tests.meetings.talks import everybody_came, talk

DAY = date(2026, 12, 10)


@pytest.fixture
def action(house: House) -> Action:
    meeting = talk(house, "triangular_talk", now())
    return commands.add_action(
        case=house.case, meeting_id=meeting.pk, text="Ta med vitnemålet", responsible="participant", due_on=DAY,
        by=house.viewer("adviser"),
    )  # fmt: skip


def last(house: House) -> str:
    entry = JournalEntry.objects.filter(case=house.case).order_by("-seq").first()
    assert entry is not None
    return sentence(entry)


def test_it_is_told_with_who_and_when(house: House, action: Action) -> None:
    assert last(house) == "skrev ned en oppgave: Ta med vitnemålet – ansvarlig: Amina Østby, frist 10.12.2026"


def test_the_participant_marks_own_actions_as_done(house: House, action: Action) -> None:
    done = commands.finish_action(case=house.case, action_id=action.pk, by=house.viewer("participant"))
    assert (done.is_open, done.done_by) == (False, house.users["participant"])
    assert last(house) == "gjorde ferdig: Ta med vitnemålet"
    assert commands.reopen_action(case=house.case, action_id=action.pk, by=house.viewer("participant")).is_open


def test_the_participant_leaves_the_actions_of_others_alone(house: House, action: Action) -> None:
    unit = f"unit:{house.units['nav'].pk}"
    commands.change_action(
        case=house.case, action_id=action.pk, text="Ring", responsible=unit, due_on=DAY, by=house.viewer("adviser")
    )
    with pytest.raises(Refused) as refusal:
        commands.finish_action(case=house.case, action_id=action.pk, by=house.viewer("participant"))
    assert refusal.value.code == "no_own_action"


def test_the_participant_neither_changes_nor_drops(house: House, action: Action) -> None:
    by = house.viewer("participant")
    with pytest.raises(Refused):
        commands.drop_action(case=house.case, action_id=action.pk, why="Vil ikke", by=by)
    with pytest.raises(Refused):
        commands.change_action(
            case=house.case, action_id=action.pk, text="Ring", responsible="participant", due_on=DAY, by=by
        )


def test_dropping_needs_a_reason(house: House, action: Action) -> None:
    by = house.viewer("nav")
    with pytest.raises(Refused) as refusal:
        commands.drop_action(case=house.case, action_id=action.pk, why="", by=by)
    assert (refusal.value.code, refusal.value.field) == ("missing_reason", "why")
    assert not commands.drop_action(case=house.case, action_id=action.pk, why="Ikke lenger aktuelt", by=by).is_open
    assert last(house) == "droppet oppgaven «Ta med vitnemålet»: Ikke lenger aktuelt"
    with pytest.raises(Refused) as refusal:
        commands.finish_action(case=house.case, action_id=action.pk, by=by)
    assert refusal.value.code == "action_not_open"


def test_only_the_team_and_units_here_can_answer(house: House, action: Action) -> None:
    stranger = house.users["stranger"]
    for responsible in (f"person:{stranger.pk}:{house.units['other_refugee'].pk}", "unit:nonsense", "who"):
        with pytest.raises(Refused):
            commands.change_action(
                case=house.case, action_id=action.pk, text="Ring", responsible=responsible, due_on=DAY,
                by=house.viewer("adviser"),
            )  # fmt: skip


@pytest.mark.parametrize(
    ("responsible", "due_on", "code"), [("", DAY, "missing_responsible"), ("participant", None, "missing_date")]
)
def test_after_closing_it_keeps_somebody_and_a_date(
    house: House, action: Action, responsible: str, due_on: date | None, code: str
) -> None:
    everybody_came(house, action.meeting)
    commands.close_meeting(case=house.case, meeting_id=action.meeting_id, by=house.viewer("adviser"))
    with pytest.raises(Refused) as refusal:
        commands.change_action(
            case=house.case, action_id=action.pk, text="Ring", responsible=responsible, due_on=due_on,
            by=house.viewer("adviser"),
        )  # fmt: skip
    assert refusal.value.code == code


def test_finishing_twice_is_told_once(house: House, action: Action) -> None:
    for _press in range(2):
        commands.finish_action(case=house.case, action_id=action.pk, by=house.viewer("nav"))
    assert JournalEntry.objects.filter(code="meetings.action_done").count() == 1
