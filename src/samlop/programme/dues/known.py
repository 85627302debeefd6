"""Everything about one case that its due items are derived from, loaded for the whole caseload at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samlop.cases.caseload import Caseload
from samlop.cases.models import Case
from samlop.cases.vocabulary import TeamFunction
from samlop.core.due import DueItem
from samlop.core.prepared import prepared
from samlop.core.rights import Right
from samlop.law.absence import AddedTime
from samlop.law.acts import ActId
from samlop.law.deadlines import Deadline
from samlop.law.remaining import LatestEnd
from samlop.law.texts import Note
from samlop.programme.absences import added, days_away, days_of_leave, standing
from samlop.programme.law_of_case import Answer, LawOfCase, language
from samlop.programme.models import Complaint, Course, CourseFacts, Decision
from samlop.programme.running import came_running
from samlop.programme.signing import signers


@dataclass
class Known:
    """One case on a day."""

    caseload: Caseload
    law: LawOfCase
    on: date
    decisions: list[Decision] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    days_away: Counter[str] = field(default_factory=Counter)
    signers: Callable[[], set[tuple[UUID, UUID, str]]] = set
    """Who signs by delegation (``signing.signers``), asked for where a draft waits for a signature."""

    @property
    def case(self) -> Case:
        return self.law.case

    @property
    def course(self) -> Course:
        return self.law.course

    @property
    def facts(self) -> CourseFacts:
        return self.law.facts

    @cached_property
    def act(self) -> ActId:
        return self.law.act

    @cached_property
    def standing(self) -> list[Decision]:
        """Signed decisions that no later one replaces, oldest first."""
        return sorted(standing(self.decisions), key=lambda row: (row.decided_on or self.on, row.prepared_at))

    @cached_property
    def drafts(self) -> list[Decision]:
        return [row for row in self.decisions if row.is_draft]

    def last(self, kind: str) -> Decision | None:
        """The newest standing decision of a kind."""
        return next((row for row in reversed(self.standing) if row.kind == kind), None)

    @cached_property
    def came_running(self) -> bool:
        """Whether the programme was already running when the case came into Samløp."""
        return came_running(self.case, self.course)

    @cached_property
    def deadlines(self) -> Answer[tuple[Deadline, ...]]:
        return self.law.deadlines()

    def deadline(self, identity: str) -> Deadline | None:
        """The law's deadline by its id; none where its clock has not started."""
        return next((row for row in self.deadlines.value or () if row.id == identity), None)

    @cached_property
    def added_time(self) -> AddedTime:
        """What absence and leave add to the programme."""
        return added(self.days_away, self.course.start_on or self.on, self.act)

    def limit(self) -> LatestEnd | None:
        """The last lawful day with the time that is added; none where the facts do not tell."""
        if self.course.start_on is None or not self.facts.education:
            return None
        return self.law.latest_end(self.added_time).value

    def is_beyond_law(self) -> bool:
        """Whether the planned end lies after the last lawful day, as far as leaves alone tell."""
        end, latest = self.course.planned_end_on, self.limit()
        if end is None or latest is None or self.course.ended_on is not None:
            return False
        return end > (latest.extended if self.last("extension") and latest.extended else latest.ordinary)

    def item(
        self,
        code: str,
        what: str,
        why: str,
        due_on: date | None,
        *,
        action: str,
        url: str,
        uncertain: Iterable[Note] = (),
        leader: bool = False,
        asks: Right = Right.CONTRIBUTE,
    ) -> DueItem:
        """A line for the main contact, or for the leader who signs. What is uncertain is said in the reason."""
        unit_id, user_id = self._leader() if leader else self.caseload.main_contact(self.case.pk)
        doubts = [note.text.in_language(language()) for note in uncertain]
        return DueItem(
            code=f"programme.{code}",
            case_id=self.case.pk,
            what=what,
            why=" ".join([why, *(_("Usikkert: %(text)s") % {"text": text} for text in doubts)]),
            due_on=due_on,
            unit_id=unit_id,
            user_id=user_id,
            action=action,
            url=url,
            asks=asks,
        )

    def is_signed_by_main_contact(self, kind: str) -> bool:
        """Whether the main contact signs a kind of decision by delegation: the draft then waits for them."""
        unit_id, user_id = self.caseload.main_contact(self.case.pk)
        return (user_id, unit_id, kind) in self.signers()

    def _leader(self) -> tuple[UUID | None, UUID | None]:
        for place in self.caseload.team.get(self.case.pk, []):
            if place.function == TeamFunction.LEADER and place.user_id:
                return place.unit_id, place.user_id
        return self.case.owner_unit_id, None

    def page(self, name: str, *args: object, at: str = "") -> str:
        """The address of a page of the case, and the place on it."""
        return reverse(f"programme:{name}", args=[self.case.pk, *args]) + (f"#{at}" if at else "")


def rules(references: Iterable[str]) -> str:
    """Paragraphs as one text."""
    return "; ".join(references)


@prepared
def _facts(cases: Collection[UUID]) -> QuerySet[CourseFacts]:
    return CourseFacts.objects.filter(case_id__among=cases)


@prepared
def _decisions(cases: Collection[UUID]) -> QuerySet[Decision]:
    """The decisions without their long texts; ``has_reasons`` says whether there are reasons."""
    rows = Decision.objects.filter(case_id__among=cases).annotate(has_reasons=~Q(reasons=""))
    return rows.defer("reasons", "references", "signed_by_name", "signed_by_title")


@prepared
def _complaints(cases: Collection[UUID]) -> QuerySet[Complaint]:
    return Complaint.objects.filter(case_id__among=cases)


def known(caseload: Caseload, courses: dict[UUID, Course], on: date) -> list[Known]:
    """What is known of each case. Three queries however many cases, and one where a draft waits for a signature.

    The days people were away are many, and they only matter where the planned end lies after the last lawful day
    without them: they are asked for those cases alone, once, with the days before a move.
    """
    ids = caseload.ids
    facts = {row.case_id: row for row in _facts(ids)}
    decisions: dict[UUID, list[Decision]] = {}
    for row in _decisions(ids):
        decisions.setdefault(row.case_id, []).append(row)
    complaints: dict[UUID, list[Complaint]] = {}
    for complaint in _complaints(ids):
        complaints.setdefault(complaint.case_id, []).append(complaint)
    away = days_of_leave(ids, [row for found in decisions.values() for row in found])
    towns = {case.municipality_id for case in caseload.cases.values()}
    delegated = cache(lambda: signers(towns, on))
    made = [
        Known(
            caseload=caseload,
            law=LawOfCase(case, courses.get(key) or Course(case_id=key), facts.get(key) or CourseFacts(case_id=key)),
            on=on,
            decisions=decisions.get(key, []),
            complaints=complaints.get(key, []),
            days_away=away[key],
            signers=delegated,
        )
        for key, case in caseload.cases.items()
    ]
    late = {one.case.pk: one for one in made if one.is_beyond_law()}
    for key, days in days_away([one.case for one in late.values()]).items() if late else ():
        late[key].days_away = days
        late[key].__dict__.pop("added_time", None)
    return made
