"""Moving a case to another municipality: first the municipality, then who takes over there."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.cases.commands.moving import move_case
from samlop.cases.forms.moving import MoveForm
from samlop.cases.queries.moving import move as read_move
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Right, Section


@page(section=Section.IDENTITY, right=Right.MANAGE, methods=("GET", "POST"))
def move(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Choose the municipality (in the address), the unit or person there, and give the reason."""
    asked = _key(request.POST.get("kommune") or request.GET.get("kommune"))
    case, found = read_move(request.viewer, case_id, asked)
    form = None
    if found.chosen:
        form = MoveForm(request.POST or None, staff=found.staff, initial={"kommune": found.chosen.pk})
        if request.method == "POST":
            unit, receiver = form.cleaned_data["to"] if form.is_valid() else (None, None)
            reason = form.cleaned_data.get("reason", "")
            given = {"to_unit": unit, "receiver": receiver, "reason": reason}
            if perform(form, move_case, by=request.viewer, case=case_id, **given):
                messages.success(request, _("Saken er flyttet. Her kan den leses, men ikke endres."))
                return redirect("cases:details", case_id)
    context = {"case": case, "found": found, "form": form}
    return render(request, "cases/move.html", context, status=422 if form and form.is_bound else 200)


def _key(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
