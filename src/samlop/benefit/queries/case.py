"""The page of one participant's benefit: what was paid and why, what is uncertain, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from samlop.access.viewer import Viewer
from samlop.benefit.facts import facts_of
from samlop.benefit.instalments import first_open_month, rest_of
from samlop.benefit.models import Circumstance, Correction, Draft, PaidWork, Payee, RepaymentPlan, Statement
from samlop.benefit.plain import month_named
from samlop.benefit.questions import Question
from samlop.benefit.rules_known import rules_on
from samlop.benefit.showing import Shown, shown
from samlop.benefit.standing import questions_of, settled_in
from samlop.benefit.statements import Answer, answer
from samlop.benefit.vocabulary import CircumstanceKind, CorrectionState, PlanState
from samlop.cases.models import Case
from samlop.cases.vocabulary import CaseStatus
from samlop.core.errors import not_found
from samlop.core.queries import query
from samlop.core.rights import Permission, Right, Section
from samlop.core.time import today
from samlop.law.dates import Month, age_on
from samlop.people.models import FamilyMember
from samlop.people.vocabulary import Relation

PARENTS_UNTIL = 25
"""The rate for those who live with their parents is for those under this age (integreringsloven § 20)."""


@dataclass(frozen=True)
class Proposal:
    """A circumstance that the family relations suggest; a person decides."""

    kind: str
    why: FamilyMember
    other_case: Case | None = None


@dataclass(frozen=True)
class PlanLine:
    """A repayment plan with what the viewer may do about it."""

    plan: RepaymentPlan
    rest_ore: int
    may_confirm: bool
    may_withdraw: bool
    may_stop: bool


@dataclass(frozen=True)
class CorrectionLine:
    """A difference of a closed month with its plans, and whether it may be split into instalments."""

    row: Correction
    plans: list[PlanLine]
    may_split: bool

    @property
    def is_proposed(self) -> bool:
        """Whether a plan waits for the second person."""
        return any(one.plan.state == PlanState.PROPOSED for one in self.plans)


@dataclass
class CasePage:
    """The benefit of one participant."""

    case: Case
    statements: list[Shown]
    current: Answer | None
    current_month: Month
    circumstances: list[Circumstance]
    withdrawn: list[Circumstance]
    work: list[PaidWork]
    reference: str
    corrections: list[Correction]
    correction_lines: list[CorrectionLine] = field(default_factory=list)
    first_open: Month | None = None
    draft: Draft | None = None
    questions: list[Question] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    may_write: bool = False
    may_settle: bool = False


@query(section=Section.ECONOMY)
def case_page(viewer: Viewer, case: Any) -> CasePage:
    """The page of a participant's benefit. A fixed number of queries however many months."""
    statements = list(Statement.objects.filter(case=case).select_related("run")[:36])
    rows = list(Circumstance.objects.filter(case=case).select_related("told_by", "other_case__person"))
    month = Month(today().year, today().month)
    draft = Draft.objects.filter(case=case).select_related("run").order_by("-month").first()
    page = CasePage(
        case=case,
        statements=[shown(one) for one in statements],
        current=_so_far(case, month),
        current_month=month,
        circumstances=[row for row in rows if row.withdrawn_at is None],
        withdrawn=[row for row in rows if row.withdrawn_at is not None],
        work=list(PaidWork.objects.filter(case=case, withdrawn_at__isnull=True)[:24]),
        reference=Payee.objects.filter(case=case).values_list("reference", flat=True).first() or "",
        corrections=list(
            Correction.objects.filter(case=case)
            .exclude(state=CorrectionState.PAID)
            .select_related("proposed_by", "confirmed_by")
        ),
        draft=draft,
        may_write=case.viewer_rights[Section.ECONOMY] >= Right.MANAGE,
        may_settle=viewer.may(Permission.PREPARE_BENEFIT),
    )
    page.correction_lines = _correction_lines(viewer, case, page.corrections)
    if any(line.may_split for line in page.correction_lines):
        page.first_open = first_open_month(case.municipality_id, today())
    if draft is not None:
        page.questions = questions_of(draft, settled_in(draft.run, [case.pk]).get(case.pk, {}))
    if page.may_write:
        page.proposals = _proposals(viewer, case, page.circumstances)
    return page


