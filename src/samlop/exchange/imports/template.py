"""The template to download: an empty sheet with the right heads, and one that helps."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samlop.cases.vocabulary import Permit
from samlop.core.spreadsheet import Sheet, workbook
from samlop.exchange.imports.columns import COLUMNS


def template() -> bytes:
    """The file. The first sheet is to be filled in; nothing on the second is read."""
    helped = [(column.head, str(column.help), column.example) for column in COLUMNS]
    permits = [("annet" if permit is Permit.OTHER else permit.value, str(permit.label)) for permit in Permit]
    return workbook(
        [
            Sheet("Deltakere", [column.head for column in COLUMNS], []),
            Sheet(
                _("Hjelp"),
                [_("Kolonne"), _("Hva du skriver"), _("Eksempel")],
                helped,
                above=[_("Skriv én deltaker på hver rad i arket «Deltakere». Ingenting på dette arket blir lest.")],
            ),
            Sheet(_("Oppholdsgrunnlag"), [_("Kode"), _("Betyr")], permits),
        ]
    )
