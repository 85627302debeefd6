"""The pages of a case about absence: the list, one absence, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlop.core.forms import HouseForm
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Permission, Right, Section
from samlop.core.time import today
from samlop.hours.commands import absence as commands
from samlop.hours.commands import terms
from samlop.hours.cutoff import correction_text, rules_of
from samlop.hours.forms.attendance import CorrectForm, PaperForm, ReportForm, SettleForm, WithdrawForm
from samlop.hours.forms.leave import CareForm, GiveForm, KeepForm, LossForm, RulesForm
from samlop.hours.queries import absence as queries
from samlop.hours.stood import loss_token
from samlop.hours.week_forms import StoodForm


@page(section=Section.HOURS)
def absences(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    return _show(request, case_id)


def _show(request: ViewerRequest, case_id: UUID, status: int = 200, **bound: Any) -> HttpResponse:
    shown = queries.absences(request.viewer, case_id, everything="alle" in request.GET)
    care = {"alone": shown.account.care.alone, "chronic": shown.account.care.chronic}
    judged = {"stood": loss_token(shown.account.loss)}
    forms = {
        "care": CareForm(initial=care, prefix="care"),
        "loss": LossForm(prefix="loss", initial={"valid_from": today()}),
        "keep": KeepForm(prefix="keep", initial=judged),
        "give": GiveForm(prefix="give", initial=judged),
    } | bound
    context = {"shown": shown, "case": shown.case, "forms": forms, "bound": list(bound.values()), "on": today()}
    return render(request, "hours/absences.html", context, status=status)


@page(section=Section.HOURS, right=Right.CONTRIBUTE, methods=("GET", "POST"))
def report(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Tell of an absence. The participant does it on their own page, where it also says what it costs."""
    if request.viewer.is_participant:
        return redirect("portal:absence")
    case, account = queries.to_report(request.viewer, case_id)
    form = ReportForm(request.POST or None, reasons=account.reasons, initial={"first": today()})
    if request.method == "POST":
        values: dict[str, Any] = {}
        if form.is_valid():
            typed = form.cleaned_data
            values = {name: typed[name] for name in ("first", "hours", "code", "documented")}
            values["last"] = typed["last"] or typed["first"]
        if perform(form, commands.report_absence, case=case_id, by=request.viewer, **values):
            return _saved(request, form.result, _("Fraværet er meldt."))
    context = {"case": case, "form": form}
    return render(request, "hours/report.html", context, status=422 if form.is_bound else 200)


@page(section=Section.HOURS)
def absence(request: ViewerRequest, case_id: UUID, absence_id: UUID) -> HttpResponse:
    return _one(request, case_id, absence_id)


def _one(request: ViewerRequest, case_id: UUID, absence_id: UUID, status: int = 200, **bound: Any) -> HttpResponse:
    shown = queries.one_absence(request.viewer, case_id, absence_id)
    row = shown.line.absence
    now = {"revision": row.revision}
    for form in bound.values():
        if form.answers == HTTPStatus.CONFLICT:  # the page shows what stands now, so saving once more is a choice
            form.data = form.data.copy()
            form.data[form.add_prefix("revision")] = str(row.revision)
    reasons = shown.account.reasons
    proposed = next((code for code, _label, problem in shown.proposals if problem is None), row.code)
    days = {"first": row.first_day, "last": row.last_day, "hours": row.hours}
    settled = {"code": row.code or proposed, "documented": row.documented}
    forms = {
        "settle": SettleForm(prefix="settle", reasons=reasons, initial=settled | now),
        "correct": CorrectForm(prefix="correct", initial=days | now),
        "withdraw": WithdrawForm(prefix="withdraw", initial=now),
    } | bound
    context = {"shown": shown, "case": shown.case, "line": shown.line, "forms": forms, "bound": list(bound.values())}
    return render(request, "hours/absence.html", context, status=status)


def _act(
    request: ViewerRequest,
    keys: tuple[UUID, UUID],
    name: str,
    form: HouseForm,
    command: Callable[..., Any],
    said: str,
) -> HttpResponse:
    """Run one of the forms of an absence; a refusal is shown on its page with what was typed."""
    case_id, absence_id = keys
    values = {}
    if form.is_valid():
        values = {key: value for key, value in form.cleaned_data.items() if key != "once"}
    if perform(form, command, case=case_id, absence_id=absence_id, by=request.viewer, **values):
        return _saved(request, form.result, said)
    return _one(request, case_id, absence_id, form.answers, **{name: form})


