"""Working a run out: batch by batch, each kept as it is done, so that a stop on the way loses nothing."""

from __future__ import annotations

import logging
import secrets
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from samlop.benefit.asking import Ask
from samlop.benefit.calendar import month_before
from samlop.benefit.changes import since_last
from samlop.benefit.facts import CaseMonth, facts_of, people_of
from samlop.benefit.instalments import Due, being_proposed, due_in, waiting_cases
from samlop.benefit.models import BenefitRun, Correction, Draft, Payee, Settled, Statement
from samlop.benefit.plain import digest, month_of
from samlop.benefit.repayments import claimed_back
from samlop.benefit.rules_known import rules_on
from samlop.benefit.statements import Answer, Kept, answer
from samlop.benefit.telling import correction_line, instalment_line
from samlop.benefit.vocabulary import Answer as Decided
from samlop.benefit.vocabulary import Change, CorrectionState, RunStatus
from samlop.core.marks import raise_marks
from samlop.core.time import now
from samlop.core.writing import writing
from samlop.law.dates import Month
from samlop.law.parameters import Rules

log = logging.getLogger("samlop.benefit")

BATCH = 100
STOPPED = timedelta(minutes=2)
"""A run that has not given a sign of life for so long has stopped on the way."""
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

Settlements = dict[tuple[str, str], Settled]
"""The answers given about one participant, by question and what it was about."""


def has_stopped(run: BenefitRun) -> bool:
    """Whether a calculation gave its last sign of life too long ago."""
    return run.status == RunStatus.CALCULATING and (run.alive_at is None or now() - run.alive_at > STOPPED)


def wanted(run: BenefitRun) -> list[UUID]:
    """The cases of a run: a programme in the month, or a confirmed correction or an instalment that waits."""
    waiting = Correction.objects.filter(municipality_id=run.municipality_id, state=CorrectionState.CONFIRMED)
    ids = {*people_of(run.municipality_id, month_of(run.month)), *waiting.values_list("case_id", flat=True)}
    return sorted(ids | waiting_cases(run.municipality_id, run.month))


def work(run_id: UUID) -> None:
    """Work a run out to its end, or as far as it gets. What is done before a stop stands; the rest is done later."""
    try:
        while _batch(run_id):
            pass
    except Exception as trouble:
        # Only what kind of trouble: the text of a database error repeats what was to be saved.
        log.error("benefit run failed", extra={"run": str(run_id), "trouble": type(trouble).__name__})
        with writing("benefit.preparing"):
            BenefitRun.objects.filter(pk=run_id, status=RunStatus.CALCULATING).update(
                trouble=_("Noe gikk galt hos oss. Det som er regnet ut, er tatt vare på. Fortsett, eller spør drift.")
            )


def _batch(run_id: UUID) -> bool:
    """Do the next cases of a run; whether there may be more. One worker at a time has a run."""
    with transaction.atomic(), writing("benefit.preparing"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"benefit {run_id}"])
            if not cursor.fetchone()[0]:
                return False  # another worker has it
        run = BenefitRun.objects.filter(pk=run_id, status=RunStatus.CALCULATING).first()
        if run is None:
            return False
        done = set(run.drafts.filter(attempt=run.attempt).values_list("case_id", flat=True))
        ids = [key for key in wanted(run) if key not in done]
        if not ids:
            _finish(run)
            return False
        now_done = ids[:BATCH]
        Draft.objects.filter(run=run, case_id__in=now_done).delete()
        Draft.objects.bulk_create(drafts(run, now_done), batch_size=500)
        run.people, run.done, run.alive_at, run.trouble = len(done) + len(ids), len(done) + len(now_done), now(), ""
        run.save(update_fields=["people", "done", "alive_at", "trouble"])
        return True


def _finish(run: BenefitRun) -> None:
    Draft.objects.filter(run=run).exclude(attempt=run.attempt).delete()
    total_up(run)
    run.status, run.alive_at = RunStatus.READY, now()
    run.save()
    # The worker is no command: what it has found is told on *Min dag* at once.
    raise_marks([run.municipality_id])


def total_up(run: BenefitRun) -> None:
    """The sums of what is in the run now; those left out do not count."""
    rows = run.drafts.exclude(changes__contains=[Change.LEFT_OUT.value])
    found = rows.aggregate(gross=Sum("gross_ore"), net=Sum("net_ore"), correction=Sum("correction_ore"))
    run.gross_ore, run.net_ore, run.correction_ore = (found[name] or 0 for name in ("gross", "net", "correction"))
    run.people = run.done = rows.count()


def drafts(run: BenefitRun, ids: Collection[UUID]) -> list[Draft]:
    """The lines of cases in a run, worked out anew; nothing is saved. A fixed number of queries."""
    scene = _Scene.read(run, ids)
    return [scene.draft(key) for key in ids if key in scene.months]


