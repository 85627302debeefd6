"""What a list of participants tells of their programme: its days, its goal, and what was decided before Samløp.

The names of ``Begun`` are those of the columns, so that what is wrong is told at the cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.rights import Section
from samlop.core.time import now, today
from samlop.people.numbers import refuse_number_in
from samlop.programme.kinds import DecisionKind, section_of, typed
from samlop.programme.models import Course, Decision, DecisionStatus
from samlop.programme.telling import of_decision

ROOM = "programme"
"""The name under which a row carries its ``Begun`` (``cases.importing.MORE``)."""


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A programme as a list tells it. ``planned_end`` is the last planned day now; where the programme has been
    extended, ``end_was`` is the one before. Days of decisions are the days they were made."""

    programme_start: date | None = None
    planned_end: date | None = None
    end_goal: str = ""
    awarded_on: date | None = None
    signed_by: str = ""
    benefit: bool = True
    norwegian: bool = True
    plan_on: date | None = None
    contract_on: date | None = None
    extended_on: date | None = None
    end_was: date | None = None

    def decisions(self) -> Iterator[tuple[DecisionKind, date, Mapping[str, Any]]]:
        """What was decided: kind, day and what it says, oldest errand first."""
        if self.awarded_on:
            said = {
                "start_on": self.programme_start,
                "planned_end_on": self.end_was or self.planned_end,
                "end_goal": self.end_goal,
                "benefit": self.benefit,
                "norwegian": self.norwegian,
            }
            yield DecisionKind.AWARD, self.awarded_on, said
        if self.plan_on:
            plan = {"occasion": "drawn_up", "plan_dated": self.plan_on, "norwegian": self.norwegian}
            yield DecisionKind.PLAN, self.plan_on, {**plan, "contract_on": self.contract_on}
        if self.extended_on:
            longer = {"end_was": self.end_was, "planned_end_on": self.planned_end}
            yield DecisionKind.EXTENSION, self.extended_on, longer


HEADS = {
    "programme_start": "Programstart",
    "planned_end": "Planlagt slutt",
    "end_goal": "Sluttmål",
    "awarded_on": "Vedtak om program",
    "signed_by": "Vedtak undertegnet av",
    "benefit": "Introduksjonsstønad",
    "norwegian": "Norskopplæring",
    "plan_on": "Vedtak om plan",
    "contract_on": "Integreringskontrakt",
    "extended_on": "Vedtak om forlengelse",
    "end_was": "Slutt før forlengelsen",
}
"""What the columns are called. They are the same in every language, as the heads of the list."""

_TOGETHER = (
    ("planned_end", ("programme_start",)),
    ("awarded_on", ("programme_start", "planned_end", "end_goal", "signed_by")),
    ("signed_by", ("awarded_on",)),
    ("plan_on", ("awarded_on",)),
    ("contract_on", ("plan_on",)),
    ("extended_on", ("awarded_on", "end_was")),
    ("end_was", ("extended_on",)),
)
"""A column, and those that must be filled in where it is."""


def checked(begun: Begun) -> Begun:
    """The same, where it can be. Raises ``Refused`` at the column: ``missing_value``, ``end_before_start``,
    ``not_longer``, ``future_day``, ``number_in_text``."""
    for name, needed in _TOGETHER:
        lacks = next((one for one in needed if not getattr(begun, one)), "") if getattr(begun, name) else ""
        if lacks:
            text = _("Når denne cellen er fylt ut, må også «%(head)s» være det.") % {"head": HEADS[lacks]}
            raise Refused("missing_value", text, name)
    refuse_number_in(begun.signed_by, "signed_by")
    start, end = begun.programme_start, begun.planned_end
    if start and end and end < start:
        raise Refused("end_before_start", _("Programmet kan ikke slutte før det starter."), "planned_end")
    if start and begun.end_was and begun.end_was < start:
        raise Refused("end_before_start", _("Programmet kan ikke slutte før det starter."), "end_was")
    if end and begun.end_was and end <= begun.end_was:
        text = _("«Planlagt slutt» er siste dag nå, og må komme etter slutten før forlengelsen.")
        raise Refused("not_longer", text, "planned_end")
    for name in ("awarded_on", "plan_on", "contract_on", "extended_on"):
        if (found := getattr(begun, name)) and found > today():
            raise Refused("future_day", _("Datoen kan ikke være fram i tid."), name)
    return begun


def keep(told: Sequence[tuple[Case, Begun]], by: Viewer) -> list[Entry]:
    """Make the courses of new cases, and write in what was decided before they came. Two statements, however many.

    Whoever may register participants from a list may also tell this of them (``import_cases``).
    """
    entries: list[Entry] = []
    courses: list[Course] = []
    decisions: list[Decision] = []
    for case, begun in told:
        start, end = begun.programme_start, begun.planned_end
        courses.append(
            Course(
                case=case,
                municipality_id=case.municipality_id,
                start_on=start,
                planned_end_on=end,
                end_goal=begun.end_goal,
            )
        )
        if start is not None:
            data = {"start_on": start, "planned_end_on": end, "start_was": None, "end_was": None}
            entries.append(_entry(case, "programme.dates_set", data))
        if begun.end_goal:
            entries.append(_entry(case, "programme.end_goal_set", {"end_goal": begun.end_goal, "was": ""}))
        for kind, decided_on, said in begun.decisions():
            row = written_in(case, kind, typed(kind, said), decided_on, begun.signed_by, by)
            decisions.append(row)
            entry = of_decision(row, "written_in", decided_on=decided_on, again=False)
            entry.case = case
            entries.append(entry)
    Course.objects.bulk_create(courses)
    Decision.objects.bulk_create(decisions)
    return entries


def written_in(
    case: Case, kind: DecisionKind, found: Mapping[str, Any], decided_on: date, signed_by_name: str, by: Viewer
) -> Decision:
    """A decision from before Samløp as it is kept, not saved yet; ``found`` is what it decided (``kinds.typed``)."""
    return Decision(
        case=case,
        municipality_id=case.municipality_id,
        kind=kind.value,
        section=section_of(kind).value,
        status=DecisionStatus.SIGNED,
        before_samlop=True,
        data=found,
        prepared_by=by.user,
        prepared_by_name=by.name,
        prepared_at=now(),
        signed_by_name=signed_by_name[:200],
        signed_at=now(),
        decided_on=decided_on,
    )


def _entry(case: Case, code: str, data: dict[str, Any]) -> Entry:
    return Entry(code=code, section=Section.PROGRAMME, case=case, data=data)