def _saved(request: ViewerRequest, row: Any, said: str) -> HttpResponse:
    messages.success(request, f"{said} {correction_text(row.municipality_id, row.first_day)}".strip())
    return redirect("hours:absences", row.case_id)


@page(section=Section.HOURS, right=Right.CONTRIBUTE, methods=("POST",))
def settle(request: ViewerRequest, case_id: UUID, absence_id: UUID) -> HttpResponse:
    account = queries.to_report(request.viewer, case_id)[1]
    form = SettleForm(request.POST, prefix="settle", reasons=account.reasons)
    return _act(request, (case_id, absence_id), "settle", form, commands.settle_reason, _("Grunnen er avgjort."))


@page(section=Section.HOURS, right=Right.CONTRIBUTE, methods=("POST",))
def correct(request: ViewerRequest, case_id: UUID, absence_id: UUID) -> HttpResponse:
    form = CorrectForm(request.POST, prefix="correct")
    return _act(request, (case_id, absence_id), "correct", form, commands.correct_absence, _("Fraværet er rettet."))


@page(section=Section.HOURS, right=Right.CONTRIBUTE, methods=("POST",))
def withdraw(request: ViewerRequest, case_id: UUID, absence_id: UUID) -> HttpResponse:
    form = WithdrawForm(request.POST, prefix="withdraw")
    return _act(request, (case_id, absence_id), "withdraw", form, commands.withdraw_absence, _("Fraværet er trukket."))


@page(section=Section.HOURS, right=Right.CONTRIBUTE, methods=("POST",))
def paper(request: ViewerRequest, case_id: UUID, absence_id: UUID) -> HttpResponse:
    form = PaperForm(request.POST)
    return _act(request, (case_id, absence_id), "paper", form, commands.note_paper, _("Lagret."))


@page(section=Section.HOURS, right=Right.CONTRIBUTE, methods=("POST",))
def care(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    form = CareForm(request.POST, prefix="care")
    values: dict[str, Any] = {}
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("alone", "chronic")} | {"seen": form.shown_first()}
    if perform(form, terms.note_care, case=case_id, by=request.viewer, **values):
        messages.success(request, _("Lagret. Dagene med sykt barn er regnet ut på nytt."))
        return redirect("hours:absences", case_id)
    return _show(request, case_id, form.answers, care=form)


@page(section=Section.PROGRAMME, right=Right.MANAGE, methods=("POST",))
def self_certificate(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Take the right to self-certificates away, keep it lost after the review, or give it back."""
    what = request.POST.get("do", "")
    what = what if what in _JUDGED else "give"
    command, made, said = _JUDGED[what]
    form = made(request.POST, prefix=what if what != "take" else "loss")
    values: dict[str, Any] = {"seen": form.seen} if isinstance(form, StoodForm) else {}
    if form.is_valid():
        values |= {key: value for key, value in form.cleaned_data.items() if key not in ("once", "stood")}
    if perform(form, command, case=case_id, by=request.viewer, **values):
        messages.success(request, said)
        return redirect("hours:absences", case_id)
    return _show(request, case_id, form.answers, **{str(form.prefix): form})


_JUDGED: dict[str, tuple[Callable[..., Any], type[HouseForm], Any]] = {
    "take": (terms.take_self_certificate, LossForm, gettext_lazy("Retten til egenmelding er tatt bort.")),
    "keep": (terms.keep_loss, KeepForm, gettext_lazy("Lagret. Retten skal vurderes på nytt innen seks måneder.")),
    "give": (terms.give_self_certificate, GiveForm, gettext_lazy("Deltakeren kan bruke egenmelding igjen.")),
}
"""What can be decided of the right to self-certificates: the command, its form, and what is said when it is done."""


@page(permission=Permission.CONFIGURE, methods=("GET", "POST"))
def rules(request: ViewerRequest) -> HttpResponse:
    """The municipality's cut-off and days."""
    key = request.viewer.municipality_id
    now = rules_of([key])[key]
    initial = {"cutoff_day": now.cutoff_day, "reason_days": now.reason_days}
    form = RulesForm(request.POST or None, initial=initial)
    if request.method == "POST":
        values: dict[str, Any] = {}
        if form.is_valid():
            values = {name: form.cleaned_data[name] for name in initial} | {"seen": form.shown_first()}
        if perform(form, terms.set_attendance_rules, by=request.viewer, **values):
            messages.success(request, _("Lagret for hele kommunen."))
            return redirect("hours:attendance_rules")
    return render(request, "hours/rules.html", {"form": form}, status=form.answers if form.is_bound else 200)
