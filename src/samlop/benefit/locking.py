"""From drafts to locked statements: nothing may have changed since they were looked at, and all or nothing is kept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.benefit.models import BenefitRun, Correction, Draft, Instalment, Statement
from samlop.benefit.plain import month_of
from samlop.benefit.preparing import drafts, wanted
from samlop.benefit.rules_known import known_since
from samlop.benefit.vocabulary import Change, CorrectionState, PlanState
from samlop.cases.journal import append_each
from samlop.cases.models import Case
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.rights import Section
from samlop.core.time import today

KEPT = [
    "case_id",
    "municipality_id",
    "run_id",
    "month",
    "reference",
    "act",
    "gross_ore",
    "net_ore",
    "correction_ore",
    "not_taken_ore",
    "requires_decision",
    "lines",
    "uncertain",
    "changes",
    "facts",
    "fingerprint",
]


def check_fresh(run: BenefitRun) -> None:
    """Raise ``Refused('stale')`` where the facts or the rules are not those that were worked out from."""
    if known_since(month_of(run.month), run.rules_known_on, today()):
        raise Refused("stale", _("Reglene er endret etter at kjøringen ble regnet ut. Regn den ut på nytt."))
    kept = dict(run.drafts.values_list("case_id", "fingerprint"))
    fresh = {draft.case_id: draft.fingerprint for draft in drafts(run, wanted(run))}
    if kept != fresh:
        changed = sum(1 for key in kept.keys() | fresh.keys() if kept.get(key) != fresh.get(key))
        raise Refused(
            "stale",
            _("Opplysninger om %(count)s deltakere er endret etter utregningen. Regn ut på nytt, og se over.")
            % {"count": changed},
        )


def lock(run: BenefitRun, moment: datetime, by: Viewer) -> list[Statement]:
    """Keep the drafts as statements, tell each case's journal, and mark the corrections they pay."""
    rows = [draft for draft in run.drafts.all() if is_paid(draft)]
    statements = [
        Statement(
            **{name: getattr(draft, name) for name in KEPT},
            rules_known_on=run.rules_known_on,
            pay_on=run.pay_on,
            locked_at=moment,
        )
        for draft in rows
    ]
    Statement.objects.bulk_create(statements, batch_size=500)
    _mark_corrections(statements)
    _mark_instalments(statements)
    cases = Case.objects.in_bulk([one.case_id for one in statements])
    append_each((_entry(cases[one.case_id], one) for one in statements), by)
    return statements


def is_paid(draft: Draft) -> bool:
    """Whether a draft becomes a statement: not left out, and with something on it."""
    return Change.LEFT_OUT.value not in draft.changes and bool(draft.lines)


def _mark_corrections(statements: list[Statement]) -> None:
    paid: dict[UUID, Statement] = {}
    for one in statements:
        for line in one.lines:
            if "correction_id" in line:
                paid[UUID(line["correction_id"])] = one
    rows = list(Correction.objects.select_for_update().filter(pk__in=paid, state=CorrectionState.CONFIRMED))
    if len(rows) != len(paid):
        raise Refused("stale", _("En rettelse er endret etter utregningen. Regn ut på nytt, og se over."))
    for row in rows:
        row.state, row.statement = CorrectionState.PAID.value, paid[row.pk]
    Correction.objects.bulk_update(rows, ["state", "statement"], batch_size=500)


def _mark_instalments(statements: list[Statement]) -> None:
    paid = {UUID(line["instalment_id"]): one for one in statements for line in one.lines if "instalment_id" in line}
    rows = list(
        Instalment.objects.select_for_update(of=("self",)).filter(
            pk__in=paid, statement__isnull=True, plan__state=PlanState.CONFIRMED
        )
    )
    if len(rows) != len(paid):
        raise Refused("stale", _("Et avdrag er endret etter utregningen. Regn ut på nytt, og se over."))
    for row in rows:
        row.statement = paid[row.pk]
    Instalment.objects.bulk_update(rows, ["statement"], batch_size=500)


def _entry(case: Case, one: Statement) -> Entry:
    data = {
        "month": one.month,
        "pay_ore": one.pay_ore,
        "gross_ore": one.gross_ore,
        "correction_ore": one.correction_ore,
        "pay_on": one.pay_on,
    }
    return Entry(code="benefit.locked", section=Section.ECONOMY, data=data, case=case)
