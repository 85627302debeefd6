"""Steps: who answers, when, why – and how it goes, told by whoever answers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samlop.cases.journal import sentence
from samlop.cases.models import JournalEntry, TeamMember
from samlop.core.errors import Refused
from samlop.core.time import at
from samlop.core.writing import writing
from samlop.plan import commands
from samlop.plan.models import Step
from samlop.plan.queries import plan_page, responsible_choices
from tests.plan.conftest import LivingPlan
from tests.plan.test_contributions import signed_in


def details(living: LivingPlan, **changed: Any) -> commands.StepDetails:
    given = {"kind": "mentor", "title": "Mentor", "why": "Trygg voksen", "unit": living.house.units["nav"]} | changed
    return commands.StepDetails(**given)


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"title": " "}, "missing", "title"),
        ({"kind": "ferie"}, "missing_kind", "kind"),
        ({"why": ""}, "missing_reason", "why"),
        ({"unit": None}, "missing_responsible", "responsible"),
        ({"start_on": date(2026, 5, 2), "end_on": date(2026, 5, 1)}, "end_before_start", "end_on"),
        ({"partial_goal": "ikke-en-nøkkel"}, "unknown_part", None),
    ],
)
def test_a_step_without_what_it_needs_is_refused(
    living: LivingPlan, changed: dict[str, Any], code: str, field: str | None
) -> None:
    with pytest.raises(Refused) as refusal:
        commands.add_step(case=living.case, details=details(living, **changed), by=living.viewer("adviser"))
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_only_the_team_answers_for_steps(living: LivingPlan) -> None:
    for given in (
        {"unit": living.house.units["health"]},
        {"user": living.house.users["nav_colleague"]},
        {"unit": living.house.units["other_refugee"], "user": living.house.users["stranger"]},
    ):
        with pytest.raises(Refused) as refusal:
            commands.add_step(case=living.case, details=details(living, **given), by=living.viewer("adviser"))
        assert refusal.value.code == "not_in_team"
    step = commands.add_step(
        case=living.case, details=details(living, unit=None, by_participant=True), by=living.viewer("adviser")
    )
    assert step.by_participant
    assert step.unit is None


def test_whoever_has_left_still_answers_until_the_step_is_changed(living: LivingPlan) -> None:
    with writing("test"):
        TeamMember.objects.filter(case=living.case, user=living.house.users["teacher"]).update(
            valid_to=date(2021, 1, 1)
        )
    kept = details(living, title="Nytt navn", unit=living.house.units["school"], user=living.house.users["teacher"])
    step = commands.change_step(case=living.case, step=living.norwegian, details=kept, by=living.viewer("adviser"))
    assert step.title == "Nytt navn"
    choices = responsible_choices(living.viewer("adviser"), living.case, living.norwegian)
    assert living.house.users["teacher"] in [each.user for each in choices]


@pytest.mark.parametrize("name", ["nav", "teacher", "participant"])
def test_only_the_editor_adds_changes_and_removes(living: LivingPlan, client: Client, name: str) -> None:
    by = living.viewer(name)
    for act in (
        lambda: commands.add_step(case=living.case, details=details(living), by=by),
        lambda: commands.change_step(case=living.case, step=living.norwegian, details=details(living), by=by),
        lambda: commands.remove_step(case=living.case, step=living.norwegian, by=by),
        lambda: commands.restore_step(case=living.case, step=living.norwegian, by=by),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "no_right_plan_editor"
    client = signed_in(client, living.house, name)
    assert client.get(reverse("plan:new_step", args=[living.case.pk])).status_code == 403


def test_the_unit_that_answers_reports_and_others_do_not(living: LivingPlan, client: Client) -> None:
    address = reverse("plan:report_step", args=[living.case.pk, living.norwegian.pk])
    assert signed_in(client, living.house, "nav").get(address).status_code == 403
    client = signed_in(client, living.house, "teacher")
    assert client.get(address).status_code == 200
    assert client.post(address, {"status": "done", "result": "", "revision": 1}).status_code == 422
    assert client.post(address, {"status": "done", "result": "Bestod B1", "revision": 1}).status_code == 302
    step = living.norwegian.refreshed()
    assert (step.status, step.result, step.end_on) == ("done", "Bestod B1", date(2026, 6, 19))
    entry = JournalEntry.objects.filter(case=living.case).first()
    assert entry is not None
    assert sentence(entry) == "meldte at tiltaket «Norskkurs kveld og dag» er fullført: «Bestod B1»"


def test_a_step_without_an_end_ends_today_when_it_is_stopped(living: LivingPlan) -> None:
    with at(date(2026, 9, 1)):
        step = commands.report_step(
            case=living.case, step=living.practice, status="stopped", result="For langt unna", by=living.viewer("nav")
        )
    assert step.end_on == date(2026, 9, 1)


def test_the_participant_reports_an_own_step_only(living: LivingPlan) -> None:
    own = commands.add_step(
        case=living.case, details=details(living, unit=None, by_participant=True), by=living.viewer("adviser")
    )
    me = living.viewer("participant")
    assert commands.report_step(case=living.case, step=own, status="ongoing", by=me).status == "ongoing"
    with pytest.raises(Refused):
        commands.report_step(case=living.case, step=living.practice, status="ongoing", by=me)
    with pytest.raises(Refused):
        commands.report_step(case=living.case, step=own, status="ongoing", result="x", by=living.viewer("nav"))


def test_a_step_is_added_changed_removed_and_put_back_on_the_page(living: LivingPlan, client: Client) -> None:
    client = signed_in(client, living.house, "adviser")
    nav = living.house.units["nav"]
    sent = {
        "title": "Arbeidspraksis i butikk",
        "kind": "work_practice",
        "partial_goal": str(living.goal.pk),
        "start_on": "1.2.2027",
        "end_on": "30.4.2027",
        "responsible": f"{nav.pk}:{living.house.users['nav'].pk}",
        "why": "Prøver yrket",
        "title_own": "تدريب",
    }
    assert client.get(reverse("plan:new_step", args=[living.case.pk])).status_code == 200
    assert client.post(reverse("plan:new_step", args=[living.case.pk]), sent).status_code == 302
    step = Step.objects.get(title="Arbeidspraksis i butikk")
    assert (step.unit, step.user, step.partial_goal) == (nav, living.house.users["nav"], living.goal)
    key = [living.case.pk, step.pk]
    assert "Arbeidspraksis i butikk" in client.get(reverse("plan:step", args=key)).content.decode()
    client.post(reverse("plan:step", args=key), sent | {"responsible": "participant", "revision": 1})
    assert step.refreshed().by_participant
    client.post(reverse("plan:remove_step", args=key))
    groups = plan_page(living.viewer("nav"), living.case).groups
    assert step not in [line.step for group in groups for line in group.steps]
    client.post(reverse("plan:restore_step", args=key))
    assert step.refreshed().removed_at is None


def test_a_wrong_date_is_told_and_nothing_typed_is_lost(living: LivingPlan, client: Client) -> None:
    client = signed_in(client, living.house, "adviser")
    sent = {"title": "Kurs <i>", "kind": "mentor", "start_on": "32.13.", "why": "Fordi", "responsible": "participant"}
    answer = client.post(reverse("plan:new_step", args=[living.case.pk]), sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Vi forstår ikke datoen" in html
    assert "Kurs &lt;i&gt;" in html
    assert "Fordi" in html


def test_what_was_overwritten_stands_in_the_journal(living: LivingPlan) -> None:
    commands.change_step(
        case=living.case,
        step=living.practice,
        details=details(living, why="Ny grunn"),
        by=living.viewer("adviser"),
    )
    entry = JournalEntry.objects.get(case=living.case, code="plan.step.changed")
    assert entry.data["before"]["why"] == "Hun lærer ordene hun trenger på jobb."
    assert sentence(entry) == "endret tiltaket «Mentor»: type, tittel, første dag, begrunnelse"


def test_the_page_asks_the_same_number_of_questions_with_many_rows(living: LivingPlan, client: Client) -> None:
    client = signed_in(client, living.house, "adviser")
    commands.mark_contradiction(
        case=living.case, contributions=living.contributions, text="Ulikt", by=living.viewer("adviser")
    )
    address = reverse("plan:plan", args=[living.case.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(20):
        adviser = living.viewer("adviser")
        goal = commands.add_partial_goal(case=living.case, text=f"Delmål {number}", by=adviser)
        commands.add_step(case=living.case, details=details(living, partial_goal=goal), by=adviser)
        row = commands.write_contribution(case=living.case, text=f"Bidrag {number}", by=living.viewer("nav"))
        commands.mark_contradiction(
            case=living.case, contributions=[row, living.contributions[0]], text="Ulikt", by=adviser
        )
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
    assert len(many) <= 26