def _correction_lines(viewer: Viewer, case: Case, rows: list[Correction]) -> list[CorrectionLine]:
    """The differences with their plans. Two queries, none where there is no difference."""
    if not rows:
        return []
    plans = RepaymentPlan.objects.filter(case=case).select_related("proposed_by", "confirmed_by", "decision")
    by_correction: dict[object, list[PlanLine]] = {row.pk: [] for row in rows}
    may_approve = viewer.may(Permission.APPROVE_BENEFIT)
    for plan in plans.prefetch_related("instalments__statement"):
        is_other = plan.proposed_by_id != viewer.user_id
        is_proposed, rest = plan.state == PlanState.PROPOSED, rest_of(plan)
        line = PlanLine(
            plan,
            rest,
            may_confirm=may_approve and is_proposed and is_other,
            may_withdraw=is_proposed and viewer.may(Permission.PREPARE_BENEFIT),
            may_stop=may_approve and plan.state == PlanState.CONFIRMED and is_other and rest > 0,
        )
        by_correction.setdefault(plan.correction_id, []).append(line)
    return [CorrectionLine(row, by_correction[row.pk], _may_split(viewer, row, by_correction[row.pk])) for row in rows]


def _may_split(viewer: Viewer, row: Correction, plans: list[PlanLine]) -> bool:
    if row.difference_ore >= 0 or row.state == CorrectionState.ELSEWHERE:
        return False
    runs = any(one.plan.state == PlanState.CONFIRMED and one.rest_ore for one in plans)
    return viewer.may(Permission.PREPARE_BENEFIT) and (row.state != CorrectionState.INSTALMENTS or runs)


def _so_far(case: Case, month: Month) -> Answer | None:
    """How the month that is not over looks now; none outside the programme."""
    found = facts_of([case.pk], month).get(case.pk)
    if found is None or found.person is None:
        return None
    result = answer(found, rules_on(today()))
    return result if result.lines else None


def _proposals(viewer: Viewer, case: Case, known: list[Circumstance]) -> list[Proposal]:
    """What the family relations suggest, where nothing of the kind is written down and holds."""
    day = today()
    there = {row.kind for row in known if row.valid_to is None or row.valid_to >= day}
    family = list(FamilyMember.objects.filter(person_id=case.person_id, lives_together=True).select_related("other"))
    found = []
    born = case.person.birth_date
    young = born is not None and age_on(born, day) < PARENTS_UNTIL
    parent = next((one for one in family if one.relation == Relation.PARENT), None)
    if parent is not None and young and CircumstanceKind.WITH_PARENTS not in there:
        found.append(Proposal(CircumstanceKind.WITH_PARENTS, parent))
    spouse = next(
        (one for one in family if one.relation in (Relation.SPOUSE, Relation.COHABITANT) and one.in_programme), None
    )
    children = FamilyMember.objects.filter(person_id=case.person_id, relation=Relation.CHILD)
    if spouse is not None and CircumstanceKind.COUPLE not in there and not children.exists():
        found.append(Proposal(CircumstanceKind.COUPLE, spouse, _case_of(viewer, spouse)))
    return found


def _case_of(viewer: Viewer, member: FamilyMember) -> Case | None:
    if member.other_id is None:
        return None
    cases = viewer.scope(Case).filter(person_id=member.other_id, status=CaseStatus.ACTIVE)
    found: Case | None = cases.select_related("person").first()
    return found


@query(section=Section.ECONOMY)
def family_cases(viewer: Viewer, case: Any) -> list[Case]:
    """The cases of a participant's spouse or cohabitant that the viewer may see: what a couple can be linked to."""
    partners = FamilyMember.objects.filter(
        person_id=case.person_id, relation__in=(Relation.SPOUSE, Relation.COHABITANT), other__isnull=False
    )
    rows = viewer.scope(Case).filter(person_id__in=partners.values("other_id"), municipality_id=case.municipality_id)
    linked = Circumstance.objects.filter(case=case, other_case__isnull=False).values("other_case_id")
    more = viewer.scope(Case).filter(Q(pk__in=linked))
    return list({one.pk: one for one in (*rows.select_related("person"), *more.select_related("person"))}.values())


@query(section=Section.ECONOMY)
def statement_of(viewer: Viewer, case: Any, month: str) -> tuple[Case, Statement]:
    """One locked statement of a case. Raises ``Refused('not_found')``."""
    wanted = month_named(month)
    rows = Statement.objects.filter(case=case).select_related("run", "municipality")
    found = rows.filter(month=wanted.first).first() if wanted else None
    if found is None:
        raise not_found()
    return case, found
