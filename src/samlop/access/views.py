"""Pages of the room: *Hvem ser hva*, emergency access, the control list, grants and the policy itself."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from samlop.access import changes as organisation_changes
from samlop.access import commands, forms, queries, session
from samlop.access.policy import Relation, policy
from samlop.access.visits import visits
from samlop.access.words import RELATION_NAMES
from samlop.core.errors import Refused
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Permission, Right, Section
from samlop.core.time import add_months, today
from samlop.people.models import User
from samlop.people.vocabulary import Role


def _people_who_can_be_granted(municipality_id: UUID) -> Any:
    day = today()
    return (
        User.objects.filter(memberships__role__in=[role.value for role in policy().grantable])
        .filter(
            Q(memberships__valid_to__isnull=True) | Q(memberships__valid_to__gte=day), memberships__valid_from__lte=day
        )
        .filter(Q(memberships__unit__municipality_id=municipality_id) | Q(memberships__unit__serves=municipality_id))
        .distinct()
        .order_by("name")
    )


@page(signed_in="chooses among the roles one already has", methods=("POST",))
def act_as(request: ViewerRequest) -> HttpResponse:
    """Change the role acted in; a role one does not hold is refused."""
    chosen = request.POST.get("acting", "")
    if chosen not in {choice.key for choice in session.choices(request.viewer.signed_in)}:
        raise Refused("no_such_role", _("Du har ikke denne rollen. Velg en av rollene i listen."))
    request.session[session.ACTING] = chosen
    following = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(following, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(following if safe else "/")


@page(section=Section.IDENTITY)
def who_sees(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    return _who_sees_page(request, case_id)


def _who_sees_page(request: ViewerRequest, case_id: UUID, **bound: Any) -> HttpResponse:
    case = _opened(request, case_id)
    found = queries.who_sees(request.viewer, case_id)
    own = request.viewer.is_participant
    context = {
        "case": case,
        "found": found,
        "may_object": own,
        "may_answer": case.viewer_rights[Section.PLAN] >= Right.MANAGE,
        "may_grant": case.viewer_rights[Section.IDENTITY] >= Right.CONTRIBUTE and not case.person.is_protected,
        "objection_form": forms.ObjectionForm(prefix="objection"),
        "answer_form": forms.AnswerForm(prefix="answer"),
        "grant_form": forms.GrantForm(
            prefix="grant",
            people=_people_who_can_be_granted(case.municipality_id),
            own=own,
            initial={"valid_from": today()},
        ),
        "today": today(),
    }
    status = 422 if bound else 200
    return render(request, "access/who_sees.html", context | bound, status=status)


def _opened(request: ViewerRequest, case_id: UUID) -> Any:
    from samlop.core.gate import gate

    return gate().open(request.viewer, case_id, Section.IDENTITY, Right.SEE)


@page(section=Section.IDENTITY)
def reading_log(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    log = queries.reading_log(request.viewer, case_id)
    shown = Paginator(log, 50).get_page(request.GET.get("side"))
    return render(
        request,
        "access/reading_log.html",
        {"case": _opened(request, case_id), "shown": shown, "visits": visits(shown)},
    )


@page(section=Section.IDENTITY, right=Right.CONTRIBUTE, methods=("POST",))
def objection(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    form = forms.ObjectionForm(request.POST, prefix="objection")
    given = {key: request.POST.get(f"objection-{key}", "") for key in ("text", "section", "about")}
    if perform(form, commands.object_to_access, by=request.viewer, case=case_id, **given):
        messages.success(request, _("Takk. Den som har ansvar for planen din, får beskjed og svarer deg her."))
        return redirect("access:who_sees", case_id)
    return _who_sees_page(request, case_id, objection_form=form)


@page(section=Section.PLAN, right=Right.MANAGE, methods=("POST",))
def answer_objection(request: ViewerRequest, case_id: UUID, objection_id: UUID) -> HttpResponse:
    form = forms.AnswerForm(request.POST, prefix="answer")
    answer = request.POST.get("answer-answer", "")
    if perform(form, commands.settle_objection, by=request.viewer, case=case_id, objection=objection_id, answer=answer):
        messages.success(request, _("Svaret er lagret. Deltakeren ser det på siden sin."))
        return redirect("access:who_sees", case_id)
    return _who_sees_page(request, case_id, answer_form=form, answering=objection_id)


@page(section=Section.IDENTITY, right=Right.CONTRIBUTE, methods=("POST",))
def grant(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    case = _opened(request, case_id)
    people = _people_who_can_be_granted(case.municipality_id)
    form = forms.GrantForm(request.POST, prefix="grant", people=people, own=request.viewer.is_participant)
    given = form.cleaned_data if form.is_valid() else {}
    arguments = {
        "user": given.get("user"),
        "sections": [Section(name) for name in given.get("sections", [])],
        "purpose": given.get("purpose", ""),
        "agreed_how": given.get("agreed_how", ""),
        "valid_from": given.get("valid_from"),
        "valid_to": given.get("valid_to"),
    }
    if perform(form, commands.give_grant, by=request.viewer, case=case_id, **arguments):
        messages.success(request, _("Tilgangen er gitt."))
        return redirect("access:who_sees", case_id)
    return _who_sees_page(request, case_id, grant_form=form)


@page(section=Section.IDENTITY, right=Right.CONTRIBUTE, methods=("POST",))
def revoke_grant(request: ViewerRequest, case_id: UUID, grant_id: UUID) -> HttpResponse:
    commands.revoke_grant(case=case_id, grant=grant_id, by=request.viewer)
    messages.success(request, _("Tilgangen er trukket tilbake."))
    return redirect("access:who_sees", case_id)


@page(permission=Permission.REQUEST_OVERRIDE, methods=("GET", "POST"))
def override(request: ViewerRequest) -> HttpResponse:
    form = forms.OverrideForm(request.POST or None)
    if request.method == "POST":
        fields = ("identifier", "name", "birth_date", "reason", "hours")
        given = {key: form.cleaned_data.get(key) for key in fields} if form.is_valid() else {}
        if perform(form, commands.take_override, by=request.viewer, **given):
            messages.warning(request, _("Du har nødtilgang. Alt du åpner, blir loggført, og lederen får beskjed."))
            return redirect("overview:case", form.result.case_id)
    context = {"form": form, "open": queries.my_overrides(request.viewer)}
    return render(request, "access/override.html", context, status=422 if form.errors else 200)


@page(permission=Permission.REQUEST_OVERRIDE, methods=("POST",))
def close_override(request: ViewerRequest, override_id: UUID) -> HttpResponse:
    commands.close_override(override=override_id, by=request.viewer)
    messages.success(request, _("Nødtilgangen er avsluttet."))
    return redirect("access:override")


@page(permission=Permission.SEE_CONTROL_LIST)
def control_list(request: ViewerRequest) -> HttpResponse:
    return _control_page(request)


def _control_page(request: ViewerRequest, **bound: Any) -> HttpResponse:
    month = _month(request.GET.get("maned", ""))
    context = {
        "month": month,
        "previous": add_months(month, -1),
        "next": add_months(month, 1) if add_months(month, 1) <= today() else None,
        "overrides": queries.control_list(request.viewer, month),
        "outside": queries.readings_outside_team(request.viewer, month),
        "form": forms.ReviewForm(),
        "relation_names": {relation.value: name for relation, name in RELATION_NAMES.items()},
    }
    return render(request, "access/control_list.html", context | bound, status=422 if bound else 200)


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today().replace(day=1)


@page(permission=Permission.SEE_CONTROL_LIST, methods=("POST",))
def review_override(request: ViewerRequest, override_id: UUID) -> HttpResponse:
    form = forms.ReviewForm(request.POST)
    if perform(
        form, commands.review_override, by=request.viewer, override=override_id, note=request.POST.get("note", "")
    ):
        messages.success(request, _("Kontrollen er lagret."))
        return redirect("access:control_list")
    return _control_page(request, form=form, reviewing=override_id)


@page(signed_in="the rules of access hold for everybody and name no person")
def policy_page(request: ViewerRequest) -> HttpResponse:
    chosen = request.GET.get("rolle", "")
    role = Role(chosen) if chosen in Role.values else (request.viewer.role or Role.PROGRAMME_ADVISER)
    context = {
        "role": Role(role),
        "roles": [(r.value, r.label) for r in Role if policy().cells[r]],
        "rows": queries.matrix(request.viewer, Role(role)),
        "policy": policy(),
    }
    return render(request, "access/policy.html", context)


@page(permission=Permission.CONFIGURE, methods=("GET", "POST"))
def narrow(request: ViewerRequest) -> HttpResponse:
    form = forms.NarrowForm(request.POST or None)
    if request.method == "POST":
        given: dict[str, Any] = {}
        if form.is_valid():
            cleaned = form.cleaned_data
            given = {
                "role": Role(cleaned["role"]),
                "section": Section(cleaned["section"]),
                "relation": Relation(cleaned["relation"]),
                "right": Right(int(cleaned["right"])),
                "why": cleaned["why"],
            }
        if perform(form, commands.narrow, by=request.viewer, **given):
            messages.success(request, _("Tilgangen er gjort smalere i kommunen. Det gjelder fra nå."))
            return redirect("access:narrow")
    context = {"form": form, "narrowings": queries.narrowings(request.viewer)}
    return render(request, "access/narrow.html", context, status=422 if form.errors else 200)


@page(permission=Permission.CONFIGURE, methods=("POST",))
def widen_back(request: ViewerRequest, narrowing_id: UUID) -> HttpResponse:
    commands.widen_back(narrowing=narrowing_id, by=request.viewer)
    messages.success(request, _("Det som gjelder for alle, gjelder igjen."))
    return redirect("access:narrow")


@page(signed_in="shows only what has been granted to the person who looks")
def my_grants(request: ViewerRequest) -> HttpResponse:
    return render(request, "access/my_grants.html", {"grants": queries.my_grants(request.viewer)})


@page(permission=Permission.SEE_CONTROL_LIST)
def changes(request: ViewerRequest) -> HttpResponse:
    """The organisation's journal, by kind, unit and days."""
    viewer = request.viewer
    whole = viewer.may(Permission.CONFIGURE)
    units = organisation_changes.units_that_acted(viewer) if whole else []
    form = forms.ChangesForm(request.GET, units=units)
    wanted = form.wanted() if form.is_valid() else organisation_changes.Wanted()
    shown, lines = organisation_changes.changes(viewer, wanted, request.GET.get("page"))
    context = {"form": form, "page": shown, "lines": lines, "whole": whole}
    context["filtered"] = wanted != organisation_changes.Wanted()
    return render(request, "access/changes.html", context, status=422 if form.errors else 200)
