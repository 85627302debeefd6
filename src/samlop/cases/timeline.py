"""The timeline (tidslinje): the journal of a case as the viewer may read it, with filters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils.functional import Promise

from samlop.access.models import Reading
from samlop.access.policy import Relation
from samlop.access.viewer import Viewer
from samlop.cases.journal import codes, sentence
from samlop.cases.models import Case, JournalEntry
from samlop.cases.presenters import GROUPS
from samlop.core.prepared import prepared
from samlop.core.rights import Right, Section
from samlop.core.sorting import sort_key
from samlop.core.time import OSLO, today
from samlop.people.vocabulary import Role

PAGE_SIZE = 40


@dataclass(frozen=True)
class Span:
    """A phase of the participant's way and its days (both count; none is open)."""

    code: str
    label: str | Promise
    first: date | None
    last: date | None


PHASES: list[Callable[[Case], Iterable[Span]]] = []
"""The phases of a case. Filled at start-up by the room that knows the course (``programme``)."""


@dataclass(frozen=True)
class Filter:
    """What the address asks for. ``before`` is the number to go on from; ``new`` is since the viewer's last visit."""

    unit: UUID | None = None
    group: str = ""
    phase: str = ""
    first: date | None = None
    last: date | None = None
    new: bool = False
    before: int | None = None


@dataclass(frozen=True)
class Line:
    """One entry as it is shown."""

    entry: JournalEntry
    sentence: str
    is_new: bool
    corrected_by: JournalEntry | None
    may_correct: bool

    @property
    def role(self) -> str:
        """The role acted in, in words."""
        return str(dict(Role.choices).get(self.entry.role, ""))


@dataclass
class Timeline:
    """A page of the timeline, newest first; ``older`` is where the next page begins."""

    lines: list[Line] = field(default_factory=list)
    older: int | None = None
    units: list[tuple[str, str]] = field(default_factory=list)
    groups: list[tuple[str, str]] = field(default_factory=list)
    phases: list[Span] = field(default_factory=list)
    last_visit: datetime | None = None


FOR_THOSE_WHO_WRITE: set[str] = set()
"""Codes of what is not settled yet: told to those who may write in the section, not to those who only see it."""
TOLD_LATER: set[str] = set()
"""Codes that the participant does not read, because a later entry tells it when it is theirs to know."""


def readable(viewer: Viewer, case: Case) -> QuerySet[JournalEntry]:
    """The entries of an opened case that its viewer may read: as ``viewer.scope``, without asking again who they are.

    A grant opens no journal, and an entry about a note for named persons is shown to those named only. What is being
    prepared is for those who prepare it.
    """
    sections = [s for s, held in case.viewer_relations.items() if viewer.right(s, held - {Relation.GRANT}) >= Right.SEE]
    plain = Q(section__in=[s.value for s in sections if s != Section.RESTRICTED])
    named = Q(section=Section.RESTRICTED.value, data__readers__contains=[str(viewer.user_id)])
    allowed = plain | named if Section.RESTRICTED in sections else plain
    writes = [s.value for s, right in case.viewer_rights.items() if right >= Right.CONTRIBUTE]
    entries = JournalEntry.objects.filter(allowed, case=case)
    entries = entries.exclude(~Q(section__in=writes), code__in=FOR_THOSE_WHO_WRITE)
    return entries.exclude(code__in=FOR_THOSE_WHO_WRITE | TOLD_LATER) if viewer.is_participant else entries


def last_visits(viewer: Viewer, cases: Iterable[UUID]) -> dict[UUID, datetime]:
    """When the viewer last opened each case before today: what came after is new to them. One query."""
    midnight = datetime.combine(today(), time.min, OSLO)
    return dict(_last_visits(viewer.signed_in.pk, list(cases), midnight))


@prepared
def _last_visits(user: UUID, cases: Collection[UUID], before: datetime) -> QuerySet[Reading, tuple[UUID, datetime]]:
    rows = Reading.objects.filter(user_id=user, case_id__among=cases, at__lt=before)
    return rows.order_by().values_list("case_id").annotate(Max("at"))


def line(
    viewer: Viewer, case: Case, entry: JournalEntry, corrections: dict[Any, JournalEntry], last_visit: datetime | None
) -> Line:
    corrected_by = corrections.get(entry.seq)
    return Line(
        entry=entry,
        sentence=sentence(entry),
        is_new=last_visit is not None and entry.at > last_visit and entry.user_id != viewer.user_id,
        corrected_by=corrected_by,
        may_correct=corrected_by is None and may_correct(viewer, case, entry),
    )


def may_correct(viewer: Viewer, case: Case, entry: JournalEntry) -> bool:
    """Who may correct an entry: whoever wrote it, and whoever manages its section. A correction is not corrected."""
    if entry.corrects is not None or not case.is_open or viewer.is_participant:
        return False
    right = case.viewer_rights[Section(entry.section)]
    return right >= Right.MANAGE or (right >= Right.SEE and entry.user_id == viewer.user_id)


def units(entries: QuerySet[JournalEntry]) -> list[tuple[str, str]]:
    rows = entries.exclude(unit_id=None).order_by().values_list("unit_id", "unit_name").distinct()
    return sorted({str(key): name for key, name in rows}.items(), key=lambda pair: sort_key(pair[1]))


def groups() -> list[tuple[str, str]]:
    """Kinds of entries to choose from: efforts, and the first word of every known code."""
    prefixes = {code.split(".")[0] for code in codes()}
    return sorted(((p, str(GROUPS.get(p, p))) for p in prefixes), key=lambda pair: sort_key(pair[1]))


EFFORTS = "efforts"


def filtered(entries: QuerySet[JournalEntry], wanted: Filter, page: Timeline) -> QuerySet[JournalEntry]:
    if wanted.unit:
        entries = entries.filter(unit_id=wanted.unit)
    if wanted.group == EFFORTS:
        entries = entries.exclude(effort="")
    elif wanted.group:
        entries = entries.filter(code__startswith=f"{wanted.group}.")
    for span in page.phases:
        if span.code == wanted.phase:
            entries = _between(entries, span.first, span.last)
    entries = _between(entries, wanted.first, wanted.last)
    if wanted.new and page.last_visit:
        entries = entries.filter(at__gt=page.last_visit)
    return entries.filter(seq__lt=wanted.before) if wanted.before else entries


def _between(entries: QuerySet[JournalEntry], first: date | None, last: date | None) -> QuerySet[JournalEntry]:
    if first:
        entries = entries.filter(happened_on__gte=first)
    return entries.filter(happened_on__lte=last) if last else entries
