"""Numbers of effort as people write them."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from samlop.law.formatting import number

register = template.Library()


@register.filter
def counted(value: int | None) -> str:
    """«12 345», in English «12,345»; a dash where nothing is counted."""
    return "–" if value is None else number(value, (get_language() or "nb")[:2])