@dataclass
class _Scene:
    """What is read for many cases at once."""

    run: BenefitRun
    month: Month
    rules: Rules
    months: dict[UUID, CaseMonth]
    before: dict[UUID, tuple[list[Kept], dict[str, Any]]]
    corrections: dict[UUID, list[Correction]]
    references: dict[UUID, str]
    settled: dict[UUID, Settlements]
    claimed_back: set[tuple[UUID, date]]
    planned: set[UUID]
    instalments: dict[UUID, list[Due]]

    @classmethod
    def read(cls, run: BenefitRun, ids: Collection[UUID]) -> _Scene:
        month = month_of(run.month)
        last = Statement.objects.filter(case_id__in=ids, month=month_before(month).first)
        corrections: dict[UUID, list[Correction]] = defaultdict(list)
        for row in Correction.objects.filter(case_id__in=ids, state=CorrectionState.CONFIRMED).order_by("month"):
            corrections[row.case_id].append(row)
        settled: dict[UUID, Settlements] = defaultdict(dict)
        for answered in Settled.objects.filter(run=run, case_id__in=ids):
            settled[answered.case_id][answered.code, answered.about] = answered
        return cls(
            run=run,
            month=month,
            rules=rules_on(run.rules_known_on),
            months=facts_of(ids, month),
            before={row.case_id: (row.lines, row.facts) for row in last},
            corrections=corrections,
            references=references_of(ids),
            settled=settled,
            claimed_back=claimed_back([row for rows in corrections.values() for row in rows]),
            planned=being_proposed([row for rows in corrections.values() for row in rows]),
            instalments=due_in(ids, run.month),
        )

    def draft(self, key: UUID) -> Draft:
        case_month = self.months[key]
        found = answer(case_month, self.rules)
        settled = self.settled.get(key, {})
        facts = case_month.plain()
        taken, paid_back, asks = self._corrections(key, found, settled)
        asks = [*found.asks, *asks]
        corrected = [*map(correction_line, taken), *map(instalment_line, paid_back)]
        lines = [*found.lines, *corrected]
        changes = since_last(self.before.get(key), found.lines, facts) if found.law else []
        changes += [Change.CORRECTION.value] if corrected else []
        if any(ask.code in LEAVES_OUT and _is_left_out(ask, settled) for ask in asks):
            changes.append(Change.LEFT_OUT.value)
        kept_asks = [ask.as_json() for ask in asks]
        return Draft(
            run=self.run,
            case_id=key,
            municipality_id=self.run.municipality_id,
            month=self.run.month,
            attempt=self.run.attempt,
            reference=self.references[key],
            act=found.law.act if found.law else "",
            gross_ore=found.gross,
            net_ore=found.net,
            correction_ore=sum(line["ore"] for line in corrected),
            not_taken_ore=found.law.not_taken if found.law else 0,
            requires_decision=any(ask.code in DECISIONS for ask in asks) or bool(case_month.decided_ore),
            lines=lines,
            uncertain=[note.code for note in found.law.uncertain] if found.law else [],
            changes=changes,
            facts=facts,
            asks=kept_asks,
            fingerprint=digest([facts, kept_asks, lines, changes]),
        )

    def _corrections(
        self, key: UUID, found: Answer, settled: Settlements
    ) -> tuple[list[Correction], list[Due], list[Ask]]:
        """The corrections and instalments that are taken now, and what must be asked about them. What there is no room
        for waits, and so does what a decision on repayment claims back or somebody proposes to split."""
        taken: list[Correction] = []
        asks = []
        left = found.net
        for row in sorted(self.corrections.get(key, []), key=lambda one: one.difference_ore, reverse=True):
            if (key, row.month) in self.claimed_back:
                asks.append(Ask("repayment_decided", f"{row.month:%Y-%m}"))
            elif row.pk in self.planned:
                asks.append(Ask("instalments_proposed", f"{row.month:%Y-%m}"))
            elif left + row.difference_ore < 0:
                asks.append(Ask("correction_waits", f"{row.month:%Y-%m}"))
            else:
                taken.append(row)
                left += row.difference_ore
        paid_back: list[Due] = []
        for due in self.instalments.get(key, []):
            if due.instalment.ore > left:
                asks.append(Ask("instalment_waits", f"{due.correction.month:%Y-%m}"))
            else:
                paid_back.append(due)
                left -= due.instalment.ore
        back = -sum(row.difference_ore for row in taken if row.difference_ore < 0)
        back += sum(due.instalment.ore for due in paid_back if not due.is_decided)
        if 2 * back >= found.gross > 0 and back:
            asks.append(Ask("large_correction", str(back)))
            if _is_left_out(asks[-1], settled):
                taken = [row for row in taken if row.difference_ore > 0]
                paid_back = [due for due in paid_back if due.is_decided]
        return sorted(taken, key=lambda one: one.month), paid_back, asks


def _is_left_out(ask: Ask, settled: Settlements) -> bool:
    """Whether exactly this question is answered by leaving out; another count or amount is another question."""
    answered = settled.get((ask.code, ask.about))
    return answered is not None and answered.answer == Decided.LEFT_OUT


DECISIONS = ("decision_needed", "decision_differs")
LEAVES_OUT = (
    "missing_birth_date",
    "missing_permit",
    "contradiction",
    "missing_rolls",
    "unsettled_absence",
    "end_not_noted",
    "protected",
    "part_of_month_circumstance",
    "stopped",
    "spouse_away",
    "family",
    "decision_differs",
)
"""Questions that can be answered by leaving the participant out of this run."""


def references_of(ids: Collection[UUID]) -> dict[UUID, str]:
    """The payee reference of each case; made for those who have none. Needs the writing guard."""
    from samlop.cases.models import Case

    found = dict(Payee.objects.filter(case_id__in=ids).values_list("case_id", "reference"))
    missing = [key for key in ids if key not in found]
    if missing:
        owners = dict(Case.objects.filter(pk__in=missing).values_list("pk", "municipality_id"))
        rows = [Payee(case_id=key, municipality_id=owners[key], reference=_reference()) for key in missing]
        Payee.objects.bulk_create(rows, ignore_conflicts=True)
        found = dict(Payee.objects.filter(case_id__in=ids).values_list("case_id", "reference"))
    return found


def _reference() -> str:
    """A reference that says nothing: «S-7KQ2MX4P»."""
    return "S-" + "".join(secrets.choice(LETTERS) for _number in range(8))


def stopped_runs() -> list[UUID]:
    """The runs that have stopped on the way."""
    return [run.pk for run in BenefitRun.objects.filter(status=RunStatus.CALCULATING) if has_stopped(run)]
