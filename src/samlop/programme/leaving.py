"""When somebody leaves their unit: the drafts of decisions they prepared get somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from samlop.cases.leaving import Leaver, Work
from samlop.cases.models import Case, TeamMember
from samlop.cases.vocabulary import CaseStatus
from samlop.core.gate import Entry
from samlop.people.models import User
from samlop.programme.models import Decision, DecisionStatus
from samlop.programme.telling import of_decision


def theirs(leaver: Leaver) -> QuerySet[Decision]:
    """Drafts they prepared in open cases that their unit owns or is in the team of."""
    team = TeamMember.objects.filter(unit=leaver.unit).values("case_id")
    ours = Q(case__owner_unit=leaver.unit) | Q(case_id__in=team)
    return Decision.objects.filter(
        ours, prepared_by=leaver.user, status=DecisionStatus.DRAFT, case__status=CaseStatus.ACTIVE
    )


def cases(leaver: Leaver) -> Iterable[UUID]:
    return theirs(leaver).values_list("case_id", flat=True).distinct()


def pass_on(case: Case, leaver: Leaver, heir: User | None) -> Iterable[Entry]:
    """Give the drafts to who takes over. With the unit alone nobody in particular has prepared them: whoever writes on
    does."""
    entries = []
    for draft in theirs(leaver).filter(case=case):
        draft.prepared_by = heir
        if heir is not None:
            draft.prepared_by_name = heir.name
        draft.save()
        who = heir.name if heir else leaver.unit.name
        told = of_decision(draft, "passed_on", old=leaver.user.name, who=who)
        told.case = case
        entries.append(told)
    return entries


DRAFTS = Work(cases, pass_on)
