"""Pages for registering and correcting effort."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Right, Section
from samlop.effort.commands import correct_effort, register_effort, withdraw_effort
from samlop.effort.forms import CorrectionForm, EffortForm
from samlop.effort.queries import may_register_for, own_effort


@page(signed_in="one registers one's own unit's effort; the command checks each participant", methods=("GET", "POST"))
def register(request: ViewerRequest) -> HttpResponse:
    """Register effort for the participants named in the address («sak»), or for some of one's own."""
    wanted = _keys([*request.GET.getlist("sak"), *request.POST.getlist("cases")])
    choices = may_register_for(request.viewer, wanted)
    if request.method == "POST":
        form = EffortForm(request.POST, choices=choices)
        chosen = list(form.cleaned_data.get("cases", [])) if form.is_valid() else []
        arguments = {name: form.cleaned_data.get(name) for name in ("kind", "minutes", "happened_on")}
        if perform(form, register_effort, by=request.viewer, cases=chosen, **arguments):
            messages.success(request, _thanks(len(chosen)))
            return HttpResponseRedirect(_back(request))
    else:
        form = EffortForm(choices=choices, initial={"cases": wanted, "kind": request.GET.get("type")})
    context = {"form": form, "next": _back(request), "wanted": bool(wanted), "anyone": choices.exists()}
    return render(request, "effort/register.html", context)


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=("GET", "POST"))
def correct(request: ViewerRequest, case_id: UUID, seq: int) -> HttpResponse:
    """Put right, or strike out, an effort of one's own unit."""
    viewer = request.viewer
    entry = own_effort(viewer, case_id, seq)
    form = CorrectionForm(request.POST or None, initial=vars(entry) | {"kind": entry.effort})
    if request.method == "POST":
        if "withdraw" in request.POST:
            withdraw_effort(case=case_id, seq=seq, by=viewer, once=_once(request))  # type: ignore[call-arg]
            messages.success(request, _("Innsatsen er strøket. Den står fortsatt i tidslinjen, men teller ikke."))
            return HttpResponseRedirect(_back(request))
        typed = (
            {name: form.cleaned_data.get(name) for name in ("kind", "minutes", "happened_on")}
            if form.is_valid()
            else {}
        )
        if perform(form, correct_effort, by=viewer, case=case_id, seq=seq, **typed):
            messages.success(request, _("Innsatsen er rettet."))
            return HttpResponseRedirect(_back(request))
    context = {"form": form, "entry": entry, "case": entry.case, "next": _back(request)}
    return render(request, "effort/correct.html", context)


def _once(request: ViewerRequest) -> UUID | None:
    found = _keys([request.POST.get("once", "")])
    return found[0] if found else None


def _thanks(number: int) -> str:
    text = ngettext("Innsatsen er registrert.", "Innsatsen er registrert for %(number)s deltakere.", number)
    return text % {"number": number}


def _keys(texts: list[str]) -> list[UUID]:
    """Keys of cases in an address or a form; what is not a key is left out."""
    found: dict[UUID, Any] = {}
    for text in texts:
        try:
            found[UUID(text)] = None
        except ValueError:
            continue
    return list(found)


def _back(request: ViewerRequest) -> str:
    """The page the registration was started from."""
    to = request.POST.get("next") or request.GET.get("next") or "/"
    return to if url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}) else "/"
