"""Tokens are made and revoked by the leader of the unit they act for; both stand in the municipality's journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.models import ApiToken
from samlop.access.tokens import digest, grantable, new_secret
from samlop.access.viewer import Viewer
from samlop.core.commands import command
from samlop.core.errors import Refused, not_found
from samlop.core.ids import uuid7
from samlop.core.organisation import note
from samlop.core.rights import Permission, Right, Section
from samlop.core.time import now, today
from samlop.people.models import Unit, User
from samlop.people.roles import roles_to_give
from samlop.people.staff import managed_units
from samlop.people.vocabulary import Role

LONGEST_DAYS = 366
"""A token lasts a year at most, so that somebody asks every year whether it is still needed."""


@command(permission=Permission.MANAGE_UNITS)
def make_token(
    *,
    unit: Unit,
    role: str,
    name: str,
    purpose: str,
    sees: Sequence[Section],
    writes: Sequence[Section],
    valid_from: date,
    valid_to: date,
    by: Viewer,
) -> ApiToken:
    """Make a token for another system; both days count. The value carries ``secret``, this once.

    Raises ``Refused``: ``unknown_unit``, ``role_not_here``, ``missing_name``, ``missing_purpose``, ``token_sections``,
    ``token_period``.
    """
    name, purpose = name.strip(), purpose.strip()
    _check_place(unit, role, by)
    _check_words(name, purpose)
    _check_sections(Role(role), sees, writes)
    _check_period(valid_from, valid_to)
    secret = new_secret()
    token: ApiToken = ApiToken.objects.create(
        municipality_id=str(by.municipality_id),
        unit=unit,
        role=role,
        user=_account(name),
        name=name,
        purpose=purpose,
        sees=[Section(one).value for one in sees],
        writes=[Section(one).value for one in writes],
        valid_from=valid_from,
        valid_to=valid_to,
        digest=digest(secret),
        made_by=by.signed_in,
        made_at=now(),
    )
    data = {"name": name, "unit": unit.name, "purpose": purpose, "sees": token.sees, "writes": token.writes}
    note(by, "exchange.token_made", data | {"to": valid_to.isoformat()})
    token.secret = secret  # type: ignore[attr-defined]
    return token


@command(permission=Permission.MANAGE_UNITS)
def revoke_token(*, token: UUID, by: Viewer) -> ApiToken:
    """Take a token back at once; what it has written stays."""
    rows = ApiToken.objects.select_for_update(of=("self",)).filter(unit__in=managed_units(by).values("pk"))
    row: Any = rows.select_related("unit").filter(pk=token).first()
    if row is None:
        raise not_found()
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by = now(), by.signed_in
        row.save(update_fields=["revoked_at", "revoked_by"])
        note(by, "exchange.token_revoked", {"name": row.name, "unit": row.unit.name})
    return row


def _check_place(unit: Unit, role: str, by: Viewer) -> None:
    if not managed_units(by).filter(pk=unit.pk).exists():
        raise Refused("unknown_unit", _("Velg en av enhetene du har ansvar for."), "place")
    if role not in roles_to_give(by.role, unit):
        raise Refused("role_not_here", _("Denne rollen finnes ikke i en slik enhet. Velg en annen."), "place")


def _check_words(name: str, purpose: str) -> None:
    if not name:
        raise Refused("missing_name", _("Skriv hva systemet heter."), "name")
    if not purpose:
        raise Refused("missing_purpose", _("Skriv hva nøkkelen skal brukes til."), "purpose")


def _check_sections(role: Role, sees: Sequence[Section], writes: Sequence[Section]) -> None:
    most = grantable(role)
    if not sees:
        raise Refused("token_sections", _("Kryss av for minst én del av saken."), "sees")
    if not all(section in most for section in sees):
        raise Refused("token_sections", _("Rollen ser ikke så mye hos andre i enheten. Kryss av for mindre."), "sees")
    if not all(section in sees and most[section] >= Right.CONTRIBUTE for section in writes):
        text = _("Systemet kan bare skrive der rollen kan skrive som kollega, og der det også kan lese.")
        raise Refused("token_sections", text, "writes")


def _check_period(valid_from: date, valid_to: date) -> None:
    if valid_to < valid_from or valid_to < today():
        raise Refused(
            "token_period", _("Siste dag må være etter første dag, og kan ikke ligge tilbake i tid."), "valid_to"
        )
    if (valid_to - valid_from).days >= LONGEST_DAYS:
        raise Refused("token_period", _("En nøkkel kan vare i høyst ett år om gangen."), "valid_to")


def _account(name: str) -> User:
    """An account that stands as author and in logs; nobody can sign in with it."""
    user = User(username=f"system-{uuid7()}", name=name, is_active=False)
    user.set_unusable_password()
    user.save()
    return user
