"""Codes of the room → readable sentences, for the journal of what is not about one case."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samlop.core.organisation import Sentence

SENTENCES: dict[str, Sentence] = {
    "exchange.list_read": lambda d: (
        ngettext("leste inn %(made)s deltaker fra en liste", "leste inn %(made)s deltakere fra en liste", d["made"]) % d
    ),
    "exchange.token_made": lambda d: _("laget en nøkkel til %(name)s ved %(unit)s: %(purpose)s") % d,
    "exchange.token_revoked": lambda d: _("trakk tilbake nøkkelen til %(name)s ved %(unit)s") % d,
}
