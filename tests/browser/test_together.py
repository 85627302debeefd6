"""The pages of arrangement, programme, Norwegian, meetings and handover: no barriers, narrow and wide, in the hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from samlop.core.time import now, today
from samlop.handover.commands import Facts, write_handover
from samlop.meetings import commands
from samlop.norwegian.commands import write_levels
from samlop.norwegian.models import Level, Skill
from samlop.plan.commands import set_end_goal
from samlop.programme.commands import note_sent, propose_decision, register_complaint, set_dates, sign_decision
from samlop.programme.models import Decision
from tests.browser.conftest import OpenPage
from tests.browser.tools import axe, fits, picture, walk
from tests.house import House
from tests.meetings.talks import invited, talk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def full(house: House) -> House:
    """A case with a meeting under way, actions, levels and a handover that has begun."""
    by = house.viewer("adviser")
    day = today()
    set_dates(case=house.case, start_on=day - timedelta(days=500), planned_end_on=day + timedelta(days=90), by=by)
    set_end_goal(case=house.case, end_goal="work", why="Vil bli kokk", by=by)
    write_levels(
        case=house.case, levels={Skill.READING: Level.A2, Skill.WRITING: Level.A2}, reached_on=date(2026, 3, 1),
        source="test", by=house.viewer("teacher"),
    )  # fmt: skip
    meeting = talk(
        house, "plan_talk", now(), place="Rom 2", interpreter_language="ti",
        invited=invited(house, "participant", "adviser", "teacher"),
    )  # fmt: skip
    for responsible, due_on in (("participant", day + timedelta(days=9)), ("", None)):
        commands.add_action(
            case=house.case, meeting_id=meeting.pk, text="Ring Kiwi om sommerjobb", responsible=responsible,
            due_on=due_on, by=by,
        )  # fmt: skip
    commands.add_point(case=house.case, meeting_id=meeting.pk, text="Sommerjobb", by=by)
    commands.write_minutes(case=house.case, meeting_id=meeting.pk, text="Vi snakket om jobb.", revision=1, by=by)
    write_handover(case=house.case, facts=Facts(need="yes", unmet_needs="Norsk"), revision=1, by=by)
    data = {"reason": "VELFERD", "first_day": day, "last_day": day, "granted": True, "paid": True}
    draft = propose_decision(case=house.case, kind="leave", data=data, reasons="Tilvenning i barnehage", by=by)
    leader = house.viewer("leader")
    sign_decision(case=house.case, decision=draft.pk, by=leader)
    note_sent(case=house.case, decision=draft.pk, sent_on=today(), how="in_person", by=by)
    register_complaint(case=house.case, decision=draft.pk, received_on=today(), complainant="Amina", by=by)
    return house


def pages(house: House) -> dict[str, tuple[str, str]]:
    """Name of the picture → who and where."""
    key = house.case.pk
    meeting = house.case.meetings.first()
    assert meeting is not None
    action = meeting.actions.first()
    assert action is not None

    def at(name: str, *args: Any) -> str:
        return reverse(name, args=[key, *args])

    decision = Decision.objects.get()

    return {
        "arrangement": ("leader", reverse("cooperation:arrangement")),
        "programme": ("adviser", at("programme:course")),
        "programme-nav": ("nav", at("programme:course")),
        "rights": ("adviser", at("programme:eligibility")),
        "decisions": ("adviser", at("programme:decisions")),
        "decisions-participant": ("participant", at("programme:decisions")),
        "decision": ("leader", at("programme:decision", decision.pk)),
        "decision-participant": ("participant", at("programme:decision", decision.pk)),
        "decision-new": ("adviser", at("programme:decision_new", "award")),
        "norwegian": ("teacher", at("norwegian:levels")),
        "meetings": ("adviser", at("meetings:list")),
        "meetings-participant": ("participant", at("meetings:list")),
        "meeting-new": ("adviser", at("meetings:new", "plan_talk")),
        "meeting": ("adviser", at("meetings:meeting", meeting.pk)),
        "meeting-participant": ("participant", at("meetings:meeting", meeting.pk)),
        "meeting-change": ("adviser", at("meetings:change", meeting.pk)),
        "meeting-cancel": ("adviser", at("meetings:cancel", meeting.pk)),
        "action": ("adviser", at("meetings:action", action.pk)),
        "handover": ("adviser", at("handover:handover")),
        "handover-nav": ("nav", at("handover:handover")),
    }


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_has_barriers_or_scrolls_sideways(full: House, open_page: OpenPage, width: int) -> None:
    for name, (who, where) in pages(full).items():
        page = open_page(where, user=full.users[who], width=width)
        picture(page, f"{name}-{width}")
        fits(page)
        axe(page)


def test_a_meeting_is_held_with_the_keyboard_alone(full: House, open_page: OpenPage) -> None:
    who, where = pages(full)["meeting"]
    stops = walk(open_page(where, user=full.users[who]))
    for expected in ("Lagre", "Nytt punkt", "Referat", "Hva skal gjøres?", "Lukk møtet"):
        assert any(stop.startswith(expected) for stop in stops), expected


@pytest.mark.parametrize("script", [True, False])
def test_enter_in_a_field_saves_and_loses_nothing(full: House, open_page: OpenPage, script: bool) -> None:
    who, where = pages(full)["meeting"]
    page = open_page(where, user=full.users[who], script=script)
    page.get_by_label("Referat").fill("Vi ble enige om sommerjobb.")
    page.get_by_label("Nytt punkt").fill("Ferie")
    page.get_by_label("Nytt punkt").press("Enter")
    page.wait_for_url("**/moter/**")
    meeting = full.case.meetings.get()
    assert meeting.minutes == "Vi ble enige om sommerjobb."
    assert [item.text for item in meeting.agenda.all()] == ["Sommerjobb", "Ferie"]
