"""Filters that people give a name."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.core.commands import command
from samlop.core.errors import Refused, not_found
from samlop.core.time import now
from samlop.overview.models import SavedFilter

MOST_FILTERS = 20


@command(why_open="one's own saved filters")
def save_filter(*, name: str, query: str, by: Viewer) -> SavedFilter:
    """Keep a filter under a name; the same name again replaces it. Raises ``Refused``: ``missing_name``,
    ``nothing_chosen``, ``too_many_filters``."""
    name = " ".join(name.split())[:60]
    if not name:
        raise Refused("missing_name", _("Gi filteret et navn, for eksempel «Slutter i vår»."), "name")
    if not query:
        raise Refused("nothing_chosen", _("Velg noe å filtrere på først, og lagre etterpå."), "name")
    mine = by.scope(SavedFilter)
    if mine.exclude(name=name).count() >= MOST_FILTERS:
        text = _("Du kan ha høyst %(most)s lagrede filtre. Slett et du ikke bruker.") % {"most": MOST_FILTERS}
        raise Refused("too_many_filters", text, "name")
    kept, _created = SavedFilter.objects.update_or_create(
        user=by.user, name=name, defaults={"query": query[:500], "created_at": now()}
    )
    return kept


@command(why_open="one's own saved filters")
def delete_filter(*, saved: UUID, by: Viewer) -> None:
    """Delete one's own filter; a filter that is gone already is no error."""
    row = by.scope(SavedFilter).filter(pk=saved).first()
    if row is None:
        raise not_found()
    row.delete()
