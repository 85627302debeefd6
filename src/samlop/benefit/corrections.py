"""Differences in closed months: what has been accounted for, against what the facts and the rules come to today.

Nothing is corrected here. What is found waits for two people; what they confirm becomes lines of its own in the next
run. A month is closed in a municipality when its run is approved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from samlop.benefit.changes import because
from samlop.benefit.facts import facts_of, people_of
from samlop.benefit.models import BenefitRun, Correction, Statement
from samlop.benefit.plain import digest, month_of
from samlop.benefit.rules_known import book, known_since, rules_on
from samlop.benefit.statements import Kept, answer, sums
from samlop.benefit.vocabulary import CorrectionState, RunStatus
from samlop.core.time import now, today
from samlop.law.dates import Month
from samlop.law.person_month import PersonMonth
from samlop.law.recalculation import recalculate
from samlop.law.refused import Refused as LawRefused

OPEN = (CorrectionState.FOUND, CorrectionState.PROPOSED, CorrectionState.CONFIRMED)
DONE = (CorrectionState.PAID, CorrectionState.ELSEWHERE, CorrectionState.INSTALMENTS)
MONTHS_BACK = 36
"""How many closed months are looked through; older claims are decided one by one."""


@dataclass(frozen=True)
class Accounted:
    """What a month has been accounted for with: øre, the lines and facts of the last account, and its rules."""

    ore: int = 0
    lines: tuple[Kept, ...] = ()
    facts: Any = None
    known_on: Any = None


def closed_runs(municipality_id: UUID) -> list[BenefitRun]:
    """The approved runs of a municipality, newest first."""
    rows = BenefitRun.objects.filter(municipality_id=municipality_id, status=RunStatus.APPROVED)
    return list(rows.order_by("-month")[:MONTHS_BACK])


def municipalities_paid() -> list[UUID]:
    """The municipalities with a closed month."""
    runs = BenefitRun.objects.filter(status=RunStatus.APPROVED).order_by("municipality_id")
    return list(runs.values_list("municipality_id", flat=True).distinct())


def accounted(case_ids: Collection[UUID], month: Month) -> dict[UUID, Accounted]:
    """What each case's month is accounted for with. Two queries."""
    found: dict[UUID, Accounted] = defaultdict(Accounted)
    for one in Statement.objects.filter(case_id__in=case_ids, month=month.first):
        lines = tuple(line for line in one.lines if line["code"] != "CORRECTION")
        found[one.case_id] = Accounted(one.net_ore, lines, one.facts, one.rules_known_on)
    done = Correction.objects.filter(case_id__in=case_ids, month=month.first, state__in=DONE)
    for row in done.order_by("confirmed_at"):
        ore = found[row.case_id].ore + row.difference_ore
        found[row.case_id] = Accounted(ore, tuple(row.facts.get("lines", ())), row.facts, row.rules_known_on)
    return found


def differences(run: BenefitRun, case_ids: Collection[UUID] | None = None) -> list[Correction]:
    """The cases of a closed month that come out otherwise today; unsaved. A fixed number of queries."""
    month = month_of(run.month)
    if case_ids is None:
        paid = Statement.objects.filter(run=run).values_list("case_id", flat=True)
        case_ids = sorted({*people_of(run.municipality_id, month), *paid})
    rules = rules_on(today())
    before = accounted(case_ids, month)
    found = []
    for key, case_month in facts_of(case_ids, month).items():
        result = answer(case_month, rules)
        if result.law is None and result.asks:
            continue  # a date is missing or contradicts another: that is asked about, and nothing is known to be owed
        old = before[key]
        if result.net == old.ore:
            continue
        facts = {**case_month.plain(), "lines": result.lines}
        why = because(old.facts or {}, facts) if old.facts else ["not_paid"]
        known = old.known_on or run.rules_known_on
        if case_month.person is not None and known_since(month, known, today()):
            why += _rules_changed(case_month.person, known)
        found.append(
            Correction(
                case_id=key,
                municipality_id=run.municipality_id,
                month=run.month,
                before_ore=old.ore,
                after_ore=result.net,
                lines=by_code(old.lines, result.lines),
                why=why or ["unknown"],
                facts=facts,
                fingerprint=digest([old.ore, result.net, case_month.plain()]),
                rules_before=known,
                rules_known_on=today(),
                found_at=now(),
            )
        )
    return found


def _rules_changed(person: PersonMonth, known: date) -> list[str]:
    """Which rules known since have changed a month; none where the facts of today cannot be worked out as then."""
    try:
        found = recalculate([("", person)], known, today(), book())
    except LawRefused:
        return []
    return [f"rule:{change.after.parameter.id}" for one in found for change in one.changes]


def by_code(old: Iterable[Kept], new: Iterable[Kept]) -> list[dict[str, Any]]:
    """The lines that differ: øre before and after, by code, with the paragraphs."""
    was, is_now = sums(list(old)), sums(list(new))
    references: dict[str, list[str]] = {}
    for line in (*old, *new):
        references[line["code"]] = line["references"]
    return [
        {
            "code": code,
            "before": was.get(code, 0),
            "after": is_now.get(code, 0),
            "references": references[code],
        }
        for code in dict.fromkeys([*was, *is_now])
        if was.get(code, 0) != is_now.get(code, 0)
    ]


def look(municipality_id: UUID) -> int:
    """Look through the closed months and keep what is found. How many differences are open. Needs the writing guard.

    What has been seen by somebody stands as long as it says the same; a difference that says something else starts
    again, and one that is gone is removed.
    """
    with connection.cursor() as cursor:  # two looks at once would keep the same difference twice
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"benefit differences {municipality_id}"]
        )
    open_now = {
        (row.case_id, row.month): row
        for row in Correction.objects.select_for_update().filter(municipality_id=municipality_id, state__in=OPEN)
    }
    fresh: list[Correction] = []
    stale: list[UUID] = []
    count = 0
    for run in closed_runs(municipality_id):
        for row in differences(run):
            count += 1
            known = open_now.pop((row.case_id, row.month), None)
            if known is not None and known.fingerprint == row.fingerprint:
                continue
            if known is not None:
                stale.append(known.pk)
            fresh.append(row)
    stale += [row.pk for row in open_now.values()]
    Correction.objects.filter(pk__in=stale).delete()
    Correction.objects.bulk_create(fresh, batch_size=500)
    return count


def all_hold(rows: Iterable[Correction]) -> bool:
    """Whether differences of a municipality say the same today as when they were found."""
    by_month: dict[date, list[Correction]] = defaultdict(list)
    for row in rows:
        by_month[row.month].append(row)
    for month, held in by_month.items():
        runs = BenefitRun.objects.filter(municipality_id=held[0].municipality_id, month=month)
        run = runs.filter(status=RunStatus.APPROVED).first()
        found = differences(run, [row.case_id for row in held]) if run else []
        now_found = {one.case_id: one.fingerprint for one in found}
        if any(now_found.get(row.case_id) != row.fingerprint for row in held):
            return False
    return True
