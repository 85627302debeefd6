"""The plan goes along when the participant moves."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from samlop.cases.journal import codes, sentence
from samlop.cases.models import Case, JournalEntry
from samlop.core.gate import gate
from samlop.core.time import now
from samlop.core.writing import writing
from samlop.plan import commands
from samlop.plan.carrying import carry
from samlop.plan.models import Contribution, Plan, PlanVersion
from tests.cases.test_moving import move
from tests.house import person
from tests.plan.conftest import LivingPlan
from tests.plan.test_versions import make


def moved(living: LivingPlan) -> Any:
    house = living.house
    with writing("test"):
        new = Case.objects.create(
            municipality=house.other_municipality,
            person=person(house.other_municipality),
            owner_unit=house.units["other_refugee"],
            registered_at=now(),
        )
        for entry in carry(living.case, new, house.viewer("adviser")):
            gate().record(entry.case, house.viewer("adviser"), entry)
    return new


def test_goals_and_steps_go_along_and_what_is_not_finished_has_nobody_yet(living: LivingPlan) -> None:
    adviser = living.viewer("adviser")
    commands.report_step(case=living.case, step=living.norwegian, status="done", result="B1", by=adviser)
    commands.set_end_goal(case=living.case, end_goal="work", why="Vil jobbe", by=adviser)
    make(living)
    new = moved(living)
    plan = Plan.objects.get(case=new)
    assert plan.long_term_goal_own == living.plan.long_term_goal_own
    assert plan.end_goal == "work"
    assert plan.material_change_why == "Flyttet fra Elvestad."
    done, practice = plan.steps.all()
    assert (done.unit, done.result, done.partial_goal.text) == (living.house.units["school"], "B1", "Norsk på nivå B1")
    assert (practice.unit, practice.user, practice.partial_goal) == (None, None, None)
    assert plan.municipality == living.house.other_municipality
    assert {row.municipality for row in plan.steps.all()} == {living.house.other_municipality}


def test_contributions_and_versions_stay_where_they_were_written(living: LivingPlan) -> None:
    make(living)
    new = moved(living)
    assert not Contribution.objects.filter(case=new).exists()
    assert not PlanVersion.objects.filter(case=new).exists()
    entry = JournalEntry.objects.get(case=new)
    assert sentence(entry) == "tok med planen fra Elvestad: 1 delmål og 2 tiltak"
    assert entry.code in codes()


def test_a_case_without_a_plan_moves_without_one(living: LivingPlan) -> None:
    with writing("test"):
        Plan.objects.filter(case=living.case).update(is_current=False)
    assert not Plan.objects.filter(case=moved(living)).exists()


def test_the_new_adviser_reads_and_goes_on_with_it_on_the_page(living: LivingPlan, client: Client) -> None:
    assert move(living.house, receiver="stranger").status_code == 302
    new = Case.objects.get(continues=living.case)
    client.force_login(living.house.users["stranger"])
    page = client.get(reverse("plan:plan", args=[new.pk])).content.decode()
    for shown in (living.practice.title, living.goal.text, "mangler ansvarlig", "Flyttet fra Elvestad."):
        assert shown in page
    assert client.get(reverse("plan:line", args=[new.pk])).status_code == 200
    step = Plan.objects.get(case=new).steps.get(title=living.practice.title)
    taken = commands.change_step(
        case=new, step=step, revision=step.revision, by=living.viewer("stranger"),
        details=commands.StepDetails(
            kind=step.kind, title=step.title, why=step.why, unit=living.house.units["other_refugee"]
        ),
    )  # fmt: skip
    assert taken.unit == living.house.units["other_refugee"]
    old = client.get(reverse("plan:plan", args=[living.case.pk]))
    assert old.status_code == 200, "what was written before can be read where it was written"
    refused = client.post(reverse("plan:write", args=[living.case.pk]), {"text": "Hei", "share": ""})
    assert refused.status_code == 403


def test_the_old_team_still_reads_the_plan_and_writes_no_more(living: LivingPlan, client: Client) -> None:
    move(living.house)
    client.force_login(living.house.users["adviser"])
    assert client.get(reverse("plan:plan", args=[living.case.pk])).status_code == 200
    refused = client.post(reverse("plan:write", args=[living.case.pk]), {"text": "Hei", "share": ""})
    assert refused.status_code == 403
