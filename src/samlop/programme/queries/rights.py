"""Right and duty to a programme, with the reasons, before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from samlop.access.viewer import Viewer
from samlop.cases.after_move import has_moved
from samlop.cases.models import Case
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.law.acts import ActId
from samlop.law.eligibility import Eligibility
from samlop.programme.absences import standing
from samlop.programme.law_of_case import Answer, law_of, told
from samlop.programme.models import Course, CourseFacts, Decision


@dataclass(frozen=True)
class RightsPage:
    """What the law says on the day ``on``, why, and what is uncertain; or what is missing for it to say."""

    case: Case
    course: Course
    facts: CourseFacts
    on: date
    is_decided: bool
    act: ActId
    answer: Answer[Eligibility]
    reasons: list[tuple[str, str]]
    uncertain: list[tuple[str, str]]
    training: list[tuple[str, str]]
    may_write: bool


@query(section=Section.PROGRAMME)
def rights_page(viewer: Viewer, case: Any) -> RightsPage:
    """Everything on the page of right and duty: on the day it was decided, or today where nothing is decided yet."""
    law = law_of(case)
    decided = [row.decided_on for row in standing(Decision.objects.filter(case=case, kind__in=("award", "refusal")))]
    on = max((day for day in decided if day), default=today())
    answer = law.eligibility(on)
    rights = getattr(case, "viewer_rights", dict.fromkeys(Section, Right.MANAGE))
    return RightsPage(
        case=case,
        course=law.course,
        facts=law.facts,
        on=on,
        is_decided=bool(decided),
        act=law.act,
        answer=answer,
        reasons=told(answer.value.reasons) if answer.value else [],
        uncertain=told(answer.value.uncertain) if answer.value else [],
        training=told(law.training()),
        may_write=rights[Section.PROGRAMME] >= Right.CONTRIBUTE and not has_moved(case),
    )
