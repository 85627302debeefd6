"""Who works where. What follows for cases when somebody leaves is one floor up (``cases.commands.leaving``)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samlop.core.commands import command
from samlop.core.errors import Refused, not_found
from samlop.core.gate import Acting
from samlop.core.organisation import note
from samlop.core.rights import Permission
from samlop.core.time import today
from samlop.people.accounts import account_of, keep
from samlop.people.models import Membership, Unit, User
from samlop.people.roles import roles_to_give
from samlop.people.staff import managed_membership, managed_units, works_at


@command(permission=Permission.MANAGE_UNITS)
def add_member(
    *,
    unit: Unit,
    role: str,
    name: str,
    email: str,
    phone: str = "",
    title: str = "",
    valid_from: date,
    valid_to: date | None = None,
    by: Acting,
) -> Membership:
    """Give a person a role at a unit in a period; both days count.

    The e-mail address says who it is: somebody who has an account keeps it, with the name it has; others get one.
    Raises ``Refused``: ``unknown_unit``, ``role_not_here``, ``period_order``, ``already_member``, ``missing_name``.
    """
    _check(unit, role, valid_from, valid_to, by)
    user = account_of(email, name, phone)
    made = keep(
        Membership(user=user, unit=unit, role=role, title=title.strip(), valid_from=valid_from, valid_to=valid_to)
    )
    data = {"who": user.name, "role": role, "unit": unit.name, "from": valid_from.isoformat(), "to": _iso(valid_to)}
    note(by, "people.member_added", data)
    return made


def _check(unit: Unit, role: str, valid_from: date, valid_to: date | None, by: Acting) -> None:
    if not managed_units(by).filter(pk=unit.pk).exists():
        raise Refused("unknown_unit", _("Velg en av enhetene du har ansvar for."), "unit")
    if role not in roles_to_give(getattr(by, "role", None), unit):
        raise Refused("role_not_here", _("Denne rollen finnes ikke i en slik enhet. Velg en annen."), "role")
    if valid_to is not None and valid_to < valid_from:
        raise Refused("period_order", _("Siste dag kan ikke være før første dag."), "valid_to")


@command(permission=Permission.MANAGE_UNITS)
def change_member(
    *, membership: UUID, phone: str, title: str, deputy: User | None, valid_to: date | None, by: Acting
) -> Membership:
    """Change how a colleague is reached, the title and the deputy; the last day only to a later one.

    To end sooner is to leave, and then every case needs somebody else. Raises ``Refused``.
    """
    row = managed_membership(by, membership)
    if row is None:
        raise not_found()
    if deputy is not None and (deputy.pk == row.user_id or not works_at(deputy.pk, row.unit_id)):
        raise Refused("not_at_unit", _("Stedfortrederen må være en annen i samme enhet."), "deputy")
    if row.valid_to is not None and valid_to is not None and valid_to < row.valid_to:
        raise Refused("leaves_sooner", _("Bruk «Slutter» for å sette en tidligere dato."), "valid_to")
    if row.valid_to is None and valid_to is not None:
        raise Refused("leaves_sooner", _("Bruk «Slutter» for å sette en siste dag."), "valid_to")
    row.title, row.deputy, row.valid_to = title.strip(), deputy, valid_to
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refused("already_member", _("Perioden overlapper en annen for samme rolle."), "valid_to") from None
    if row.user.phone != phone.strip():
        row.user.phone = phone.strip()
        row.user.save()
    note(by, "people.member_changed", {"who": row.user.name, "unit": row.unit.name})
    return row


@command(permission=Permission.MANAGE_UNITS)
def allow_new_password(*, membership: UUID, by: Acting) -> User:
    """Let a colleague choose a new password by a personal link (the first one, or after it was forgotten).

    Only for those who have no role outside the units that ``by`` looks after: a link opens everything they may see.
    Raises ``Refused``.
    """
    row = managed_membership(by, membership)
    if row is None:
        raise not_found()
    if row.user_id == by.user_id:
        raise Refused("own_password", _("Ditt eget passord endrer du under «Innlogging og sikkerhet»."))
    lasting = row.user.memberships.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today()))
    elsewhere = lasting.exclude(unit__in=managed_units(by).values("pk")).exists()
    if not row.user.is_active or elsewhere or not lasting.exists() or row.user.persons.exists():
        raise Refused(
            "not_only_here", _("Personen har roller andre steder også. Be den som drifter Samløp om en lenke.")
        )
    note(by, "people.password_link", {"who": row.user.name})
    return row.user


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
