"""Versions: made in a plan talk, never changed, numbered within the case, compared side by side."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from samlop.cases.journal import sentence
from samlop.cases.models import JournalEntry
from samlop.core.errors import Refused
from samlop.core.time import at
from samlop.core.writing import writing
from samlop.plan import commands
from samlop.plan.compare import Change, compare, differing_words
from samlop.plan.content import content_hash
from samlop.plan.models import PlanVersion
from samlop.plan.queries import plan_page, version_page
from tests.house import House
from tests.plan.conftest import LivingPlan
from tests.plan.test_contributions import signed_in

TALK = date(2026, 3, 10)


def make(living: LivingPlan, on: date = TALK, **changed: Any) -> PlanVersion:
    given: dict[str, Any] = {
        "talk_on": on,
        "took_part": [commands.TookPart("Amina Østby"), commands.TookPart("Nav", "NAV Elvestad")],
        "interpreter": commands.Interpreter("ar", present=True),
        "participant_view": "agrees",
        "by": living.viewer("adviser"),
    } | changed
    with at(on):
        return commands.make_version(case=living.case, **given)


def test_versions_are_counted_and_the_review_follows_the_last_talk(living: LivingPlan) -> None:
    """Acceptance (research/001 § 14.2 item 1): version 3, next review = last talk + 6 months."""
    for day in (date(2026, 1, 12), date(2026, 3, 2), date(2026, 3, 6)):
        make(living, day)
    with at(date(2026, 4, 1)):
        page = plan_page(living.viewer("adviser"), living.case)
    assert page.latest is not None
    assert page.latest.number == 3
    assert page.review_due == date(2026, 9, 6)


def test_a_version_keeps_the_whole_plan_and_who_was_there(living: LivingPlan) -> None:
    version = make(living)
    content = version.content
    assert content["long_term_goal"] == {
        "text": "Jeg vil bli pleiemedarbeider",
        "own": "أريد أن أعمل في رعاية المسنين",
        "language": "ar",
    }
    assert [step["title"] for step in content["steps"]] == ["Norskkurs kveld og dag", "Språkpraksis på sykehjemmet"]
    assert [row["text"] for row in content["contributions"]] == [
        "Lønnstilskudd er mulig.",
        "B1 muntlig nesten nådd.",
        "Bor nå i egen leilighet.",
    ]
    assert version.took_part == [{"name": "Amina Østby", "unit": ""}, {"name": "Nav", "unit": "NAV Elvestad"}]
    assert (version.interpreter_language, version.interpreter_present) == ("ar", True)
    assert version.content_hash == content_hash(content)


def test_a_version_never_changes(living: LivingPlan) -> None:
    version = make(living)
    for act in (
        lambda: PlanVersion.objects.filter(pk=version.pk).update(participant_words="Noe annet"),
        lambda: PlanVersion.objects.filter(pk=version.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), writing("test"):
            act()
    commands.change_partial_goal(
        case=living.case, partial_goal=living.goal, text="Norsk på nivå B2", by=living.viewer("adviser")
    )
    assert version.refreshed().content["partial_goals"][0]["text"] == "Norsk på nivå B1"


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"participant_view": "disagrees"}, "missing_words", "participant_words"),
        (
            {"participant_view": "disagrees", "participant_words": "Vil heller bli sjåfør"},
            "missing_reason",
            "decision_reason",
        ),
        ({"participant_view": "partly", "participant_words": "Praksis i august er for sent"}, "missing_reason", None),
        ({"participant_view": "kanskje"}, "missing_view", "participant_view"),
        ({"took_part": []}, "missing_took_part", "took_part"),
        ({"talk_on": date(2026, 3, 11)}, "future_day", "talk_on"),
    ],
)
def test_a_version_without_what_it_needs_is_refused(
    living: LivingPlan, changed: dict[str, Any], code: str, field: str | None
) -> None:
    with pytest.raises(Refused) as refusal:
        make(living, **changed)
    assert refusal.value.code == code
    assert field in (None, refusal.value.field)
    assert not PlanVersion.objects.exists()


def test_on_disagreement_words_and_reason_are_kept_with_the_version(living: LivingPlan) -> None:
    version = make(
        living,
        participant_view="disagrees",
        participant_words="Vil heller bli sjåfør",
        decision_reason="Pleie gir jobb i kommunen nå; vi ser på sjåfør om et halvt år.",
    )
    assert version.participant_words == "Vil heller bli sjåfør"
    assert version.decided_by_name == "Adviser"


def test_an_empty_plan_is_no_version(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        commands.make_version(
            case=house.case,
            talk_on=TALK,
            took_part=[commands.TookPart("Amina")],
            interpreter=None,
            participant_view="agrees",
            by=house.viewer("adviser"),
        )
    assert refusal.value.code == "empty_plan"


def test_a_talk_is_not_before_the_last_one(living: LivingPlan) -> None:
    make(living)
    with pytest.raises(Refused) as refusal:
        make(living, talk_on=date(2026, 3, 1))
    assert refusal.value.code == "before_last_talk"


@pytest.mark.parametrize("name", ["nav", "teacher", "participant", "colleague"])
def test_only_the_editor_makes_a_version(living: LivingPlan, name: str) -> None:
    with pytest.raises(Refused) as refusal:
        make(living, by=living.viewer(name))
    assert refusal.value.code == "no_right_plan_editor"


def test_a_talk_without_a_meeting_counts_once_for_each_unit_that_was_there(living: LivingPlan) -> None:
    from samlop.core.ids import uuid7

    there = [commands.TookPart("Amina"), commands.TookPart("Nav", "NAV", living.house.units["nav"].pk)]
    make(living, took_part=there)
    make(living, took_part=there, meeting_id=uuid7())  # the meeting counts those who were there
    effort = JournalEntry.objects.exclude(effort="").get()
    assert (effort.effort, effort.happened_on, effort.unit_name) == ("plan_talk", TALK, living.house.units["nav"].name)
    assert sentence(effort) == "noterte at Nav var med i plansamtalen 10.03.2026"


def test_a_version_is_made_on_the_page_and_read(living: LivingPlan, client: Client) -> None:
    client = signed_in(client, living.house, "adviser")
    address = reverse("plan:talk", args=[living.case.pk])
    with at(TALK):
        shown = client.get(address)
        assert shown.status_code == 200
        sent = {
            "talk_on": "10.3.2026",
            "took_part": ["participant", f"{living.house.units['nav'].pk}:{living.house.users['nav'].pk}"],
            "others": "Søsteren Leila",
            "interpreter": "absent",
            "interpreter_language": "ar",
            "participant_view": "disagrees",
            "participant_words": "",
            "decision_reason": "",
            "revision": living.plan.revision,
        }
        refused = client.post(address, sent)
        assert refused.status_code == 422
        assert "Søsteren Leila" in refused.content.decode(), "nothing typed is lost"
        sent |= {"participant_words": "Vil ha <b>mer</b> norsk", "decision_reason": "Praksis gir også norsk."}
        assert client.post(address, sent).status_code == 302
    version = PlanVersion.objects.get()
    assert [person["name"] for person in version.took_part] == ["Amina Østby", "Nav", "Søsteren Leila"]
    for name in ("adviser", "participant", "leader"):
        html = signed_in(client, living.house, name).get(reverse("plan:version", args=[living.case.pk, 1]))
        text = html.content.decode()
        assert "men var ikke med" in text
        assert "Vil ha &lt;b&gt;mer&lt;/b&gt; norsk" in text
        assert "Praksis gir også norsk." in text
    assert client.get(reverse("plan:versions", args=[living.case.pk])).status_code == 200
    assert client.get(reverse("plan:version", args=[living.case.pk, 2])).status_code == 404


def test_a_version_of_a_plan_that_changed_meanwhile_is_looked_over_first(living: LivingPlan) -> None:
    with pytest.raises(Refused) as refusal:
        make(living, revision=living.plan.revision - 1)
    assert refusal.value.code == "changed_meanwhile"


def test_two_versions_are_compared_per_goal_and_step_down_to_the_word(living: LivingPlan, client: Client) -> None:
    make(living)
    adviser = living.viewer("adviser")
    with at(date(2026, 4, 1)):
        commands.change_partial_goal(
            case=living.case, partial_goal=living.goal, text="Norsk på nivå B2 muntlig", by=adviser
        )
        commands.remove_step(case=living.case, step=living.practice, by=adviser)
        details = commands.StepDetails(
            kind="mentor", title="Mentor", why="Trygg voksen", unit=living.house.units["nav"]
        )
        commands.add_step(case=living.case, details=details, by=adviser)
    make(living, date(2026, 4, 2))
    found = compare(*(row.content for row in PlanVersion.objects.order_by("number")))
    assert {(part.title, part.change) for part in found.changed} == {
        ("Norsk på nivå B2 muntlig", Change.CHANGED),
        ("Språkpraksis på sykehjemmet", Change.REMOVED),
        ("Mentor", Change.ADDED),
    }
    page = signed_in(client, living.house, "participant").get(
        reverse("plan:compare", args=[living.case.pk]), {"fra": "1", "til": "2"}
    )
    html = page.content.decode()
    assert "<del>" in html
    assert "B2 muntlig" in html
    for fra, til in (("1", "naa"), ("", ""), ("2", "1")):
        answer = client.get(reverse("plan:compare", args=[living.case.pk]), {"fra": fra, "til": til})
        assert answer.status_code == 200
    assert client.get(reverse("plan:compare", args=[living.case.pk]), {"fra": "7"}).status_code == 404
    assert client.get(reverse("plan:compare", args=[living.case.pk]), {"fra": "x' or 1"}).status_code == 404


def test_nothing_to_compare_says_so(living: LivingPlan, client: Client) -> None:
    answer = signed_in(client, living.house, "nav").get(reverse("plan:compare", args=[living.case.pk]))
    assert answer.status_code == 422
    assert "ingen versjoner ennå" in answer.content.decode()


def test_the_page_tells_what_has_changed_since_the_last_talk(living: LivingPlan, client: Client) -> None:
    make(living)
    with at(date(2026, 4, 1)):
        commands.write_contribution(case=living.case, text="Har bestått prøven", by=living.viewer("teacher"))
        commands.reach_partial_goal(
            case=living.case, partial_goal=living.goal, reached_on=date(2026, 4, 1), by=living.viewer("adviser")
        )
        page = plan_page(living.viewer("participant"), living.case)
    assert page.since is not None
    assert [part.title for part in page.since.comparison.changed] == ["Norsk på nivå B1"]
    assert [row["text"] for row in page.since.comparison.new_contributions] == ["Har bestått prøven"]
    assert [sentence for _entry, sentence in page.since.entries] == [
        "noterte at delmålet «Norsk på nivå B1» ble nådd 01.04.2026",
        "skrev i planen: «Har bestått prøven»",
    ]
    html = signed_in(client, living.house, "nav").get(reverse("plan:plan", args=[living.case.pk])).content.decode()
    assert "Endret siden plansamtalen 10.03.2026" in html


def test_words_are_compared_without_cutting_them() -> None:
    old, new = differing_words("Hun vil bli kokk i byen", "Hun vil bli sykepleier i byen")
    assert [(piece.change, piece.text) for piece in old] == [
        (Change.SAME, "Hun vil bli "),
        (Change.REMOVED, "kokk "),
        (Change.SAME, "i byen"),
    ]
    assert "".join(piece.text for piece in new) == "Hun vil bli sykepleier i byen"
    assert differing_words("", "Ny")[0] == []


def test_an_old_version_reads_the_same_after_people_and_units_change(living: LivingPlan) -> None:
    make(living)
    with writing("test"):
        living.house.units["school"].name = "Læringssenteret"
        living.house.units["school"].save()
    found = version_page(living.viewer("nav"), living.case, 1)
    step = next(part for part in found.whole.parts if part.title == "Norskkurs kveld og dag")
    responsible = next(field for field in step.fields if field.name == "Ansvarlig")
    assert responsible.new[0].text == "Voksenopplæring elvestad, Teacher"
