"""The report of effort: by unit, kind and phase, with coverage and the list behind each number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from samlop.access.viewer import Viewer
from samlop.cases.efforts import standing
from samlop.cases.models import Case, JournalEntry
from samlop.cases.sight import journal_in_sight, sees_all
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
    entries = journal_in_sight(viewer)
    if viewer.role in NAV_ROLES and viewer.unit is not None:
        office = viewer.unit.organisation.units.filter(municipality=viewer.municipality)
        entries = entries.filter(unit_id__in=office.values("pk"))
    return standing(entries)


@query(scoped="starts from viewer.scope(JournalEntry) and viewer.scope(Case)")
def effort_report(viewer: Viewer, period: Period) -> Report:
    """The report of a period. Three queries, however many participants and entries."""
    counted = _counted(in_period(entries_of(viewer), period))
    phased = sees_all(viewer, Section.PROGRAMME)
    whole, by_phase = coverage_of(viewer, period) if phased else (None, [])
    return Report(
        period=period,
        units=_units(counted),
        by_phase=_phases(counted) if phased else [],
        coverage=whole,
        coverage_by_phase=by_phase,
        only_own=viewer.role in NAV_ROLES,
    )


@query(scoped="starts from viewer.scope(Case); contact with NAV is read from viewer.scope(JournalEntry)")
def coverage_of(viewer: Viewer, period: Period) -> tuple[Coverage, list[Coverage]]:
    """NAV's coverage among the participants the viewer sees, in all and by phase. Two queries."""
    cases = viewer.scope(Case)
    return coverages(stays(cases, period), nav_phases(journal_in_sight(viewer), period), period)


@dataclass(frozen=True)
class _Count:
    """One line of the count: of a unit and kind, of a unit, or of a phase and kind; what it is not of is empty."""

    of: str
    unit_id: UUID | None
    unit_name: str
    effort: str
    phase: str
    entries: int
    people: int
    minutes: int | None


_COUNTED = """
    WITH efforts AS MATERIALIZED ({efforts})
    SELECT CASE WHEN GROUPING(phase) = 0 THEN 'phase' WHEN GROUPING(effort) = 0 THEN 'kind' ELSE 'unit' END,
           unit_id, unit_name, effort, phase, count(*), count(DISTINCT case_id), sum(minutes)
      FROM efforts
     GROUP BY GROUPING SETS ((unit_id, unit_name, effort), (unit_id), (phase, effort))
"""


def _counted(efforts: QuerySet[Any]) -> dict[str, list[_Count]]:
    """The efforts counted in three ways while they are read once: by «kind» of each unit, by «unit», by «phase»."""
    rows = efforts.order_by().annotate(phase=WITH_PHASE)
    columns = rows.values("unit_id", "unit_name", "effort", "phase", "case_id", "minutes")
    try:
        sql, values = columns.query.sql_with_params()
    except EmptyResultSet:
        return {}
    found: dict[str, list[_Count]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED.format(efforts=sql), values)
        for row in cursor.fetchall():
            found.setdefault(row[0], []).append(_Count(*row))
    return found


def _units(counted: Mapping[str, list[_Count]]) -> list[UnitLine]:
    lines: dict[Any, UnitLine] = {}
    for one in counted.get("kind", ()):
        line = lines.setdefault(one.unit_id, UnitLine(one.unit_id, one.unit_name))
        line.by_kind[one.effort] = line.by_kind.get(one.effort, 0) + one.entries
    for one in counted.get("unit", ()):
        lines[one.unit_id].participants, lines[one.unit_id].minutes = one.people, one.minutes
    return sorted(lines.values(), key=lambda line: (-line.total, line.name))


def _phases(counted: Mapping[str, list[_Count]]) -> list[tuple[Phase, dict[str, int]]]:
    found: dict[str, dict[str, int]] = {}
    for one in counted.get("phase", ()):
        found.setdefault(one.phase, {})[one.effort] = one.entries
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
