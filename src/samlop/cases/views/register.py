"""Opening a case."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.cases import duplicates
from samlop.cases.commands.register import register_case
from samlop.cases.forms.family import FamilyForms
from samlop.cases.forms.register import RegisterForm
from samlop.cases.links import case_page
from samlop.cases.models import Case
from samlop.core.errors import Refused
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Permission
from samlop.people.queries import team_staff


@page(permission=Permission.REGISTER_CASE, methods=("GET", "POST"))
def register(request: ViewerRequest) -> HttpResponse:
    """The form; those it may be about are shown before anything is saved."""
    if request.viewer.municipality_id is None:
        raise Refused("no_unit", _("Bare en enhet i en kommune kan registrere deltakere. Bytt rolle øverst på siden."))
    staff = team_staff(request.viewer, request.viewer.municipality_id)
    form = RegisterForm(request.POST or None, viewer=request.viewer, staff=staff)
    family = FamilyForms(request.POST or None, prefix="family")
    likely: list[duplicates.Likely] = []
    if request.method == "POST" and family.is_valid() and form.is_valid():
        anyway, same_person = form.answer()
        details = form.details(family)
        if perform(
            form,
            register_case,
            by=request.viewer,
            details=details,
            owner_unit=form.cleaned_data["owner_unit"],
            places=form.places(),
            anyway=anyway,
            same_person=same_person,
        ):
            return _registered(request, form.result)
        found = duplicates.known(request.viewer.municipality_id, details).matches(details)
        likely = duplicates.likely(request.viewer, request.viewer.municipality_id, found)
        form.offer_persons(likely)
    context = {"form": form, "family": family, "likely": likely}
    return render(request, "cases/register.html", context, status=422 if form.is_bound else 200)


def _registered(request: ViewerRequest, case: Case) -> HttpResponse:
    messages.success(request, _("%(name)s er registrert, og saken er åpnet.") % {"name": case.person.name})
    if not request.viewer.scope(Case).filter(pk=case.pk).exists():
        # Protected, and somebody else was named: whoever registered cannot open it any more.
        messages.info(request, _("Bare de navngitte i saksteamet kan åpne saken, og du er ikke en av dem."))
        return redirect("cases:register")
    return redirect(case_page(case.pk))
