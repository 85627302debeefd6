"""Calling, moving, inviting and calling off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samlop.cases.journal import sentence
from samlop.cases.models import JournalEntry
from samlop.core.errors import Refused
from samlop.core.ids import uuid7
from samlop.core.rights import Section
from samlop.meetings import commands
from samlop.meetings.agenda import Point
from samlop.meetings.invites import Invited
from samlop.meetings.models import Meeting
from tests.house import House
from tests.meetings.talks import START, invited, talk


def told(house: House) -> list[str]:
    return [sentence(entry) for entry in JournalEntry.objects.filter(case=house.case).order_by("seq")]


def test_a_meeting_is_called_with_agenda_and_reasons(house: House) -> None:
    points = [Point("Trenger deltakeren bistand fra NAV?", "nav_need"), Point("Eget punkt")]
    meeting = talk(house, agenda=points, place="Rom 2", interpreter_language="ti")
    assert (meeting.number, meeting.sequence) == (1, 0)
    assert [item.text for item in meeting.agenda.all()] == [point.text for point in points]
    reasons = {row.user.username: row.required_by for row in meeting.attendees.filter(user__isnull=False)}
    assert reasons == {"adviser": "", "nav": "NAV skal være med i alle plansamtalene"}
    assert meeting.attendees.filter(is_interpreter=True).count() == 1
    assert told(house) == ["kalte inn til plansamtale 1 03.12.2026 kl. 10.30"]


def test_plan_talks_are_counted_in_the_order_they_are_held(house: House) -> None:
    later = talk(house)
    earlier = talk(house, start=START - timedelta(days=30))
    later.refresh_from_db()
    assert (earlier.number, later.number) == (1, 2)
    commands.cancel_meeting(case=house.case, meeting_id=earlier.pk, why="Syk", by=house.viewer("adviser"))
    later.refresh_from_db()
    assert later.number == 1


def test_other_meetings_have_no_number(house: House) -> None:
    assert talk(house, "team_meeting").number is None


def test_moving_grows_the_sequence_and_tells_what_it_was(house: House) -> None:
    meeting = talk(house)
    by = house.viewer("nav")
    new = START + timedelta(days=1)
    moved = commands.move_meeting(
        case=house.case, meeting_id=meeting.pk, starts_at=new, length_minutes=45, place="Rom 3", by=by
    )
    assert moved.sequence == 1
    same = commands.move_meeting(
        case=house.case, meeting_id=meeting.pk, starts_at=new, length_minutes=45, place="Rom 3", by=by
    )
    assert same.sequence == 1
    assert told(house)[-1] == "endret tid eller sted for plansamtale 1: 04.12.2026 kl. 10.30 (var 03.12.2026 kl. 10.30)"


def test_cancelling_needs_a_reason(house: House) -> None:
    meeting = talk(house)
    with pytest.raises(Refused) as refusal:
        commands.cancel_meeting(case=house.case, meeting_id=meeting.pk, why=" ", by=house.viewer("adviser"))
    assert (refusal.value.code, refusal.value.field) == ("missing_reason", "why")
    cancelled = commands.cancel_meeting(case=house.case, meeting_id=meeting.pk, why="Syk", by=house.viewer("adviser"))
    assert (cancelled.is_cancelled, cancelled.sequence) == (True, 1)
    with pytest.raises(Refused) as refusal:
        commands.add_point(case=house.case, meeting_id=meeting.pk, text="Mer", by=house.viewer("adviser"))
    assert refusal.value.code == "meeting_cancelled"


def test_the_list_of_invited_is_changed(house: House) -> None:
    meeting = talk(house)
    commands.invite(
        case=house.case,
        meeting_id=meeting.pk,
        invited=invited(house, "participant", "adviser", "teacher"),
        interpreter_language="ti",
        by=house.viewer("adviser"),
    )
    assert {str(row.user) for row in meeting.attendees.filter(user__isnull=False)} == {"Adviser", "Teacher"}
    assert told(house)[-1] == ("endret hvem som er invitert til plansamtale 1: la til Teacher, tolk, tok bort Nav")


@pytest.mark.parametrize("stranger", ["stranger", "colleague"])
def test_nobody_outside_the_team_learns_of_the_meeting(house: House, stranger: str) -> None:
    user = house.users[stranger]
    outside = Invited(unit_id=user.memberships.get().unit_id, user_id=user.pk)
    with pytest.raises(Refused) as refusal:
        talk(house, invited=[outside])
    assert refusal.value.code == "not_in_team"
    assert not Meeting.objects.exists()


def test_a_unit_of_another_municipality_is_not_invited(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        talk(house, invited=invited(house, "other_refugee"))
    assert refusal.value.code == "not_in_team"


def test_somebody_must_be_invited(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        talk(house, invited=[])
    assert refusal.value.code == "nobody_invited"


def test_the_participant_does_not_call_meetings(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        talk(house, by="participant")
    assert refusal.value.code == "no_participant"


def test_only_a_team_meeting_is_about_something_narrower(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        talk(house, section=Section.NEEDS)
    assert refusal.value.code == "unknown_section"
    assert talk(house, "team_meeting", section=Section.NEEDS).section == Section.NEEDS


def test_who_may_not_write_in_a_section_calls_no_meeting_about_it(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        talk(house, "team_meeting", section=Section.NEEDS, by="nav")
    assert refusal.value.code == "no_right_needs"


def test_the_agenda_is_added_to_reordered_and_cut(house: House) -> None:
    meeting, by = talk(house), house.viewer("teacher")
    first, second = (
        commands.add_point(case=house.case, meeting_id=meeting.pk, text=text, by=by) for text in ("En", "To")
    )
    commands.move_point(case=house.case, meeting_id=meeting.pk, item_id=second.pk, up=True, by=by)
    assert [item.text for item in meeting.agenda.all()] == ["To", "En"]
    commands.move_point(case=house.case, meeting_id=meeting.pk, item_id=second.pk, up=True, by=by)
    commands.remove_point(case=house.case, meeting_id=meeting.pk, item_id=first.pk, by=by)
    commands.remove_point(case=house.case, meeting_id=meeting.pk, item_id=first.pk, by=by)
    assert [item.text for item in meeting.agenda.all()] == ["To"]
    assert told(house)[-1] == "tok av sakslisten til plansamtale 1: En"


def test_the_same_fact_stands_once_on_the_agenda(house: House) -> None:
    meeting, by = talk(house), house.viewer("adviser")
    for _press in range(2):
        commands.add_point(case=house.case, meeting_id=meeting.pk, text="NAV?", source="nav_need", by=by)
    assert meeting.agenda.count() == 1


def test_a_meeting_of_another_case_is_not_found(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        commands.add_point(case=house.case, meeting_id=uuid7(), text="Hei", by=house.viewer("adviser"))
    assert refusal.value.code == "not_found"
