"""Registering effort: two clicks, one or many, all or nothing, and nobody becomes a job seeker by it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from samlop.cases.checks import journal as whole_journals
from samlop.cases.efforts import nav_contacts, standing
from samlop.cases.journal import sentence
from samlop.cases.models import JournalEntry
from samlop.core.errors import Refused
from samlop.core.ids import uuid7
from samlop.core.time import add_months, today
from samlop.core.writing import writing
from samlop.effort.commands import correct_effort, register_effort, withdraw_effort
from tests.house import House
from tests.overview.helpers import participant


def efforts() -> list[JournalEntry]:
    return list(JournalEntry.objects.exclude(effort="").order_by("at", "seq"))


def test_one_entry_in_each_case(house: House) -> None:
    others = [participant(house, f"Deltaker {number}") for number in range(3)]
    register_effort(cases=[house.case, *others], kind="group_information", minutes=15, by=house.viewer("nav"))
    assert [(e.effort, e.minutes, e.unit_kind, e.happened_on) for e in efforts()] == [
        ("group_information", 15, "nav_state", today())
    ] * 4
    assert sentence(efforts()[0]) == "registrerte innsats for flere deltakere samtidig: gruppeinformasjon"
    assert whole_journals()[1] is None


def test_all_or_nothing(house: House) -> None:
    visible = participant(house, "Ser Bare", team=("adviser",))
    with writing("test"):
        from samlop.cases.models import TeamMember

        TeamMember.objects.create(
            case=visible, municipality=house.municipality, unit=house.units["nav"], user=house.users["nav_colleague"],
            function="nav_contact", valid_from=today(),
        )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        register_effort(cases=[house.case, visible], kind="conversation", by=house.viewer("nav"))
    assert (refusal.value.code, refusal.value.field) == ("effort_not_allowed", "cases")
    assert "Ser Bare" in refusal.value.text
    assert efforts() == []


def test_a_case_one_may_not_know_of_is_not_named(house: House) -> None:
    hidden = participant(house, "Hemmelig Navn", team=("adviser",))
    for key in (hidden.pk, uuid7()):
        with pytest.raises(Refused) as refusal:
            register_effort(cases=[house.case, key], kind="conversation", by=house.viewer("nav"))
        assert refusal.value.code == "not_found"
        assert "Hemmelig" not in refusal.value.text
    assert efforts() == []


@pytest.mark.parametrize(
    ("change", "code"),
    [({"kind": "coffee"}, "effort_kind"), ({"minutes": 0}, "effort_minutes"), ({"minutes": 601}, "effort_minutes"),
     ({"happened_on": today() + timedelta(days=1)}, "effort_day"), ({"cases": []}, "missing_participants"),
     ({"happened_on": add_months(today(), -13)}, "effort_day")],
)  # fmt: skip
def test_what_is_refused(house: House, change: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        register_effort(**{"cases": [house.case], "kind": "conversation", "by": house.viewer("nav")} | change)  # type: ignore[arg-type]
    assert refusal.value.code == code


def test_the_participant_is_not_a_unit(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        register_effort(cases=[house.case], kind="conversation", by=house.viewer("participant"))
    assert refusal.value.code == "no_effort_without_unit"


def test_a_double_click_counts_once(house: House, client: Client) -> None:
    client.force_login(house.users["nav"])
    posted = {"cases": [str(house.case.pk)], "kind": "conversation", "happened_on": "", "once": str(uuid4())}
    posted["happened_on"] = f"{today():%d.%m.%Y}"
    for _click in range(2):
        assert client.post("/innsats/ny/", posted).status_code == 302
    assert len(efforts()) == 1


def test_two_clicks_from_the_case(house: House, client: Client) -> None:
    client.force_login(house.users["nav"])
    page = client.get(f"/innsats/ny/?sak={house.case.pk}&next=/sak/{house.case.pk}/").content.decode()
    assert f"{today():%d.%m.%Y}" in page
    assert "checked" in page
    answer = client.post(
        "/innsats/ny/",
        {"cases": [str(house.case.pk)], "kind": "market_knowledge", "happened_on": f"{today():%d.%m.%Y}",
         "next": f"/sak/{house.case.pk}/"},
    )  # fmt: skip
    assert answer.headers["Location"] == f"/sak/{house.case.pk}/"
    assert efforts()[0].effort == "market_knowledge"


def test_nothing_typed_is_lost(house: House, client: Client) -> None:
    client.force_login(house.users["nav"])
    page = client.post(
        "/innsats/ny/", {"cases": [str(house.case.pk)], "kind": "measure", "happened_on": "31.12.2099", "minutes": "45"}
    ).content.decode()
    assert "Datoen har ikke vært ennå" in page
    assert 'value="45"' in page
    assert efforts() == []


def test_next_does_not_lead_out(house: House, client: Client) -> None:
    client.force_login(house.users["nav"])
    answer = client.post(
        "/innsats/ny/",
        {
            "cases": [str(house.case.pk)],
            "kind": "measure",
            "happened_on": f"{today():%d.%m.%Y}",
            "next": "//ond.example/",
        },
    )
    assert answer.headers["Location"] == "/"


def test_a_correction_is_a_new_entry_and_the_old_no_longer_counts(house: House) -> None:
    viewer = house.viewer("nav")
    register_effort(cases=[house.case], kind="conversation", minutes=30, by=viewer)
    correct_effort(case=house.case, seq=efforts()[0].seq, kind="triangular_talk", minutes=45, by=viewer)
    assert [(e.effort, e.corrects) for e in efforts()] == [("conversation", None), ("triangular_talk", 1)]
    assert [e.effort for e in standing(JournalEntry.objects.all())] == ["triangular_talk"]
    withdraw_effort(case=house.case, seq=2, by=viewer)
    assert not standing(JournalEntry.objects.all()).exists()
    assert not nav_contacts(JournalEntry.objects.all()).exists()


def test_only_the_own_unit_corrects_and_only_once(house: House) -> None:
    register_effort(cases=[house.case], kind="conversation", by=house.viewer("nav"))
    with pytest.raises(Refused) as refusal:
        withdraw_effort(case=house.case, seq=1, by=house.viewer("adviser"))
    assert refusal.value.code == "no_other_units_effort"
    withdraw_effort(case=house.case, seq=1, by=house.viewer("nav"))
    with pytest.raises(Refused) as refusal:
        withdraw_effort(case=house.case, seq=1, by=house.viewer("nav"))
    assert refusal.value.code == "changed_meanwhile"


def test_a_day_back_is_kept(house: House) -> None:
    day: date = today() - timedelta(days=20)
    register_effort(cases=[house.case], kind="follow_up", happened_on=day, by=house.viewer("teacher"))
    assert efforts()[0].happened_on == day
