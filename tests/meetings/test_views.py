"""The pages of the room, for each who may open them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from samlop.cases.models import JournalEntry
from samlop.core.ids import uuid7
from samlop.core.time import at, now
from samlop.meetings import commands
from samlop.meetings.models import Action, Meeting
from tests.house import House
from tests.meetings.talks import START, everybody_came, invited, talk
from tests.pages import shown_first


def url(house: House, name: str, *args: Any) -> str:
    return reverse(f"meetings:{name}", args=[house.case.pk, *args])


def sign_in(house: House, client: Client, name: str) -> Client:
    client.force_login(house.users[name])
    return client


def text(answer: Any) -> str:
    content: str = answer.content.decode()
    return content


def boxes(house: House) -> list[str]:
    nav, adviser = house.users["nav"], house.users["adviser"]
    return [
        "participant",
        f"person:{adviser.pk}:{house.units['refugee'].pk}",
        f"person:{nav.pk}:{house.units['nav'].pk}",
    ]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("adviser", 200), ("colleague", 200), ("leader", 200), ("nav", 200), ("nav_colleague", 200), ("teacher", 200),
        ("participant", 200), ("stranger", 404), ("county", 404), ("health", 404), ("employer", 404),
    ],
)  # fmt: skip
def test_who_opens_the_list_and_a_meeting(house: House, client: Client, name: str, status: int) -> None:
    meeting = talk(house)
    sign_in(house, client, name)
    assert client.get(url(house, "list")).status_code == status
    assert client.get(url(house, "meeting", meeting.pk)).status_code == status


def test_planning_shows_who_and_why(house: House, client: Client) -> None:
    page = text(sign_in(house, client, "adviser").get(url(house, "new", "plan_talk")))
    assert "NAV skal være med i alle plansamtalene" in page
    assert "Lag den første planen sammen med deltakeren." in page
    assert "Det er ikke avklart om deltakeren trenger tolk." in page


def test_a_meeting_is_planned(house: House, client: Client) -> None:
    typed = {
        "day": "3.12.2026", "clock": "10.30", "length_minutes": "60", "place": "Rom 2", "invited": boxes(house),
        "points": ["nav_need:"], "own_points": "Sommerjobb\n\nFerie", "once": str(uuid7()),
    }  # fmt: skip
    with at(START - timedelta(days=9)):
        sign_in(house, client, "adviser")
        for _press in range(2):
            answer = client.post(url(house, "new", "plan_talk"), typed)
            assert answer.status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.starts_at, meeting.length_minutes) == (START, 60)
    texts = [item.text for item in meeting.agenda.all()]
    assert texts == ["Trenger deltakeren bistand fra NAV? Det er ikke avklart.", "Sommerjobb", "Ferie"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"day": "29.3.2026", "clock": "2.30"}, "Klokka stilles fram denne natten"),
        ({"day": "3.12.2026", "clock": "halv elleve"}, "Vi forstår ikke klokkeslettet"),
        ({"day": "32.12.2026", "clock": "10"}, "Vi forstår ikke datoen"),
        ({"day": "3.12.2026", "clock": "10", "invited": []}, "Velg hvem som skal være med."),
        ({"day": "3.12.2026", "clock": "10", "length_minutes": "2"}, "5"),
    ],
)
def test_what_is_typed_wrong_stays_with_an_explanation(
    house: House, client: Client, typed: dict[str, Any], expected: str
) -> None:
    answer = sign_in(house, client, "adviser").post(
        url(house, "new", "plan_talk"), {"length_minutes": "45", "invited": boxes(house), "place": "Rom 7"} | typed
    )
    assert answer.status_code == 422
    assert expected in text(answer)
    assert 'value="Rom 7"' in text(answer)
    assert not Meeting.objects.exists()


@pytest.fixture
def meeting(house: House) -> Meeting:
    return talk(house, "triangular_talk", now())


def hold(house: House, client: Client, meeting: Meeting, name: str = "adviser", **typed: Any) -> Any:
    sign_in(house, client, name)
    typed.setdefault("revision", meeting.revision)
    typed.setdefault("minutes", meeting.minutes)
    typed.setdefault("present", [str(row.pk) for row in meeting.attendees.all() if row.attended])
    return client.post(url(house, "meeting", meeting.pk), typed)


def test_every_button_saves_what_is_typed(house: House, client: Client, meeting: Meeting) -> None:
    present = [str(row.pk) for row in meeting.attendees.all()]
    answer = hold(
        house, client, meeting, minutes="Vi snakket om jobb.", present=present, new_point="Sommerjobb",
        new_action="Ring Kiwi", new_responsible="participant", new_due="10.12.2026", do="add:nav_need:",
    )  # fmt: skip
    assert answer.status_code == 302
    meeting.refresh_from_db()
    assert meeting.minutes == "Vi snakket om jobb."
    assert meeting.attendees.filter(attended=True).count() == 3
    assert {item.source for item in meeting.agenda.all()} == {"", "nav_need"}
    action = meeting.actions.get()
    assert (action.text, action.by_participant, action.due_on) == ("Ring Kiwi", True, date(2026, 12, 10))


def test_pressing_twice_adds_once(house: House, client: Client, meeting: Meeting) -> None:
    once = str(uuid7())
    for _press in range(2):
        hold(house, client, meeting, new_action="Ring Kiwi", new_point="Jobb", once=once)
    assert (meeting.actions.count(), meeting.agenda.count()) == (1, 1)


def test_what_is_typed_after_a_refusal_is_saved_too(house: House, client: Client, meeting: Meeting) -> None:
    everybody_came(house, meeting)
    first = hold(house, client, meeting, minutes="Kort.", new_action="Ring Kiwi", once=str(uuid7()), do="close")
    assert first.status_code == 422
    fields = {name: f'name="{name}" value="([^"]+)"' for name in ("once", "revision")}
    shown = {name: re.findall(field, text(first))[0] for name, field in fields.items()}
    again = hold(house, client, meeting, minutes="Kort. Og så mer.", new_action="Ring Rema", **shown)
    assert again.status_code == 302
    meeting.refresh_from_db()
    assert meeting.minutes == "Kort. Og så mer."
    assert meeting.actions.count() == 2


def test_when_two_write_at_once_both_texts_are_on_the_page(house: House, client: Client, meeting: Meeting) -> None:
    commands.write_minutes(
        case=house.case, meeting_id=meeting.pk, text="NAV skrev først.", revision=1, by=house.viewer("nav")
    )
    answer = hold(house, client, meeting, minutes="Jeg skrev også.", revision=1, new_action="Ring Kiwi")
    page = text(answer)
    assert answer.status_code == 409
    assert "NAV skrev først." in page
    assert "Jeg skrev også." in page
    assert 'name="revision" value="2"' in page
    assert meeting.actions.count() == 1, "what could be saved, was"
    meeting.refresh_from_db()
    assert meeting.minutes == "NAV skrev først."
    assert hold(house, client, meeting, minutes="NAV skrev først. Jeg skrev også.", revision=2).status_code == 302


def test_a_date_typed_wrong_loses_nothing(house: House, client: Client, meeting: Meeting) -> None:
    answer = hold(house, client, meeting, minutes="Langt referat", new_action="Ring", new_due="snart")
    page = text(answer)
    assert answer.status_code == 422
    for typed in ("Langt referat", "Ring", "snart", "Vi forstår ikke datoen"):
        assert typed in page


def test_closing_is_refused_until_every_action_has_somebody_and_a_date(
    house: House, client: Client, meeting: Meeting
) -> None:
    everybody_came(house, meeting)
    answer = hold(house, client, meeting, new_action="Ring Kiwi", minutes="Ferdig", do="close")
    page = text(answer)
    assert answer.status_code == 422
    assert "«Ring Kiwi» mangler ansvarlig og dato" in page
    assert page.count("Ring Kiwi") >= 1
    meeting.refresh_from_db()
    assert (meeting.is_planned, meeting.minutes, meeting.actions.count()) == (True, "Ferdig", 1)
    action = meeting.actions.get()
    client.post(
        url(house, "change_action", action.pk),
        {"change-text": "Ring Kiwi", "change-responsible": "participant", "change-due_on": "10.12.2026"},
    )
    assert hold(house, client, meeting, revision=meeting.revision, minutes="Ferdig", do="close").status_code == 302
    meeting.refresh_from_db()
    assert meeting.is_closed


def test_the_agenda_is_worked_with_buttons(house: House, client: Client, meeting: Meeting) -> None:
    hold(house, client, meeting, new_point="En")
    hold(house, client, meeting, new_point="To")
    first, second = meeting.agenda.all()
    hold(house, client, meeting, do=f"up:{second.pk}")
    assert [item.text for item in meeting.agenda.all()] == ["To", "En"]
    hold(house, client, meeting, do=f"remove:{first.pk}")
    assert [item.text for item in meeting.agenda.all()] == ["To"]
    assert hold(house, client, meeting, do="up:nonsense").status_code == 404
    page = text(client.get(url(house, "meeting", meeting.pk)))
    assert "Forslag fra saken" in page
    hold(house, client, meeting, do="add:all")
    assert "Forslag fra saken" not in text(client.get(url(house, "meeting", meeting.pk)))


def test_an_open_action_is_first_next_time_and_marked_done_from_the_page(
    house: House, client: Client, meeting: Meeting
) -> None:
    hold(house, client, meeting, new_action="Ring Kiwi", new_responsible="participant", new_due="10.12.2026")
    following = talk(house, "team_meeting", now() + timedelta(days=7))
    hold(house, client, following, do="add:all")
    line = following.agenda.first()
    assert line is not None
    assert line.source == "action"
    action = Action.objects.get()
    hold(house, client, following, do=f"done:{action.pk}")
    action.refresh_from_db()
    assert not action.is_open


def test_time_place_and_people_are_changed(house: House, client: Client) -> None:
    meeting = talk(house)
    sign_in(house, client, "adviser")
    page = text(client.get(url(house, "change", meeting.pk)))
    assert 'value="10.30"' in page
    when = {"when-day": "4.12.2026", "when-clock": "12", "when-length_minutes": "30", "do": "when"}
    assert client.post(url(house, "change", meeting.pk), when).status_code == 302
    who = shown_first(page) | {"who-invited": boxes(house)[:2], "do": "who"}
    assert client.post(url(house, "change", meeting.pk), who).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.starts_at.hour, meeting.sequence, meeting.attendees.count()) == (11, 1, 2)
    page = text(client.get(url(house, "meeting", meeting.pk)))
    assert "NAV skal være med i alle plansamtalene, men er ikke invitert." in page


def test_calling_off(house: House, client: Client) -> None:
    meeting = talk(house)
    sign_in(house, client, "adviser")
    assert client.get(url(house, "cancel", meeting.pk)).status_code == 200
    assert client.post(url(house, "cancel", meeting.pk), {"why": ""}).status_code == 422
    assert client.post(url(house, "cancel", meeting.pk), {"why": "Syk"}).status_code == 302
    assert "Avlyst: Syk" in text(client.get(url(house, "meeting", meeting.pk)))


def test_the_participant_reads_and_marks_own_actions(house: House, client: Client, meeting: Meeting) -> None:
    hold(
        house, client, meeting, minutes="Vi ble enige.", new_action="Ta med vitnemålet",
        new_responsible="participant", new_due="10.12.2026",
    )  # fmt: skip
    action = Action.objects.get()
    sign_in(house, client, "participant")
    page = text(client.get(url(house, "list")))
    assert "Møtene dine" in page
    assert "Ta med vitnemålet" in page
    assert "Ny plansamtale" not in page
    page = text(client.get(url(house, "meeting", meeting.pk)))
    assert "Vi ble enige." in page
    assert "Lukk møtet" not in page
    assert client.post(url(house, "meeting", meeting.pk), {"revision": "1", "minutes": "Nei"}).status_code == 403
    page = text(client.get(url(house, "action", action.pk)))
    assert "Merk som gjort" in page
    assert "Dropp oppgaven" not in page
    assert client.post(url(house, "finish", action.pk)).status_code == 302
    action.refresh_from_db()
    assert action.done_by == house.users["participant"]


def test_an_action_is_dropped_with_a_reason_and_opened_again(house: House, client: Client, meeting: Meeting) -> None:
    hold(house, client, meeting, new_action="Ring", new_responsible="participant", new_due="10.12.2026")
    action = Action.objects.get()
    assert client.post(url(house, "drop", action.pk), {"drop-why": ""}).status_code == 422
    assert client.post(url(house, "drop", action.pk), {"drop-why": "Ikke aktuelt"}).status_code == 302
    assert "Ikke aktuelt" in text(client.get(url(house, "action", action.pk)))
    assert client.post(url(house, "reopen", action.pk)).status_code == 302
    action.refresh_from_db()
    assert action.is_open


def test_a_meeting_about_needs_is_there_only_for_those_who_see_the_needs(house: House, client: Client) -> None:
    meeting = talk(house, "team_meeting", section="needs")
    for name, status in (("adviser", 200), ("nav", 200), ("participant", 200), ("nav_colleague", 404)):
        sign_in(house, client, name)
        assert client.get(url(house, "meeting", meeting.pk)).status_code == status, name
        assert ("Teammøte" in text(client.get(url(house, "list")))) == (status == 200), name


def test_additions_after_closing(house: House, client: Client, meeting: Meeting) -> None:
    everybody_came(house, meeting)
    hold(house, client, meeting, minutes="Kort", do="close", present=[str(r.pk) for r in meeting.attendees.all()])
    answer = client.post(url(house, "amend", meeting.pk), {"amend-addition": "Deltakeren ringte."})
    assert answer.status_code == 302
    page = text(client.get(url(house, "meeting", meeting.pk)))
    assert "Deltakeren ringte." in page
    assert "Under møtet" not in page


def test_as_many_queries_for_twenty_meetings_as_for_one(
    house: House, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        made = talk(house, "triangular_talk", START + timedelta(days=number))
        commands.add_action(case=house.case, meeting_id=made.pk, text="Ring", by=house.viewer("adviser"))
    sign_in(house, client, "adviser")
    with django_assert_max_num_queries(25):
        client.get(url(house, "list"))
    with django_assert_max_num_queries(40):
        client.get(url(house, "meeting", made.pk))


# --- a page that has stood open while a colleague worked ------------------------------------------------------------


def test_a_button_writes_nothing_about_who_came_when_nothing_was_ticked(
    house: House, client: Client, meeting: Meeting
) -> None:
    hold(house, client, meeting, new_point="Jobb", do="point")
    assert set(meeting.attendees.values_list("attended", flat=True)) == {None}
    assert not JournalEntry.objects.filter(code="meetings.attendance").exists()


def test_two_who_tick_on_pages_opened_at_the_same_time_keep_both_ticks(
    house: House, client: Client, meeting: Meeting
) -> None:
    rows = {row.user_id: str(row.pk) for row in meeting.attendees.all()}
    adviser, nav = (rows[house.users[name].pk] for name in ("adviser", "nav"))
    page = shown_first(text(sign_in(house, client, "adviser").get(url(house, "meeting", meeting.pk))))
    hold(house, client, meeting, "nav", present=[nav])
    assert hold(house, client, meeting, **page | {"present": [adviser]}).status_code == 302
    assert set(meeting.attendees.filter(attended=True).values_list("pk", flat=True)) == {UUID(adviser), UUID(nav)}
    page = shown_first(text(client.get(url(house, "meeting", meeting.pk))))
    assert hold(house, client, meeting, **page | {"present": [adviser]}).status_code == 302
    assert meeting.attendees.get(pk=nav).attended is False, "a tick is taken back by who saw it"


def test_time_and_place_changed_by_two_are_shown_to_the_second(house: House, client: Client) -> None:
    meeting = talk(house)
    page = shown_first(text(sign_in(house, client, "adviser").get(url(house, "change", meeting.pk))))
    commands.move_meeting(
        case=house.case, meeting_id=meeting.pk, starts_at=START + timedelta(days=7), length_minutes=45, place="Rom 7",
        by=house.viewer("nav"),
    )  # fmt: skip
    typed = page | {"when-day": "03.12.2026", "when-clock": "10.30", "when-length_minutes": "45", "do": "when"}
    assert client.post(url(house, "change", meeting.pk), typed | {"when-place": "Rom 7"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.starts_at == START + timedelta(days=7), "what was not touched stays"
    answer = client.post(url(house, "change", meeting.pk), typed | {"when-place": "Rom 7", "when-clock": "12"})
    assert answer.status_code == 409
    assert "Andre har endret dette til «10.12.2026»" in text(answer)
    assert 'value="12"' in text(answer)
    again = typed | shown_first(text(answer)) | {"when-place": "Rom 7", "when-clock": "12"}
    assert client.post(url(house, "change", meeting.pk), again).status_code == 302
    meeting.refresh_from_db()
    assert meeting.starts_at == START.replace(hour=12, minute=0)


def test_whom_a_colleague_invited_is_not_taken_off_by_an_old_page(house: House, client: Client) -> None:
    meeting = talk(house)
    page = shown_first(text(sign_in(house, client, "adviser").get(url(house, "change", meeting.pk))))
    commands.invite(
        case=house.case, meeting_id=meeting.pk, by=house.viewer("nav"),
        invited=invited(house, "participant", "adviser", "nav", "teacher"),
    )  # fmt: skip
    who = page | {"who-invited": boxes(house)[:2], "do": "who"}
    assert client.post(url(house, "change", meeting.pk), who).status_code == 302
    names = {row.user.name for row in meeting.attendees.select_related("user") if row.user}
    assert names == {"Adviser", "Teacher"}, "NAV was taken off here, the teacher added there"
