"""The plan page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from samlop.core.pages import ViewerRequest, page
from samlop.core.rights import Section
from samlop.plan.forms import ContributionForm, NothingForm
from samlop.plan.queries import plan_page


@page(section=Section.PLAN)
def plan(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Goals, steps and contributions of a case, with what the viewer may do there."""
    found = plan_page(request.viewer, case_id)
    goals = [group.goal for group in found.groups if group.goal]
    steps = [line.step for group in found.groups for line in group.steps]
    about = request.GET.get("om", "")
    form = ContributionForm(goals=goals, steps=steps, initial={"about": about}) if found.may_contribute else None
    context = {"case": found.case, "found": found, "plan": found.plan, "form": form, "button": NothingForm()}
    return render(request, "plan/plan.html", context)
