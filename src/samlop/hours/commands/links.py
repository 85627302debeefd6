"""The secret address of a calendar: made, shown once, taken back."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.rights import Right, Section
from samlop.core.time import now
from samlop.hours.feed import fingerprint_of
from samlop.hours.models import CalendarLink


@command(section=Section.HOURS, right=Right.SEE)
def make_calendar_link(*, case: Case, secret: str, by: Viewer) -> CalendarLink:
    """Make a personal address of the case's hours; an earlier one of the same person stops working.

    ``secret`` is made by ``new_secret`` and shown once; only its fingerprint is kept.
    """
    if by.user is None or not by.is_participant:
        raise Refused("no_own_case", _("Bare deltakeren selv kan lage en adresse til kalenderen sin."))
    _revoke(case, by)
    link = CalendarLink.objects.create(
        case=case,
        municipality_id=case.municipality_id,
        user=by.user,
        fingerprint=fingerprint_of(secret),
        made_at=now(),
    )
    return done(link, Entry(code="hours.calendar_link_made", section=Section.HOURS))


@command(section=Section.HOURS, right=Right.SEE)
def revoke_calendar_link(*, case: Case, by: Viewer) -> None:
    """Stop the person's own address of the case's hours; nothing happens where there is none."""
    entries = [Entry(code="hours.calendar_link_revoked", section=Section.HOURS)] if _revoke(case, by) else []
    return done(None, *entries)


def _revoke(case: Case, by: Viewer) -> int:
    links = CalendarLink.objects.filter(case=case, user=by.user, revoked_at__isnull=True)
    return int(links.update(revoked_at=now()))


FETCH_NOTED_EVERY = timedelta(hours=1)


@command(why_open="a calendar program that has the secret address fetches the hours; only the time of it is kept")
def note_fetched(*, link: CalendarLink, by: Viewer) -> None:
    """Keep when the hours were fetched last, so that the participant sees whether the address is in use."""
    if link.fetched_at is None or now() - link.fetched_at > FETCH_NOTED_EVERY:
        CalendarLink.objects.filter(pk=link.pk).update(fetched_at=now())
    return done(None)
