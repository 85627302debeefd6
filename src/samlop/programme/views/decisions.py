"""Decisions: the list, the draft, the signature, and what happens afterwards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.cases.after_move import only_read
from samlop.core.errors import Refused
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.pdf import pdf_response, render_pdf
from samlop.core.rights import Right, Section
from samlop.core.templatetags.samlop import day
from samlop.core.time import today
from samlop.programme import commands, queries
from samlop.programme.decision_forms import (
    ComplaintForm,
    DayForm,
    DecisionForm,
    LateForm,
    NewEndForm,
    OutcomeForm,
    ReconsiderForm,
    SentForm,
    SignForm,
    initial_of,
)
from samlop.programme.finishing import kinds_open
from samlop.programme.forms import Confirm
from samlop.programme.kinds import DecisionKind, kind_of
from samlop.programme.law_of_case import law_of
from samlop.programme.letter import TEMPLATE, letter
from samlop.programme.proposals import proposal, proposed_end


@page(section=Section.PROGRAMME)
def decisions(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    shown = queries.decisions_page(request.viewer, case_id)
    return render(request, "programme/decisions.html", {"shown": shown, "case": shown.case})


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("GET", "POST"))
def decision_new(request: ViewerRequest, case_id: UUID, what: str) -> HttpResponse:
    """The draft of a new decision, proposed from the law; ``erstatter`` in the address names the one it replaces."""
    chosen = kind_of(what)
    shown = queries.decisions_page(request.viewer, case_id)
    replaces = asked_to_replace(request, shown)
    if chosen not in kinds_open(shown.case, replaces):
        raise only_read()
    if request.method != "POST":
        form = DecisionForm(kind=chosen, initial=proposal(shown.case, chosen))
        return _form(request, shown.case, chosen, form, 200, replaces=replaces)
    form = DecisionForm(request.POST, kind=chosen)
    if chosen is DecisionKind.AWARD and (ended := _proposed_end(shown.case, request)):
        return _form(request, shown.case, chosen, ended, 200, replaces=replaces, end_proposed=True)
    given = _given(form) | {"kind": chosen, "replaces": replaces}
    if perform(form, commands.propose_decision, case=case_id, by=request.viewer, **given):
        messages.success(request, _("Utkastet er lagret. En leder må undertegne før det er et vedtak."))
        return redirect("programme:decision", case_id, form.result.pk)
    return _form(request, shown.case, chosen, form, 422, replaces=replaces)


def asked_to_replace(request: ViewerRequest, shown: queries.DecisionsPage) -> Any:
    """The decision named by ``erstatter`` in the address or the form; none where the case has no such."""
    asked = request.POST.get("erstatter") or request.GET.get("erstatter") or ""
    return next((row.decision for row in shown.rows if str(row.decision.pk) == asked), None)


def _proposed_end(case: Any, request: ViewerRequest) -> DecisionForm | None:
    """The same form with the law's last day filled in, where start and goal are given and the last day is left out."""
    typed = DecisionForm(request.POST, kind=DecisionKind.AWARD)
    typed.is_valid()
    start, goal = typed.cleaned_data.get("start_on"), typed.cleaned_data.get("end_goal")
    if request.POST.get("planned_end_on") or not start or not goal:
        return None
    end = proposed_end(case, law_of(case), start, goal)
    if end is None:
        return None
    initial = {**typed.data_of(), "reasons": typed.cleaned_data.get("reasons", ""), "planned_end_on": end}
    return DecisionForm(kind=DecisionKind.AWARD, initial=initial | {"language": typed.cleaned_data.get("language")})


def _given(form: DecisionForm) -> dict[str, Any]:
    if not form.is_valid():
        return {"data": {}, "reasons": "", "language": ""}
    return {
        "data": form.data_of(),
        "reasons": form.cleaned_data["reasons"],
        "language": form.cleaned_data["language"],
    }


