"""Official numbers as people type them: which kind it is, whether it is valid, and the birth date it tells.

The number itself never leaves in a text: errors say what is wrong without repeating it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from samlop import identifiers
from samlop.core.errors import Refused
from samlop.core.time import today
from samlop.people.vocabulary import IdentifierKind

DUF_LENGTH = 12


@dataclass(frozen=True)
class OfficialNumber:
    """A valid number: its kind, its digits (never printed), and the birth date it tells, where it tells one."""

    kind: IdentifierKind
    value: str = field(repr=False)
    birth_date: date | None = field(default=None, repr=False)


def read_number(text: str, *, place: str = "number") -> OfficialNumber:
    """Read a birth number, D-number or DUF number. Raises ``Refused`` at the field ``place``.

    Synthetic numbers are accepted in the demo and in tests only: a real case is never opened on one.
    """
    digits = _digits(text)
    kind: identifiers.Kind = "duf" if len(digits) == DUF_LENGTH else "fnr"
    answer = identifiers.check(kind, text, on=today(), allow_synthetic=settings.DEMO)
    if not answer.valid:
        raise Refused("invalid_number", _reason(answer.reason), place)
    told = identifiers.birth_date(text) if kind == "fnr" else None
    return OfficialNumber(IdentifierKind(answer.type), digits, told)


def _reason(reason: str | None) -> str:
    texts = {
        "date": _("De første sifrene er ikke en dato. Kontroller nummeret."),
        "checksum": _("Nummeret er ikke gyldig. Kontroller det mot papirene; et siffer kan være skrevet feil."),
        "synthetic_not_allowed": _("Dette er et testnummer. Det kan ikke brukes på en virkelig person."),
    }
    return texts.get(
        reason or "",
        _("Fødselsnummer og D-nummer har 11 sifre, DUF-nummer har 12. Se etter om et siffer mangler eller er for mye."),
    )


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isascii() and char.isdigit())


_ELEVEN = re.compile(r"(?<!\d)\d{6}[ .\-\u00a0]?\d{5}(?!\d)")


def refuse_number_in(text: str, place: str) -> None:
    """Free text must not hold an identity number: it would live on in the journal. Raises ``Refused``."""
    for found in _ELEVEN.findall(text):
        if identifiers.check("fnr", found, on=today(), allow_synthetic=True).valid:
            raise Refused(
                "number_in_text", _("Teksten inneholder et fødselsnummer eller D-nummer. Ta det bort."), place
            )
