"""The participant's benefit page and what is written there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samlop.benefit.commands import circumstances as commands
from samlop.benefit.commands.corrections import settle_elsewhere
from samlop.benefit.commands.questions import reopen_question, settle_question
from samlop.benefit.forms.circumstances import CircumstanceForm, EndForm, WithdrawForm, WorkForm
from samlop.benefit.forms.instalments import InstalmentsForm
from samlop.benefit.forms.run import ElsewhereForm, QuestionForm, ReopenForm
from samlop.benefit.plain import month_named
from samlop.benefit.queries.case import CasePage, CorrectionLine, case_page, family_cases, statement_of
from samlop.benefit.questions import Question
from samlop.benefit.statement_pdf import statement_pdf
from samlop.benefit.telling import words, words_in
from samlop.benefit.vocabulary import CorrectionState
from samlop.cases.models import Case
from samlop.core.errors import Refused, not_found
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.pdf import pdf_response
from samlop.core.rights import Right, Section
from samlop.law.formatting import amount
from samlop.programme.commands.decisions import propose_decision
from samlop.programme.kinds import DecisionKind

HERE = "benefit:case"


def plan_prefix(correction_id: UUID) -> str:
    """What the fields of a difference's repayment plan begin with: each difference of the page has its own form."""
    return f"plan-{correction_id.hex}"


def show_page(request: ViewerRequest, case_id: UUID, status: int = 200, **bound: Any) -> HttpResponse:
    """The whole page; a form that was refused is shown as it was typed."""
    found = case_page(request.viewer, case_id)
    cases = family_cases(request.viewer, case_id) if found.may_write else []
    forms: dict[str, Any] = {}
    if found.may_write:
        forms = {
            "circumstance": CircumstanceForm(cases=cases, initial=_proposed(request)),
            "work": WorkForm(prefix="work"),
        }
    context = {
        "found": found,
        "case": found.case,
        "forms": forms | bound,
        "end_form": EndForm(prefix="end"),
        "withdraw_form": WithdrawForm(prefix="why"),
        "question_forms": _question_forms(found, bound.get("question")),
        "correction_forms": _correction_forms(found, bound.get("instalments")),
        "elsewhere_form": ElsewhereForm(prefix="else"),
        "bound": list(bound.values()),
        "languages_of_pdf": words().items(),
    }
    return render(request, "benefit/case.html", context, status=status)


def _proposed(request: ViewerRequest) -> dict[str, str]:
    """A proposal that was chosen fills the form in; it is saved by the one who reads it."""
    names = ("kind", "other_case", "source")
    return {name: request.GET[name] for name in names if name in request.GET}


def _question_forms(
    found: CasePage, bound: QuestionForm | ReopenForm | None
) -> list[tuple[Question, QuestionForm | ReopenForm | None]]:
    """Each question with the form to answer it, or to open it again where it is answered."""
    pairs: list[tuple[Question, QuestionForm | ReopenForm | None]] = []
    for number, question in enumerate(found.questions):
        form: QuestionForm | ReopenForm | None = None
        if found.may_settle and (question.is_open or question.is_answered):
            kind = QuestionForm if question.is_open else ReopenForm
            form = kind(question=question, prefix=f"q{number}")
            if isinstance(bound, kind) and bound.prefix == f"q{number}":
                form = bound
        pairs.append((question, form))
    return pairs


def _correction_forms(
    found: CasePage, bound: InstalmentsForm | None
) -> list[tuple[CorrectionLine, InstalmentsForm | None]]:
    pairs: list[tuple[CorrectionLine, InstalmentsForm | None]] = []
    for line in found.correction_lines:
        form = None
        if line.may_split:
            prefix = plan_prefix(line.row.pk)
            form = InstalmentsForm(prefix=prefix, first_open=str(found.first_open))
            if bound is not None and bound.prefix == prefix:
                form = bound
        pairs.append((line, form))
    return pairs


