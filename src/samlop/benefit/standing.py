"""Where a run stands: which questions are open, for everyone and not only for those a viewer sees."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from samlop.benefit.models import Acknowledged, BenefitRun, Draft, Settled
from samlop.benefit.plain import month_of
from samlop.benefit.preparing import Settlements
from samlop.benefit.questions import HOLDS, Question, question_of, stands_open
from samlop.benefit.vocabulary import Change


def settled_in(run: BenefitRun, case_ids: Collection[UUID] | None = None) -> dict[UUID, Settlements]:
    """The answers that count in a run, of some cases or all, by case, question and what it was about: those given in
    it, and those of earlier months that still hold. One query."""
    found: dict[UUID, Settlements] = defaultdict(dict)
    lasting = Q(code__in=HOLDS, run__month__lt=run.month)
    rows = Settled.objects.filter(Q(run=run) | lasting, run__municipality=run.municipality_id).select_related("run")
    for row in (rows if case_ids is None else rows.filter(case_id__in=case_ids)).order_by("run__month"):
        found[row.case_id][row.code, row.about] = row  # the last one counts
    last_day = month_of(run.month).last
    for answers in found.values():
        for key, row in list(answers.items()):
            if row.run_id != run.pk and not row.holds_through(last_day):
                del answers[key]
    return found


def questions_of(draft: Draft, settled: Settlements) -> list[Question]:
    """The questions about one participant. One who is left out is asked nothing more."""
    found = [question_of(draft, asked, settled) for asked in draft.asks]
    if Change.LEFT_OUT.value in draft.changes:
        return [one for one in found if one.is_answered]
    return found


def open_cases(run: BenefitRun, drafts: Collection[Draft] | None = None, *, besides: str = "") -> dict[UUID, int]:
    """How many questions are open in each case of the run, besides those with a code."""
    settled = settled_in(run, None if drafts is None else {draft.case_id for draft in drafts})
    rows = run.drafts.only("case_id", "asks", "changes", "run_id") if drafts is None else drafts
    found: dict[UUID, int] = {}
    for draft in rows:
        if draft.asks and Change.LEFT_OUT.value not in draft.changes:  # one who is left out is asked nothing more
            answers = settled.get(draft.case_id, {})
            found[draft.case_id] = sum(stands_open(one, answers) and one[0] != besides for one in draft.asks)
    return {key: number for key, number in found.items() if number}


def rules_touched(run: BenefitRun) -> Counter[str]:
    """The open questions of the law that the run rests on, and how many participants each touches."""
    found: Counter[str] = Counter()
    for codes, changes in run.drafts.exclude(uncertain=[]).values_list("uncertain", "changes"):
        if Change.LEFT_OUT.value not in changes:
            found.update(codes)
    return found


def rules_open(run: BenefitRun) -> set[str]:
    """Those of them that nobody has acknowledged."""
    known = set(Acknowledged.objects.filter(run=run).values_list("code", flat=True))
    return set(rules_touched(run)) - known


def open_questions(run: BenefitRun) -> int:
    """How many questions stand in the way of an approval."""
    return sum(open_cases(run).values()) + len(rules_open(run))
