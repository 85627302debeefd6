"""Who signs decisions in the municipality, and who could."""

from __future__ import annotations

from dataclasses import dataclass

from samlop.access.viewer import Viewer
from samlop.core.periods import in_force
from samlop.core.queries import query
from samlop.core.time import today
from samlop.people.models import Membership, User
from samlop.people.staff import leader_of
from samlop.programme.kinds import DecisionKind
from samlop.programme.models import SigningDelegation
from samlop.programme.signing import BY_DELEGATION, may_be_delegated


@dataclass(frozen=True)
class DelegationRow:
    """A delegation as the register shows it. ``state`` is «holds», «ahead», «over», «withdrawn» or «left»."""

    delegation: SigningDelegation
    kinds: list[str]
    state: str

    @property
    def can_be_withdrawn(self) -> bool:
        return self.state in ("holds", "ahead", "left")


@dataclass(frozen=True)
class SigningPage:
    """The register of who signs, the newest first, with the leader of one's own unit and who can be delegated to."""

    leader: str
    unit: str
    rows: list[DelegationRow]
    advisers: list[User]


@query(scoped="starts from viewer.scope(SigningDelegation), which is the viewer's own municipality")
def signing_page(viewer: Viewer) -> SigningPage:
    """Everything on the page of who signs. A fixed number of queries."""
    delegations = list(viewer.scope(SigningDelegation).select_related("user", "unit").order_by("-given_at", "-pk"))
    working = set(
        Membership.objects.filter(
            in_force(today()), role__in=BY_DELEGATION, user__in={row.user_id for row in delegations}
        ).values_list("user_id", "unit_id")
    )
    leader = leader_of(viewer.unit_id) if viewer.unit_id else None
    return SigningPage(
        leader=leader.user.name if leader else "",
        unit=viewer.unit.name if viewer.unit else "",
        rows=[_row(row, (row.user_id, row.unit_id) in working) for row in delegations],
        advisers=may_be_delegated(viewer),
    )


def _row(row: SigningDelegation, works_there: bool) -> DelegationRow:
    return DelegationRow(row, [str(DecisionKind(kind).label) for kind in row.kinds], _state(row, works_there))


def _state(row: SigningDelegation, works_there: bool) -> str:
    if row.withdrawn_at is not None:
        return "withdrawn"
    if row.valid_to is not None and row.valid_to < today():
        return "over"
    if not works_there:
        return "left"
    return "ahead" if row.valid_from > today() else "holds"
