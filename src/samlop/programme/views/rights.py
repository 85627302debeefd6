"""The page of right and duty, with the facts that the law asks about."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Right, Section
from samlop.programme import commands, queries
from samlop.programme.decision_forms import FactsForm


def _show(request: ViewerRequest, case_id: UUID, form: FactsForm | None = None) -> HttpResponse:
    shown = queries.rights_page(request.viewer, case_id)
    old_act = shown.act == "introduksjonsloven"
    initial = FactsForm.initial_from(shown.facts)
    initial["lived_in_municipality_since"] = initial["lived_in_municipality_since"] or shown.case.settled_on
    context = {
        "shown": shown,
        "case": shown.case,
        "form": form or FactsForm(prefix="facts", initial=initial, old_act=old_act),
        "refused": form,
    }
    return render(request, "programme/rights.html", context, status=form.answers if form else 200)


@page(section=Section.PROGRAMME)
def eligibility(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    return _show(request, case_id)


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("POST",))
def facts(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    shown = queries.rights_page(request.viewer, case_id)
    form = FactsForm(request.POST, prefix="facts", old_act=shown.act == "introduksjonsloven")
    given = {"values": form.values(), "seen": form.seen_values()} if form.is_valid() else {}
    if perform(form, commands.set_facts, case=case_id, by=request.viewer, **given):
        messages.success(request, _("Opplysningene er lagret."))
        return redirect("programme:eligibility", case_id)
    return _show(request, case_id, form)
