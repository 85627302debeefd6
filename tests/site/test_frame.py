"""The frame of every page: the menu a role gets, the frame of a case, and how many queries they cost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from samlop.access.viewer import Viewer
from samlop.core.gate import gate
from samlop.core.rights import Right, Section
from samlop.core.time import at, today
from samlop.core.writing import writing
from samlop.programme.commands import set_dates
from samlop.programme.phases import Phase
from samlop.site import case_frame
from tests.house import House


def page_for(viewer: Viewer | None, path: str = "/") -> HttpRequest:
    request = RequestFactory().get(path)
    request.viewer = viewer  # type: ignore[attr-defined]
    return request


def opened(house: House, name: str, section: Section = Section.PLAN) -> tuple[Viewer, object]:
    viewer = house.viewer(name)
    return viewer, gate().open(viewer, house.case.pk, section, Right.SEE)


def test_a_case_page_says_who_it_is_about_and_whom_to_call(house: House) -> None:
    person = house.case.person
    person.birth_date = date(1990, 4, 2)
    with writing("test"):
        person.save()
    viewer, case = opened(house, "teacher")
    with at(date(2026, 4, 1)):
        html = render_to_string("case.html", {"case": case}, page_for(viewer))
    assert "Amina Østby" in html
    assert "35 år" in html
    assert "Hovedkontakt:" in html
    assert "Adviser" in html


def test_the_frame_of_a_case_costs_two_queries(house: House, django_assert_num_queries: pytest.FixtureRequest) -> None:
    viewer, case = opened(house, "nav")
    with django_assert_num_queries(2):  # type: ignore[operator]
        case_frame.frame(viewer, case, "/")
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert case_frame.frame(viewer, case, "/").phase is Phase.BEFORE, "the course is kept on the case"


def test_every_tab_says_where_on_the_way(house: House, client: Client) -> None:
    set_dates(
        case=house.case, start_on=today() - timedelta(days=200), planned_end_on=today() + timedelta(weeks=60),
        by=house.viewer("adviser"),
    )  # fmt: skip
    client.force_login(house.users["adviser"])
    for page in ("", "plan/", "tidslinje/", "moter/", "norsk/", "opplysninger/", "team/"):
        assert "underveis, 60 uker igjen" in client.get(f"/sak/{house.case.pk}/{page}").content.decode(), page


def test_without_the_right_to_the_programme_the_frame_says_the_status_only(house: House) -> None:
    viewer, case = opened(house, "nav")
    case.viewer_rights[Section.PROGRAMME] = Right.NONE  # type: ignore[attr-defined]
    assert case_frame.frame(viewer, case, "/").phase is None


def test_without_a_main_contact_the_frame_says_so(house: House) -> None:
    viewer, case = opened(house, "leader")
    with writing("test"):
        house.case.team.all().delete()
    assert "Ingen hovedkontakt ennå" in render_to_string("case.html", {"case": case}, page_for(viewer))


def test_those_not_signed_in_get_no_menu(client: Client, db: None) -> None:
    html = client.get("/stil/").content.decode()
    assert "main-menu" not in html
    assert 'lang="nb"' in html
