"""The leader's page and its commands: configuration, never code, and every change is written down."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from samlop.access.viewer import Viewer
from samlop.cooperation import commands, queries
from samlop.cooperation.models import Arrangement, OrganisationModel, TalkKind, TalkRule, Task, TaskOwner, Which
from samlop.core.errors import Refused
from samlop.core.ids import uuid7
from samlop.core.models import OrganisationEntry
from samlop.core.organisation import sentence
from samlop.core.writing import writing
from samlop.people.models import Membership, Unit, User
from samlop.people.vocabulary import UnitKind
from tests.house import EARLY, House
from tests.pages import shown_first

PAGE = "/kommune/oppsett/"


@pytest.fixture
def leader(house: House, client: Client) -> Client:
    client.force_login(house.users["leader"])
    return client


def test_the_defaults_hold_where_nothing_is_stored(house: House) -> None:
    settings = queries.arrangement_of(house.municipality)
    assert not settings.is_stored
    assert (settings.plan_review_months, settings.nav_contact_months, settings.handover_months) == (6, 3, 6)
    assert [r.unit_kind for r in settings.required(TalkKind.PLAN_TALK, 1)] == [UnitKind.NAV_STATE]
    assert queries.owner_of(house.municipality, Task.PLAN) is None


def test_several_municipalities_cost_as_many_queries_as_one(house: House, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        found = queries.arrangements_of([house.municipality.pk, house.other_municipality.pk])
    assert len(found) == 2


def test_the_model_gives_the_tasks_to_the_units_the_municipality_has(house: House) -> None:
    commands.use_model(model=OrganisationModel.REFUGEE_OFFICE, by=house.viewer("leader"))
    assert queries.owner_of(house.municipality, Task.PROGRAMME) == house.units["refugee"]
    assert queries.owner_of(house.municipality, Task.NAV_NEED) == house.units["nav"]
    assert queries.owners_of([house.municipality.pk], Task.NORWEGIAN) == {
        house.municipality.pk: house.units["school"].pk
    }
    told = [sentence(entry) for entry in OrganisationEntry.objects.filter(code="cooperation.owner_set")]
    assert f"ga {house.units['nav'].name} ansvaret for avklare behov for bistand fra NAV" in told


def test_nav_as_owner_leaves_settlement_at_a_service_centre_open_until_there_is_one(house: House) -> None:
    commands.use_model(model=OrganisationModel.NAV_SERVICE_CENTRE, by=house.viewer("leader"))
    assert queries.arrangement(house.viewer("leader")).unowned == [Task.SETTLEMENT]


def test_an_owner_is_moved_and_taken_away(house: House) -> None:
    leader = house.viewer("leader")
    commands.set_owners(owners={Task.ATTENDANCE: house.units["school"].pk}, by=leader)
    commands.set_owners(owners={Task.ATTENDANCE: house.units["refugee"].pk}, by=leader)
    assert queries.owner_of(house.municipality, Task.ATTENDANCE) == house.units["refugee"]
    commands.set_owners(owners={Task.ATTENDANCE: None}, by=leader)
    assert queries.owner_of(house.municipality, Task.ATTENDANCE) is None
    assert OrganisationEntry.objects.filter(code="cooperation.owner_set").count() == 3


def test_a_task_never_has_two_owners(house: House) -> None:
    commands.set_owners(owners={Task.PLAN: house.units["refugee"].pk}, by=house.viewer("leader"))
    with writing("test"), pytest.raises(IntegrityError), transaction.atomic():
        TaskOwner.objects.create(municipality=house.municipality, task=Task.PLAN, unit=house.units["nav"])


def test_a_unit_of_another_municipality_owns_nothing_here(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        commands.set_owners(owners={Task.PLAN: house.units["other_refugee"].pk}, by=house.viewer("leader"))
    assert (refusal.value.code, refusal.value.field) == ("not_found", Task.PLAN)


def test_an_intermunicipal_unit_can_own_a_task(house: House) -> None:
    with writing("test"):
        shared: Unit = house.units["other_refugee"]
        shared.serves.add(house.municipality)
    commands.set_owners(owners={Task.PLAN: shared.pk}, by=house.viewer("leader"))
    assert queries.owner_of(house.municipality, Task.PLAN) == shared


def test_a_ready_made_set_replaces_the_rules_for_plan_talks_only(house: House) -> None:
    commands.use_talk_preset(code="vaga", by=house.viewer("leader"))
    settings = queries.arrangement_of(house.municipality)
    assert [bool(settings.required(TalkKind.PLAN_TALK, n)) for n in (1, 2, 3, 4)] == [False, False, True, True]
    assert settings.required(TalkKind.TRIANGULAR_TALK, None)


def test_a_rule_is_told_in_the_language_of_the_reader(house: House) -> None:
    with override("en"):
        commands.use_talk_preset(code="vaga", by=house.viewer("leader"))
    entry = OrganisationEntry.objects.get(code="cooperation.rules_set")
    assert sentence(entry).endswith("NAV skal være med i de to siste plansamtalene")
    with override("nn"):
        assert sentence(entry).endswith("NAV skal vere med i dei to siste plansamtalane")


def test_rules_are_added_once_and_removed(house: House) -> None:
    leader = house.viewer("leader")
    rule = {"talk": TalkKind.TEAM_MEETING, "unit_kind": UnitKind.HEALTH, "which": Which.ALL}
    made = commands.add_talk_rule(**rule, by=leader)
    with pytest.raises(Refused) as refusal:
        commands.add_talk_rule(**rule, by=leader)
    assert refusal.value.code == "rule_exists"
    commands.remove_talk_rule(rule_id=made.pk, by=leader)
    commands.remove_talk_rule(rule_id=made.pk, by=leader)
    assert not queries.arrangement_of(house.municipality).required(TalkKind.TEAM_MEETING, None)


def test_periods_are_changed_with_what_they_were(house: House) -> None:
    commands.set_periods(values={"handover_months": 9}, by=house.viewer("leader"))
    assert queries.arrangement_of(house.municipality).handover_months == 9
    entry = OrganisationEntry.objects.get(code="cooperation.periods_set")
    assert sentence(entry) == "endret oppsettet: overføringen starter før slutt (måneder): 6 → 9"


def test_a_period_that_makes_no_sense_is_refused(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        commands.set_periods(values={"plan_talks": 0}, by=house.viewer("leader"))
    assert (refusal.value.code, refusal.value.field) == ("out_of_range", "plan_talks")
    assert not Arrangement.objects.exists()


@pytest.mark.parametrize("name", ["adviser", "nav", "nav_leader", "teacher", "county", "operator"])
def test_only_a_leader_configures(house: House, client: Client, name: str) -> None:
    client.force_login(house.users[name])
    assert client.get(PAGE).status_code == 403
    with pytest.raises(Refused) as refusal:
        commands.use_talk_preset(code="all", by=house.viewer(name))
    assert refusal.value.code == "no_permission"


def test_the_page_shows_tasks_without_owner_in_words(leader: Client) -> None:
    page = leader.get(PAGE).content.decode()
    assert "oppgaver har ingen ansvarlig" in page
    assert "Ingen ansvarlig" in page


def test_the_whole_page_by_its_buttons(house: House, leader: Client) -> None:
    assert leader.post(reverse("cooperation:model"), {"model-model": "refugee_office"}).status_code == 302
    assert leader.post(reverse("cooperation:talk_preset", args=["nordre_land"])).status_code == 302
    page = leader.get(PAGE).content.decode()
    assert "Alle oppgavene har én ansvarlig enhet." in page
    assert "NAV skal være med i den første plansamtalen" in page
    rule = TalkRule.objects.filter(which="first").get()
    assert leader.post(reverse("cooperation:remove_rule", args=[rule.pk])).status_code == 302
    new = {"rule-unit_kind": "health", "rule-talk": "plan_talk", "rule-which": "first", "rule-count": "2"}
    assert leader.post(reverse("cooperation:add_rule"), new).status_code == 302
    assert "Helsetjenesten skal være med i de to første plansamtalene" in leader.get(PAGE).content.decode()


def test_what_is_typed_wrong_stays_on_the_page(leader: Client) -> None:
    answer = leader.post(reverse("cooperation:periods"), {"periods-plan_talks": "mange", "periods-caseload_norm": "18"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="mange"' in page
    assert "Skriv et helt tall." in page
    assert not Arrangement.objects.exists()


def test_first_and_last_are_about_plan_talks(leader: Client) -> None:
    new = {"rule-unit_kind": "health", "rule-talk": "team_meeting", "rule-which": "first", "rule-count": "2"}
    answer = leader.post(reverse("cooperation:add_rule"), new)
    assert answer.status_code == 422
    assert "Bare plansamtalene er en serie" in answer.content.decode()


def test_pressing_twice_changes_once(leader: Client) -> None:
    once = str(uuid7())
    new = {
        "rule-unit_kind": "health",
        "rule-talk": "plan_talk",
        "rule-which": "all",
        "rule-count": "1",
        "rule-once": once,
    }
    for _press in range(2):
        assert leader.post(reverse("cooperation:add_rule"), new).status_code == 302
    assert TalkRule.objects.filter(unit_kind="health").count() == 1


def second_leader(house: House) -> Viewer:
    with writing("test"):
        user = User.objects.create_user("leader_2", name="Leder To")
        Membership.objects.create(user=user, unit=house.units["refugee"], role="leader", valid_from=EARLY)
        house.users["leader_2"] = user
    return house.viewer("leader_2")


def values(page: str, prefix: str) -> dict[str, str]:
    """What a form of the page would send back untouched."""
    shown = {name: value[0] for name, value in shown_first(page).items() if name.startswith(f"initial-{prefix}-")}
    return shown | {name.removeprefix("initial-"): value for name, value in shown.items()}


def test_an_owner_another_leader_gave_is_not_undone_by_an_old_page(house: House, leader: Client) -> None:
    old = values(leader.get(PAGE).content.decode(), "owners")
    school, refugee = str(house.units["school"].pk), str(house.units["refugee"].pk)
    commands.set_owners(owners={Task.ATTENDANCE: house.units["school"].pk}, by=second_leader(house))
    assert leader.post(reverse("cooperation:owners"), old | {"owners-plan": refugee}).status_code == 302
    assert queries.owner_of(house.municipality, Task.ATTENDANCE) == house.units["school"]
    assert queries.owner_of(house.municipality, Task.PLAN) == house.units["refugee"]
    answer = leader.post(reverse("cooperation:owners"), old | {"owners-attendance": refugee})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"Andre har endret dette til «{house.units['school'].name}»" in page
    assert f'<option value="{refugee}" selected>' in page
    again = old | {"owners-attendance": refugee, "initial-owners-attendance": school}
    assert values(page, "owners")["initial-owners-attendance"] == school
    assert leader.post(reverse("cooperation:owners"), again).status_code == 302
    assert queries.owner_of(house.municipality, Task.ATTENDANCE) == house.units["refugee"]


def test_a_period_another_leader_set_is_not_undone_by_an_old_page(house: House, leader: Client) -> None:
    old = values(leader.get(PAGE).content.decode(), "periods")
    commands.set_periods(values={"handover_months": 9}, by=second_leader(house))
    assert leader.post(reverse("cooperation:periods"), old | {"periods-caseload_norm": "18"}).status_code == 302
    settings = queries.arrangement_of(house.municipality)
    assert (settings.handover_months, settings.caseload_norm) == (9, 18)
    answer = leader.post(reverse("cooperation:periods"), old | {"periods-handover_months": "4"})
    assert answer.status_code == 409
    assert "Andre har endret dette til «9»" in answer.content.decode()
    assert queries.arrangement_of(house.municipality).handover_months == 9
