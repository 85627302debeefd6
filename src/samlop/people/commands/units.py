"""The units a leader looks after: new ones, and how they are reached."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.core.commands import command
from samlop.core.errors import Refused, not_found
from samlop.core.gate import Acting
from samlop.core.organisation import note
from samlop.core.rights import Permission
from samlop.core.stale import only_changed
from samlop.people.models import Municipality, Unit
from samlop.people.places import organisation_for, unit_name
from samlop.people.staff import kinds_to_add, managed_units, units_of


@command(permission=Permission.MANAGE_UNITS)
def add_unit(*, kind: str, name: str, phone: str = "", email: str = "", address: str = "", by: Acting) -> Unit:
    """Add a unit of the leader's own service, or – for a leader in the municipality – an employer or volunteers.

    Raises ``Refused``: ``kind_not_here``, ``missing_name``, ``name_too_long``, ``unit_exists``.
    """
    if by.municipality_id is None or kind not in kinds_to_add(by):
        raise Refused("kind_not_here", _("Denne typen enhet kan du ikke legge til. Velg en annen."), "kind")
    municipality = Municipality.objects.select_for_update().get(pk=by.municipality_id)
    name = unit_name(name, units_of(municipality))
    made: Unit = Unit.objects.create(
        organisation=organisation_for(kind, municipality, name),
        name=name,
        kind=kind,
        municipality=municipality,
        phone=phone.strip(),
        email=email.strip(),
        address=address.strip(),
    )
    note(by, "people.unit_added", {"unit": made.name, "kind": kind})
    return made


@command(permission=Permission.MANAGE_UNITS)
def change_unit(*, unit: UUID, values: Mapping[str, str], seen: Mapping[str, str] | None = None, by: Acting) -> Unit:
    """Change a unit's name (``name``) and how it is reached (``phone``, ``email``, ``address``).

    Only what was changed against what was ``seen`` is written. Raises ``Refused``: those of a name, and
    ``changed_meanwhile``.
    """
    row = managed_units(by).filter(pk=unit).select_for_update(of=("self",)).first()
    if row is None:
        raise not_found()
    now = {name: getattr(row, name) for name in ("name", "phone", "email", "address")}
    wanted = {name: value.strip() for name, value in values.items() if name in now}
    mine = only_changed(wanted, seen, now)
    if "name" in mine and row.municipality_id is not None:
        mine["name"] = unit_name(mine["name"], units_of(row.municipality_id), but=row)
    if all(now[name] == value for name, value in mine.items()):
        return row
    for name, value in mine.items():
        setattr(row, name, value)
    row.save(update_fields=list(mine))
    note(by, "people.unit_changed", {"unit": row.name, "was": now["name"]})
    return row
