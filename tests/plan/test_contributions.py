"""Contributions: side by side with author, unit and date; drafts are the author's alone."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from samlop.cases.models import JournalEntry
from samlop.core.errors import Refused
from samlop.core.ids import uuid7
from samlop.core.time import at
from samlop.plan import commands
from samlop.plan.models import Contribution, ContributionDraft
from samlop.plan.queries import plan_page
from tests.house import House
from tests.plan.conftest import LivingPlan


def plan_url(living: LivingPlan) -> str:
    return reverse("plan:plan", args=[living.case.pk])


def signed_in(client: Client, house: House, name: str) -> Client:
    client.force_login(house.users[name])
    return client


def test_contributions_of_three_units_stand_side_by_side_with_author_unit_and_date(
    living: LivingPlan, client: Client
) -> None:
    """Acceptance (research/001 § 14.2 item 1)."""
    page = plan_page(living.viewer("adviser"), living.case)
    written = [
        (column.name, row.author_name, row.written_at.date(), row.text)
        for column in page.columns
        for row in column.contributions
    ]
    assert [(day, text) for _unit, _author, day, text in sorted(written, key=lambda row: row[2])] == [
        (date(2026, 1, 10), "Bor nå i egen leilighet."),
        (date(2026, 3, 1), "B1 muntlig nesten nådd."),
        (date(2026, 3, 5), "Lønnstilskudd er mulig."),
    ]
    assert {unit for unit, *_ in written} == {living.house.units[name].name for name in ("refugee", "school", "nav")}
    for name in ("adviser", "participant"):
        html = signed_in(client, living.house, name).get(plan_url(living)).content.decode()
        for text in ("Bor nå i egen leilighet.", "B1 muntlig nesten nådd.", "Lønnstilskudd er mulig.", "05.03.2026"):
            assert text in html


def test_the_participant_writes_in_own_words_and_comes_first(living: LivingPlan) -> None:
    commands.write_contribution(case=living.case, text="أريد المزيد من الممارسة", by=living.viewer("participant"))
    page = plan_page(living.viewer("nav"), living.case)
    assert page.columns[0].by_participant
    assert page.columns[0].contributions[0].text == "أريد المزيد من الممارسة"


def test_a_draft_is_seen_by_the_author_only(living: LivingPlan, client: Client) -> None:
    commands.save_draft(case=living.case, text="Ikke sikkert ennå", by=living.viewer("nav"))
    assert "Ikke sikkert ennå" in signed_in(client, living.house, "nav").get(plan_url(living)).content.decode()
    for name in ("adviser", "leader", "teacher", "participant"):
        html = signed_in(client, living.house, name).get(plan_url(living)).content.decode()
        assert "Ikke sikkert ennå" not in html
        assert not living.viewer(name).scope(ContributionDraft).exists()
    assert not JournalEntry.objects.filter(case=living.case, data__icontains="Ikke sikkert").exists()


def test_a_shared_draft_becomes_a_contribution_and_is_gone(living: LivingPlan) -> None:
    nav = living.viewer("nav")
    draft = commands.save_draft(case=living.case, text="Mentor kan hjelpe", step=living.practice, by=nav)
    shared = commands.share_draft(case=living.case, draft=draft, by=nav)
    assert (shared.text, shared.step, shared.unit) == ("Mentor kan hjelpe", living.practice, nav.unit)
    assert not ContributionDraft.objects.exists()
    entry = JournalEntry.objects.filter(case=living.case).first()
    assert entry is not None
    assert (entry.code, entry.user_name) == ("plan.contribution.added", "Nav")


def test_nobody_else_can_reach_a_draft(living: LivingPlan, client: Client) -> None:
    draft = commands.save_draft(case=living.case, text="Mitt", by=living.viewer("nav"))
    for act, extra in (
        (commands.share_draft, {}),
        (commands.discard_draft, {}),
        (commands.save_draft, {"text": "x"}),
        (commands.write_contribution, {"text": "x"}),
    ):
        with pytest.raises(Refused) as refusal:
            act(case=living.case, draft=draft.pk, by=living.viewer("teacher"), **extra)  # type: ignore[operator]
        assert refusal.value.code == "unknown_part"
    address = reverse("plan:draft", args=[living.case.pk, draft.pk])
    assert signed_in(client, living.house, "teacher").get(address).status_code == 404
    assert signed_in(client, living.house, "nav").get(address).status_code == 200


def test_only_the_author_withdraws_and_the_journal_keeps_it(living: LivingPlan, client: Client) -> None:
    row = living.contributions[2]
    address = reverse("plan:withdraw", args=[living.case.pk, row.pk])
    assert signed_in(client, living.house, "adviser").post(address).status_code == 403
    assert signed_in(client, living.house, "nav").get(address).status_code == 405
    assert client.post(address).status_code == 302
    assert "Lønnstilskudd er mulig." not in [
        each.text for column in plan_page(living.viewer("nav"), living.case).columns for each in column.contributions
    ]
    assert JournalEntry.objects.filter(
        code="plan.contribution.withdrawn", data__text="Lønnstilskudd er mulig."
    ).exists()


def test_a_contribution_is_written_on_the_page_once_even_with_a_double_click(
    living: LivingPlan, client: Client
) -> None:
    once = str(uuid7())
    sent = {"text": "Har fått plass i barnehagen", "about": f"step:{living.practice.pk}", "share": "", "once": once}
    for _click in range(2):
        answer = signed_in(client, living.house, "adviser").post(
            reverse("plan:write", args=[living.case.pk]), sent, follow=True
        )
        assert "Bidraget er delt" in answer.content.decode()
    row = Contribution.objects.get(text="Har fått plass i barnehagen")
    assert row.step == living.practice


def test_an_empty_contribution_is_refused_and_nothing_typed_is_lost(living: LivingPlan, client: Client) -> None:
    address = reverse("plan:write", args=[living.case.pk])
    answer = signed_in(client, living.house, "nav").post(address, {"text": "", "about": f"step:{living.practice.pk}"})
    assert answer.status_code == 422
    assert "Skriv bidraget før du lagrer." in answer.content.decode()
    answer = client.post(address, {"text": "x" * 10_001})
    assert answer.status_code == 422
    assert "x" * 10_001 in answer.content.decode()


def test_a_draft_is_kept_from_the_page(living: LivingPlan, client: Client) -> None:
    client = signed_in(client, living.house, "nav")
    client.post(reverse("plan:write", args=[living.case.pk]), {"text": "Halvferdig", "draft": ""})
    draft = ContributionDraft.objects.get(text="Halvferdig")
    address = reverse("plan:draft", args=[living.case.pk, draft.pk])
    client.post(address, {"text": "Mer ferdig", "revision": 1, "draft": ""})
    assert draft.refreshed().text == "Mer ferdig"
    stale = client.post(address, {"text": "Fra den andre fanen", "revision": 1, "draft": ""})
    assert stale.status_code == 409
    assert "Mer ferdig" in stale.content.decode()
    assert "Fra den andre fanen" in stale.content.decode()
    client.post(address, {"text": "Ferdig", "revision": 2, "share": ""})
    assert Contribution.objects.filter(text="Ferdig").exists()
    assert not ContributionDraft.objects.exists()


def test_a_draft_can_be_thrown_away(living: LivingPlan, client: Client) -> None:
    draft = commands.save_draft(case=living.case, text="Bort", by=living.viewer("nav"))
    client = signed_in(client, living.house, "nav")
    assert client.post(reverse("plan:discard_draft", args=[living.case.pk, draft.pk])).status_code == 302
    assert not ContributionDraft.objects.exists()


@pytest.mark.parametrize("name", ["colleague", "nav_colleague", "placement"])
def test_a_colleague_who_only_sees_does_not_get_the_form(living: LivingPlan, client: Client, name: str) -> None:
    response = signed_in(client, living.house, name).get(plan_url(living))
    writes = name == "colleague"  # the refugee service's colleagues take over talks
    assert (b'name="share"' in response.content) == writes
    answer = client.post(reverse("plan:write", args=[living.case.pk]), {"text": "Hei", "share": ""})
    assert answer.status_code == (302 if writes else 403)


@pytest.mark.parametrize("name", ["stranger", "employer", "volunteer", "operator", "county", "evaluator"])
def test_strangers_cannot_tell_that_the_plan_exists(living: LivingPlan, client: Client, name: str) -> None:
    client = signed_in(client, living.house, name)
    assert client.get(plan_url(living)).status_code == 404
    assert client.get(reverse("plan:plan", args=[uuid7()])).status_code == 404
    assert client.post(reverse("plan:write", args=[living.case.pk]), {"text": "Hei"}).status_code == 404


def test_a_contribution_is_about_the_case_s_own_steps_only(living: LivingPlan, house: House) -> None:
    from tests.house import case

    other = case(house, None)
    with pytest.raises(Refused) as refusal:
        commands.write_contribution(case=other, text="Hei", step=living.practice.pk, by=house.viewer("nav"))
    assert refusal.value.code == "unknown_part"


def test_contributions_follow_the_clock(living: LivingPlan) -> None:
    with at(date(2026, 4, 1)):
        row = commands.write_contribution(case=living.case, text="Nytt", by=living.viewer("nav"))
    assert row.written_at.date() == date(2026, 4, 1)
