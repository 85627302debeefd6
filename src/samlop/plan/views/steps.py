"""Forms for the steps."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from samlop.core.pages import ViewerRequest, page
from samlop.core.rights import Right, Section
from samlop.plan import commands, queries
from samlop.plan.editing import answers_for
from samlop.plan.forms import BY_PARTICIPANT, ReportForm, StepForm
from samlop.plan.models import Step
from samlop.plan.responsible import responsible_key
from samlop.plan.views.common import Editing, edit, for_editor, press, removed_text

GET_POST = ("GET", "POST")


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=GET_POST)
def new(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """A new step, in the partial goal that the address names."""
    case, plan = queries.plan_to_edit(request.viewer, case_id)
    for_editor(request, case)
    form = StepForm(
        request.POST or None,
        initial={"partial_goal": request.GET.get("delmal", "")},
        goals=queries.partial_goals(request.viewer, plan),
        responsible=queries.responsible_choices(request.viewer, case),
    )
    del form.fields["revision"]
    return edit(
        request,
        form,
        Editing(
            case=case,
            title=_("Nytt tiltak"),
            act=commands.add_step,
            saved=_("Tiltaket er lagt til."),
            back="veien",
        ),
        lambda: {"details": form.details()},
    )


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=GET_POST)
def change(request: ViewerRequest, case_id: UUID, step_id: UUID) -> HttpResponse:
    case, step = queries.step_to_edit(request.viewer, case_id, step_id)
    for_editor(request, case)
    now = _as_it_stands(step)
    form = StepForm(
        request.POST or None,
        initial=now,
        goals=queries.partial_goals(request.viewer, step.plan),
        responsible=queries.responsible_choices(request.viewer, case, step),
    )
    return edit(
        request,
        form,
        Editing(
            case=case,
            title=_("Endre tiltak"),
            act=commands.change_step,
            arguments={"step": step.pk},
            saved=_("Tiltaket er lagret."),
            now=now,
            codes=("plan.step.changed", "plan.step.reported"),
            key=step.pk,
            back=f"tiltak-{step.pk}",
        ),
        lambda: {"details": form.details()},
    )


def _as_it_stands(step: Step) -> dict[str, Any]:
    return {
        "title": step.title,
        "title_own": step.title_own,
        "kind": step.kind,
        "partial_goal": str(step.partial_goal_id or ""),
        "start_on": step.start_on,
        "end_on": step.end_on,
        "responsible": BY_PARTICIPANT
        if step.by_participant
        else responsible_key(step.unit, step.user)
        if step.unit
        else "",
        "why": step.why,
        "revision": step.revision,
    }


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=GET_POST)
def report(request: ViewerRequest, case_id: UUID, step_id: UUID) -> HttpResponse:
    """How a step goes, told by whoever answers for it."""
    case, step = queries.step_to_edit(request.viewer, case_id, step_id)
    if not answers_for(request.viewer, step):
        for_editor(request, case)
    now = {"status": step.status, "result": step.result, "revision": step.revision}
    form = ReportForm(request.POST or None, initial=now)
    return edit(
        request,
        form,
        Editing(
            case=case,
            title=_("Hvordan går det?"),
            intro=step.title,
            act=commands.report_step,
            arguments={"step": step.pk},
            saved=_("Statusen er lagret."),
            now=now,
            codes=("plan.step.reported", "plan.step.changed"),
            key=step.pk,
            back=f"tiltak-{step.pk}",
        ),
    )


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=("POST",))
def remove(request: ViewerRequest, case_id: UUID, step_id: UUID) -> HttpResponse:
    _case, step = queries.step_to_edit(request.viewer, case_id, step_id)
    return press(request, case_id, commands.remove_step, removed_text(step.title), "tatt-ut", step=step_id)


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=("POST",))
def restore(request: ViewerRequest, case_id: UUID, step_id: UUID) -> HttpResponse:
    return press(request, case_id, commands.restore_step, _("Tiltaket er tilbake i planen."), "veien", step=step_id)
