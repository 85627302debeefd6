"""The questions of a run: answered by name, opened again, and missing rolls accepted for all at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.benefit.models import BenefitRun, Draft, Settled
from samlop.benefit.plain import month_of
from samlop.benefit.preparing import drafts, total_up
from samlop.benefit.questions import HOLDS, answered, answers, basis_of
from samlop.benefit.standing import questions_of, settled_in
from samlop.benefit.the_run import own_run, ready
from samlop.benefit.vocabulary import Answer
from samlop.cases.journal import append_each
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.rights import Permission, Right, Section
from samlop.core.time import now


@command(section=Section.ECONOMY, right=Right.SEE, permission=Permission.PREPARE_BENEFIT)
def settle_question(
    *,
    case: Case,
    month: str,
    code: str,
    about: str,
    answer: str,
    why: str = "",
    holds_until: date | None = None,
    by: Viewer,
) -> Settled:
    """Answer a question about one participant in a run: seen and accepted, or left out of it. By name, with a reason.

    ``about`` is what stood on the screen: if the question has changed since, the answer is refused
    (``changed_meanwhile``). What is accepted about something that lasts counts in the months after too, at the longest
    to and including ``holds_until``. Raises ``Refused``: ``unknown_answer``, ``missing_reason``, ``too_early`` and
    those of the run.
    """
    run = ready(own_run(month, by))
    draft, asked = _asked(run, case, code, about)
    if answer not in answers(code):
        raise Refused("unknown_answer", _("Dette spørsmålet kan ikke besvares slik."), "answer")
    why = _reason(why, needed=code != "protected")
    lasts = code in HOLDS and answer == Answer.ACCEPTED
    if lasts and holds_until is not None and holds_until < month_of(run.month).last:
        raise Refused("too_early", _("Velg en dag etter måneden som betales, eller la feltet stå tomt."), "holds_until")
    until = holds_until if lasts else None
    row = _keep(run, case, asked, by, answer=answer, why=why, holds_until=until)
    _redraft(run, draft)
    data = {"month": month, "question": code, "answer": answer, "why": why}
    if until is not None:
        data["until"] = until.isoformat()
    return done(row, Entry(code="benefit.question_settled", section=Section.ECONOMY, data=data))


@command(section=Section.ECONOMY, right=Right.SEE, permission=Permission.PREPARE_BENEFIT)
def reopen_question(*, case: Case, month: str, code: str, about: str, why: str, by: Viewer) -> Settled:
    """Ask a question again that was answered, in this run or in an earlier month. By name, with a reason; who answered
    and when stays in the journal. Raises ``Refused``: ``changed_meanwhile``, ``missing_reason`` and those of the run.
    """
    run = ready(own_run(month, by))
    draft, asked = _asked(run, case, code, about)
    row = answered(asked, settled_in(run, [case.pk]).get(case.pk, {}))
    if row is None or row.answer == Answer.REOPENED:
        raise _changed()
    why = _reason(why)
    row = _keep(run, case, asked, by, answer=Answer.REOPENED.value, why=why, holds_until=None)
    _redraft(run, draft)
    data = {"month": month, "question": code, "why": why}
    return done(row, Entry(code="benefit.question_reopened", section=Section.ECONOMY, data=data))


def _asked(run: BenefitRun, case: Case, code: str, about: str) -> tuple[Draft, list[str]]:
    """The participant's line and the question as it stands in it."""
    draft = Draft.objects.filter(run=run, case=case).first()
    asked = next((one for one in draft.asks if one[:2] == [code, about]), None) if draft else None
    if draft is None or asked is None:
        raise _changed()
    return draft, asked


def _changed() -> Refused:
    return Refused("changed_meanwhile", _("Spørsmålet er endret eller borte. Se over siden på nytt."))


def _reason(text: str, *, needed: bool = True) -> str:
    text = text.strip()[:300]
    if not text and needed:
        raise Refused("missing_reason", _("Skriv kort hvorfor."), "why")
    return text


def _keep(run: BenefitRun, case: Case, asked: list[str], by: Viewer, **values: Any) -> Settled:
    values |= {"municipality_id": case.municipality_id, "basis": basis_of(asked), "at": now()}
    values |= {"by": by.signed_in, "by_name": by.name}
    row, _created = Settled.objects.update_or_create(run=run, case=case, code=asked[0], about=asked[1], defaults=values)
    return row


def _redraft(run: BenefitRun, draft: Draft) -> None:
    draft.delete()
    Draft.objects.bulk_create(drafts(run, [draft.case_id]))
    total_up(run)
    run.save()


@command(permission=Permission.PREPARE_BENEFIT)
def accept_missing_rolls(*, month: str, why: str, by: Viewer) -> int:
    """Accept by name that rolls are missing, for every participant one sees: a roll that nobody took is a question
    about a group, not about each of its members. How many were accepted. Raises ``Refused``: ``missing_reason``.
    """
    run = ready(own_run(month, by))
    why = _reason(why)
    settled = settled_in(run)
    rows = []
    for draft in by.scope(Draft).filter(run=run).select_related("case"):
        for one in questions_of(draft, settled.get(draft.case_id, {})):
            if one.code == "missing_rolls" and one.is_open:
                rows.append((draft, one.about))
    Settled.objects.filter(run=run, code="missing_rolls", case__in=[draft.case_id for draft, _about in rows]).delete()
    values = {"run": run, "code": "missing_rolls", "answer": Answer.ACCEPTED.value, "why": why, "at": now()}
    Settled.objects.bulk_create(
        Settled(
            case_id=draft.case_id,
            municipality_id=draft.municipality_id,
            about=about,
            by=by.signed_in,
            by_name=by.name,
            **values,
        )
        for draft, about in rows
    )
    data = {"month": month, "question": "missing_rolls", "answer": Answer.ACCEPTED.value, "why": why}
    entries = (
        Entry(code="benefit.question_settled", section=Section.ECONOMY, data=data, case=draft.case)
        for draft, _about in rows
    )
    append_each(entries, by)
    return len(rows)
