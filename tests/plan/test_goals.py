"""Goals: the participant's own words first; the editor sets the rest, each with its reason."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from samlop.cases.journal import sentence
from samlop.cases.models import JournalEntry, TeamMember
from samlop.core.errors import Refused
from samlop.core.writing import writing
from samlop.plan import commands
from samlop.plan.models import PartialGoal, Plan
from samlop.plan.naming import Act, act_of, plan_name
from samlop.plan.queries import plan_page
from tests.house import House
from tests.plan.conftest import LivingPlan
from tests.plan.test_contributions import signed_in


@pytest.mark.parametrize(
    ("granted", "arrived", "name"),
    [
        (date(2020, 12, 31), None, "individuell plan"),
        (date(2021, 1, 1), None, "integreringsplan"),
        (date(2020, 12, 31), date(2021, 1, 1), "integreringsplan"),
        (date(2020, 12, 31), date(2020, 12, 31), "individuell plan"),
        (None, None, "integreringsplan"),
    ],
)
def test_the_name_follows_the_act(granted: date | None, arrived: date | None, name: str) -> None:
    assert plan_name(granted, arrived) == name


def test_the_page_shows_the_name_of_the_act(living: LivingPlan, client: Client) -> None:
    with writing("test"):
        living.case.permit_granted_on = date(2019, 5, 1)
        living.case.save()
    html = signed_in(client, living.house, "nav").get(reverse("plan:plan", args=[living.case.pk])).content.decode()
    assert "Individuell plan" in html
    assert "introduksjonsloven § 6" in html
    assert "Integreringsplan" not in html
    assert act_of(living.case.permit_granted_on) is Act.INTRODUCTION


def test_the_participant_writes_the_goal_in_own_language(house: House, client: Client) -> None:
    client = signed_in(client, house, "participant")
    address = reverse("plan:long_term_goal", args=[house.case.pk])
    assert client.get(address).status_code == 200
    sent = {"own_text": "ኣብ ሆስፒታል ክሰርሕ ይደሊ", "own_language": "ti", "text": "", "revision": 0}
    assert client.post(address, sent).status_code == 302
    plan = Plan.objects.get(case=house.case)
    assert (plan.long_term_goal_own, plan.own_language) == ("ኣብ ሆስፒታል ክሰርሕ ይደሊ", "ti")
    html = client.get(reverse("plan:plan", args=[house.case.pk])).content.decode()
    assert 'lang="ti" dir="ltr"' in html


def test_right_to_left_where_the_language_is(living: LivingPlan, client: Client) -> None:
    html = signed_in(client, living.house, "nav").get(reverse("plan:plan", args=[living.case.pk])).content.decode()
    assert 'lang="ar" dir="rtl"' in html


def test_own_words_need_a_language_and_some_words(house: House) -> None:
    for given, code in (({"own_text": "Hei"}, "missing_language"), ({"own_text": "  ", "text": ""}, "missing_goal")):
        with pytest.raises(Refused) as refusal:
            commands.set_long_term_goal(case=house.case, by=house.viewer("participant"), **given)
        assert refusal.value.code == code


def test_other_helpers_do_not_write_the_participant_s_goal(house: House, client: Client) -> None:
    for name in ("nav", "teacher"):
        with pytest.raises(Refused) as refusal:
            commands.set_long_term_goal(case=house.case, text="Bli kokk", by=house.viewer(name))
        assert refusal.value.code == "no_right_plan_editor"
        page = signed_in(client, house, name).get(reverse("plan:long_term_goal", args=[house.case.pk]))
        assert page.status_code == 403


def test_the_plan_opens_at_the_first_need_and_once(house: House) -> None:
    commands.set_long_term_goal(case=house.case, text="Bli kokk", by=house.viewer("adviser"))
    commands.add_partial_goal(case=house.case, text="B1", by=house.viewer("adviser"))
    assert Plan.objects.count() == 1
    assert commands.open_plan(case=house.case, by=house.viewer("nav")) == Plan.objects.get()
    assert JournalEntry.objects.filter(code="plan.opened").count() == 1


def test_a_page_without_a_plan_says_what_to_do(house: House, client: Client) -> None:
    for name in ("adviser", "nav", "participant", "leader"):
        assert signed_in(client, house, name).get(reverse("plan:plan", args=[house.case.pk])).status_code == 200
    assert not Plan.objects.exists(), "reading writes nothing"


def test_the_end_goal_needs_a_reason(house: House) -> None:
    adviser = house.viewer("adviser")
    with pytest.raises(Refused) as refusal:
        commands.set_end_goal(case=house.case, end_goal="work", why=" ", by=adviser)
    assert (refusal.value.code, refusal.value.field) == ("missing_reason", "why")
    with pytest.raises(Refused):
        commands.set_end_goal(case=house.case, end_goal="rich", why="Ja", by=adviser)
    plan = commands.set_end_goal(case=house.case, end_goal="work", why="Har fagbrev", by=adviser)
    assert plan.get_end_goal_display() == "arbeid"


def test_a_named_editor_in_any_role_edits(house: House) -> None:
    teacher = house.viewer("teacher")
    with pytest.raises(Refused):
        commands.set_norwegian_goal(case=house.case, norwegian_goal="B1", by=teacher)
    with writing("test"):
        TeamMember.objects.filter(case=house.case, is_editor=True).update(is_editor=False)
        TeamMember.objects.filter(case=house.case, user=house.users["teacher"]).update(is_editor=True)
    assert commands.set_norwegian_goal(case=house.case, norwegian_goal="B1", by=teacher).norwegian_goal == "B1"
    assert plan_page(teacher, house.case).may_edit
    assert not plan_page(house.viewer("nav"), house.case).may_edit


def test_partial_goals_are_added_changed_reached_removed_and_put_back(living: LivingPlan, client: Client) -> None:
    client = signed_in(client, living.house, "adviser")
    key = [living.case.pk, living.goal.pk]
    client.post(reverse("plan:new_partial_goal", args=[living.case.pk]), {"text": "Førerkort", "text_own": "رخصة"})
    assert PartialGoal.objects.get(text="Førerkort").order == 2
    client.post(reverse("plan:partial_goal", args=key), {"text": "Norsk på B2", "revision": 1})
    client.post(reverse("plan:reach", args=key), {"reached_on": "1.2.2026"})
    goal = living.goal.refreshed()
    assert (goal.text, goal.reached_on) == ("Norsk på B2", date(2026, 2, 1))
    client.post(reverse("plan:reach", args=key), {"undo": ""})
    assert living.goal.refreshed().reached_on is None
    page = client.post(reverse("plan:remove_partial_goal", args=key), follow=True).content.decode()
    assert "hente det tilbake" in page
    assert client.post(reverse("plan:partial_goal", args=key), {"text": "x", "revision": 9}).status_code == 422
    client.post(reverse("plan:restore_partial_goal", args=key))
    assert living.goal.refreshed().removed_at is None


def test_a_goal_is_not_reached_in_the_future(living: LivingPlan) -> None:
    with pytest.raises(Refused) as refusal:
        commands.reach_partial_goal(
            case=living.case, partial_goal=living.goal, reached_on=date(2099, 1, 1), by=living.viewer("adviser")
        )
    assert refusal.value.field == "reached_on"


def test_too_long_texts_are_refused_with_their_length(living: LivingPlan) -> None:
    with pytest.raises(Refused) as refusal:
        commands.add_partial_goal(case=living.case, text="x" * 301, by=living.viewer("adviser"))
    assert "301" in refusal.value.text
    goal = commands.add_partial_goal(case=living.case, text="nul\x00l", by=living.viewer("adviser"))
    assert goal.text == "null"


def test_a_material_change_adds_its_words_until_the_next_version(living: LivingPlan) -> None:
    adviser = living.viewer("adviser")
    with pytest.raises(Refused):
        commands.mark_material_change(case=living.case, why="", by=adviser)
    commands.mark_material_change(case=living.case, why="Ble syk", happened_on=date(2026, 3, 3), by=adviser)
    plan = commands.mark_material_change(case=living.case, why="Flytter", happened_on=date(2026, 4, 4), by=adviser)
    assert plan.material_change_on == date(2026, 3, 3)
    assert plan.material_change_why == "Ble syk\nFlytter"


def test_a_moved_case_can_be_read_but_not_written(living: LivingPlan, client: Client) -> None:
    from samlop.core.time import now

    with writing("test"):
        type(living.case).objects.filter(pk=living.case.pk).update(status="moved", closed_at=now())
    client = signed_in(client, living.house, "adviser")
    page = client.get(reverse("plan:plan", args=[living.case.pk]))
    assert page.status_code == 200
    assert b"Nytt tiltak" not in page.content
    assert client.get(reverse("plan:new_step", args=[living.case.pk])).status_code == 403
    assert client.post(reverse("plan:write", args=[living.case.pk]), {"text": "Hei"}).status_code == 403


def test_every_change_of_the_goals_reads_as_a_sentence(living: LivingPlan) -> None:
    adviser = living.viewer("adviser")
    commands.set_end_goal(case=living.case, end_goal="work", why="Har fagbrev", by=adviser)
    commands.set_norwegian_goal(case=living.case, norwegian_goal="B1", by=adviser)
    commands.mark_material_change(case=living.case, why="Ble syk", happened_on=date(2026, 3, 3), by=adviser)
    told = [sentence(entry) for entry in JournalEntry.objects.filter(case=living.case).order_by("seq")]
    assert told[:2] == [
        "åpnet planen",
        "skrev deltakerens langsiktige mål: «Jeg vil bli pleiemedarbeider» "
        "(på arabisk: «أريد أن أعمل في رعاية المسنين»)",
    ]
    assert told[-3:] == [
        "satte sluttmålet til arbeid: «Har fagbrev»",
        "satte norskmålet til B1",
        "merket en vesentlig endring fra 03.03.2026: «Ble syk»",
    ]


def test_saving_the_same_again_changes_nothing(living: LivingPlan) -> None:
    before = JournalEntry.objects.count()
    commands.set_long_term_goal(
        case=living.case,
        own_text=living.plan.long_term_goal_own,
        own_language="ar",
        text=living.plan.long_term_goal,
        revision=0,
        by=living.viewer("participant"),
    )
    assert JournalEntry.objects.count() == before
