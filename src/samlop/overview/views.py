"""Pages of the room: thin – parse, one query or command, render."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samlop.access.policy import policy
from samlop.access.viewer import Viewer
from samlop.cases.after_move import has_moved
from samlop.cases.vocabulary import EffortKind
from samlop.core.errors import Refused
from samlop.core.ids import uuid7
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Permission, Right, Section
from samlop.core.spreadsheet import CONTENT_TYPE
from samlop.core.time import today
from samlop.hours.queries.classes import rolls as query_rolls
from samlop.overview import commands
from samlop.overview.case_page import case_page
from samlop.overview.columns import Columns, rows_for
from samlop.overview.export import MOST_ROWS, export
from samlop.overview.filters import FilterForm, presets
from samlop.overview.forms import SaveFilterForm
from samlop.overview.leader import leader_page
from samlop.overview.models import SavedFilter
from samlop.overview.my_day import my_day as query_my_day
from samlop.overview.participants import PAGE_SIZE, matching
from samlop.people.vocabulary import Role


def works_with_cases(viewer: Viewer) -> bool:
    """Whether the policy gives the role a section of some case by being in its team or unit."""
    return viewer.role is not None and bool(policy().cells[viewer.role])


@page(signed_in="everyone's own start page; it holds only what the viewer may see")
def my_day(request: ViewerRequest) -> HttpResponse:
    """Min dag; the participant's own page, or a start page, for those who do not work with cases."""
    viewer = request.viewer
    if viewer.is_participant:
        return redirect("portal:home")
    if viewer.role in policy().grantable:
        return redirect("access:my_grants")
    if not works_with_cases(viewer):
        return render(request, "overview/start.html", {"role": viewer.role})
    day = query_my_day(viewer, request.GET.get("vis", ""))
    context = {"day": day, "on": today(), "may_register": may_register(viewer), "every": "alle" in request.GET}
    context["may_add"] = viewer.may(Permission.REGISTER_CASE)
    if viewer.role == Role.TEACHER:
        context["rolls"] = query_rolls(viewer)
    return render(request, "overview/my_day.html", context)


def may_register(viewer: Viewer) -> bool:
    """Whether the viewer can register effort for somebody."""
    return viewer.unit_id is not None and bool(viewer.relations_with(Section.PLAN, Right.CONTRIBUTE))


@page(signed_in="lists what the viewer may see; for those without cases it is empty")
def participants(request: ViewerRequest) -> HttpResponse:
    """Deltakere, one page of the filtered list."""
    viewer = request.viewer
    if viewer.is_participant or not works_with_cases(viewer):
        return redirect("overview:my_day")
    form = FilterForm(request.GET, viewer=viewer)
    shown = Paginator(matching(viewer, form.wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = rows_for(viewer, shown.object_list)
    context = {
        "form": form,
        "page": shown,
        "rows": rows,
        "columns": Columns.of(viewer),
        "presets": presets(form),
        "saved": viewer.scope(SavedFilter),
        "save_form": SaveFilterForm(),
        "query": form.query(),
        "waits": "praksis" in form.wanted,
        "may_export": viewer.may(Permission.EXPORT_LIST),
        "may_add": viewer.may(Permission.REGISTER_CASE),
        "may_register": may_register(viewer),
    }
    part = "#list" if request.htmx and not request.htmx.boosted else ""
    return render(request, f"overview/participants.html{part}", context)


@page(permission=Permission.EXPORT_LIST, methods=("POST",))
def export_participants(request: ViewerRequest) -> HttpResponse:
    """The filtered list as a spreadsheet."""
    wanted = FilterForm(request.GET, viewer=request.viewer).wanted
    cases = list(matching(request.viewer, wanted)[: MOST_ROWS + 1])
    if len(cases) > MOST_ROWS:
        raise Refused(
            "too_many_rows",
            _("Listen har mer enn %(most)s deltakere. Snevre den inn med et filter før du laster den ned.")
            % {"most": MOST_ROWS},
        )
    answer = HttpResponse(export(request.viewer, cases, waits="praksis" in wanted), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="deltakere-{today().isoformat()}.xlsx"'
    return answer


@page(signed_in="one's own saved filters", methods=("POST",))
def save_filter(request: ViewerRequest) -> HttpResponse:
    """Keep the filter that stands in the form."""
    query = FilterForm(QueryDict(request.POST.get("query", "")), viewer=request.viewer).query()
    form = SaveFilterForm(request.POST)
    if perform(form, commands.save_filter, by=request.viewer, name=request.POST.get("name", ""), query=query):
        messages.success(request, _("Filteret er lagret."))
    else:
        messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
    return redirect(f"{reverse('overview:participants')}?{query}")


@page(signed_in="one's own saved filters", methods=("POST",))
def delete_filter(request: ViewerRequest, saved_id: UUID) -> HttpResponse:
    """Delete a saved filter."""
    commands.delete_filter(saved=saved_id, by=request.viewer)
    messages.success(request, _("Filteret er slettet."))
    return redirect("overview:participants")


@page(permission=Permission.MANAGE_UNITS)
def leader(request: ViewerRequest) -> HttpResponse:
    """The leader's few numbers, each with the list behind it."""
    return render(request, "overview/leader.html", {"found": leader_page(request.viewer)})


@page(section=Section.IDENTITY)
def case(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Saken; for the participant the same in plain words."""
    viewer = request.viewer
    found: Any = case_page(viewer, case_id)
    rights = found.row.case.viewer_rights
    context = {
        "case": found.row.case,
        "found": found,
        "row": found.row,
        "may_register": viewer.unit_id is not None
        and rights[Section.PLAN] >= Right.CONTRIBUTE
        and not has_moved(found.row.case),
        "effort_kinds": EffortKind.choices,
        "once": uuid7(),
    }
    template = "overview/case_participant.html" if viewer.is_participant else "overview/case.html"
    return render(request, template, context)
