"""Contributions that contradict each other: marked by the editor, settled with a reason, seen by all."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from samlop.cases.journal import sentence
from samlop.cases.models import JournalEntry
from samlop.core.errors import Refused
from samlop.plan import commands
from samlop.plan.models import Contradiction
from samlop.plan.queries import plan_page
from tests.plan.conftest import LivingPlan
from tests.plan.test_contributions import signed_in


def test_the_editor_marks_and_settles_on_the_page(living: LivingPlan, client: Client) -> None:
    client = signed_in(client, living.house, "adviser")
    chosen = [str(row.pk) for row in living.contributions[1:]]
    address = reverse("plan:mark_contradiction", args=[living.case.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"contributions": chosen[:1], "text": "Ulikt"}).status_code == 422
    assert client.post(address, {"contributions": chosen, "text": "Norsk eller jobb først?"}).status_code == 302
    row = Contradiction.objects.get()
    html = signed_in(client, living.house, "participant").get(reverse("plan:plan", args=[living.case.pk])).content
    assert "Norsk eller jobb først?" in html.decode()
    client = signed_in(client, living.house, "adviser")
    settle = reverse("plan:settle_contradiction", args=[living.case.pk, row.pk])
    shown = client.get(settle).content.decode()
    for contribution in living.contributions[1:]:
        assert contribution.text in shown, "what does not go together is read where it is settled"
    assert client.post(settle, {"resolution": ""}).status_code == 422
    assert client.post(settle, {"resolution": "Jobb først, norsk på jobben."}).status_code == 302
    page = plan_page(living.viewer("nav"), living.case)
    assert page.open_contradictions == []
    assert page.settled_contradictions[0].resolution == "Jobb først, norsk på jobben."
    assert client.post(settle, {"resolution": "Igjen"}).status_code == 422


def test_two_different_contributions_that_still_stand_are_needed(living: LivingPlan) -> None:
    first, second, _third = living.contributions
    adviser = living.viewer("adviser")
    for chosen in ([first], [first, first], []):
        with pytest.raises(Refused) as refusal:
            commands.mark_contradiction(case=living.case, contributions=chosen, text="Ulikt", by=adviser)
        assert refusal.value.code == "too_few_contributions"
    commands.withdraw_contribution(case=living.case, contribution=second, by=living.viewer("teacher"))
    with pytest.raises(Refused):
        commands.mark_contradiction(case=living.case, contributions=[first, second], text="Ulikt", by=adviser)


def test_settling_twice_is_refused_and_needs_a_reason(living: LivingPlan) -> None:
    adviser = living.viewer("adviser")
    row = commands.mark_contradiction(
        case=living.case, contributions=living.contributions[:2], text="Ulikt", by=adviser
    )
    with pytest.raises(Refused) as refusal:
        commands.settle_contradiction(case=living.case, contradiction=row, resolution=" ", by=adviser)
    assert refusal.value.code == "missing_reason"
    commands.settle_contradiction(case=living.case, contradiction=row, resolution="Slik blir det", by=adviser)
    with pytest.raises(Refused) as refusal:
        commands.settle_contradiction(case=living.case, contradiction=row, resolution="Nei, slik", by=adviser)
    assert refusal.value.code == "already_done"
    told = [sentence(entry) for entry in JournalEntry.objects.filter(case=living.case)[:2]]
    assert told[0] == "avklarte motstriden «Ulikt»: «Slik blir det»"
    assert told[1].startswith("merket motstrid mellom bidragene fra Flyktningtjeneste elvestad, Voksenopplæring")


@pytest.mark.parametrize("name", ["nav", "teacher", "participant"])
def test_only_the_editor_marks(living: LivingPlan, name: str) -> None:
    with pytest.raises(Refused) as refusal:
        commands.mark_contradiction(
            case=living.case, contributions=living.contributions, text="Ulikt", by=living.viewer(name)
        )
    assert refusal.value.code == "no_right_plan_editor"
