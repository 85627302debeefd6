"""Who signs a decision in the municipality's name: a leader, or a named adviser by delegation."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.cooperation.models import Task
from samlop.cooperation.queries import owners_of
from samlop.core.periods import in_force
from samlop.core.time import today
from samlop.people.models import Membership, User
from samlop.people.vocabulary import Role
from samlop.programme.models import SigningDelegation

SIGNS = (Role.LEADER,)
"""Roles that decide in the municipality's name; those with the right to contribute to the programme prepare."""
BY_DELEGATION = (Role.PROGRAMME_ADVISER,)
"""Roles that the right to sign can be delegated to: those who prepare decisions."""


def may_sign(by: Viewer, case: Case, kind: str) -> bool:
    """Whether somebody signs a kind of decision here: as leader, or by delegation."""
    return signs_as_leader(by, case) or delegation_of(by, case, kind) is not None


def signs_as_leader(by: Viewer, case: Case) -> bool:
    """A leader of the unit that answers for decisions, or that owns the case."""
    return by.role in SIGNS and _decides(by, case)


def delegation_of(by: Viewer, case: Case, kind: str, on: date | None = None) -> SigningDelegation | None:
    """The delegation that somebody signs a kind of decision under in this case today: at a unit that decides here,
    while they work there in a role that prepares decisions. The newest where there are several."""
    if by.role not in BY_DELEGATION or not _decides(by, case):
        return None
    rows = SigningDelegation.objects.filter(
        in_force(on or today()), municipality_id=case.municipality_id, user=by.signed_in, unit=by.acting_unit
    )
    held = rows.filter(withdrawn_at__isnull=True, kinds__contains=[kind]).order_by("-given_at", "-pk")
    found: SigningDelegation | None = held.first()
    return found


def _decides(by: Viewer, case: Case) -> bool:
    decides = owners_of([case.municipality_id], Task.DECISIONS).get(case.municipality_id)
    return by.unit_id is not None and by.unit_id in (decides, case.owner_unit_id)


def signers(municipalities: Collection[UUID], on: date) -> set[tuple[UUID, UUID, str]]:
    """Who signs by delegation on a day, as (user, unit, kind), for the lines of *Min dag*. One query."""
    rows = SigningDelegation.objects.filter(
        in_force(on), municipality_id__in=municipalities, withdrawn_at__isnull=True
    ).values_list("user_id", "unit_id", "kinds")
    return {(user, unit, kind) for user, unit, kinds in rows for kind in kinds}


def may_be_delegated(viewer: Viewer) -> list[User]:
    """Advisers who work at the viewer's own unit today, without other systems' accounts. One query."""
    if viewer.unit_id is None:
        return []
    rows = Membership.objects.filter(
        in_force(today()), unit_id=viewer.unit_id, role__in=BY_DELEGATION, user__is_active=True
    )
    found = rows.filter(user__api_token__isnull=True).select_related("user")
    return sorted({row.user for row in found}, key=lambda user: (user.name, str(user.pk)))