def _form(
    request: ViewerRequest, case: Any, kind: DecisionKind, form: DecisionForm, status: int, **more: Any
) -> HttpResponse:
    context = {"case": case, "kind": kind, "form": form, "rights": queries.rights_page(request.viewer, case), **more}
    if kind is DecisionKind.EXTENSION:
        context["length"] = law_of(case).duration()
    return render(request, "programme/decision_form.html", context, status=status)


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("GET", "POST"))
def decision_edit(request: ViewerRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    """Change a draft."""
    shown = queries.decision_page(request.viewer, case_id, decision_id)
    decision, kind = shown.decision, DecisionKind(shown.decision.kind)
    if not decision.is_draft:
        messages.info(request, _("Vedtaket er undertegnet og kan ikke endres."))
        return redirect("programme:decision", case_id, decision_id)
    kept = initial_of(decision.data) | {"reasons": decision.reasons, "language": decision.language}
    kept["seen"] = decision.content
    form = DecisionForm(request.POST or None, kind=kind, initial=kept)
    if request.method == "POST":
        given = _given(form) | {"decision": decision_id, "seen": form.cleaned_data.get("seen", "")}
        if perform(form, commands.change_draft, case=case_id, by=request.viewer, **given):
            messages.success(request, _("Utkastet er lagret."))
            return redirect("programme:decision", case_id, decision_id)
        form = _renewed(form, request, case_id, decision_id)
    status = form.answers if form.is_bound else 200
    return _form(request, shown.case, kind, form, status, draft=decision, overtaken=status == 409)


def show(request: ViewerRequest, case_id: UUID, decision_id: UUID, status: int = 200, **bound: Any) -> HttpResponse:
    """The page of one decision; a form that was refused is shown as it was typed."""
    shown = queries.decision_page(request.viewer, case_id, decision_id)
    forms: dict[str, Any] = {
        "sign": SignForm(prefix="sign", initial={"on": today(), "seen": shown.decision.content}),
        "discard": Confirm(prefix="discard"),
        "out": Confirm(prefix="out"),
        "sent": SentForm(
            prefix="sent",
            initial={"sent_on": shown.decision.sent_on or today(), "how": shown.decision.sent_how},
        ),
        "received": DayForm(prefix="received", initial={"on": shown.decision.received_on}),
        "registered": DayForm(prefix="registered", initial={"on": shown.decision.registered_on or today()}),
        "complaint": ComplaintForm(
            prefix="complaint", initial={"received_on": today(), "complainant": shown.case.person.name}
        ),
        "reconsider": ReconsiderForm(prefix="reconsider", initial={"on": today()}),
        "late": LateForm(prefix="late"),
        "forward": DayForm(prefix="forward", initial={"on": today()}),
        "outcome": OutcomeForm(prefix="outcome", initial={"on": today()}),
    }
    if shown.new_end:
        forms["new_end"] = NewEndForm(
            prefix="new_end", initial={"end_on": shown.new_end.end_on, "end_was": shown.new_end.end_was}
        )
    if shown.can_only_be_dismissed:
        forms["reconsider"].only_dismiss()
    context = {
        "shown": shown,
        "case": shown.case,
        "decision": shown.decision,
        "forms": forms | bound,
        "bound": list(bound.values()),
    }
    return render(request, "programme/decision.html", context, status=status)


@page(section=Section.PROGRAMME)
def decision(request: ViewerRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    return show(request, case_id, decision_id)


@page(section=Section.PROGRAMME)
def decision_letter(request: ViewerRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    """The decision as a letter (PDF) in the language that was chosen for it."""
    shown = queries.decision_page(request.viewer, case_id, decision_id)
    if shown.decision.before_samlop:
        text = _("Vedtaket er fattet før Samløp. Brevet ligger i arkivet til dem som fattet det.")
        raise Refused("made_before_samlop", text)
    name = "utkast-til-vedtak" if shown.decision.is_draft else "vedtak"
    return pdf_response(render_pdf(TEMPLATE, letter(shown.case, shown.decision)), name)


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("POST",))
def decision_sign(request: ViewerRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    form = SignForm(request.POST, prefix="sign")
    given: dict[str, Any] = {"decision": decision_id}
    if form.is_valid():
        given |= {"decided_on": form.cleaned_data["on"], "seen": form.cleaned_data["seen"]}
    if perform(form, commands.sign_decision, case=case_id, by=request.viewer, **given):
        messages.success(request, _("Vedtaket er undertegnet. Gi det til deltakeren, og skriv når det er gjort."))
        return redirect("programme:decision", case_id, decision_id)
    return show(request, case_id, decision_id, form.answers, sign=_renewed(form, request, case_id, decision_id))


def _renewed(form: Any, request: ViewerRequest, case_id: UUID, decision_id: UUID) -> Any:
    """The refused form, ready to be sent again for the text that the page shows now."""
    now = queries.decision_page(request.viewer, case_id, decision_id).decision.content
    form.data = form.data.copy()
    form.data[form.add_prefix("seen")] = now
    return form


@page(section=Section.PROGRAMME, right=Right.MANAGE, methods=("POST",))
def decision_new_end(request: ViewerRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    """Set the last day that the leave gives, by one press; only the day that the page showed."""
    shown = queries.decision_page(request.viewer, case_id, decision_id)
    form = NewEndForm(request.POST, prefix="new_end")
    if shown.new_end is None or not form.is_valid() or form.cleaned_data["end_on"] != shown.new_end.end_on:
        messages.warning(request, _("Sluttdatoen er endret etter at du åpnet siden. Se hva som står nå."))
        return redirect("programme:decision", case_id, decision_id)
    start, end = shown.new_end.start_on, shown.new_end.end_on
    seen = {"start_on": start, "planned_end_on": form.cleaned_data["end_was"]}
    dates = {"start_on": start, "planned_end_on": end, "seen": seen}
    if perform(form, commands.set_dates, case=case_id, by=request.viewer, **dates):
        messages.success(request, _("Siste planlagte dag er nå %(day)s.") % {"day": day(end)})
        return redirect("programme:decision", case_id, decision_id)
    return show(request, case_id, decision_id, form.answers, new_end=form)


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("POST",))
def decision_discard(request: ViewerRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    form = Confirm(request.POST, prefix="discard")
    if perform(form, commands.discard_draft, case=case_id, decision=decision_id, by=request.viewer):
        messages.success(request, _("Utkastet er slettet."))
        return redirect("programme:decisions", case_id)
    return show(request, case_id, decision_id, 422, discard=form)


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("POST",))
def decision_sent(request: ViewerRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    form = SentForm(request.POST, prefix="sent")
    given = {name: form.cleaned_data[name] for name in ("sent_on", "how")} if form.is_valid() else {}
    if perform(form, commands.note_sent, case=case_id, decision=decision_id, by=request.viewer, **given):
        return _noted(request, case_id, decision_id)
    return show(request, case_id, decision_id, 422, sent=form)


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("POST",))
def decision_received(request: ViewerRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    form = DayForm(request.POST, prefix="received")
    given = {"received_on": form.cleaned_data["on"]} if form.is_valid() else {}
    if perform(form, commands.note_received, case=case_id, decision=decision_id, by=request.viewer, **given):
        return _noted(request, case_id, decision_id)
    return show(request, case_id, decision_id, 422, received=form)


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("POST",))
def decision_registered(request: ViewerRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    form = DayForm(request.POST, prefix="registered")
    given = {"registered_on": form.cleaned_data["on"]} if form.is_valid() else {}
    if perform(form, commands.note_registered, case=case_id, decision=decision_id, by=request.viewer, **given):
        return _noted(request, case_id, decision_id)
    return show(request, case_id, decision_id, 422, registered=form)


def _noted(request: ViewerRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    messages.success(request, _("Notert."))
    return redirect("programme:decision", case_id, decision_id)
