"""Delegating the right to sign decisions to named advisers, and taking it back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.core.commands import command
from samlop.core.errors import Refused, not_found
from samlop.core.organisation import note
from samlop.core.rights import Permission
from samlop.core.time import now, today
from samlop.people.numbers import refuse_number_in
from samlop.programme.kinds import DecisionKind
from samlop.programme.models import SigningDelegation
from samlop.programme.signing import may_be_delegated


@command(permission=Permission.CONFIGURE)
def delegate_signing(
    *, user: UUID, kinds: Collection[str], basis: str, valid_from: date, valid_to: date | None = None, by: Viewer
) -> SigningDelegation:
    """Let an adviser at one's own unit sign named kinds of decisions in the municipality's name.

    It begins today or later: what has been signed is not made lawful afterwards. Raises ``Refused``: ``not_at_unit``,
    ``missing_kinds``, ``missing_basis``, ``starts_before_today``, ``end_before_start``.
    """
    unit = by.acting_unit
    if unit.municipality_id is None:
        raise Refused("no_municipality", _("Enheten din hører ikke til en kommune, og har ikke noe oppsett."))
    if user not in {one.pk for one in may_be_delegated(by)}:
        raise Refused("not_at_unit", _("Velg en programrådgiver som arbeider i enheten din."), "user")
    chosen = [kind.value for kind in DecisionKind if kind in set(kinds)]
    if not chosen or set(kinds) - set(chosen):
        raise Refused("missing_kinds", _("Velg hvilke vedtak det gjelder."), "kinds")
    basis = " ".join(basis.split())
    if not basis:
        raise Refused("missing_basis", _("Skriv hva delegeringen bygger på."), "basis")
    refuse_number_in(basis, "basis")
    if valid_from < today():
        raise Refused("starts_before_today", _("Delegeringen kan begynne i dag eller senere."), "valid_from")
    if valid_to is not None and valid_to < valid_from:
        raise Refused("end_before_start", _("Siste dag kan ikke komme før første dag."), "valid_to")
    row: SigningDelegation = SigningDelegation.objects.create(
        municipality_id=unit.municipality_id,
        unit=unit,
        user_id=user,
        kinds=chosen,
        basis=basis[:300],
        valid_from=valid_from,
        valid_to=valid_to,
        given_by_name=by.name,
        given_at=now(),
    )
    told = {"who": row.user.name, "kinds": chosen, "from": valid_from.isoformat()}
    note(by, "programme.signing_delegated", told)
    return row


@command(permission=Permission.CONFIGURE)
def withdraw_signing(*, delegation: UUID, by: Viewer) -> SigningDelegation:
    """Take a delegation back from now on; decisions that were signed under it stand. Twice changes nothing."""
    row: SigningDelegation | None = by.scope(SigningDelegation).filter(pk=delegation).first()
    if row is None:
        raise not_found()
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by_name = now(), by.name
        row.save()
        note(by, "programme.signing_withdrawn", {"who": row.user.name, "kinds": row.kinds})
    return row
