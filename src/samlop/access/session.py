"""Which role a signed-in person acts in; kept in the session, changed on the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest

from samlop.access.viewer import Viewer
from samlop.core.periods import in_force
from samlop.core.prepared import prepared
from samlop.core.time import today
from samlop.people.models import Membership, Person, User

ACTING = "acting"
"""Session key: the key of the membership acted in, or the word below."""
AS_PARTICIPANT = "participant"


@dataclass(frozen=True)
class Choice:
    """A role that a person can act in."""

    key: str
    label: str


@prepared
def current_memberships(user: UUID, on: date) -> QuerySet[Membership]:
    """A user's memberships on a day, oldest first."""
    rows = Membership.objects.filter(in_force(on), user_id=user).order_by("valid_from", "pk")
    return rows.select_related("user", "unit__municipality", "unit__organisation", "unit__county")


def choices(user: User) -> list[Choice]:
    """Every role the person can act in today, for the role switch on the page."""
    found = [Choice(str(m.pk), f"{m.get_role_display()}, {m.unit.name}") for m in current_memberships(user.pk, today())]
    if Person.objects.filter(user=user).exists():
        found.append(Choice(AS_PARTICIPANT, "deltaker"))
    return found


def viewer_of(request: HttpRequest) -> Viewer | None:
    """The viewer of a request; none when nobody is signed in or the person has no role left."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return viewer_for(user, request.session.get(ACTING))


def viewer_for(user: User, acting: str | None) -> Viewer | None:
    """The viewer for a chosen role; the first role the person has when none, or one no longer held, is chosen."""
    if acting == AS_PARTICIPANT and Person.objects.filter(user=user).exists():
        return Viewer.participant(user)
    memberships = current_memberships(user.pk, today())
    if memberships:
        return Viewer.acting(next((one for one in memberships if str(one.pk) == acting), memberships[0]))
    return Viewer.participant(user) if Person.objects.filter(user=user).exists() else None
