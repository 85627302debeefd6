"""Versions of the plan: made in a plan talk, read, and compared side by side."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.people.vocabulary import InterpreterNeed
from samlop.plan import commands, queries
from samlop.plan.forms import CompareForm, VersionForm
from samlop.plan.views.common import back_to, for_editor, saved


@page(section=Section.PLAN)
def versions(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Every version, newest first."""
    found = queries.version_list(request.viewer, case_id)
    return render(request, "plan/versions.html", {"case": found.case, "found": found})


@page(section=Section.PLAN)
def version(request: ViewerRequest, case_id: UUID, number: int) -> HttpResponse:
    """One version as it was agreed."""
    found = queries.version_page(request.viewer, case_id, number)
    return render(request, "plan/version.html", {"case": found.case, "found": found, "version": found.version})


@page(section=Section.PLAN)
def compare(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Two versions side by side (``fra``, ``til``), or a version and the plan as it stands."""
    found = queries.compare_page(request.viewer, case_id, request.GET.get("fra", ""), request.GET.get("til", ""))
    form = CompareForm(initial={"fra": found.old.key, "til": found.new.key}, choices=found.choices)
    return render(request, "plan/compare.html", {"case": found.case, "found": found, "form": form})


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=("GET", "POST"))
def talk(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """A plan talk has been held: the plan becomes the next version."""
    basis = queries.talk_basis(request.viewer, case_id)
    for_editor(request, basis.case)
    needs_none = basis.case.person.interpreter == InterpreterNeed.NONE
    form = VersionForm(
        request.POST or None,
        initial={
            "talk_on": today(),
            "took_part": ["participant"],
            "interpreter": "none" if needs_none else None,
            "interpreter_language": basis.language,
            "revision": basis.plan.revision,
        },
        people=[(key, label) for key, (label, _person) in basis.people.items()],
    )
    if request.method == "POST":
        if form.is_valid():
            made = perform(
                form, commands.make_version, by=request.viewer, case=basis.case,
                **form.details({key: person for key, (_label, person) in basis.people.items()}),
            )  # fmt: skip
            if made:
                number = form.result.number
                text = _("Planen er nå versjon %(number)s.") % {"number": number}
                return saved(request, case_id, text)
        if form.changed_meanwhile:
            form.see(basis.plan.revision)
    status = 409 if form.changed_meanwhile else 422 if form.errors else 200
    context = {"case": basis.case, "basis": basis, "form": form, "back": back_to(case_id)}
    return render(request, "plan/talk.html", context, status=status)
