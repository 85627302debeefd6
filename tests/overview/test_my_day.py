"""Min dag: what waits, for whom, in which order – and what is new."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samlop.access.models import Reading
from samlop.cases.caseload import Caseload, caseload
from samlop.cases.models import Case, TeamMember
from samlop.cooperation.commands import set_owners
from samlop.cooperation.models import Arrangement, Task
from samlop.core.due import DueItem
from samlop.core.rights import Right
from samlop.core.time import OSLO, at, now, today
from samlop.core.writing import writing
from samlop.meetings import commands
from samlop.overview import due_sources
from samlop.overview.acting import may_act
from samlop.overview.my_day import When, my_day, my_load, when
from tests.house import PEOPLE, House
from tests.meetings.talks import talk
from tests.overview.helpers import course, effort, participant, version

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("due", "group"),
    [(date(2026, 11, 19), When.OVERDUE), (FRIDAY, When.TODAY), (None, When.TODAY), (date(2026, 11, 22), When.THIS_WEEK),
     (date(2026, 11, 23), When.LATER)],
)  # fmt: skip
def test_groups(due: date | None, group: When) -> None:
    assert when(due, FRIDAY) == group


@pytest.fixture
def due(monkeypatch: pytest.MonkeyPatch) -> list[DueItem]:
    """Due items that a test sets itself."""
    items: list[DueItem] = []

    def source(load: Caseload, on: date) -> list[DueItem]:
        return [item for item in items if item.case_id in load.cases]

    monkeypatch.setattr(due_sources, "OF_CASES", [source])
    monkeypatch.setattr(due_sources, "OF_MUNICIPALITY", [])
    return items


def item(
    case: Case, on: date | None, *, user: UUID | None = None, unit: UUID | None = None, code: str = "plan.x"
) -> DueItem:
    return DueItem(
        code=code, case_id=case.pk, what=f"Oppgave {on}", why="integreringsloven § 15", due_on=on, unit_id=unit,
        user_id=user, action="Åpne", url="/der/",
    )  # fmt: skip


def test_mine_and_the_units_most_urgent_first(house: House, due: list[DueItem]) -> None:
    adviser, colleague, unit = house.users["adviser"].pk, house.users["colleague"].pk, house.units["refugee"].pk
    due += [
        item(house.case, today() + timedelta(days=40), user=adviser, unit=unit),
        item(house.case, today() - timedelta(days=3), user=adviser, unit=unit),
        item(house.case, today(), unit=unit),
        item(house.case, today(), user=colleague, unit=unit),
        item(house.case, today(), user=house.users["nav"].pk, unit=house.units["nav"].pk),
    ]
    day = my_day(house.viewer("adviser"))
    assert (day.whose, day.mine, day.unit) == ("mine", 2, 2)
    assert [group.when for group in day.groups] == [When.OVERDUE, When.LATER]
    units = my_day(house.viewer("adviser"), "unit")
    assert [line.holder for line in units.groups[0].lines] == [house.units["refugee"].name, "Colleague"]
    assert my_day(house.viewer("nav")).mine == 1


def test_a_review_that_is_overdue_is_one_line_that_leads_to_the_talk(house: House) -> None:
    version(house.case, today() - timedelta(days=300))

    def lines() -> list[tuple[str, str]]:
        return [(line.item.code, line.item.url) for group in my_day(house.viewer("adviser")).groups
                for line in group.lines if "review" in line.item.code or "minutes" in line.item.code]  # fmt: skip

    new_talk = reverse("meetings:new", args=[house.case.pk, "plan_talk"])
    assert lines() == [("plan.review_due", new_talk)]
    held = talk(house, "plan_talk", now() - timedelta(days=2))
    assert lines() == [("meetings.minutes_missing", reverse("meetings:meeting", args=[house.case.pk, held.pk]))]
    move = {"starts_at": now() + timedelta(days=3), "length_minutes": 45, "place": ""}
    commands.move_meeting(case=house.case, meeting_id=held.pk, **move, by=house.viewer("adviser"))
    assert lines() == [], "the talk is called: nothing is left to do"


def test_a_very_long_group_shows_the_most_urgent_and_the_rest_when_asked(
    house: House, due: list[DueItem], client: Client
) -> None:
    adviser, oldest = house.users["adviser"].pk, today() - timedelta(days=200)
    due += [item(house.case, oldest + timedelta(days=number), user=adviser) for number in range(100)]
    client.force_login(house.users["adviser"])
    page = client.get("/").content.decode()
    assert (page.count('class="due-line"'), "… og 40 til." in page) == (60, True)
    assert f"Oppgave {oldest}" in page
    assert f"Oppgave {oldest + timedelta(days=99)}" not in page
    assert client.get("/?vis=mine&alle=1").content.decode().count('class="due-line"') == 100


def test_a_deputy_has_the_colleagues_tasks_as_own(house: House, due: list[DueItem]) -> None:
    with writing("test"):
        TeamMember.objects.filter(user=house.users["adviser"]).update(deputy=house.users["colleague"])
    due.append(item(house.case, today(), user=house.users["adviser"].pk, unit=house.units["refugee"].pk))
    line = my_day(house.viewer("colleague")).groups[0].lines[0]
    assert (line.is_mine, line.for_colleague) == (True, "Adviser")


def test_each_line_says_what_whose_why_and_how(house: House, due: list[DueItem], client: Client) -> None:
    due.append(item(house.case, today() - timedelta(days=2), user=house.users["adviser"].pk))
    client.force_login(house.users["adviser"])
    page = client.get("/").content.decode()
    for text in ("Oppgave", "Amina Østby", "2 dager over fristen", "integreringsloven § 15", 'href="/der/"', "Forfalt"):
        assert text in page


@pytest.mark.parametrize(
    ("who", "asks", "offered"),
    [("adviser", Right.MANAGE, True), ("placement", Right.SEE, False), ("teacher", Right.CONTRIBUTE, True),
     ("teacher", Right.MANAGE, False), ("leader", Right.CONTRIBUTE, True)],
)  # fmt: skip
def test_the_action_is_offered_to_those_whom_its_page_lets_act(
    house: House, due: list[DueItem], who: str, asks: Right, offered: bool
) -> None:
    """Named (adviser, teacher), of the unit that reads the plan (placement), of the unit that writes (leader)."""
    viewer = house.viewer(who)
    address = reverse("meetings:new", args=[house.case.pk, "plan_talk"])
    due.append(replace(item(house.case, today(), unit=viewer.unit_id), url=address, asks=asks))
    lines = [line for group in my_day(viewer, "unit").groups for line in group.lines]
    assert [bool(line.url) for line in lines] == [offered]


def test_the_unit_that_answers_for_a_step_is_offered_to_tell_of_it(house: House, due: list[DueItem]) -> None:
    address = reverse("plan:report_step", args=[house.case.pk, house.case.pk])
    of_unit = replace(
        item(house.case, today(), unit=house.units["nav"].pk), url=address, asks=Right.MANAGE, by_unit=True
    )
    due.append(of_unit)
    assert [bool(line.url) for group in my_day(house.viewer("nav"), "unit").groups for line in group.lines] == [True]
    load = caseload(house.viewer("teacher"))
    assert not may_act(load, of_unit, is_mine=False)


def test_navs_leader_is_offered_to_clarify_the_need_only_where_the_page_lets_them(house: House, client: Client) -> None:
    """The unit has named nobody: its leader sees the line, but the page of the programme has no form for them."""
    with writing("test"):
        TeamMember.objects.filter(user=house.users["nav"]).update(user=None)
        set_owners(owners={Task.NAV_NEED: house.units["nav"].pk}, by=house.viewer("leader"))
    course(house.case, start_on=today() - timedelta(days=200), planned_end_on=today() + timedelta(days=400))

    def offered(name: str) -> list[bool]:
        lines = [line for group in my_day(house.viewer(name), "unit").groups for line in group.lines]
        return [bool(line.url) for line in lines if line.item.code == "programme.nav_contact"]

    assert offered("nav_leader") == [False]
    client.force_login(house.users["nav_leader"])
    where = reverse("programme:course", args=[house.case.pk])
    assert 'name="nav-need"' not in client.get(where).content.decode()
    with writing("test"):
        TeamMember.objects.filter(unit=house.units["nav"]).update(user=house.users["nav_leader"])
    mine = [line for group in my_day(house.viewer("nav_leader"), "mine").groups for line in group.lines]
    assert [bool(line.url) for line in mine if line.item.code == "programme.nav_contact"] == [True]
    assert 'name="nav-need"' in client.get(where).content.decode()


@pytest.mark.parametrize("who", ["adviser", "nav", "nav_colleague"])
def test_an_address_with_more_to_it_is_asked_as_its_page(house: House, who: str) -> None:
    address = reverse("programme:decision_new", args=[house.case.pk, "leave"]) + f"?erstatter={house.case.pk}"
    found = replace(item(house.case, today(), unit=house.units["refugee"].pk, code="programme.x"), url=address)
    assert may_act(caseload(house.viewer(who)), found, is_mine=False) == (who == "adviser")


@pytest.mark.parametrize("name", [name for name, *_ in PEOPLE])
def test_everyone_has_a_start_page(house: House, client: Client, name: str) -> None:
    client.force_login(house.users[name])
    answer = client.get("/", follow=True)
    assert answer.status_code == 200
    assert ("Min dag" in answer.content.decode()) == (
        name not in ("county", "evaluator", "operator", "employer", "volunteer")
    )


def test_the_participant_is_sent_home(house: House, client: Client) -> None:
    client.force_login(house.users["participant"])
    answer = client.get("/", follow=True)
    assert answer.redirect_chain == [("/min-side/", 302)]
    assert "Hei, Amina!" in answer.content.decode()
    assert Reading.objects.filter(relation="self").exists()


def test_others_have_no_participants_page(house: House, client: Client) -> None:
    client.force_login(house.users["adviser"])
    assert client.get("/min-side/").headers["Location"] == "/"


def test_the_norm_counts_one_year_after_the_end(house: House) -> None:
    """63 participants on 3 positions is 21 each (002 § 14 item 14); here: two running, one ended 11 months ago."""
    participant(house, "To To")
    for name, months in (("Nylig Ferdig", 11), ("Lenge Siden", 13)):
        ended = participant(house, name)
        with writing("test"):
            ended.status, ended.closed_at = "ended", now() - timedelta(days=30.4 * months)
            ended.save()
    with writing("test"):
        Arrangement.objects.create(municipality=house.municipality, model="nav", caseload_norm=2)
    load = my_load(house.viewer("adviser"))
    assert load
    assert (load.active, load.after_end, load.total, load.norm, load.over) == (2, 1, 3, 2, 1)
    assert my_load(house.viewer("nav")) is None


def test_new_since_i_was_here_is_by_others_and_in_my_cases(house: House) -> None:
    morning = datetime(2026, 11, 20, 8, tzinfo=OSLO)
    with at(morning), writing("test"):
        Reading.objects.create(
            case=house.case, municipality=house.municipality, section="identity", at=now() - timedelta(days=1),
            user_id=house.users["adviser"].pk, user_name="x", role="programme_adviser", relation="team",
        )  # fmt: skip
    with at(morning - timedelta(days=2)):
        effort(house, "teacher", house.case)
    with at(morning + timedelta(hours=1)):
        effort(house, "adviser", house.case)
        effort(house, "nav", house.case, "market_knowledge")
    with at(morning + timedelta(hours=2)):
        found = my_day(house.viewer("adviser")).news
        assert [(one.case, one.count, one.last.user_name) for one in found] == [(house.case, 1, "Nav")]
        assert my_day(house.viewer("colleague")).news == []


def test_queries_do_not_grow_with_participants(house: House, client: Client, due: list[DueItem]) -> None:
    client.force_login(house.users["adviser"])

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("/").status_code == 200
        return len(found)

    effort(house, "nav", house.case)
    due.append(item(house.case, today(), user=house.users["adviser"].pk))
    client.get("/")
    one = queries()
    for number in range(30):
        case = participant(house, f"Anna {number}")
        effort(house, "nav", case)
        due.append(item(case, today(), user=house.users["adviser"].pk))
    assert queries() == one
    assert one <= 30
