"""A work place's own link to the practice hours of one participant: its secret, its weeks, its limits."""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from samlop.cases.after_move import takes_settling
from samlop.core.errors import Refused
from samlop.core.time import today
from samlop.hours.models import WorkPlaceDay, WorkPlaceLink
from samlop.hours.sessions import Session, case_sessions
from samlop.hours.vocabulary import Provider

TRIES, WINDOW_SECONDS = 60, 600
"""So many requests from one address in so many seconds; more than anybody needs to confirm hours."""
DAYS_BACK = 56
"""How far back a work place may confirm or change: eight weeks."""


AFTERWARDS = timedelta(days=14)
"""The last weeks can be confirmed so long after the link's last day."""


def new_token() -> str:
    """A secret for a link, long enough never to be guessed."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(request: HttpRequest) -> str:
    """The address a request came from; behind proxies that are trusted, the one that the outermost of them saw."""
    proxies = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    passed = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    if proxies and len(passed) >= proxies:
        return passed[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def count_try(address: str) -> None:
    """Count a request from an address. Raises ``Refused('too_many_tries')`` where there are too many."""
    key = f"work-place:{hashlib.sha256(address.encode()).hexdigest()[:32]}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        tries = cache.incr(key)
    except ValueError:  # it ran out between the two
        tries = 1
    if tries > TRIES:
        raise Refused("too_many_tries", _("For mange forsøk. Vent ti minutter, og prøv igjen."))


def link_of(token: str) -> WorkPlaceLink | None:
    """The link with this secret, if it is in force. What is not, is told from one that never was by nobody."""
    rows = WorkPlaceLink.objects.filter(token_hash=hashed(token), revoked_at__isnull=True)
    link: WorkPlaceLink | None = rows.select_related("case__person", "municipality").first()
    if link is None or not takes_settling(link.case) or link.case.person.is_protected:
        return None
    if not link.valid_from <= today() <= link.valid_to + AFTERWARDS:
        return None
    return link


@dataclass(frozen=True)
class Day:
    """A day with practice: the hours planned, and what the work place has said."""

    day: date
    planned: Decimal
    starts: str
    ends: str
    said: WorkPlaceDay | None = None


@dataclass
class Week:
    """A week at the work place."""

    monday: date
    days: list[Day] = field(default_factory=list)

    @property
    def done(self) -> bool:
        """Whether every day that has been is confirmed."""
        return all(one.said is not None for one in self.days if one.day <= today())

    @property
    def open_days(self) -> list[Day]:
        """Days that have been, and can be confirmed."""
        return [one for one in self.days if one.day <= today()]


def weeks_of(link: WorkPlaceLink, first: date | None = None, last: date | None = None) -> list[Week]:
    """The weeks of the link that have begun, newest first; of hours at a work place only."""
    begins = max(first or date.min, today() - timedelta(days=DAYS_BACK), link.valid_from)
    ends = min(last or today(), link.valid_to)
    if ends < begins:
        return []
    sessions = case_sessions([link.case_id], begins, ends).get(link.case_id, [])
    by_day: dict[date, list[Session]] = defaultdict(list)
    for session in sessions:
        if session.provider == Provider.WORK_PLACE and session.group_id is None:
            by_day[session.day].append(session)
    said = {one.day: one for one in link.days.filter(day__range=(begins, ends))}
    weeks: dict[date, Week] = {}
    for day, held in sorted(by_day.items()):
        monday = day - timedelta(days=day.weekday())
        week = weeks.setdefault(monday, Week(monday))
        week.days.append(_day(day, held, said.get(day)))
    return sorted(weeks.values(), key=lambda week: week.monday, reverse=True)


def _day(day: date, held: list[Session], said: WorkPlaceDay | None) -> Day:
    hours = sum((one.hours for one in held), start=0 * held[0].hours)
    planned = (Decimal(hours.numerator) / Decimal(hours.denominator)).quantize(Decimal("0.01"))
    return Day(day, planned, f"{held[0].starts:%H.%M}", f"{held[-1].ends:%H.%M}", said)


def other_hours(case_id: UUID, day: date) -> bool:
    """Whether the participant has other programme that day than at the work place."""
    sessions = case_sessions([case_id], day, day).get(case_id, [])
    return any(one.provider != Provider.WORK_PLACE for one in sessions)
