"""Forms for the goals."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from samlop.core.languages import NORWEGIAN
from samlop.core.pages import ViewerRequest, page
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.plan import commands, queries
from samlop.plan.forms import (
    EndGoalForm,
    LongTermGoalForm,
    MaterialChangeForm,
    NorwegianGoalForm,
    PartialGoalForm,
    ReachedForm,
)
from samlop.plan.naming import Act, act_of
from samlop.plan.views.common import Editing, edit, for_editor, press, removed_text

GET_POST = ("GET", "POST")


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=GET_POST)
def long_term_goal(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """The participant's own goal in own words: the participant writes it, or the editor with the participant."""
    case, plan = queries.plan_to_edit(request.viewer, case_id)
    if not request.viewer.is_participant:
        for_editor(request, case)
    now = {
        "own_text": plan.long_term_goal_own,
        "own_language": plan.own_language or _first_language(case),
        "text": plan.long_term_goal,
        "revision": plan.long_term_goal_revision,
    }
    form = LongTermGoalForm(request.POST or None, initial=now)
    return edit(
        request,
        form,
        Editing(
            case=case,
            title=_("Målet ditt") if request.viewer.is_participant else _("Deltakerens langsiktige mål"),
            intro=_(
                "Hva vil du med livet ditt i Norge? Skriv på språket du vil. Det er dine egne ord som skal stå her."
            )
            if request.viewer.is_participant
            else _("Skriv det slik deltakeren sier det. Deltakeren kan også skrive og endre målet selv."),
            act=commands.set_long_term_goal,
            saved=_("Målet er lagret."),
            now=now,
            codes=("plan.long_term_goal.set",),
            back="mal",
        ),
    )


def _first_language(case: object) -> str:
    languages = [row.code for row in case.person.languages.all() if row.code not in NORWEGIAN]  # type: ignore[attr-defined]
    return languages[0] if languages else ""


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=GET_POST)
def end_goal(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """What the programme shall lead to, and why."""
    case, plan = queries.plan_to_edit(request.viewer, case_id)
    for_editor(request, case)
    now = {"end_goal": plan.end_goal, "why": plan.end_goal_why, "revision": plan.end_goal_revision}
    form = EndGoalForm(request.POST or None, initial=now)
    return edit(
        request,
        form,
        Editing(
            case=case,
            title=_("Sluttmål"),
            intro=_("Sluttmålet bestemmer hvor lenge programmet kan vare (integreringsloven §§ 13 og 14).")
            if act_of(case.permit_granted_on, case.arrived_on) is Act.INTEGRATION
            else _("Målet for programmet, slik det er avtalt med deltakeren (introduksjonsloven § 6)."),
            act=commands.set_end_goal,
            saved=_("Sluttmålet er lagret."),
            now=now,
            codes=("plan.end_goal.set",),
            back="mal",
        ),
    )


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=GET_POST)
def norwegian_goal(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """The level of Norwegian that is the goal."""
    case, plan = queries.plan_to_edit(request.viewer, case_id)
    for_editor(request, case)
    now = {
        "norwegian_goal": plan.norwegian_goal,
        "why": plan.norwegian_goal_why,
        "revision": plan.norwegian_goal_revision,
    }
    form = NorwegianGoalForm(request.POST or None, initial=now)
    return edit(
        request,
        form,
        Editing(
            case=case,
            title=_("Norskmål"),
            act=commands.set_norwegian_goal,
            saved=_("Norskmålet er lagret."),
            now=now,
            codes=("plan.norwegian_goal.set",),
            back="mal",
        ),
    )


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=GET_POST)
def material_change(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Something essential has changed: the plan is due for review at once."""
    case, _plan = queries.plan_to_edit(request.viewer, case_id)
    for_editor(request, case)
    form = MaterialChangeForm(request.POST or None, initial={"happened_on": today()})
    intro = _("Planen må da gjennomgås med en gang. Merket forsvinner når en ny versjon er laget i en plansamtale.")
    if act_of(case.permit_granted_on, case.arrived_on) is Act.INTEGRATION:
        intro += " " + _(
            "En vesentlig endring av planen er et enkeltvedtak som deltakeren kan klage på (integreringsloven § 46)."
        )
    return edit(
        request,
        form,
        Editing(
            case=case,
            title=_("Vesentlig endring"),
            intro=intro,
            act=commands.mark_material_change,
            saved=_("Endringen er merket. Planen bør nå gjennomgås i en plansamtale."),
            submit=_("Merk som vesentlig endring"),
        ),
    )


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=GET_POST)
def new_partial_goal(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    case, _plan = queries.plan_to_edit(request.viewer, case_id)
    for_editor(request, case)
    form = PartialGoalForm(request.POST or None)
    del form.fields["revision"]
    return edit(
        request,
        form,
        Editing(
            case=case,
            title=_("Nytt delmål"),
            act=commands.add_partial_goal,
            saved=_("Delmålet er lagt til."),
            back="veien",
        ),
    )


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=GET_POST)
def partial_goal(request: ViewerRequest, case_id: UUID, goal_id: UUID) -> HttpResponse:
    case, goal = queries.partial_goal_to_edit(request.viewer, case_id, goal_id)
    for_editor(request, case)
    now = {"text": goal.text, "text_own": goal.text_own, "revision": goal.revision}
    form = PartialGoalForm(request.POST or None, initial=now)
    return edit(
        request,
        form,
        Editing(
            case=case,
            title=_("Endre delmål"),
            act=commands.change_partial_goal,
            arguments={"partial_goal": goal.pk},
            saved=_("Delmålet er lagret."),
            now=now,
            codes=("plan.partial_goal.changed", "plan.partial_goal.reached", "plan.partial_goal.reopened"),
            key=goal.pk,
            back="veien",
        ),
    )


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=GET_POST)
def reach(request: ViewerRequest, case_id: UUID, goal_id: UUID) -> HttpResponse:
    """Note that a partial goal was reached; sent with ``undo`` it is not reached after all."""
    case, goal = queries.partial_goal_to_edit(request.viewer, case_id, goal_id)
    for_editor(request, case)
    if request.method == "POST" and "undo" in request.POST:
        return press(
            request, case_id, commands.reach_partial_goal, _("Delmålet er ikke lenger merket som nådd."), "veien",
            partial_goal=goal.pk, reached_on=None,
        )  # fmt: skip
    form = ReachedForm(request.POST or None, initial={"reached_on": goal.reached_on or today()})
    return edit(
        request,
        form,
        Editing(
            case=case,
            title=_("Delmålet er nådd"),
            intro=goal.text,
            act=commands.reach_partial_goal,
            arguments={"partial_goal": goal.pk},
            saved=_("Delmålet er merket som nådd. Godt jobbet!"),
            back="veien",
        ),
    )


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=("POST",))
def remove(request: ViewerRequest, case_id: UUID, goal_id: UUID) -> HttpResponse:
    _case, goal = queries.partial_goal_to_edit(request.viewer, case_id, goal_id)
    text = removed_text(goal.text)
    return press(request, case_id, commands.remove_partial_goal, text, "tatt-ut", partial_goal=goal_id)


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=("POST",))
def restore(request: ViewerRequest, case_id: UUID, goal_id: UUID) -> HttpResponse:
    text = _("Delmålet er tilbake i planen.")
    return press(request, case_id, commands.restore_partial_goal, text, "veien", partial_goal=goal_id)
