"""The county's report of effort."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samlop.cases.vocabulary import EffortKind
from samlop.core.pages import ViewerRequest, page
from samlop.core.rights import Permission
from samlop.core.spreadsheet import CONTENT_TYPE, Sheet, workbook
from samlop.core.templatetags.samlop import moment
from samlop.core.time import today
from samlop.effort.county import SMALLEST, CountyReport, CoverageLine, county_report


def _asked(request: ViewerRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("periode", ""))
    except ValueError:
        return None


@page(permission=Permission.SEE_COUNTY_REPORT)
def county(request: ViewerRequest) -> HttpResponse:
    """NAV's part in the municipalities of the county, from extracts with small cells hidden."""
    found = county_report(request.viewer, _asked(request))
    context = {"report": found, "kinds": [kind.label for kind in EffortKind], "smallest": SMALLEST}
    return render(request, "effort/county.html", context)


@page(permission=Permission.SEE_COUNTY_REPORT, methods=("POST",))
def export(request: ViewerRequest) -> HttpResponse:
    """The same numbers, with the same ones hidden."""
    found = county_report(request.viewer, _asked(request))
    answer = HttpResponse(workbook(_sheets(found)), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="fylke-innsats-{today().isoformat()}.xlsx"'
    return answer


def _sheets(found: CountyReport) -> list[Sheet]:
    above = [
        f"{found.county or ''}, {found.period_name}",
        _(
            "Kilde: uttrekk fra kommunene i Samløp, tatt %(moment)s. "
            "«skjult» er tall under %(least)s, og tall som ville røpet dem."
        )
        % {"moment": moment(found.taken_at), "least": SMALLEST},
    ]
    heads = [_("Trenger NAV"), _("Har møtt NAV"), _("Ikke møtt"), _("Andre"), _("Deltakere"), _("Dekning i prosent")]
    lines = [*found.municipalities, *([found.total] if found.total else [])]
    kinds = [str(kind.label) for kind in EffortKind]
    efforts = [[name, *map(_shown, line)] for name, line in found.units]
    return [
        Sheet(_("Kommuner"), [_("Kommune"), *heads], [_values(line) for line in lines], above),
        Sheet(_("Faser"), [_("Fase"), *heads], [_values(line) for line in found.phases], above),
        Sheet(
            _("Innsats"),
            [_("Enhet"), *kinds, _("I alt")],
            [*efforts, [_("Sum"), *map(_shown, found.unit_total)]] if efforts else [],
            above,
        ),
    ]


def _values(line: CoverageLine) -> list[Any]:
    numbers = (line.in_need, line.helped, line.not_helped, line.others, line.participants)
    return [line.name, *map(_shown, numbers), line.percent or _shown(None)]


def _shown(number: int | None) -> Any:
    return _("skjult") if number is None else number
