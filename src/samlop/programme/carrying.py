"""When the participant moves: the course goes on in the new municipality, with the days it has used."""

from __future__ import annotations

from collections.abc import Iterable

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.gate import Entry
from samlop.core.rights import Section
from samlop.core.time import today
from samlop.programme.finishing import SETTLES
from samlop.programme.models import Course, CourseFacts, Decision, DecisionStatus, EndReason
from samlop.programme.telling import of_decision

COURSE = (
    "start_on", "planned_end_on", "end_goal", "track", "mapping_done_on", "mapping_done_by_id", "nav_need",
    "nav_need_clarified_on", "nav_need_clarified_by_id",
)  # fmt: skip
"""What goes along of the course. The dates too: the days of programme that are used, are used."""

FACTS = (
    "education", "nordic_or_eea", "offered_start_on", "offered_norwegian_on", "career_guidance_on",
    "social_studies_done_on", "norwegian_done_on", "used_before_days",
)  # fmt: skip
"""What goes along of the facts: what is about the person, not about living in the old municipality."""


def carry(old: Case, new: Case, by: Viewer) -> Iterable[Entry]:
    """Copy dates, end goal, track, mapping, need for NAV and the facts that follow the person, and end the old course.

    The old course stays and can be read there; its decisions are not carried: the new municipality makes its own, and
    gets the drafts of those it makes now. A course that had ended does not go on. The day a course that has begun was
    offered from goes along even where only its start tells it: it decides which lengths hold, also when the new
    municipality's award begins later.
    """
    course = Course.objects.filter(case=old, ended_on__isnull=True).first()
    facts = CourseFacts.objects.filter(case=old).first()
    offered = course.start_on if course is not None and _has_begun(course) else None
    if facts is not None:
        kept = {name: getattr(facts, name) for name in FACTS}
        CourseFacts.objects.create(case=new, **{**kept, "offered_start_on": facts.offered_start_on or offered})
    elif offered is not None:
        CourseFacts.objects.create(case=new, offered_start_on=offered)
    drafts = _drafts(old, new)
    if course is None:
        return drafts
    Course.objects.create(case=new, **{name: getattr(course, name) for name in COURSE})
    data = {
        "municipality": str(old.municipality),
        "start_on": course.start_on,
        "planned_end_on": course.planned_end_on,
    }
    return [
        *_end(course, old),
        Entry(code="programme.carried_over", section=Section.PROGRAMME, case=new, data=data),
        *drafts,
    ]


def _drafts(old: Case, new: Case) -> list[Entry]:
    """Drafts on how the programme goes on follow to the new municipality, which decides it now; nobody there has
    prepared them until somebody writes on. Those about the old municipality's own time stay and are finished there."""
    entries = []
    for draft in Decision.objects.filter(case=old, status=DecisionStatus.DRAFT).exclude(kind__in=SETTLES):
        copy = Decision.objects.create(
            case=new,
            kind=draft.kind,
            section=draft.section,
            data=draft.data,
            reasons=draft.reasons,
            references=draft.references,
            language=draft.language,
            prepared_by_name=f"{draft.prepared_by_name}, {old.municipality}"[:200],
            prepared_at=draft.prepared_at,
        )
        for decision, case, code in ((draft, old, "moved_along"), (copy, new, "came_along")):
            told = of_decision(decision, code, municipality=str(old.municipality))
            told.case = case
            entries.append(told)
        draft.delete()
    return entries


def _has_begun(course: Course) -> bool:
    return course.start_on is not None and course.start_on <= today()


def _end(course: Course, old: Case) -> list[Entry]:
    """In the old municipality the programme ends today, or on the planned last day if that has passed.

    One that has not begun there has nothing to end.
    """
    if not _has_begun(course):
        return []
    course.ended_on, course.end_reason = min(today(), course.planned_end_on or today()), EndReason.MOVED
    course.save()
    data = {"ended_on": course.ended_on, "reason": course.end_reason}
    return [Entry(code="programme.ended", section=Section.PROGRAMME, case=old, data=data)]
