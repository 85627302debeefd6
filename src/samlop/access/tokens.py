"""Another system as a viewer: from the secret it shows to what it may see and write.

A token is never more than a colleague: it acts in one role at one unit, on the cases that have the unit in their team,
as somebody who is not named there. Persons with a protected address are therefore never within reach. Of what the role
may, it may what was ticked when it was made, and never more than to see and contribute.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from samlop.access.models import ApiToken
from samlop.access.policy import Relation, policy
from samlop.access.viewer import Viewer
from samlop.access.words import SECTION_NAMES
from samlop.core.errors import Refused
from samlop.core.rights import Permission, Right, Section
from samlop.core.time import now, today
from samlop.core.writing import writing
from samlop.people.models import Membership
from samlop.people.vocabulary import Role

PREFIX = "samlop_"
"""What every secret begins with, so that one that has leaked can be found by a search."""
CALLS = 300
"""Calls that a token may make in a minute."""
WINDOW = timedelta(minutes=1)


@dataclass(eq=False)
class TokenViewer(Viewer):
    """A viewer for another system. It has no permissions: those are for people."""

    token: ApiToken | None = None

    @classmethod
    def of(cls, token: ApiToken) -> TokenViewer:
        """The viewer of a token; whether the token is in force is asked by ``viewer_of_secret``."""
        place = Membership(user=token.user, unit=token.unit, role=token.role, valid_from=token.valid_from)
        return cls(token.user, Role(token.role), place, token=token)

    def may(self, permission: Permission) -> bool:
        return False

    def limit(self, section: Section) -> Right:
        """The most the token was made for on a section."""
        if self.token is None or section.value not in self.token.sees:
            return Right.NONE
        return Right.CONTRIBUTE if section.value in self.token.writes else Right.SEE

    def require(self, section: Section, right: Right) -> None:
        """Raise ``Refused('no_token_section')`` where the token was not made for it; says nothing of any case."""
        if self.limit(section) < right:
            text = _(
                "Nøkkelen er ikke laget for dette i denne delen av saken: %(section)s. "
                "Lederen som har laget den, kan lage en ny."
            )
            raise Refused("no_token_section", text % {"section": SECTION_NAMES[section]})

    def _policy_cells(self) -> dict[tuple[Section, Relation], Right]:
        wide = super()._policy_cells()
        return {
            (section, relation): min(right, self.limit(section)) if relation is Relation.UNIT else Right.NONE
            for (section, relation), right in wide.items()
        }


def grantable(role: Role) -> dict[Section, Right]:
    """The sections that a token in a role can be made for, and the most it can get on each."""
    rights = {section: policy().right(role, section, Relation.UNIT) for section in Section}
    return {section: min(right, Right.CONTRIBUTE) for section, right in rights.items() if right}


def new_secret() -> str:
    """A secret nobody can guess; it is shown once and never kept."""
    return PREFIX + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a secret. It has 256 random bits, so a plain digest cannot be turned back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def in_force(day: date) -> QuerySet[ApiToken]:
    """The tokens that can be used on a day."""
    rows = ApiToken.objects.filter(revoked_at__isnull=True, valid_from__lte=day, valid_to__gte=day)
    return rows.filter(Q(unit__closed_on__isnull=True) | Q(unit__closed_on__gte=day))


def viewer_of_secret(secret: str) -> TokenViewer:
    """The viewer behind a secret; the call is counted.

    Raises ``Refused``: ``unknown_token``, ``revoked_token``, ``expired_token`` (also before its first day and when the
    unit is closed), ``too_many_calls``.
    """
    token = ApiToken.objects.select_related("user", "unit__municipality", "unit__organisation").filter(
        digest=digest(secret)
    ).first()  # fmt: skip
    if token is None:
        raise Refused("unknown_token", _("Nøkkelen er ukjent. Kontroller at hele nøkkelen er med."))
    if token.revoked_at is not None:
        raise Refused("revoked_token", _("Nøkkelen er trukket tilbake. Be lederen ved enheten om en ny."))
    if not in_force(today()).filter(pk=token.pk).exists():
        raise Refused("expired_token", _("Nøkkelen gjelder ikke i dag. Be lederen ved enheten om en ny."))
    if _count(token) > CALLS:
        raise Refused("too_many_calls", _("For mange kall. Vent et minutt og prøv igjen."))
    return TokenViewer.of(token)


def _count(token: ApiToken) -> int:
    """Count a call in the running minute and note when the token was last used; how many there have been."""
    moment = now()
    # A start in the future (the clock was set back) is no running minute.
    same = Q(window_started_at__gt=moment - WINDOW, window_started_at__lte=moment)
    with writing("access.tokens.count"):
        ApiToken.objects.filter(pk=token.pk).update(
            last_used_at=moment,
            window_calls=Case(When(same, then=F("window_calls") + 1), default=Value(1)),
            window_started_at=Case(When(same, then=F("window_started_at")), default=Value(moment)),
        )
    calls: int = ApiToken.objects.values_list("window_calls", flat=True).get(pk=token.pk)
    return calls
