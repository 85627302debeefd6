"""Right and duty to a programme, with the reasons, before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.law.eligibility import Eligibility
from samlop.programme.law_of_case import Answer, law_of, told
from samlop.programme.models import Course, CourseFacts


@dataclass(frozen=True)
class RightsPage:
    """What the law says on the day, why, and what is uncertain; or what is missing before it can say anything."""

    case: Case
    course: Course
    facts: CourseFacts
    answer: Answer[Eligibility]
    reasons: list[tuple[str, str]]
    uncertain: list[tuple[str, str]]
    may_write: bool


@query(section=Section.PROGRAMME)
def rights_page(viewer: Viewer, case: Any) -> RightsPage:
    """Everything on the page of right and duty, on today's date."""
    law = law_of(case)
    answer = law.eligibility(today())
    rights = getattr(case, "viewer_rights", dict.fromkeys(Section, Right.MANAGE))
    return RightsPage(
        case=case,
        course=law.course,
        facts=law.facts,
        answer=answer,
        reasons=told(answer.value.reasons) if answer.value else [],
        uncertain=told(answer.value.uncertain) if answer.value else [],
        may_write=rights[Section.PROGRAMME] >= Right.CONTRIBUTE,
    )
