"""The leader's page: few numbers, each with the list behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.sight import sees_all
from samlop.cases.vocabulary import TeamFunction
from samlop.cooperation.models import Task
from samlop.cooperation.queries import arrangement
from samlop.core.queries import query
from samlop.core.rights import Permission, Section
from samlop.core.time import add_months, today
from samlop.effort.coverage import Coverage, Period
from samlop.effort.report import coverage_of
from samlop.hours.queries.calendar import year_to_make
from samlop.overview.conditions import contact_function
from samlop.overview.loads import Load, loads
from samlop.overview.participants import matching
from samlop.plan.deadlines import OnTime
from samlop.plan.queries.share import plans_on_time


@dataclass(frozen=True)
class Number:
    """How many participants something is true of, and the filter of Deltakere that lists them."""

    what: str
    count: int
    why: str
    query: str


@dataclass
class LeaderPage:
    """Everything on the page."""

    loads: list[Load]
    period: Period
    coverage: list[Coverage]
    numbers: list[Number]
    participants: int
    year_to_make: int | None
    on_time: OnTime | None = None
    unowned: list[Task] = field(default_factory=list)

    @property
    def norm(self) -> int | None:
        return self.loads[0].norm if self.loads else None


@query(scoped="counts what matching(viewer), loads(viewer) and coverage_of(viewer) list")
def leader_page(viewer: Viewer) -> LeaderPage:
    """The numbers of a leader (the municipality) or of NAV's leader (NAV's participants); last twelve months."""
    period = Period(add_months(today(), -12) + timedelta(days=1), today())
    coverage: list[Coverage] = []
    if sees_all(viewer, Section.PROGRAMME):
        whole, by_phase = coverage_of(viewer, period)
        coverage = [whole, *by_phase]
    return LeaderPage(
        loads=loads(viewer),
        period=period,
        coverage=coverage,
        numbers=[_number(viewer, *asked) for asked in _asked(viewer)],
        participants=matching(viewer, {}).count(),
        year_to_make=year_to_make(viewer, today()),
        unowned=arrangement(viewer).unowned if viewer.may(Permission.CONFIGURE) else [],
        on_time=plans_on_time(viewer) if sees_all(viewer, Section.PLAN) else None,
    )


def _asked(viewer: Viewer) -> list[tuple[str, str, Mapping[str, str]]]:
    at_nav = contact_function(viewer) == TeamFunction.NAV_CONTACT
    nobody = _("Uten navngitt kontakt hos NAV") if at_nav else _("Uten navngitt hovedkontakt")
    return [
        (
            _("Planen er ikke laget eller gjennomgått i tide"),
            _(
                "Fristene står i kommunens oppsett; vanligvis seks måneder etter bosetting, "
                "og seks måneder mellom plansamtalene."
            ),
            {"plan": "forfalt"},
        ),
        (
            _("Programmet er ikke startet, eller første plan ikke laget, innen fristen"),
            _("Start innen tre måneder etter bosetting (integreringsloven § 12), og kommunens frist for første plan."),
            {"frist": "ute"},
        ),
        (nobody, _("Noen må ha ansvaret for hver deltaker."), {"kontakt": "ingen"}),
        (
            _("I startfasen uten kontakt med NAV"),
            _("NAV bør være med fra starten."),
            {"fase": "start", "navkontakt": "ingen"},
        ),
        (
            _("Mangler opplysninger"),
            _("Frister, plan og overføring regnes ut fra dem."),
            {"mangler": "1"},
        ),
    ]


def _number(viewer: Viewer, what: str, why: str, wanted: Mapping[str, Any]) -> Number:
    return Number(what, matching(viewer, wanted).order_by().count(), why, urlencode(wanted))
