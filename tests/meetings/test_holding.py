"""While people talk, and closing: nothing is lost, nothing is left without somebody who answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samlop.cases.checks import journal as whole_journals
from samlop.cases.journal import sentence
from samlop.cases.models import JournalEntry
from samlop.core.errors import Refused
from samlop.core.time import at
from samlop.meetings import commands
from samlop.meetings.models import Meeting
from samlop.plan.commands import set_end_goal
from samlop.plan.models import PlanVersion
from samlop.programme.models import Course
from samlop.programme.nav_contacts import nav_contact_days
from tests.house import House
from tests.meetings.talks import START, everybody_came, invited, talk

AFTER = START + timedelta(hours=1)


def close(house: House, meeting: Meeting, by: str = "adviser", **said: str) -> Meeting:
    with at(AFTER):
        return commands.close_meeting(case=house.case, meeting_id=meeting.pk, by=house.viewer(by), **said)


def action(
    house: House, meeting: Meeting, text: str = "Ring", responsible: str = "", due_on: date | None = None
) -> None:
    commands.add_action(
        case=house.case, meeting_id=meeting.pk, text=text, responsible=responsible, due_on=due_on,
        by=house.viewer("adviser"),
    )  # fmt: skip


def refused(house: House, meeting: Meeting, by: str = "adviser", **said: str) -> Refused:
    with pytest.raises(Refused) as refusal:
        close(house, meeting, by, **said)
    meeting.refresh_from_db()
    assert meeting.is_planned
    return refusal.value


def test_minutes_saved_on_an_old_page_lose_nothing(house: House) -> None:
    meeting = talk(house)
    key = {"case": house.case, "meeting_id": meeting.pk}
    commands.write_minutes(**key, text="Nav skrev dette", revision=1, by=house.viewer("nav"))
    with pytest.raises(Refused) as refusal:
        commands.write_minutes(**key, text="Rådgiver skrev dette", revision=1, by=house.viewer("adviser"))
    assert (refusal.value.code, refusal.value.field) == ("changed_meanwhile", "minutes")
    assert "Nav lagret referatet" in refusal.value.text
    meeting.refresh_from_db()
    assert meeting.minutes == "Nav skrev dette"
    both = commands.write_minutes(**key, text="Begge", revision=2, by=house.viewer("adviser"))
    assert (both.minutes, both.revision, both.minutes_by_name) == ("Begge", 3, "Adviser")


def test_the_same_text_twice_is_no_clash(house: House) -> None:
    meeting = talk(house)
    for name in ("nav", "adviser"):
        commands.write_minutes(case=house.case, meeting_id=meeting.pk, text="Likt", revision=1, by=house.viewer(name))
    assert JournalEntry.objects.filter(code="meetings.minutes_written").count() == 1


def test_a_meeting_is_not_closed_while_an_action_lacks_somebody_or_a_date(house: House) -> None:
    """Nine cases with two decisions each, one of them incomplete (research/001 § 14.2 item 7)."""
    meeting = talk(house, "team_meeting")
    everybody_came(house, meeting)
    nav = house.users["nav"]
    for number in range(17):
        action(house, meeting, f"Beslutning {number}", f"person:{nav.pk}:{house.units['nav'].pk}", date(2026, 12, 10))
    action(house, meeting, "Finne praksisplass", "participant")
    refusal = refused(house, meeting)
    assert (refusal.code, refusal.field) == ("action_incomplete", "actions")
    assert "«Finne praksisplass» mangler dato" in refusal.text


@pytest.mark.parametrize(
    ("responsible", "due_on", "lacks"),
    [
        ("", date(2026, 12, 10), "«Ring» mangler ansvarlig."),
        ("participant", None, "«Ring» mangler dato."),
        ("", None, "«Ring» mangler ansvarlig og dato."),
    ],
)
def test_what_an_action_lacks_is_named(house: House, responsible: str, due_on: date | None, lacks: str) -> None:
    meeting = talk(house, "team_meeting")
    everybody_came(house, meeting)
    action(house, meeting, "Ring", responsible, due_on)
    assert lacks in refused(house, meeting).text


def test_a_dropped_action_does_not_hold_the_meeting_open(house: House) -> None:
    meeting = talk(house, "team_meeting")
    everybody_came(house, meeting)
    action(house, meeting, "Feil")
    commands.drop_action(
        case=house.case, action_id=meeting.actions.get().pk, why="Skrevet feil", by=house.viewer("adviser")
    )
    assert close(house, meeting).is_closed


def test_a_meeting_is_not_closed_before_its_day(house: House) -> None:
    meeting = talk(house, "team_meeting")
    everybody_came(house, meeting)
    with at(START - timedelta(days=1)), pytest.raises(Refused) as refusal:
        commands.close_meeting(case=house.case, meeting_id=meeting.pk, by=house.viewer("adviser"))
    assert refusal.value.code == "not_held"


def test_somebody_must_have_been_there(house: House) -> None:
    assert refused(house, talk(house, "team_meeting")).code == "missing_present"


def test_every_unit_that_was_there_gets_the_effort_in_its_own_name(house: House) -> None:
    meeting = talk(house, "triangular_talk", invited=invited(house, "participant", "adviser", "nav", "teacher"))
    everybody_came(house, meeting, "teacher")
    close(house, meeting)
    efforts = JournalEntry.objects.filter(case=house.case).exclude(effort="")
    assert {(e.unit_kind, e.effort, sentence(e)) for e in efforts} == {
        ("nav_state", "triangular_talk", "noterte at Nav deltok i trekantsamtale 03.12.2026"),
        ("refugee_service", "triangular_talk", "deltok i trekantsamtale 03.12.2026"),
    }
    assert {e.on_behalf_of for e in efforts} == {""}, "nobody acts on behalf of themselves"
    assert {e.user_name for e in efforts} == {"Adviser"}
    assert {e.happened_on for e in efforts} == {START.date()}
    assert whole_journals()[1] is None


def test_whoever_is_not_noted_when_the_meeting_is_closed_was_not_there(house: House) -> None:
    meeting = talk(house, "triangular_talk")
    nav = meeting.attendees.get(user=house.users["nav"])
    commands.note_attendance(case=house.case, meeting_id=meeting.pk, came={nav.pk}, by=house.viewer("adviser"))
    assert set(meeting.attendees.exclude(pk=nav.pk).values_list("attended", flat=True)) == {None}
    close(house, meeting)
    assert set(meeting.attendees.exclude(pk=nav.pk).values_list("attended", flat=True)) == {False}


def test_a_triangular_talk_without_nav_is_no_contact_with_nav(house: House) -> None:
    meeting = talk(house, "triangular_talk")
    everybody_came(house, meeting, "nav")
    close(house, meeting)
    assert set(JournalEntry.objects.exclude(effort="").values_list("effort", flat=True)) == {"conversation"}
    assert nav_contact_days([house.case.pk]) == {}


@pytest.mark.parametrize(
    ("kind", "effort"),
    [("team_meeting", "follow_up"), ("handover_talk", "conversation"), ("triangular_talk", "triangular_talk")],
)
def test_what_each_kind_counts_as(house: House, kind: str, effort: str) -> None:
    meeting = talk(house, kind)
    everybody_came(house, meeting)
    close(house, meeting)
    kinds = set(JournalEntry.objects.exclude(effort="").values_list("effort", flat=True))
    assert kinds == {effort}


def test_closing_twice_counts_once(house: House) -> None:
    meeting = talk(house, "triangular_talk")
    everybody_came(house, meeting)
    close(house, meeting)
    close(house, meeting)
    assert JournalEntry.objects.filter(code="meetings.closed").count() == 1


def test_a_closed_meeting_is_added_to_not_changed(house: House) -> None:
    meeting = talk(house, "triangular_talk")
    everybody_came(house, meeting)
    key = {"case": house.case, "meeting_id": meeting.pk}
    with pytest.raises(Refused) as refusal:
        commands.amend_minutes(**key, text="Mer", by=house.viewer("nav"))
    assert refusal.value.code == "meeting_not_closed"
    commands.write_minutes(**key, text="Vi ble enige.", revision=1, by=house.viewer("adviser"))
    close(house, meeting)
    with pytest.raises(Refused) as refusal:
        commands.write_minutes(**key, text="Vi ble uenige.", revision=2, by=house.viewer("adviser"))
    assert refusal.value.code == "meeting_closed"
    with at(AFTER):
        amended = commands.amend_minutes(**key, text="Deltakeren ringte.", by=house.viewer("nav"))
    assert amended.minutes == "Vi ble enige.\n\nTillegg 03.12.2026 kl. 11.30, Nav:\nDeltakeren ringte."


def test_a_closed_meeting_cannot_be_called_off(house: House) -> None:
    meeting = talk(house, "triangular_talk")
    everybody_came(house, meeting)
    close(house, meeting)
    with pytest.raises(Refused) as refusal:
        commands.cancel_meeting(case=house.case, meeting_id=meeting.pk, why="Nei", by=house.viewer("adviser"))
    assert refusal.value.code == "meeting_closed"


def test_a_plan_talk_is_held_with_the_participant(house: House) -> None:
    meeting = talk(house)
    everybody_came(house, meeting, "participant")
    assert refused(house, meeting, participant_view="agrees").code == "participant_missing"


@pytest.mark.parametrize("name", ["teacher", "nav"])
def test_whoever_helps_may_write(house: House, name: str) -> None:
    meeting = talk(house)
    saved = commands.write_minutes(
        case=house.case, meeting_id=meeting.pk, text="Hei", revision=1, by=house.viewer(name)
    )
    assert saved.minutes == "Hei"


@pytest.mark.parametrize("name", ["nav_colleague", "participant", "stranger"])
def test_who_may_not_write(house: House, name: str) -> None:
    meeting = talk(house)
    with pytest.raises(Refused):
        commands.write_minutes(case=house.case, meeting_id=meeting.pk, text="Hei", revision=1, by=house.viewer(name))


def plan_with_goal(house: House) -> None:
    set_end_goal(case=house.case, end_goal="work", why="Vil bli kokk", by=house.viewer("adviser"))


def test_closing_a_plan_talk_makes_the_next_version(house: House) -> None:
    plan_with_goal(house)
    meeting = talk(house, interpreter_language="ti")
    everybody_came(house, meeting)
    close(house, meeting, participant_view="agrees")
    version = PlanVersion.objects.get(case=house.case)
    assert (version.number, version.meeting_id, version.talk_on) == (1, meeting.pk, START.date())
    assert [one["name"] for one in version.took_part] == ["Amina Østby", "Adviser", "Nav"]
    assert (version.interpreter_language, version.interpreter_present) == ("ti", True)
    efforts = JournalEntry.objects.exclude(effort="").values_list("unit_kind", "effort")
    assert set(efforts) == {("refugee_service", "plan_talk"), ("nav_state", "plan_talk")}


def test_the_second_talk_makes_version_two(house: House) -> None:
    plan_with_goal(house)
    for start in (START - timedelta(days=200), START):
        meeting = talk(house, start=start)
        everybody_came(house, meeting)
        close(house, meeting, participant_view="agrees")
    assert list(PlanVersion.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_disagreement_is_closed_with_words_and_reason(house: House) -> None:
    plan_with_goal(house)
    meeting = talk(house)
    everybody_came(house, meeting)
    assert refused(house, meeting).field == "participant_view"
    assert refused(house, meeting, participant_view="disagrees").field == "participant_words"
    words = {"participant_view": "disagrees", "participant_words": "Vil studere"}
    assert refused(house, meeting, **words).field == "decision_reason"
    close(house, meeting, **words, decision_reason="Norsknivået er for lavt ennå")
    version = PlanVersion.objects.get()
    assert (version.participant_words, version.decided_by_name) == ("Vil studere", "Adviser")


def test_only_the_editor_closes_a_plan_talk(house: House) -> None:
    plan_with_goal(house)
    meeting = talk(house)
    everybody_came(house, meeting)
    assert refused(house, meeting, "nav", participant_view="agrees").code == "no_right_plan_editor"


def test_an_empty_plan_is_no_plan(house: House) -> None:
    meeting = talk(house)
    everybody_came(house, meeting)
    assert refused(house, meeting, participant_view="agrees").code == "empty_plan"
    assert not PlanVersion.objects.exists()


def test_the_plans_end_goal_is_the_programmes(house: House) -> None:
    plan_with_goal(house)
    assert Course.objects.get(case=house.case).end_goal == "work"
