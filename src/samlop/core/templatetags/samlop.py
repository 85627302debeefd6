"""Template words of the house: dates and numbers as people write them here, fields and error summaries."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms, template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from samlop.core.time import OSLO, iso_week

register = template.Library()


@register.filter
def day(value: date | datetime | str | None) -> str:
    """«20.11.2026»; an ISO text is understood too, nothing gives nothing."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    if isinstance(value, datetime):
        value = value.astimezone(OSLO).date()
    return f"{value.day:02d}.{value.month:02d}.{value.year}"


@register.filter
def moment(value: datetime | None) -> str:
    """«20.11.2026 kl. 14.05» in Norwegian time."""
    if not value:
        return ""
    local = value.astimezone(OSLO)
    return f"{day(local)} kl. {local.hour:02d}.{local.minute:02d}"


@register.filter
def week(value: date | None) -> str:
    """The week number, «47»."""
    return str(iso_week(value)) if value else ""


@register.simple_tag
def field(bound: forms.BoundField, hint: str = "") -> SafeString:
    """A form field with label, hint, control and error, as Designsystemet draws it."""
    return render_to_string("forms/field.html", {"field": bound, "hint": hint or bound.help_text})


@register.simple_tag
def error_summary(form: Any) -> SafeString:
    """All errors of a form in one box on top, each a link to its field; nothing when there are none."""
    return render_to_string("forms/error_summary.html", {"form": form})
