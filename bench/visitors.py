"""Who reads the pages: real users of the demo in a median and in the largest municipality, signed in by session."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from statistics import median_low
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db.models import Count, Q

from samlop.cases.models import Case, TeamMember
from samlop.people.models import Membership, Municipality, User
from samlop.people.vocabulary import Role


@dataclass(frozen=True)
class Place:
    """A municipality to read in: what it is («median», «largest»), and those who read.

    ``written_id`` is another case than the one read, so that what is written does not make the pages read longer.
    """

    what: str
    municipality: Municipality
    active: int
    ended: int
    readers: dict[Role, User]
    case_id: UUID
    written_id: UUID
    name_part: str


def places() -> list[Place]:
    """The median and the largest municipality by participants in a programme."""
    active = Count("cases", filter=Q(cases__status="active"))
    ended = Count("cases", filter=Q(cases__status="ended"))
    found = list(
        Municipality.objects.annotate(active=active, ended=ended).filter(active__gt=0).order_by("active", "pk")
    )
    middle = median_low([one.active for one in found])
    chosen = {"median": next(one for one in found if one.active == middle), "største": found[-1]}
    return [_place(what, municipality) for what, municipality in chosen.items()]


def _place(what: str, municipality: Any) -> Place:
    """The adviser with the median number of cases, and a NAV adviser and leader round one of them."""
    mine = (
        TeamMember.objects.filter(municipality=municipality, case__status="active", function="main_contact")
        .filter(case__person__protection="none")
        .values("user_id", "unit_id")
        .annotate(n=Count("pk"))
        .order_by("n", "user_id")
    )
    chosen = mine[len(mine) // 2]
    cases = Case.objects.filter(team__user_id=chosen["user_id"], status="active", plan_versions__isnull=False)
    case = cases.select_related("person").order_by("pk").distinct()[0]
    readers = {Role.PROGRAMME_ADVISER: User.objects.get(pk=chosen["user_id"])}
    nav = TeamMember.objects.filter(case__in=cases, function="nav_contact", user__isnull=False).first()
    if nav is not None and nav.user is not None:
        readers[Role.NAV_ADVISER] = nav.user
        boss = Membership.objects.filter(unit_id=nav.unit_id, role=Role.NAV_LEADER).select_related("user").first()
        if boss:
            readers[Role.NAV_LEADER] = boss.user
    leader = Membership.objects.filter(unit_id=chosen["unit_id"], role=Role.LEADER).select_related("user").first()
    if leader:
        readers[Role.LEADER] = leader.user
    return Place(
        what,
        municipality,
        municipality.active,
        municipality.ended,
        readers,
        case.pk,
        cases.order_by("-pk").values_list("pk", flat=True)[0],
        case.person.family_name[:5].lower(),
    )


def county_adviser() -> User | None:
    """Somebody who may see a county's report."""
    found = (
        Membership.objects.filter(role=Role.COUNTY_ADVISER).select_related("user").order_by("user__username").first()
    )
    return found.user if found else None


def sign_in(user: User, backend: str = "django.contrib.auth.backends.ModelBackend") -> str:
    """A session of a user, as the cookie holds it. Nobody's password is needed: the bench owns the database."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = (
        backend if backend in settings.AUTHENTICATION_BACKENDS else settings.AUTHENTICATION_BACKENDS[0]
    )
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)
