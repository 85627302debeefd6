"""A status as a coloured word with an icon: never the colour alone (``{% tag "forfalt" tone="danger" %}``)."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

ICONS = {
    "done": '<circle cx="10" cy="10" r="8"/><path d="m6.5 10.3 2.4 2.4 4.8-5"/>',
    "soon": '<circle cx="10" cy="10" r="8"/><path d="M10 5.5V10l3 2"/>',
    "late": '<path d="M6.7 2h6.6L18 6.7v6.6L13.3 18H6.7L2 13.3V6.7zM10 6v5M10 13.6v.4"/>',
    "info": '<circle cx="10" cy="10" r="8"/><path d="M10 9v5M10 6v.4"/>',
    "lock": '<path d="M4.5 9h11v8.5h-11zM6.5 9V6.5a3.5 3.5 0 0 1 7 0V9M10 12.5v2"/>',
    "person": '<circle cx="10" cy="6.5" r="3.5"/><path d="M3 18c.6-4 3.5-6 7-6s6.4 2 7 6"/>',
    "calendar": '<path d="M3 4.5h14V17H3zM3 8.5h14M6.5 2.5v3.5M13.5 2.5v3.5"/>',
    "talk": '<path d="M2.5 4h15v10h-8l-4 3.5V14h-3z"/>',
    "paper": '<path d="M5 2h7l3.5 3.5V18H5zM12 2v4h3.5M7.5 10h5M7.5 13.5h5"/>',
    "dot": '<circle cx="10" cy="10" r="5"/>',
}
OF_TONE = {"success": "done", "warning": "soon", "danger": "late", "info": "info"}
"""The icon of each tone; the others have a dot."""


@register.simple_tag
def tag(text: Any = "", tone: str = "neutral", icon: str = "") -> SafeString:
    """A status: ``tone`` is success, warning, danger, info or neutral; ``icon`` one of ``ICONS``, else the tone's."""
    return mark_safe(f"{_before(tone or 'neutral', icon)}{conditional_escape(text)}</span>")  # noqa: S308 – escaped here


@cache
def _before(tone: str, icon: str) -> SafeString:
    picture = ICONS.get(icon or OF_TONE.get(tone, "dot"), ICONS["dot"])
    return format_html(
        '<span class="ds-tag status" data-color="{}"><svg class="icon" aria-hidden="true" focusable="false"'
        ' viewBox="0 0 20 20">{}</svg>',
        tone,
        mark_safe(picture),  # noqa: S308 – ours
    )
