"""The one way to say no.

A refusal is part of normal work: it has a stable code for programs, a text in plain language that says what to do for
people, and – where it is about one field – the field's name, so that a page can show it in the right place.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext as _

_STATUS = {
    "not_found": HTTPStatus.NOT_FOUND,
    "not_signed_in": HTTPStatus.UNAUTHORIZED,
    "unknown_token": HTTPStatus.UNAUTHORIZED,
    "revoked_token": HTTPStatus.UNAUTHORIZED,
    "expired_token": HTTPStatus.UNAUTHORIZED,
    "too_many_calls": HTTPStatus.TOO_MANY_REQUESTS,
    "changed_meanwhile": HTTPStatus.CONFLICT,
    "already_done": HTTPStatus.CONFLICT,
}


class Refused(Exception):
    """A command or query that says no.

    ``code`` is stable and machine-readable (``no_right``, ``not_found``, ``missing_reason`` …), ``text`` is bokmål for
    the person in front of the screen, ``field`` names the argument it is about. Codes that begin with ``no_`` are
    about access and answer 403; input errors answer 422.
    """

    def __init__(self, code: str, text: str, field: str | None = None) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text
        self.field = field

    @property
    def status(self) -> HTTPStatus:
        """HTTP status of the refusal when a page or the API returns it."""
        if self.code in _STATUS:
            return _STATUS[self.code]
        return HTTPStatus.FORBIDDEN if self.code.startswith("no_") else HTTPStatus.UNPROCESSABLE_ENTITY

    def as_dict(self) -> dict[str, str | None]:
        """The refusal as the API returns it."""
        return {"error": self.code, "field": self.field, "message": self.text}


class ChangedMeanwhile(Refused):
    """Somebody else has changed the same since the page was opened. ``fields`` holds what stands now, by field."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        super().__init__(
            "changed_meanwhile",
            _(
                "Andre har endret det samme etter at du åpnet siden, og ditt er ikke lagret ennå. Se hva som står nå, "
                "og lagre på nytt hvis det er ditt som skal gjelde."
            ),
        )
        self.fields = dict(fields)


def not_found() -> Refused:
    """The same answer for what does not exist and for what the viewer may not know exists."""
    return Refused(
        "not_found",
        _(
            "Vi fant ikke det du leter etter. Enten finnes det ikke, eller så har du ikke tilgang. "
            "Trenger du tilgang, kan du spørre den som har hovedansvaret for deltakeren."
        ),
    )
