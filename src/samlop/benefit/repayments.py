"""What a decision on repayment claims back must not be taken in a run too."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from samlop.benefit.models import Correction
from samlop.benefit.plain import month_of
from samlop.benefit.vocabulary import CorrectionState
from samlop.programme.kinds import DecisionKind
from samlop.programme.models import Decision


def claimed_back(rows: Collection[Correction]) -> set[tuple[UUID, date]]:
    """Case and month of those to be taken that a decision on repayment claims back, drafts too. Two queries at most.

    A decision counts until a difference of its month is settled elsewhere, or paid back in instalments, after it was
    made: then it is accounted for.
    """
    wanted = {(row.case_id, row.month) for row in rows if row.difference_ore < 0}
    if not wanted:
        return set()
    cases = {case_id for case_id, _month in wanted}
    elsewhere = Correction.objects.filter(
        case_id__in=cases, state__in=(CorrectionState.ELSEWHERE, CorrectionState.INSTALMENTS)
    )
    settled = list(elsewhere.values_list("case_id", "month", "confirmed_at"))
    found = set()
    decisions = Decision.objects.filter(case_id__in=cases, kind=DecisionKind.REPAYMENT)
    for case_id, data, made in decisions.values_list("case_id", "data", "prepared_at"):
        first, last = date.fromisoformat(data["first_day"]), date.fromisoformat(data["last_day"])
        for key, month in wanted:
            inside = first <= month_of(month).last and last >= month
            if key == case_id and inside and (key, month) not in {(c, m) for c, m, at in settled if at >= made}:
                found.add((key, month))
    return found
