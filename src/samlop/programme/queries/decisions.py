"""The decisions of a case: the list, and one with its letter, its time to appeal and its complaints."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from samlop.access.viewer import Viewer
from samlop.cases.after_move import has_moved, last_day_to_settle, settles_up
from samlop.cases.models import Case
from samlop.core.errors import not_found
from samlop.core.gate import gate
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.law.deadlines import Deadline, PlainDeadline, appeal_reply_due
from samlop.programme.absences import is_granted_leave
from samlop.programme.appeals import appeal_deadline, is_over_a_year
from samlop.programme.finishing import kinds_open
from samlop.programme.kinds import EARLIER, DecisionKind
from samlop.programme.law_of_case import told
from samlop.programme.models import Complaint, Course, CourseFacts, Decision
from samlop.programme.new_end import NewEnd, new_end
from samlop.programme.presenting import Parts, parts, plain
from samlop.programme.running import lacks_earlier
from samlop.programme.signing import may_sign


@dataclass(frozen=True)
class ComplaintRow:
    """A complaint with what its page needs. ``over_a_year``: it came so late that it can only be dismissed."""

    complaint: Complaint
    late: bool
    over_a_year: bool
    reply_due: PlainDeadline
    uncertain: list[tuple[str, str]]


@dataclass(frozen=True)
class DecisionRow:
    """A decision as the list shows it."""

    decision: Decision
    plain: str
    appeal: Deadline | None
    may_still_appeal: bool


@dataclass(frozen=True)
class DecisionsPage:
    """The decisions of a case, newest first; ``kinds`` are those that the viewer may prepare.

    ``earlier_kinds`` are those the viewer may write in from before Samløp; ``lacks_award`` is whether the programme was
    running when the case came here, and the decision that awarded it is not written in; ``nothing_earlier_on`` is when
    somebody said that there is none. ``settles_until`` is the last
    day on which the municipality that the participant left may still make its own.
    """

    case: Case
    rows: list[DecisionRow]
    kinds: list[DecisionKind]
    may_prepare: bool
    is_own: bool
    course: Course
    earlier_kinds: tuple[DecisionKind, ...] = ()
    lacks_award: bool = False
    nothing_earlier_on: date | None = None
    settles_until: date | None = None


@dataclass(frozen=True)
class DecisionPage:
    """One decision.

    ``may_replace`` is whether a new one can be made instead of it, ``may_correct`` whether it was written in from
    before Samløp and can be written anew. ``new_end`` is the later last day that granted leave gives, where the viewer
    sets it.
    """

    case: Case
    decision: Decision
    parts: Parts
    plain: str
    appeal: Deadline | None
    replaced_by: Decision | None
    complaints: list[ComplaintRow] = field(default_factory=list)
    may_prepare: bool = False
    may_replace: bool = False
    may_sign: bool = False
    may_manage: bool = False
    may_correct: bool = False
    new_end: NewEnd | None = None
    is_own: bool = False

    @property
    def open_complaint(self) -> bool:
        rows = [row.complaint for row in self.complaints]
        return any(row.outcome_on is None and row.reconsideration in ("", "upheld") for row in rows)

    @property
    def may_still_appeal(self) -> bool:
        """Whether the time to appeal has not run out, or nobody knows when it began."""
        return self.appeal is None or self.appeal.due >= today()

    @property
    def can_only_be_dismissed(self) -> bool:
        """Whether the complaint that waits came too late and nobody has said why it is treated all the same."""
        waiting = [row for row in self.complaints if row.complaint.reconsidered_on is None]
        return any(row.late and not row.complaint.late_accepted for row in waiting)


def _visible(viewer: Viewer, case: Case) -> Any:
    """The decisions of a case that the viewer may read: drafts only for those who prepare, and the participant's own
    from the day they were given them – those from before Samløp they have been given already."""
    rows = viewer.scope(Decision).filter(case=case)
    if viewer.is_participant:
        return rows.filter(Q(sent_on__isnull=False) | Q(before_samlop=True), status="signed")
    return rows if _right(case) >= Right.CONTRIBUTE else rows.filter(status="signed")


def _right(case: Case) -> Right:
    rights: dict[Section, Right] = getattr(case, "viewer_rights", dict.fromkeys(Section, Right.MANAGE))
    return rights[Section.PROGRAMME]


@query(section=Section.PROGRAMME)
def decisions_page(viewer: Viewer, case: Any) -> DecisionsPage:
    """The list of decisions. What is about money is left out for those who may not see the economy of the case."""
    found = list(_visible(viewer, case).order_by("-prepared_at"))
    if any(row.section == Section.ECONOMY for row in found):
        gate().open(viewer, case, Section.ECONOMY, Right.SEE)
    may_prepare = _right(case) >= Right.CONTRIBUTE
    may_write_in = _right(case) >= Right.MANAGE and not has_moved(case)
    course = Course.objects.filter(case=case).first() or Course(case=case, municipality_id=case.municipality_id)
    facts = CourseFacts.objects.filter(case=case).first() if may_write_in else None
    has_award = any(row.kind in ("award", "refusal") for row in found if not row.is_draft)
    return DecisionsPage(
        case=case,
        rows=[_row(case, decision) for decision in found],
        kinds=kinds_open(case) if may_prepare else [],
        may_prepare=may_prepare,
        is_own=viewer.is_participant,
        course=course,
        earlier_kinds=EARLIER if may_write_in else (),
        lacks_award=lacks_earlier(case, course, facts, has_award=has_award),
        nothing_earlier_on=facts.nothing_earlier_on if facts and not has_award else None,
        settles_until=last_day_to_settle(case) if may_prepare and settles_up(case) else None,
    )


def _row(case: Case, decision: Decision) -> DecisionRow:
    appeal = appeal_deadline(case, decision)
    return DecisionRow(
        decision=decision,
        plain=plain(decision.kind, decision.data),
        appeal=appeal,
        may_still_appeal=appeal is not None and appeal.due >= today(),
    )


@query(section=Section.PROGRAMME)
def decision_page(viewer: Viewer, case: Any, decision_id: UUID) -> DecisionPage:
    """One decision with everything that has happened to it. Raises ``Refused('not_found')``."""
    decision = _visible(viewer, case).filter(pk=decision_id).select_related("replaces", "delegation").first()
    if decision is None:
        raise not_found()
    if decision.section == Section.ECONOMY:
        gate().open(viewer, case, Section.ECONOMY, Right.SEE)
    right, appeal = _right(case), appeal_deadline(case, decision)
    open_for = kinds_open(case, decision.replaces if decision.is_draft else decision)
    complaints = (
        viewer.scope(Complaint).filter(decision=decision).select_related("decision").order_by("received_on", "pk")
    )
    replaced_by = decision.replaced_by.filter(status="signed").first()
    return DecisionPage(
        case=case,
        decision=decision,
        parts=parts(decision.kind, decision.data),
        plain=plain(decision.kind, decision.data),
        appeal=appeal,
        replaced_by=replaced_by,
        complaints=[_complaint(row, appeal) for row in complaints],
        may_prepare=right >= Right.CONTRIBUTE,
        may_replace=right >= Right.CONTRIBUTE and decision.kind in open_for,
        may_sign=decision.is_draft
        and right >= Right.CONTRIBUTE
        and decision.kind in open_for
        and may_sign(viewer, case, decision.kind),
        may_manage=right >= Right.MANAGE,
        new_end=new_end(case) if right >= Right.MANAGE and not has_moved(case) and _lengthens(decision) else None,
        may_correct=decision.before_samlop and right >= Right.MANAGE and replaced_by is None and not has_moved(case),
        is_own=viewer.is_participant,
    )


def _lengthens(decision: Decision) -> bool:
    return not decision.is_draft and is_granted_leave(decision)


def _complaint(row: Complaint, appeal: Deadline | None) -> ComplaintRow:
    due = appeal_reply_due(row.received_on)
    late = appeal is not None and row.received_on > appeal.due
    return ComplaintRow(row, late, late and is_over_a_year(row.decision, row.received_on), due, told(due.uncertain))
