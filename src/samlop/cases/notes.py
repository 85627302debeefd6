"""Who can be named as reader of a note."""

from __future__ import annotations

from samlop.access.policy import Relation, policy
from samlop.cases.models import Case
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.people.models import Membership, User
from samlop.people.vocabulary import Role


def possible_readers(case: Case) -> list[User]:
    """Those named in the team today, in a role that may be given notes. Two queries."""
    day = today()
    places = [
        place
        for place in case.team.all()
        if place.valid_from <= day and (place.valid_to is None or place.valid_to >= day)
    ]
    at_units = {(user_id, place.unit_id) for place in places for user_id in (place.user_id, place.deputy_id) if user_id}
    rows = Membership.objects.filter(user_id__in=[user for user, _unit in at_units], user__is_active=True)
    found = {
        row.user_id: row.user
        for row in rows.select_related("user").order_by("user__name", "pk")
        if (row.user_id, row.unit_id) in at_units
        and row.valid_from <= day
        and (row.valid_to is None or row.valid_to >= day)
        and policy().right(Role(row.role), Section.RESTRICTED, Relation.TEAM) >= Right.SEE
    }
    return list(found.values())
