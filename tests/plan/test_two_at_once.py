"""Two people write at once: nobody's text is lost, and the second sees what the first did."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from samlop.cases.models import JournalEntry, TeamMember
from samlop.core.errors import Refused
from samlop.core.time import today
from samlop.core.writing import writing
from samlop.plan import commands
from samlop.plan.models import Plan, PlanVersion
from tests.house import EARLY, House, build
from tests.plan.conftest import LivingPlan
from tests.plan.test_contributions import signed_in


def test_the_second_sees_the_first_one_s_text_and_keeps_the_own(living: LivingPlan, client: Client) -> None:
    address = reverse("plan:step", args=[living.case.pk, living.practice.pk])
    nav = living.house.units["nav"]
    sent = {
        "title": "Språkpraksis på sykehjemmet",
        "kind": "language_practice",
        "responsible": f"{nav.pk}:",
        "start_on": "17.8.2026",
        "revision": 1,
    }
    with_first = sent | {"why": "Hun møter de eldre og øver på å snakke."}
    with_second = sent | {"why": "Hun lærer fagordene.", "start_on": "24.8.2026"}
    leader = living.house.users["leader"]
    assert signed_in(client, living.house, "adviser").post(address, with_first).status_code == 302

    with writing("test"):
        TeamMember.objects.create(
            case=living.case, unit=living.house.units["refugee"], user=leader, function="leader", valid_from=EARLY
        )
    answer = signed_in(client, living.house, "leader").post(address, with_second)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Noen andre har endret dette mens du skrev" in html
    assert "Adviser" in html, "who was first"
    assert "møter de eldre" in html, "what the first wrote"
    assert "Hun lærer fagordene." in html, "my text is still in the form"
    assert "17.08.2026" in html, "and the day that stands"
    assert living.practice.refreshed().why == "Hun møter de eldre og øver på å snakke."

    # Having seen both, the second saves a text with both in it.
    merged = with_second | {"why": "Hun møter de eldre, øver og lærer fagordene.", "revision": 2}
    assert client.post(address, merged).status_code == 302
    assert living.practice.refreshed().why == "Hun møter de eldre, øver og lærer fagordene."
    journal = JournalEntry.objects.filter(code="plan.step.changed").order_by("seq")
    assert [entry.data["before"]["why"] for entry in journal] == [
        "Hun lærer ordene hun trenger på jobb.",
        "Hun møter de eldre og øver på å snakke.",
    ]


def test_the_form_takes_the_new_revision_so_that_the_next_save_counts(living: LivingPlan, client: Client) -> None:
    address = reverse("plan:long_term_goal", args=[living.case.pk])
    client = signed_in(client, living.house, "participant")
    commands.set_long_term_goal(case=living.case, text="Bli sykepleier", revision=1, by=living.viewer("adviser"))
    sent = {"own_text": "ممرضة", "own_language": "ar", "text": "Bli hjelpepleier", "revision": 1}
    html = client.post(address, sent).content.decode()
    assert 'name="revision" value="2"' in html
    assert client.post(address, sent | {"revision": 2}).status_code == 302


def test_two_who_write_about_different_goals_do_not_stop_each_other(living: LivingPlan) -> None:
    adviser = living.viewer("adviser")
    commands.set_end_goal(case=living.case, end_goal="work", why="Kan yrket", revision=0, by=adviser)
    commands.set_norwegian_goal(case=living.case, norwegian_goal="B1", revision=0, by=adviser)
    commands.set_long_term_goal(case=living.case, text="Kokk", revision=1, by=living.viewer("participant"))


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("end goal", {"end_goal": "work", "why": "En"}, {"end_goal": "work", "why": "To"}),
        ("norwegian goal", {"norwegian_goal": "A2"}, {"norwegian_goal": "B1"}),
    ],
)
def test_each_goal_is_guarded(living: LivingPlan, name: str, first: dict[str, Any], second: dict[str, Any]) -> None:
    act: Any = {"end goal": commands.set_end_goal, "norwegian goal": commands.set_norwegian_goal}[name]
    adviser = living.viewer("adviser")
    act(case=living.case, revision=0, by=adviser, **first)
    with pytest.raises(Refused) as refusal:
        act(case=living.case, revision=0, by=adviser, **second)
    assert (refusal.value.code, refusal.value.status) == ("changed_meanwhile", 409)


def test_a_report_does_not_overwrite_a_change(living: LivingPlan) -> None:
    commands.report_step(
        case=living.case, step=living.norwegian, status="ongoing", revision=1, by=living.viewer("teacher")
    )
    with pytest.raises(Refused) as refusal:
        commands.change_step(
            case=living.case,
            step=living.norwegian,
            details=commands.StepDetails(kind="norwegian", title="X", why="Y", unit=living.house.units["school"]),
            revision=1,
            by=living.viewer("adviser"),
        )
    assert refusal.value.code == "changed_meanwhile"


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run all at the same moment, each on its own connection; what each gave or was refused."""
    results: list[Any] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            start.wait()
            results[number] = act()
        except Refused as refusal:
            results[number] = refusal.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def real_house(transactional_db: None) -> House:
    return build()


def test_of_many_at_the_same_moment_one_is_saved_and_the_others_are_told(real_house: House) -> None:
    house, adviser = real_house, real_house.viewer("adviser")
    commands.set_end_goal(case=house.case, end_goal="work", why="Fra før", by=adviser)

    def write(number: int) -> Callable[[], Any]:
        return lambda: commands.set_end_goal(
            case=house.case.pk, end_goal="work", why=f"Tekst {number}", revision=1, by=house.viewer("adviser")
        )

    results = together(*(write(number) for number in range(6)))
    assert sum(isinstance(result, Plan) for result in results) == 1
    assert results.count("changed_meanwhile") == 5
    assert Plan.objects.get().end_goal_revision == 2


def test_a_plan_that_many_need_at_once_is_opened_once(real_house: House) -> None:
    house = real_house
    names = ("adviser", "nav", "teacher", "participant")
    results = together(
        *(
            lambda name=name: commands.write_contribution(  # type: ignore[misc]
                case=house.case.pk, text=f"Fra {name}", by=house.viewer(name)
            )
            for name in names
        )
    )
    assert {row.text for row in results} == {f"Fra {name}" for name in names}
    assert Plan.objects.count() == 1
    assert JournalEntry.objects.filter(code="plan.opened").count() == 1
    assert sorted(JournalEntry.objects.values_list("seq", flat=True)) == [1, 2, 3, 4, 5]


def test_versions_made_at_once_get_different_numbers(real_house: House) -> None:
    house = real_house
    commands.add_partial_goal(case=house.case, text="B1", by=house.viewer("adviser"))

    def make() -> Any:
        return commands.make_version(
            case=house.case.pk,
            talk_on=today(),
            took_part=[commands.TookPart("Amina")],
            interpreter=None,
            participant_view="agrees",
            by=house.viewer("adviser"),
        )

    together(make, make, make)
    assert sorted(PlanVersion.objects.values_list("number", flat=True)) == [1, 2, 3]
