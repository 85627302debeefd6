"""Template words of the room."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.translation import get_language

from samlop.hours.account import label_of
from samlop.law.formatting import amount
from samlop.law.texts import Note

register = template.Library()
register.filter("reason", label_of)


@register.filter
def plain_hours(value: Decimal | None) -> str:
    """Clock hours without needless noughts: «3,5»."""
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")


@register.filter
def note_text(note: Note) -> str:
    """What is uncertain, in the reader's language."""
    return note.text.in_language((get_language() or "nb")[:2])


@register.filter
def kroner(ore: int) -> str:
    """Whole øre as people read money: «2 033,88 kr»."""
    return amount(ore, (get_language() or "nb")[:2])
