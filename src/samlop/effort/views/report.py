"""The report of effort, the lists behind its numbers, and the spreadsheet."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlop.cases.vocabulary import EffortKind
from samlop.core.pages import ViewerRequest, page
from samlop.core.rights import Permission
from samlop.core.spreadsheet import CONTENT_TYPE, Sheet, workbook
from samlop.core.templatetags.samlop import day, moment
from samlop.core.time import now, today
from samlop.effort.coverage import Coverage, Period
from samlop.effort.forms import PeriodForm, quick_periods
from samlop.effort.report import PARTS, Report, behind_coverage, behind_efforts, correctable, effort_report
from samlop.programme.phases import Phase

PAGE_SIZE = 50


def address_of(period: Period) -> str:
    """The period as it stands in an address."""
    return urlencode({"fra": period.first.isoformat(), "til": period.last.isoformat()})


@page(permission=Permission.SEE_EFFORT_REPORT)
def report(request: ViewerRequest) -> HttpResponse:
    """Effort by unit, kind and phase, and NAV's coverage."""
    form = PeriodForm(request.GET)
    found = effort_report(request.viewer, form.period)
    context = {
        "form": PeriodForm({"fra": day(found.period.first), "til": day(found.period.last)}),
        "report": found,
        "kinds": EffortKind.choices,
        "coverages": [found.coverage, *found.coverage_by_phase] if found.coverage else [],
        "phases": [
            (phase, [(kind.value, by_kind.get(kind.value, 0)) for kind in EffortKind])
            for phase, by_kind in found.by_phase
        ],
        "query": address_of(found.period),
        "quick": [(name, address_of(period)) for name, period in quick_periods()],
        "moment": now(),
    }
    return render(request, "effort/report.html", context)


@page(permission=Permission.SEE_EFFORT_REPORT)
def behind(request: ViewerRequest) -> HttpResponse:
    """The participants or the efforts behind a number, for those who may see them."""
    period = PeriodForm(request.GET).period
    part, phase, kind = (request.GET.get(name, "") for name in ("del", "fase", "type"))
    unit = _key(request.GET.get("enhet", ""))
    context: dict[str, Any] = {"period": period, "query": address_of(period)}
    if part in PARTS:
        rows = behind_coverage(request.viewer, period, part, phase)
        context |= {"people": True, "title": PART_NAMES[part]}
    else:
        rows = behind_efforts(request.viewer, period, {"unit": unit, "kind": kind, "phase": phase})
        context |= {"people": False, "title": _("Innsats")}
    shown = context["page"] = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context["correctable"] = correctable(request.viewer, shown) if not context["people"] else set()
    context["phase"] = Phase(phase).label if phase in Phase.values else ""
    context["kind"] = EffortKind(kind).label if kind in EffortKind.values else ""
    return render(request, "effort/behind.html", context)


PART_NAMES = {
    "participants": gettext_lazy("Deltakere i perioden"),
    "in_need": gettext_lazy("Deltakere som trenger bistand fra NAV"),
    "helped": gettext_lazy("Deltakere som trenger bistand, og har hatt kontakt med NAV"),
    "not_helped": gettext_lazy("Deltakere som trenger bistand, men ikke har hatt kontakt med NAV"),
}


@page(permission=Permission.SEE_EFFORT_REPORT, methods=("POST",))
def export(request: ViewerRequest) -> HttpResponse:
    """The same numbers as a spreadsheet; no names."""
    found = effort_report(request.viewer, PeriodForm(request.GET).period)
    answer = HttpResponse(workbook(_sheets(found)), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="innsats-{today().isoformat()}.xlsx"'
    return answer


def _sheets(found: Report) -> list[Sheet]:
    above = [
        _("Innsats %(first)s – %(last)s") % {"first": day(found.period.first), "last": day(found.period.last)},
        _("Kilde: tidslinjene i Samløp, hentet %(moment)s. Gjelder deltakerne rollen din kan se.")
        % {"moment": moment(now())},
    ]
    kinds = [str(kind.label) for kind in EffortKind]
    units = [
        [line.name, *(number for _kind, number in line.kinds), line.total, line.participants, line.minutes]
        for line in found.units
    ]
    sheets = [
        Sheet(_("Enheter"), [_("Enhet"), *kinds, _("I alt"), _("Deltakere"), _("Minutter")], units, above),
    ]
    if found.by_phase:
        phases = [
            [phase.label, *(by_kind.get(kind.value, 0) for kind in EffortKind)] for phase, by_kind in found.by_phase
        ]
        sheets.append(Sheet(_("Faser"), [_("Fase"), *kinds], phases, above))
    if found.coverage:
        rows = [_coverage_row(one) for one in (found.coverage, *found.coverage_by_phase)]
        heads = [_("Fase"), _("Deltakere"), _("Trenger NAV"), _("Har hatt kontakt"), _("Dekning i prosent")]
        sheets.append(Sheet(_("Dekning"), heads, rows, above))
    return sheets


def _coverage_row(one: Coverage) -> list[Any]:
    share = one.share
    return [one.phase.label if one.phase else _("Hele løpet"), len(one.participants), share.n, share.k, share.percent()]


def _key(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""
