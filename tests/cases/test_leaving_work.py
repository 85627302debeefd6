"""When somebody leaves, what they answered for by name goes to the one who takes over: nothing is orphaned."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from samlop.cases.caseload import caseload
from samlop.cases.journal import sentence
from samlop.cases.models import JournalEntry, TeamMember
from samlop.core.time import at, now, today
from samlop.core.writing import writing
from samlop.handover.commands import Facts, write_handover
from samlop.handover.models import Handover
from samlop.meetings import commands as meetings
from samlop.meetings.due import due_items as meetings_due
from samlop.meetings.models import Action, Meeting
from samlop.people.models import Membership
from samlop.plan.commands import StepDetails, add_step
from samlop.plan.models import Step
from tests.cases.doors import browser, text_of
from tests.cases.test_staff import field, leave
from tests.house import EARLY, House
from tests.meetings.talks import everybody_came, invited, talk

SOON, LATER = today() + timedelta(days=5), today() + timedelta(days=60)


@pytest.fixture
def working(house: House) -> House:
    """The adviser answers for two steps and two actions, and is invited to a meeting in two months."""
    by = house.viewer("adviser")
    for title, end in (("Praksis", LATER), ("Søknad", SOON)):
        details = StepDetails(
            kind="language_practice", title=title, why="Øve", end_on=end, unit=house.units["refugee"],
            user=house.users["adviser"],
        )  # fmt: skip
        add_step(case=house.case, details=details, by=by)
    held = talk(house, "team_meeting", now() - timedelta(days=1))
    everybody_came(house, held)
    person = f"person:{house.users['adviser'].pk}:{house.units['refugee'].pk}"
    for text, due in (("Ring Kiwi", LATER), ("Bestill tolk", SOON)):
        meetings.add_action(case=house.case, meeting_id=held.pk, text=text, responsible=person, due_on=due, by=by)
    meetings.close_meeting(case=house.case, meeting_id=held.pk, by=by)
    talk(house, "triangular_talk", now() + timedelta(days=50))
    return house


def chosen(house: House) -> dict[str, str]:
    return {field(house.case): str(house.users["colleague"].pk)}


def answering(house: House) -> dict[str, str]:
    """Step or action → who answers."""
    steps = {step.title: step.user for step in Step.objects.select_related("user")}
    actions = {action.text: action.user for action in Action.objects.select_related("user")}
    return {name: user.username if user else "unit" for name, user in (steps | actions).items()}


def test_steps_and_actions_go_to_whom_the_leader_chose(working: House) -> None:
    assert leave(working, **chosen(working)).status_code == 302
    assert set(answering(working).values()) == {"colleague"}
    told = {sentence(entry) for entry in JournalEntry.objects.filter(code__endswith="passed_on")}
    assert told == {
        "ga Colleague ansvaret etter Adviser, som slutter: «Praksis», «Søknad»",
        "ga Colleague det Adviser, som slutter, skulle gjøre: «Bestill tolk», «Ring Kiwi» og plassen i 1 møte",
    }
    page = text_of(browser(working, "colleague").get(f"/sak/{working.case.pk}/tidslinje/"))
    assert "ga Colleague ansvaret etter Adviser" in page


def test_the_seat_in_a_meeting_to_come_is_taken_over_once(working: House) -> None:
    leave(working, **chosen(working))
    coming = Meeting.objects.get(status="planned")
    assert sorted(row.user.username for row in coming.attendees.all() if row.user) == ["colleague", "nav"]


def test_an_heir_who_is_invited_already_is_not_invited_twice(working: House) -> None:
    with writing("test"):
        TeamMember.objects.create(
            case=working.case, municipality=working.municipality, unit=working.units["refugee"],
            user=working.users["colleague"], function="other", valid_from=EARLY,
        )  # fmt: skip
    coming = Meeting.objects.get(status="planned")
    meetings.invite(
        case=working.case, meeting_id=coming.pk, by=working.viewer("adviser"),
        invited=invited(working, "participant", "adviser", "colleague", "nav"),
    )  # fmt: skip
    leave(working, **chosen(working))
    assert sorted(row.user.username for row in coming.attendees.all() if row.user) == ["colleague", "nav"]


def test_what_is_due_while_they_are_still_there_stays_theirs(working: House) -> None:
    leave(working, on=today() + timedelta(days=30), **chosen(working))
    assert answering(working) == {
        "Praksis": "colleague", "Søknad": "adviser", "Ring Kiwi": "colleague", "Bestill tolk": "adviser",
    }  # fmt: skip


def test_what_they_left_undone_waits_for_who_took_over(working: House) -> None:
    last = today() + timedelta(days=30)
    leave(working, on=last, **chosen(working))
    day = last + timedelta(days=1)
    with at(now() + timedelta(days=31)):
        found = meetings_due(caseload(working.viewer("colleague")), day)
        undone = next(item for item in found if item.what == "Bestill tolk")
        assert undone.user_id == working.users["colleague"].pk


def test_without_an_heir_the_unit_answers(house: House) -> None:
    nav = house.users["nav"]
    details = StepDetails(kind="nav_measure", title="Kurs", why="Jobb", unit=house.units["nav"], user=nav)
    add_step(case=house.case, details=details, by=house.viewer("adviser"))
    with writing("test"):
        Membership.objects.filter(user=house.users["nav_leader"]).delete()
        Membership.objects.filter(user=nav).update(role="nav_leader")
    leave(house, "nav", by="nav")
    step = Step.objects.get()
    assert (step.unit, step.user) == (house.units["nav"], None)


def test_a_finished_step_keeps_who_did_it(working: House) -> None:
    with writing("test"):
        Step.objects.filter(title="Søknad").update(status="done")
    leave(working, **chosen(working))
    assert answering(working)["Søknad"] == "adviser"


def test_the_receiver_of_a_handover_is_named_anew(house: House) -> None:
    facts = Facts(need="yes", receiver_unit=house.units["nav"].pk, receiver_name="Nav", receiver_contact="901")
    write_handover(case=house.case, facts=facts, revision=1, by=house.viewer("adviser"))
    leave(house, "nav", by="nav_leader", **{field(house.case): str(house.users["nav_colleague"].pk)})
    handover = Handover.objects.get()
    assert (handover.receiver_name, handover.receiver_contact) == ("Nav colleague", "nav_colleague@example.test")
    assert sentence(JournalEntry.objects.get(code="handover.passed_on")) == (
        "satte Nav colleague som mottaker etter Nav, som slutter"
    )


def test_work_in_a_case_without_a_place_is_found_too(working: House) -> None:
    with writing("test"):
        TeamMember.objects.filter(user=working.users["adviser"]).delete()
    leave(working)
    assert set(answering(working).values()) == {"unit"}


def test_killed_in_the_middle_everything_stays(working: House, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def killed(*_args: Any) -> Any:
        raise Killed

    monkeypatch.setattr("samlop.cases.gatekeeper.append", killed)
    with pytest.raises(Killed):
        leave(working, **chosen(working))
    assert set(answering(working).values()) == {"adviser"}
