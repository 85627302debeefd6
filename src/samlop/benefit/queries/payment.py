"""The participant's own payments, for *My payment*."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samlop.access.viewer import Viewer
from samlop.benefit.facts import facts_of
from samlop.benefit.instalments import rest_of
from samlop.benefit.models import RepaymentPlan, Statement
from samlop.benefit.objecting import office_of, spokesperson
from samlop.benefit.plain import month_named
from samlop.benefit.rules_known import rules_on
from samlop.benefit.showing import Shown, shown
from samlop.benefit.statements import Answer, answer
from samlop.benefit.telling import Words, words_in
from samlop.benefit.vocabulary import PlanState
from samlop.cases.models import Case
from samlop.cases.vocabulary import CaseStatus
from samlop.core.errors import not_found
from samlop.core.gate import gate
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.law.dates import Month
from samlop.law.texts import LANGUAGES

SHOWN = 24


@dataclass(frozen=True)
class MyPlan:
    """What the participant pays back in instalments. Øre."""

    plan: RepaymentPlan
    rest_ore: int


@dataclass
class MyPayments:
    """What a participant has been paid, newest first, and how this month looks so far."""

    case: Case
    words: Words
    statements: list[Shown]
    so_far: Answer | None
    month: Month
    contact: str
    office: str
    plans: list[MyPlan]


def _own_case(viewer: Viewer) -> Any:
    """The participant's open case, else the last one; opened through the gate, so that the reading is noted."""
    if not viewer.is_participant:
        raise not_found()
    rows = list(viewer.scope(Case).order_by("-registered_at").values_list("pk", "status"))
    if not rows:
        return None
    key = min(rows, key=lambda row: row[1] != CaseStatus.ACTIVE)[0]
    return gate().open(viewer, key, Section.ECONOMY, Right.SEE)


@query(scoped="the viewer's own statements; the case is opened through the gate")
def my_payments(viewer: Viewer, language: str) -> MyPayments | None:
    """The payments of the participant, told in a language; none where there is no case. A fixed number of queries."""
    case = _own_case(viewer)
    if case is None:
        return None
    words = words_in(language)
    rows = viewer.scope(Statement).select_related("run").order_by("-month")[:SHOWN]
    law_language = language if language in LANGUAGES else words.numbers
    month = Month(today().year, today().month)
    found = facts_of([case.pk], month)[case.pk]
    so_far = answer(found, rules_on(today())) if found.person is not None and case.is_open else None
    return MyPayments(
        case=case,
        words=words,
        statements=[shown(one, law_language) for one in rows],
        so_far=so_far if so_far and so_far.lines else None,
        month=month,
        contact=spokesperson(case),
        office=office_of(case),
        plans=_plans(viewer),
    )


def _plans(viewer: Viewer) -> list[MyPlan]:
    """The plans that run, with what is left of them."""
    rows = viewer.scope(RepaymentPlan).filter(state=PlanState.CONFIRMED).select_related("correction")
    found = [MyPlan(plan, rest_of(plan)) for plan in rows.prefetch_related("instalments")]
    return [one for one in found if one.rest_ore]


@query(scoped="the viewer's own statement; the case is opened through the gate")
def my_statement(viewer: Viewer, month: str) -> tuple[Case, Statement]:
    """One of the participant's own statements. Raises ``Refused('not_found')``."""
    case = _own_case(viewer)
    wanted = month_named(month)
    rows = viewer.scope(Statement).select_related("case__person", "case__owner_unit")
    found = rows.filter(month=wanted.first).order_by("-locked_at").first() if case is not None and wanted else None
    if found is None:
        raise not_found()
    return found.case, found
