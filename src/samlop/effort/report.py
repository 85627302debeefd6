"""The report of effort: by unit, kind and phase, with coverage and the list behind each number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from samlop.access.viewer import Viewer
from samlop.cases.efforts import standing
from samlop.cases.models import Case, JournalEntry
from samlop.cases.sight import sees_all
from samlop.cases.vocabulary import EffortKind
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.effort.coverage import Coverage, Period, coverages
from samlop.effort.facts import WITH_PHASE, in_period, nav_phases, stays
from samlop.people.vocabulary import Role
from samlop.programme.phases import Phase

NAV_ROLES = (Role.NAV_ADVISER, Role.NAV_LEADER)


@dataclass
class UnitLine:
    """One unit's effort in the period: how often by kind, for how many participants, minutes where they are counted."""

    unit_id: UUID | None
    name: str
    by_kind: dict[str, int] = field(default_factory=dict)
    participants: int = 0
    minutes: int | None = None

    @property
    def total(self) -> int:
        return sum(self.by_kind.values())

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """Every kind in the order of the list, with zero where there is none."""
        return [(kind.value, self.by_kind.get(kind.value, 0)) for kind in EffortKind]


@dataclass
class Report:
    """Everything on the page. ``coverage`` is none where the viewer may not see the programme of all in the list."""

    period: Period
    units: list[UnitLine]
    by_phase: list[tuple[Phase, dict[str, int]]]
    coverage: Coverage | None
    coverage_by_phase: list[Coverage]
    only_own: bool

    @property
    def total(self) -> int:
        return sum(line.total for line in self.units)

    @property
    def phase_lines(self) -> list[tuple[Phase, list[tuple[str, int]]]]:
        """Each phase with every kind in the order of the list."""
        return [
            (phase, [(kind.value, by_kind.get(kind.value, 0)) for kind in EffortKind])
            for phase, by_kind in self.by_phase
        ]

    @property
    def kind_totals(self) -> list[tuple[str, int]]:
        return [(kind.value, sum(line.by_kind.get(kind.value, 0) for line in self.units)) for kind in EffortKind]


def entries_of(viewer: Viewer) -> QuerySet[Any]:
    """The efforts a report may count: in cases the viewer sees; NAV's people count those of their own office."""
    entries = viewer.scope(JournalEntry).filter(case_id__in=viewer.scope(Case).values("pk"))
    if viewer.role in NAV_ROLES and viewer.unit is not None:
        office = viewer.unit.organisation.units.filter(municipality=viewer.municipality)
        entries = entries.filter(unit_id__in=office.values("pk"))
    return standing(entries)


@query(scoped="starts from viewer.scope(JournalEntry) and viewer.scope(Case)")
def effort_report(viewer: Viewer, period: Period) -> Report:
    """The report of a period. Four queries, however many participants and entries."""
    efforts = in_period(entries_of(viewer), period)
    phased = sees_all(viewer, Section.PROGRAMME)
    whole, by_phase = coverage_of(viewer, period) if phased else (None, [])
    return Report(
        period=period,
        units=_units(efforts),
        by_phase=_phases(efforts) if phased else [],
        coverage=whole,
        coverage_by_phase=by_phase,
        only_own=viewer.role in NAV_ROLES,
    )


@query(scoped="starts from viewer.scope(Case); contact with NAV is read from viewer.scope(JournalEntry)")
def coverage_of(viewer: Viewer, period: Period) -> tuple[Coverage, list[Coverage]]:
    """NAV's coverage among the participants the viewer sees, in all and by phase. Two queries."""
    cases = viewer.scope(Case)
    entries = viewer.scope(JournalEntry).filter(case_id__in=cases.values("pk"))
    return coverages(stays(cases, period), nav_phases(entries, period), period)


def _units(efforts: QuerySet[Any]) -> list[UnitLine]:
    lines: dict[Any, UnitLine] = {}
    counted = efforts.order_by().values("unit_id", "unit_name", "effort").annotate(count=Count("pk"))
    for row in counted:
        line = lines.setdefault(row["unit_id"], UnitLine(row["unit_id"], row["unit_name"]))
        line.by_kind[row["effort"]] = line.by_kind.get(row["effort"], 0) + row["count"]
    people = (
        efforts.order_by().values("unit_id").annotate(people=Count("case_id", distinct=True), minutes=Sum("minutes"))
    )
    for row in people:
        lines[row["unit_id"]].participants = row["people"]
        lines[row["unit_id"]].minutes = row["minutes"]
    return sorted(lines.values(), key=lambda line: (-line.total, line.name))


def _phases(efforts: QuerySet[Any]) -> list[tuple[Phase, dict[str, int]]]:
    counted = efforts.order_by().annotate(phase=WITH_PHASE).values("phase", "effort").annotate(count=Count("pk"))
    found: dict[str, dict[str, int]] = {}
    for row in counted:
        found.setdefault(row["phase"], {})[row["effort"]] = row["count"]
    return [(phase, found[phase.value]) for phase in Phase if phase.value in found]


PARTS = ("participants", "in_need", "helped", "not_helped")


@query(scoped="the participants of coverage_of(viewer), read again from viewer.scope(Case)")
def behind_coverage(viewer: Viewer, period: Period, part: str, phase: str) -> QuerySet[Any]:
    """The participants behind a number of the coverage: «participants», «in_need», «helped» or «not_helped»."""
    if not sees_all(viewer, Section.PROGRAMME):
        return viewer.scope(Case).none()
    whole, by_phase = coverage_of(viewer, period)
    chosen = next((one for one in by_phase if one.phase == phase), whole)
    keys = getattr(chosen, part if part in PARTS else "in_need")
    return viewer.scope(Case).filter(pk__in=keys).select_related("person").order_by("person__sort_key", "pk")


@query(scoped="starts from viewer.scope(JournalEntry)")
def behind_efforts(viewer: Viewer, period: Period, wanted: Mapping[str, str]) -> QuerySet[Any]:
    """The efforts behind a number of the report, newest first; ``wanted`` may name unit, kind and phase."""
    efforts = in_period(entries_of(viewer), period)
    if unit := wanted.get("unit"):
        efforts = efforts.filter(unit_id=unit)
    if wanted.get("kind") in EffortKind.values:
        efforts = efforts.filter(effort=wanted["kind"])
    if wanted.get("phase") in Phase.values and sees_all(viewer, Section.PROGRAMME):
        efforts = efforts.annotate(phase=WITH_PHASE).filter(Q(phase=wanted["phase"]))
    return efforts.select_related("case__person").order_by("-happened_on", "-at")


@query(scoped="starts from viewer.scope(JournalEntry)")
def correctable(viewer: Viewer, entries: Iterable[JournalEntry]) -> set[Any]:
    """Which of the entries the viewer may put right: registered by the own unit, in plans the viewer writes in.

    What a closed meeting counted is put right in the meeting. One query.
    """
    ours = [entry.pk for entry in entries if entry.unit_id == viewer.unit_id and entry.code.startswith("effort.")]
    return set(viewer.scope(JournalEntry, Right.CONTRIBUTE).filter(pk__in=ours).values_list("pk", flat=True))
