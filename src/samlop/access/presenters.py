"""Journal codes of the room → readable sentences. Registered by ``cases``, which owns the journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samlop.access.policy import Relation
from samlop.access.words import RELATION_NAMES, SECTION_NAMES
from samlop.core.rights import Section
from samlop.people.vocabulary import Role

SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "access.override.taken": lambda d: (
        ngettext(
            "tok nødtilgang til saken i %(hours)s time: %(reason)s",
            "tok nødtilgang til saken i %(hours)s timer: %(reason)s",
            d["hours"],
        )
        % d
    ),
    "access.override.reviewed": lambda d: _("kontrollerte nødtilgangen til %(who)s: %(note)s") % d,
    "access.grant.given": lambda d: _("ga %(who)s tilgang: %(purpose)s") % d,
    "access.grant.revoked": lambda d: _("trakk tilbake tilgangen til %(who)s") % d,
    "access.objection.made": lambda d: _("sa imot hvem som ser hva"),
    "access.objection.settled": lambda d: _("svarte på deltakerens innvending: %(answer)s") % d,
}


def _narrowed(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "role": Role(data["role"]).label,
        "section": SECTION_NAMES[Section(data["section"])],
        "relation": RELATION_NAMES[Relation(data["relation"])],
    }


ORGANISATION_SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "access.narrowed": lambda d: _("ga %(role)s (%(relation)s) smalere tilgang til %(section)s") % _narrowed(d),
    "access.narrowing_removed": lambda d: (
        _("tok bort den smalere tilgangen til %(section)s for %(role)s (%(relation)s)") % _narrowed(d)
    ),
}
"""Of the organisation's journal."""
