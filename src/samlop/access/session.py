"""Which role a signed-in person acts in; kept in the session, changed on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest

from samlop.access.viewer import Viewer
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


def current_memberships(user: User) -> Any:
    """The user's memberships today, oldest first."""
    day = today()
    return (
        Membership.objects.filter(user=user, valid_from__lte=day)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
        .select_related("user", "unit__municipality", "unit__organisation", "unit__county")
        .order_by("valid_from", "pk")
    )


def choices(user: User) -> list[Choice]:
    """Every role the person can act in today, for the role switch on the page."""
    found = [Choice(str(m.pk), f"{m.get_role_display()}, {m.unit.name}") for m in current_memberships(user)]
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
    memberships = current_memberships(user)
    chosen = memberships.filter(pk=acting).first() if acting and _is_key(acting) else None
    membership = chosen or memberships.first()
    if membership is not None:
        return Viewer.acting(membership)
    return Viewer.participant(user) if Person.objects.filter(user=user).exists() else None


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
