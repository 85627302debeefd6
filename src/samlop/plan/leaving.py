"""When somebody leaves their unit: the steps they answer for get somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from samlop.cases.leaving import Leaver, Work
from samlop.cases.models import Case
from samlop.cases.vocabulary import CaseStatus
from samlop.core.gate import Entry
from samlop.core.rights import Section
from samlop.core.time import today
from samlop.people.models import User
from samlop.plan.editing import touch
from samlop.plan.models import Step
from samlop.plan.vocabulary import UNFINISHED


def theirs(leaver: Leaver) -> QuerySet[Step]:
    """Unfinished steps of open cases. One that ends while they are still there is theirs to report on."""
    rows = Step.objects.filter(
        user=leaver.user,
        unit=leaver.unit,
        status__in=UNFINISHED,
        removed_at__isnull=True,
        plan__is_current=True,
        case__status=CaseStatus.ACTIVE,
    )
    return rows.exclude(end_on__gte=today(), end_on__lte=leaver.last_day) if leaver.last_day > today() else rows


def cases(leaver: Leaver) -> Iterable[UUID]:
    return theirs(leaver).values_list("case_id", flat=True)


def pass_on(case: Case, leaver: Leaver, heir: User | None) -> Iterable[Entry]:
    """Give the steps to who takes over, or leave them with the unit, which still answers for them."""
    steps = list(theirs(leaver).filter(case=case).select_related("plan"))
    for step in steps:
        step.user = heir
        step.revision += 1
        step.save()
    if not steps:
        return []
    touch(steps[0].plan)
    data = {
        "titles": [step.title for step in steps],
        "old": leaver.user.name,
        "who": heir.name if heir else leaver.unit.name,
        "from": leaver.last_day + timedelta(days=1),
    }
    return [Entry(code="plan.steps.passed_on", section=Section.PLAN, case=case, data=data)]


STEPS = Work(cases, pass_on)
