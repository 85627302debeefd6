"""Short words for what the tests of the overview are about."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from samlop.cases.models import Case
from samlop.core.writing import writing
from samlop.effort.commands import register_effort
from samlop.plan.models import Plan, PlanVersion
from samlop.programme.models import Course
from tests import house as houses
from tests.house import House


def participant(
    house: House, name: str, *, team: tuple[str, ...] = ("adviser", "nav", "teacher"), **extra: Any
) -> Case:
    """A case of somebody with the given name; ``extra`` is about the course, or ``settled_on`` of the case."""
    given, _, family = name.partition(" ")
    settled_on = extra.pop("settled_on", None)
    made = houses.case(house, houses.person(house.municipality, given, family), team=team, settled_on=settled_on)
    if extra:
        course(made, **extra)
    return made


def course(case: Case, **extra: Any) -> Course:
    if extra.get("nav_need", "unclarified") != "unclarified":
        extra.setdefault("nav_need_clarified_on", date(2017, 1, 1))
    with writing("test"):
        made: Course = Course.objects.create(case=case, municipality_id=case.municipality_id, **extra)
    return made


def effort(house: House, who: str, case: Case, kind: str = "conversation", on: date | None = None) -> None:
    register_effort(cases=[case], kind=kind, happened_on=on, by=house.viewer(who))


def version(case: Case, talk_on: date, number: int = 1) -> PlanVersion:
    with writing("test"):
        moment = datetime(talk_on.year, talk_on.month, talk_on.day, 12).astimezone()
        plan, _created = Plan.objects.get_or_create(
            case=case, is_current=True,
            defaults={"municipality_id": case.municipality_id, "opened_at": moment, "changed_at": moment},
        )  # fmt: skip
        made: PlanVersion = PlanVersion.objects.create(
            case=case, municipality_id=case.municipality_id, plan=plan, number=number, talk_on=talk_on,
            participant_view="agrees", content={}, content_hash="x", made_at=moment, made_by_name="Test",
        )  # fmt: skip
    return made
