"""Template words of the week: times of day, weekdays, hours and weeks as people write them here."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samlop.hours import wording
from samlop.hours.beside import Beside
from samlop.hours.counting import DayState
from samlop.hours.pictures import picture
from samlop.hours.vocabulary import DayKind, Provider, WeekPattern
from samlop.law.texts import LANGUAGES, Note
from samlop.plan.vocabulary import StepKind

register = template.Library()


@register.simple_tag
def hour_picture(kind: str) -> SafeString:
    """The drawing of a kind of hour; the words stand beside it, so it says nothing to a screen reader."""
    source = static(f"hours/symbols/{picture(kind)}.svg")
    return format_html('<img class="hour-picture" src="{}" alt="" width="32" height="32">', source)


@register.filter
def own_day(beside: Beside, value: date) -> str:
    """The name of a day in the participant's own language."""
    return beside.day(value.isoweekday())


@register.filter
def clock(value: time | None) -> str:
    """«09.00»."""
    return f"{value:%H.%M}" if value else ""


@register.filter
def weekday(value: date | int) -> str:
    """«mandag», of a day or of its number."""
    return wording.weekday_name(value.isoweekday() if isinstance(value, date) else value)


@register.filter
def in_hours(value: Fraction | int | None) -> str:
    """«32,5 timer»."""
    return "" if value is None else wording.hours(value)


@register.filter
def plain_number(value: Fraction | int | None) -> str:
    """«32,5»."""
    return "" if value is None else wording.number(value)


@register.filter
def week_name(monday: date) -> str:
    """«uke 47, 2026»."""
    return wording.week_name(monday)


@register.filter
def week_key(monday: date) -> str:
    """«2026-47», for addresses."""
    return wording.week_key(monday)


@register.filter
def provider(value: str) -> str:
    """Who gives an hour, in words."""
    return str(Provider(value).label)


@register.filter
def content(value: str) -> str:
    """What an hour holds, in words."""
    return str(StepKind(value).label)


@register.filter
def pattern(value: str) -> str:
    """Which weeks an hour comes, in words; nothing for every week."""
    return "" if value == WeekPattern.EVERY else str(WeekPattern(value).label)


@register.filter
def of_key(values: dict[Any, Any], key: Any) -> Any:
    """The value under a key, or nothing."""
    return values.get(key) if key is not None else None


@register.filter
def note_text(note: Note) -> str:
    """A reservation of the law in the active language."""
    language = (get_language() or LANGUAGES[0])[:2]
    return note.text.in_language(language if language in LANGUAGES else LANGUAGES[0])


@register.filter
def day_kind(value: str) -> str:
    """What a marked day is, in words."""
    return str(DayKind(value).label)


@register.filter
def day_state(value: DayState) -> str:
    """What a weekday is, in words."""
    return {
        DayState.PROGRAMME: _("program"),
        DayState.EMPTY: _("uten program"),
        DayState.PUBLIC_HOLIDAY: _("helligdag"),
        DayState.HOLIDAY: _("ferie"),
        DayState.PLANNING_DAY: _("planleggingsdag"),
        DayState.LEAVE: _("permisjon eller stans"),
        DayState.OUTSIDE: _("utenfor programmet"),
    }[value]
