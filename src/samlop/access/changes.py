"""The organisation's journal as its leaders read it: what was changed in settings, units, groups, calendar and runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlop.access.viewer import Viewer
from samlop.core import organisation
from samlop.core.models import OrganisationEntry
from samlop.core.queries import query
from samlop.core.rights import Permission
from samlop.core.time import OSLO
from samlop.people.models import Unit

PAGE_SIZE = 50
EVERYTHING_ELSE = "other"
KINDS = {
    "groups": (gettext_lazy("grupper og timer"), ("hours.group_", "hours.class_")),
    "year": (gettext_lazy("årskalender og frister for fravær"), ("hours.days_", "hours.attendance_rules_")),
    "settings": (gettext_lazy("oppsett"), ("cooperation.",)),
    "staff": (gettext_lazy("ansatte og enheter"), ("people.",)),
    "access": (gettext_lazy("tilgang og nøkler"), ("access.", "exchange.token_")),
    "programme": (gettext_lazy("vedtak og registre"), ("programme.",)),
    "benefit": (gettext_lazy("stønad"), ("benefit.",)),
    "lists": (gettext_lazy("innleste lister"), ("exchange.list_",)),
}
"""Kinds of change by the beginning of their codes."""


@dataclass(frozen=True)
class Wanted:
    """What to show: a kind of change, a unit that acted, and days (both included); nothing chosen shows all."""

    kind: str = ""
    unit_id: UUID | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Change:
    """One entry as a sentence."""

    at: datetime
    who: str
    unit: str
    what: str


@query(scoped="entries of the viewer's own municipality; of the own unit alone without the right to configure")
def changes(viewer: Viewer, wanted: Wanted, number: str | int | None) -> tuple[Page[OrganisationEntry], list[Change]]:
    """A page of entries, the newest first. Three queries however many."""
    page = Paginator(_matching(viewer, wanted), PAGE_SIZE).get_page(number)
    rows = list(page.object_list)
    names = dict(Unit.objects.filter(pk__in={row.unit_id for row in rows}).values_list("pk", "name"))
    return page, [Change(row.at, row.user_name, names.get(row.unit_id, ""), _sentence(row)) for row in rows]


@query(scoped="units of the viewer's own municipality that have acted; the own one without the right to configure")
def units_that_acted(viewer: Viewer) -> list[Unit]:
    """The units to choose among. One query."""
    keys = _visible(viewer).values("unit_id")
    return list(Unit.objects.filter(pk__in=keys).order_by("name"))


def _visible(viewer: Viewer) -> QuerySet[OrganisationEntry]:
    if viewer.municipality_id is None:
        return OrganisationEntry.objects.none()
    rows: QuerySet[OrganisationEntry] = OrganisationEntry.objects.filter(municipality_id=viewer.municipality_id)
    return rows if viewer.may(Permission.CONFIGURE) else rows.filter(unit_id=viewer.unit_id)


def _matching(viewer: Viewer, wanted: Wanted) -> QuerySet[OrganisationEntry]:
    rows = _visible(viewer)
    if wanted.kind == EVERYTHING_ELSE:
        rows = rows.exclude(_of(start for _name, starts in KINDS.values() for start in starts))
    elif wanted.kind in KINDS:
        rows = rows.filter(_of(KINDS[wanted.kind][1]))
    if wanted.unit_id is not None:
        rows = rows.filter(unit_id=wanted.unit_id)
    if wanted.first is not None:
        rows = rows.filter(at__gte=_midnight(wanted.first))
    if wanted.last is not None:
        rows = rows.filter(at__lt=_midnight(wanted.last + timedelta(days=1)))
    return rows.order_by("-at", "-pk")


def _of(starts: Iterable[str]) -> Q:
    found = Q()
    for start in starts:
        found |= Q(code__startswith=start)
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), OSLO)


def _sentence(entry: OrganisationEntry) -> str:
    """What was done; an entry whose words are gone, or whose data are of an older kind, is still shown."""
    try:
        return organisation.sentence(entry)
    except (organisation.UnknownCode, KeyError, ValueError):
        return _("gjorde en endring vi ikke lenger har ord for (%(code)s)") % {"code": entry.code}
