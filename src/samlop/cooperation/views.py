"""The leader's page about the municipality's way of working: model, owners, talk rules, periods and norms."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.cooperation import commands, queries
from samlop.cooperation.forms import Confirm, ModelForm, OwnersForm, PeriodsForm, RuleForm
from samlop.cooperation.models import OrganisationModel, TalkKind, Which
from samlop.cooperation.presets import model_presets, talk_presets
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Permission
from samlop.people.vocabulary import UnitKind

HERE = "cooperation:arrangement"


def _show(request: ViewerRequest, status: int = 200, **bound: Any) -> HttpResponse:
    """The whole page; a form that was refused is shown as it was typed."""
    shown = queries.arrangement(request.viewer)
    names = (*PeriodsForm.base_fields,)
    forms = {
        "periods": PeriodsForm(
            prefix="periods", initial={n: getattr(shown.settings, n) for n in names if hasattr(shown.settings, n)}
        ),
        "model": ModelForm(prefix="model", initial={"model": shown.settings.model}),
        "owners": OwnersForm(prefix="owners", shown=shown),
        "rule": RuleForm(prefix="rule"),
        "confirm": Confirm(),
    }
    context = {
        "shown": shown,
        "forms": forms | bound,
        "bound": list(bound.values()),
        "talk_presets": talk_presets().values(),
        "model_presets": model_presets().values(),
    }
    return render(request, "cooperation/arrangement.html", context, status=status)


@page(permission=Permission.CONFIGURE)
def arrangement(request: ViewerRequest) -> HttpResponse:
    return _show(request)


@page(permission=Permission.CONFIGURE, methods=("POST",))
def periods(request: ViewerRequest) -> HttpResponse:
    form = PeriodsForm(request.POST, prefix="periods")
    values = form.values() if form.is_valid() else {}
    if perform(form, commands.set_periods, values=values, seen=form.shown_first(), by=request.viewer):
        messages.success(request, _("Oppsettet er lagret."))
        return redirect(HERE)
    return _show(request, form.answers, periods=form)


@page(permission=Permission.CONFIGURE, methods=("POST",))
def model(request: ViewerRequest) -> HttpResponse:
    form = ModelForm(request.POST, prefix="model")
    chosen = OrganisationModel(form.cleaned_data["model"]) if form.is_valid() else None
    if perform(form, commands.use_model, model=chosen, by=request.viewer):
        messages.success(request, _("Modellen er valgt. Se over hvem som har ansvar for hver oppgave."))
        return redirect(HERE)
    return _show(request, 422, model=form)


@page(permission=Permission.CONFIGURE, methods=("POST",))
def owners(request: ViewerRequest) -> HttpResponse:
    form = OwnersForm(request.POST, prefix="owners", shown=queries.arrangement(request.viewer))
    chosen = form.owners() if form.is_valid() else {}
    if perform(form, commands.set_owners, owners=chosen, seen=form.owners_seen(), by=request.viewer):
        messages.success(request, _("Ansvaret er lagret."))
        return redirect(HERE)
    return _show(request, form.answers, owners=form)


@page(permission=Permission.CONFIGURE, methods=("POST",))
def talk_preset(request: ViewerRequest, code: str) -> HttpResponse:
    form = Confirm(request.POST)
    if perform(form, commands.use_talk_preset, code=code, by=request.viewer):
        messages.success(request, _("Reglene for plansamtalene er byttet ut."))
        return redirect(HERE)
    return _show(request, 422, confirm=form)


@page(permission=Permission.CONFIGURE, methods=("POST",))
def add_rule(request: ViewerRequest) -> HttpResponse:
    form = RuleForm(request.POST, prefix="rule")
    values: dict[str, Any] = {}
    if form.is_valid():
        typed = form.cleaned_data
        values = {
            "talk": TalkKind(typed["talk"]),
            "unit_kind": UnitKind(typed["unit_kind"]),
            "which": Which(typed["which"]),
            "count": typed["count"],
        }
    if perform(form, commands.add_talk_rule, by=request.viewer, **values):
        messages.success(request, _("Regelen er lagt til."))
        return redirect(HERE)
    return _show(request, 422, rule=form)


@page(permission=Permission.CONFIGURE, methods=("POST",))
def remove_rule(request: ViewerRequest, rule_id: UUID) -> HttpResponse:
    form = Confirm(request.POST)
    if perform(form, commands.remove_talk_rule, rule_id=rule_id, by=request.viewer):
        messages.success(request, _("Regelen er fjernet."))
        return redirect(HERE)
    return _show(request, 422, confirm=form)
