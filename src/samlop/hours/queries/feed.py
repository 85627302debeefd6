"""The hours behind a secret address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F

from samlop.access.viewer import Viewer
from samlop.core.queries import query
from samlop.core.time import today
from samlop.hours.feed import WEEKS_AHEAD, WEEKS_BACK, fingerprint_of
from samlop.hours.models import CalendarLink
from samlop.hours.sessions import Session, case_sessions


@dataclass(frozen=True)
class Feed:
    """What the address gives; without places for a person with a protected address."""

    link: CalendarLink
    sessions: list[Session]
    with_places: bool


@query(scoped="the one case of an address in force, as long as it is the participant's own")
def calendar_feed(viewer: Viewer, secret: str) -> Feed | None:
    """The hours from four weeks back to half a year ahead; none where the address is closed, wrong or not theirs."""
    links = CalendarLink.objects.filter(fingerprint=fingerprint_of(secret), revoked_at__isnull=True)
    link = links.filter(user=F("case__person__user"), user__is_active=True).select_related("case__person").first()
    if link is None:
        return None
    first, last = today() - timedelta(weeks=WEEKS_BACK), today() + timedelta(weeks=WEEKS_AHEAD)
    found = case_sessions([link.case_id], first, last)[link.case_id]
    return Feed(link, found, with_places=not link.case.person.is_protected)
