"""The county's report: numbers from the municipalities' extracts, small cells hidden. Never live cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from samlop.access.viewer import Viewer
from samlop.cases.vocabulary import EffortKind
from samlop.core.queries import query
from samlop.effort.coverage import SHOWN_PHASES
from samlop.effort.extract import half_year_name
from samlop.effort.models import Counted, EffortExtract
from samlop.people.models import County, Municipality
from samlop.people.vocabulary import UnitKind
from samlop.stats.proportions import Shown, percent, suppress

SMALLEST = 5


@dataclass(frozen=True)
class CoverageLine:
    """Helped, not helped, the others and all participants; none where the number is hidden."""

    name: str
    helped: int | None
    not_helped: int | None
    others: int | None
    participants: int | None

    @property
    def in_need(self) -> int | None:
        """Shown where it is nothing new: the sum of two shown parts, or what is left of two shown numbers."""
        if self.helped is not None and self.not_helped is not None:
            return self.helped + self.not_helped
        if self.participants is not None and self.others is not None:
            return self.participants - self.others
        return None

    @property
    def percent(self) -> str:
        if self.helped is None or not self.in_need:
            return ""
        return percent(self.helped, self.in_need)


@dataclass
class CountyReport:
    """Everything on the page; ``taken_at`` is when the oldest of the numbers was counted."""

    county: County | None
    periods: list[tuple[date, str]]
    first_day: date | None
    municipalities: list[CoverageLine] = field(default_factory=list)
    total: CoverageLine | None = None
    phases: list[CoverageLine] = field(default_factory=list)
    units: list[tuple[str, Shown]] = field(default_factory=list)
    unit_total: Shown = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    taken_at: datetime | None = None

    @property
    def period_name(self) -> str:
        return half_year_name(self.first_day) if self.first_day else ""


@query(scoped="reads only extracts of the municipalities in the viewer's county, and suppresses first")
def county_report(viewer: Viewer, first_day: date | None = None) -> CountyReport:
    """The report of a half-year; the newest there is when none is asked for. Four queries."""
    county = viewer.unit.county if viewer.unit else None
    if county is None:
        return CountyReport(None, [], None)
    here = _municipalities(county, first_day)
    extracts = EffortExtract.objects.filter(municipality__in=here)
    days = list(extracts.order_by("-first_day").values_list("first_day", flat=True).distinct())
    chosen = first_day if first_day in days else (days[0] if days else None)
    found = CountyReport(county, [(day, half_year_name(day)) for day in days], chosen)
    if chosen is not None:
        _fill(found, here, list(extracts.filter(first_day=chosen)))
    return found


def _municipalities(county: County, on: date | None) -> list[Municipality]:
    codes = Q(codes__county=county)
    if on is not None:
        codes &= Q(codes__valid_from__lte=on) & (Q(codes__valid_to__isnull=True) | Q(codes__valid_to__gte=on))
    else:
        codes &= Q(codes__valid_to__isnull=True)
    return list(Municipality.objects.filter(codes).distinct())


def _fill(found: CountyReport, here: Iterable[Municipality], rows: list[EffortExtract]) -> None:
    names = {municipality.pk: municipality.name for municipality in here}
    people: dict[tuple[UUID, str], dict[str, int]] = defaultdict(dict)
    efforts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        if row.what == Counted.EFFORTS:
            efforts[row.unit_kind][row.kind] += row.count
        else:
            people[row.municipality_id, row.phase][row.what] = row.count
    whole = {key: counts for (key, phase), counts in people.items() if not phase}
    shown, total = suppress({key: _parts(counts) for key, counts in whole.items()}, SMALLEST)
    found.municipalities = [CoverageLine(names[key], *line) for key, line in shown.items()]
    found.municipalities.sort(key=lambda line: line.name)
    found.total = CoverageLine(str(found.county), *total) if shown else None
    found.phases = [_phase_line(phase, people) for phase in SHOWN_PHASES]
    found.units, found.unit_total = _efforts(efforts)
    found.missing = sorted(name for key, name in names.items() if key not in whole)
    found.taken_at = min((row.taken_at for row in rows), default=None)


def _parts(counts: Mapping[str, int]) -> list[int]:
    """Helped, in need but not helped, and the others: parts that add up to the participants."""
    need, helped = counts.get(Counted.IN_NEED, 0), counts.get(Counted.HELPED, 0)
    return [helped, need - helped, counts.get(Counted.PARTICIPANTS, 0) - need]


def _phase_line(phase: Any, people: Mapping[tuple[UUID, str], Mapping[str, int]]) -> CoverageLine:
    """One phase for the whole county. Each phase is a table of its own: the same person may be in several."""
    parts = [_parts(counts) for (_key, code), counts in people.items() if code == phase.value]
    sums = [sum(column) for column in zip(*parts, strict=True)] if parts else [0, 0, 0]
    shown, _total = suppress({phase: sums}, SMALLEST)
    return CoverageLine(str(phase.label), *shown[phase])


def _efforts(efforts: Mapping[str, Mapping[str, int]]) -> tuple[list[tuple[str, Shown]], Shown]:
    """Efforts by kind of unit and kind, with sums; the zeros of a kind nobody has used are hidden too."""
    table = {kind: [by_kind.get(code.value, 0) for code in EffortKind] for kind, by_kind in sorted(efforts.items())}
    shown, total = suppress(table, SMALLEST)
    names = dict(UnitKind.choices)
    return [(str(names.get(kind, kind)), line) for kind, line in shown.items()], total
