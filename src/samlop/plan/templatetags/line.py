"""Template words of the line (``{% load line %}``): its shapes and its words, which are many on a page."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from samlop.plan.line.drawing import Words
from samlop.plan.line.stations import Shape

register = template.Library()

SHAPES: dict[str, SafeString] = {
    Shape.DONE: SafeString('<circle r="15"/><path d="m-6.5 .5 4.5 4.5 9-9.5"/>'),
    Shape.ONGOING: SafeString('<circle r="15"/><path class="fill" d="M0 -8A8 8 0 0 1 0 8Z"/>'),
    Shape.STOPPED: SafeString('<rect x="-13" y="-13" width="26" height="26" rx="5"/><path d="M-5 -5 5 5M5 -5-5 5"/>'),
    Shape.MILESTONE: SafeString('<path d="M0 -17 17 0 0 17-17 0Z"/>'),
    Shape.REACHED: SafeString('<path d="M0 -18 18 0 0 18-18 0Z"/><path class="sign" d="m-6 .5 4 4 8-8.5"/>'),
    Shape.TALK: SafeString('<path d="M-11 -9H11V6H-2L-7 11V6H-11Z"/>'),
    Shape.TODAY: SafeString('<path d="M0 -20V0"/><circle r="12"/><circle class="fill" r="4"/>'),
    Shape.START: SafeString('<circle r="13"/><path d="M-6 1 0 -5 6 1M-4 0V6H4V0"/>'),
}
"""The drawing of each shape round the middle of its place; the others are an empty circle."""
_PLAIN = SafeString('<circle r="14"/>')


@register.simple_tag
def shape(kind: str) -> SafeString:
    """The drawing of a station."""
    return SHAPES.get(kind, _PLAIN)


@register.simple_tag
def words(lines: Iterable[Words]) -> SafeString:
    """Lines of text in the picture, each at its place, in its language and direction."""
    return mark_safe("".join(map(_line, lines)))  # noqa: S308 – each is escaped


def _line(one: Words) -> str:
    own = f' lang="{escape(one.language)}" direction="{one.towards}"' if one.language else ""
    return f'<text class="{one.look}" x="{one.x}" y="{one.y}"{own}>{escape(one.text)}</text>'
