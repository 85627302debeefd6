"""What a meeting should take up, from what is open in the case."""

from __future__ import annotations

from datetime import date
from typing import Any

from samlop.access.models import Objection
from samlop.cooperation.queries import arrangement_of
from samlop.core.time import now, today
from samlop.core.writing import writing
from samlop.meetings import commands
from samlop.meetings.agenda import proposed
from samlop.plan.models import Contradiction, Contribution, ContributionDraft, Plan, Step
from samlop.programme.commands import set_dates
from tests.house import House
from tests.meetings.talks import closed, talk


def sources(house: House, kind: str = "plan_talk", section: str = "plan", on: date | None = None) -> list[str]:
    points = proposed(house.case, kind, section, arrangement_of(house.municipality), on or today())
    return [point.source for point in points]


def texts(house: House, kind: str = "plan_talk") -> list[str]:
    return [p.text for p in proposed(house.case, kind, "plan", arrangement_of(house.municipality), today())]


def plan_of(house: House) -> Plan:
    with writing("test"):
        return Plan.objects.create(
            case=house.case, municipality=house.municipality, opened_at=now(), changed_at=now(), long_term_goal="Kokk"
        )


def rows(house: House) -> dict[str, Any]:
    return {"case": house.case, "municipality": house.municipality}


def test_a_new_case_asks_for_the_first_plan_the_need_for_nav_and_the_goal(house: House) -> None:
    assert sources(house) == ["first_plan", "nav_need", "end_goal"]


def test_open_actions_from_earlier_meetings_come_first(house: House) -> None:
    meeting = talk(house, "triangular_talk", now())
    due = {"responsible": "participant", "due_on": date(2026, 12, 1)}
    commands.add_action(case=house.case, meeting_id=meeting.pk, text="Ring skolen", by=house.viewer("adviser"), **due)
    assert texts(house)[0] == "Fra sist: Ring skolen (Amina Østby, frist 01.12.2026)"
    assert sources(house)[0] == "action"


def test_actions_of_a_cancelled_meeting_are_gone(house: House) -> None:
    meeting = talk(house, "triangular_talk")
    commands.add_action(case=house.case, meeting_id=meeting.pk, text="Ring", by=house.viewer("adviser"))
    commands.cancel_meeting(case=house.case, meeting_id=meeting.pk, why="Syk", by=house.viewer("adviser"))
    assert "action" not in sources(house)


def test_an_action_from_a_narrower_section_does_not_slip_into_the_plan_talk(house: House) -> None:
    meeting = talk(house, "team_meeting", section="needs")
    commands.add_action(case=house.case, meeting_id=meeting.pk, text="Ring legen", by=house.viewer("adviser"))
    assert "action" not in sources(house)
    assert "action" in sources(house, "team_meeting", "needs")


def test_contradictions_contributions_and_steps_without_result(house: House) -> None:
    plan = plan_of(house)
    with writing("test"):
        contribution = Contribution.objects.create(
            **rows(house), plan=plan, author=house.users["nav"], author_name="Nav", unit=house.units["nav"],
            role="nav_adviser", text="Lønnstilskudd er mulig", written_at=now(),
        )  # fmt: skip
        ContributionDraft.objects.create(
            **rows(house), author=house.users["nav"], text="Bare et utkast", saved_at=now()
        )
        contradiction = Contradiction.objects.create(
            **rows(house), plan=plan, text="B1 eller A2?", marked_by=house.users["adviser"], marked_at=now()
        )
        contradiction.contributions.add(contribution)
        Step.objects.create(
            **rows(house), plan=plan, kind="work_practice", title="Praksis på Kiwi", end_on=date(2026, 1, 5)
        )
        Step.objects.create(**rows(house), plan=plan, kind="norwegian", title="Norsk", end_on=date(2030, 1, 5))
    found = texts(house)
    assert "Avklar motstrid i planen: B1 eller A2?" in found
    assert f"Les 1 nytt bidrag til planen, fra {house.units['nav'].name}" in found
    assert "Hvordan gikk det med «Praksis på Kiwi»? Det sluttet 05.01.2026." in found
    assert not any("utkast" in text or "«Norsk»" in text for text in found)


def test_an_objection_is_named_without_its_words(house: House) -> None:
    with writing("test"):
        Objection.objects.create(**rows(house), text="Læreren skal ikke se dette", made_at=now())
    [text] = [text for text in texts(house) if "innvending" in text]
    assert "Læreren" not in text


def test_the_end_is_taken_up_in_the_last_six_months(house: House) -> None:
    set_dates(case=house.case, start_on=date(2016, 8, 1), planned_end_on=date(2018, 6, 30), by=house.viewer("adviser"))
    assert "handover" not in sources(house, on=date(2017, 12, 29))
    assert "handover" in sources(house, on=date(2017, 12, 30))


def test_the_same_number_of_queries_however_much_is_open(house: House, django_assert_max_num_queries: Any) -> None:
    meeting = closed(house)
    with writing("test"):
        for number in range(20):
            meeting.actions.create(**rows(house), text=f"Oppgave {number}", made_at=now(), due_on=today())
    settings = arrangement_of(house.municipality)
    with django_assert_max_num_queries(8):
        assert len(proposed(house.case, "plan_talk", "plan", settings, today())) > 20