@page(section=Section.ECONOMY)
def show(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    return show_page(request, case_id)


@page(section=Section.ECONOMY, right=Right.MANAGE, methods=("POST",))
def add(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    form = CircumstanceForm(request.POST, cases=family_cases(request.viewer, case_id))
    if form.is_valid() and perform(form, commands.add_circumstance, by=request.viewer, case=case_id, new=form.new()):
        messages.success(request, _("Opplysningen er lagret. Den teller fra neste utregning."))
        return redirect(HERE, case_id)
    return show_page(request, case_id, 422, circumstance=form)


@page(section=Section.ECONOMY, right=Right.MANAGE, methods=("POST",))
def end(request: ViewerRequest, case_id: UUID, circumstance_id: UUID) -> HttpResponse:
    form = EndForm(request.POST, prefix="end")
    if form.is_valid() and perform(
        form,
        commands.end_circumstance,
        by=request.viewer,
        case=case_id,
        circumstance=circumstance_id,
        last_day=form.cleaned_data["last_day"],
    ):
        messages.success(request, _("Siste dag er lagret."))
        return redirect(HERE, case_id)
    return show_page(request, case_id, 422, end=form)


@page(section=Section.ECONOMY, right=Right.MANAGE, methods=("POST",))
def withdraw(request: ViewerRequest, case_id: UUID, circumstance_id: UUID) -> HttpResponse:
    form = WithdrawForm(request.POST, prefix="why")
    why = form.cleaned_data["why"] if form.is_valid() else ""
    given = {"case": case_id, "circumstance": circumstance_id, "why": why}
    if perform(form, commands.withdraw_circumstance, by=request.viewer, **given):
        messages.success(request, _("Opplysningen er trukket tilbake, og teller ikke mer."))
        return redirect(HERE, case_id)
    return show_page(request, case_id, 422, withdraw=form)


@page(section=Section.ECONOMY, right=Right.MANAGE, methods=("POST",))
def work(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    form = WorkForm(request.POST, prefix="work")
    if form.is_valid():
        given = form.cleaned_data
        month = month_named(given["month"])
        assert month is not None
        if perform(
            form,
            commands.write_paid_work,
            by=request.viewer,
            case=case_id,
            month=month.first,
            hours=given["hours"],
            wage_ore=given["wage"],
            source=given["source"],
            note=given["note"],
        ):
            messages.success(request, _("Arbeidet er lagret. Det teller fra neste utregning."))
            return redirect(HERE, case_id)
    return show_page(request, case_id, 422, work=form)


@page(section=Section.ECONOMY, right=Right.MANAGE, methods=("POST",))
def withdraw_work(request: ViewerRequest, case_id: UUID, work_id: UUID) -> HttpResponse:
    form = WithdrawForm(request.POST, prefix="why")
    why = form.cleaned_data["why"] if form.is_valid() else ""
    if perform(form, commands.withdraw_paid_work, by=request.viewer, case=case_id, work=work_id, why=why):
        messages.success(request, _("Arbeidet er trukket tilbake, og teller ikke mer."))
        return redirect(HERE, case_id)
    return show_page(request, case_id, 422, withdraw=form)


@page(section=Section.ECONOMY, methods=("POST",))
def answer(request: ViewerRequest, case_id: UUID, month: str) -> HttpResponse:
    """Answer a question about the participant in a run."""
    prefix, asked, question = _asked(request, case_id)
    form = QuestionForm(request.POST, prefix=prefix, question=question)
    given = form.cleaned_data if form.is_valid() else {}
    if perform(
        form,
        settle_question,
        by=request.viewer,
        case=case_id,
        month=month,
        code=asked[0],
        about=asked[1],
        answer=given.get("answer", ""),
        why=given.get("why", ""),
        holds_until=given.get("holds_until"),
    ):
        messages.success(request, _("Svaret er lagret med navnet ditt."))
        return redirect("benefit:run", month) if request.POST.get("back") else redirect(HERE, case_id)
    return show_page(request, case_id, 422, question=form)


@page(section=Section.ECONOMY, methods=("POST",))
def reopen(request: ViewerRequest, case_id: UUID, month: str) -> HttpResponse:
    """Ask an answered question again."""
    prefix, asked, question = _asked(request, case_id)
    form = ReopenForm(request.POST, prefix=prefix, question=question)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    given = {"case": case_id, "month": month, "code": asked[0], "about": asked[1], "why": why}
    if perform(form, reopen_question, by=request.viewer, **given):
        messages.success(request, _("Spørsmålet er åpnet igjen, og må besvares før stønaden betales."))
        return redirect(reverse(HERE, args=[case_id]) + "#sporsmal")
    return show_page(request, case_id, 422, question=form)


def _asked(request: ViewerRequest, case_id: UUID) -> tuple[str, tuple[str, str], Question | None]:
    """The prefix of the form that was sent, what stood on the screen, and the question as it stands now."""
    prefix = request.POST.get("prefix", "")
    asked = (request.POST.get(f"{prefix}-code", ""), request.POST.get(f"{prefix}-about", ""))
    found = case_page(request.viewer, case_id)
    return prefix, asked, next((one for one in found.questions if (one.code, one.about) == asked), None)


@page(section=Section.ECONOMY, right=Right.MANAGE, methods=("POST",))
def draft_deduction(request: ViewerRequest, case_id: UUID, month: str) -> HttpResponse:
    """Make the draft of the decision that a deduction needs; a leader reads and signs it."""
    found = case_page(request.viewer, case_id)
    needed = next((one for one in found.questions if one.code in ("decision_needed", "decision_differs")), None)
    wanted = month_named(month)
    if needed is None or found.draft is None or wanted is None or found.draft.month != wanted.first:
        raise not_found()
    facts = found.draft.facts
    ore = int(needed.about) if needed.code == "decision_needed" else -_absence_ore(found.draft)
    about = _("Fravær uten gyldig grunn i %(month)s: %(days)s dager og %(hours)s timer.") % {
        "month": words_in("nb").month(wanted.first),
        "days": facts["absence_days"],
        "hours": facts["absence_hours"],
    }
    return _propose(
        request,
        found.case,
        DecisionKind.DEDUCTION,
        {"month": month, "amount_ore": ore, "about": about},
        f"benefit.deduction/{month}/{ore}",
    )


def _absence_ore(sheet: Any) -> int:
    return sum(line["ore"] for line in sheet.lines if line["code"] == "ABSENCE")


@page(section=Section.ECONOMY, right=Right.MANAGE, methods=("POST",))
def draft_repayment(request: ViewerRequest, case_id: UUID, correction_id: UUID) -> HttpResponse:
    """Make the draft of a decision on repayment from a difference that cannot be taken in a run."""
    found = case_page(request.viewer, case_id)
    row = next((one for one in found.corrections if one.pk == correction_id and one.difference_ore < 0), None)
    if row is None or row.state in (CorrectionState.ELSEWHERE, CorrectionState.INSTALMENTS):
        raise not_found()
    wanted = month_named(f"{row.month:%Y-%m}")
    assert wanted is not None
    about = _("Utbetalt for mye for %(month)s: %(amount)s.") % {
        "month": words_in("nb").month(row.month),
        "amount": amount(-row.difference_ore, "nb"),
    }
    data = {
        "amount_ore": -row.difference_ore,
        "first_day": wanted.first,
        "last_day": wanted.last,
        "about": about,
    }
    # By case and month: the difference gets a new key when it is found anew, and must not get a second decision then.
    settled = (CorrectionState.ELSEWHERE, CorrectionState.INSTALMENTS)
    done = sum(one.month == row.month and one.state in settled for one in found.corrections)
    source = f"benefit.correction/{case_id}/{row.month:%Y-%m}" + (f"/{done}" if done else "")
    return _propose(request, found.case, DecisionKind.REPAYMENT, data, source)


def _propose(request: ViewerRequest, case: Case, kind: DecisionKind, data: dict[str, Any], source: str) -> HttpResponse:
    try:
        decision = propose_decision(
            case=case,
            kind=kind,
            data=data,
            reasons=data["about"],
            source=source,
            by=request.viewer,
        )
    except Refused as refusal:
        if refusal.status in (403, 404):
            raise
        messages.error(request, refusal.text)
        return redirect(HERE, case.pk)
    if decision.data["amount_ore"] == data["amount_ore"]:
        messages.success(request, _("Utkastet er laget. En leder leser og undertegner det."))
    else:
        messages.warning(request, _("Det finnes allerede et vedtak eller utkast, med et annet beløp. Se over det."))
    return redirect("programme:decision", case.pk, decision.pk)


@page(section=Section.ECONOMY, methods=("POST",))
def elsewhere(request: ViewerRequest, case_id: UUID, correction_id: UUID) -> HttpResponse:
    """A difference that was settled otherwise than in a run."""
    form = ElsewhereForm(request.POST, prefix="else")
    why = form.cleaned_data["why"] if form.is_valid() else ""
    if perform(form, settle_elsewhere, by=request.viewer, case=case_id, correction=correction_id, why=why):
        messages.success(request, _("Avviket er gjort opp, og kommer ikke tilbake."))
        return redirect(HERE, case_id)
    return show_page(request, case_id, 422, elsewhere=form)


@page(section=Section.ECONOMY)
def pdf(request: ViewerRequest, case_id: UUID, month: str) -> HttpResponse:
    """A statement as PDF, in the wanted language («?sprak=en»), else bokmål."""
    found, statement = statement_of(request.viewer, case_id, month)
    return pdf_response(statement_pdf(found, statement, request.GET.get("sprak", "nb")), "utbetaling")
