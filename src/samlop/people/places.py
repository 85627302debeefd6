"""Which kinds of units there are in which kind of organisation, and the organisation a new unit belongs to."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samlop.core.errors import Refused
from samlop.people.models import Municipality, Organisation, Unit
from samlop.people.names import clean_name
from samlop.people.vocabulary import OrganisationKind, Role, UnitKind

OF: dict[str, OrganisationKind] = {
    UnitKind.REFUGEE_SERVICE: OrganisationKind.MUNICIPALITY,
    UnitKind.SERVICE_CENTRE: OrganisationKind.MUNICIPALITY,
    UnitKind.ADULT_EDUCATION: OrganisationKind.MUNICIPALITY,
    UnitKind.HEALTH: OrganisationKind.MUNICIPALITY,
    UnitKind.NAV_STATE: OrganisationKind.NAV,
    UnitKind.NAV_MUNICIPAL: OrganisationKind.NAV,
    UnitKind.CAREER_CENTRE: OrganisationKind.COUNTY,
    UnitKind.EMPLOYER: OrganisationKind.EMPLOYER,
    UnitKind.VOLUNTEER_CENTRE: OrganisationKind.VOLUNTARY,
}
"""The organisation of a unit that works in a municipality. NAV's two parts are one office, with one leader."""

WITH_OWN_ORGANISATION = (OrganisationKind.EMPLOYER, OrganisationKind.VOLUNTARY)
"""Each employer and each voluntary organisation is its own; of the others a municipality has one of each kind."""

APPOINTED: dict[str, tuple[Role, ...]] = {
    UnitKind.REFUGEE_SERVICE: (Role.LEADER,),
    UnitKind.SERVICE_CENTRE: (Role.LEADER,),
    UnitKind.ADULT_EDUCATION: (Role.LEADER,),
    UnitKind.NAV_STATE: (Role.NAV_LEADER, Role.LEADER),
    UnitKind.NAV_MUNICIPAL: (Role.NAV_LEADER, Role.LEADER),
    UnitKind.CAREER_CENTRE: (Role.CAREER_ADVISER,),
    UnitKind.COUNTY: (Role.COUNTY_ADVISER,),
}
"""Whom the operator appoints, and at which units; leaders give all others their roles. Where NAV owns the programme
(research/000 § 7.1), a leader of the programme works at NAV."""


def appointed_at(kind: str) -> tuple[Role, ...]:
    """The roles the operator can give at a unit; none where a leader gives them, as at an employer's."""
    return APPOINTED.get(kind, ())


def organisation_for(kind: str, municipality: Municipality, name: str) -> Organisation:
    """The organisation of a new unit: the one the municipality has of the kind, else a new one."""
    wanted = OF[kind]
    here = Organisation.objects.filter(kind=wanted, municipality=municipality)
    if wanted in WITH_OWN_ORGANISATION:
        return here.filter(name__iexact=name).first() or _new(name, wanted, municipality)
    names = {
        OrganisationKind.MUNICIPALITY: f"{municipality.name} kommune",
        OrganisationKind.NAV: "Arbeids- og velferdsetaten (NAV)",
        OrganisationKind.COUNTY: name,
    }
    return here.order_by("pk").first() or _new(names[wanted], wanted, municipality)


def _new(name: str, kind: str, municipality: Municipality) -> Organisation:
    return Organisation.objects.create(name=name[:160], kind=kind, municipality=municipality)


def unit_name(text: str, among: QuerySet[Unit], *, but: Unit | None = None) -> str:
    """The name of a unit, cleaned. Raises ``Refused``: ``missing_name``, ``name_too_long``, ``unit_exists``."""
    name = clean_name(text, "name")
    if not name:
        raise Refused("missing_name", _("Skriv navnet på enheten."), "name")
    if len(name) > 160:
        raise Refused("name_too_long", _("Navnet er for langt. Det kan ha høyst 160 tegn."), "name")
    others = among.filter(name__iexact=name)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise Refused("unit_exists", _("Det finnes en enhet med dette navnet her fra før. Velg et annet."), "name")
    return name
