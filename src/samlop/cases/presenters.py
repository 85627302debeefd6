"""Journal codes of the room → readable sentences."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samlop.cases.journal import Sentence

SENTENCES: dict[str, Sentence] = {
    "case.registered": lambda d: _("registrerte saken"),
}
