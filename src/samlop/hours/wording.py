"""Days and hours in words: «tirsdag», «32,5 timer», «uke 47»."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

WEEKDAYS = (
    gettext_lazy("mandag"),
    gettext_lazy("tirsdag"),
    gettext_lazy("onsdag"),
    gettext_lazy("torsdag"),
    gettext_lazy("fredag"),
    gettext_lazy("lørdag"),
    gettext_lazy("søndag"),
)


def weekday_name(number: int) -> str:
    """«mandag» for 1."""
    return str(WEEKDAYS[number - 1])


def number(value: Fraction | int) -> str:
    """«32,5», «3,33» – at most two decimals, as people write them here."""
    text = f"{float(value):.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")


def hours(value: Fraction | int) -> str:
    """«32,5 timer», «1 time»."""
    return ngettext("%(hours)s time", "%(hours)s timer", 1 if value == 1 else 2) % {"hours": number(value)}


def week_name(monday: date) -> str:
    """«uke 47, 2026»; the year is the week's, which differs from the day's at New Year."""
    year, week, __ = monday.isocalendar()
    return _("uke %(week)s, %(year)s") % {"week": week, "year": year}


def week_key(monday: date) -> str:
    """«2026-47», as it stands in an address."""
    year, week, __ = monday.isocalendar()
    return f"{year}-{week:02d}"


def week_from_key(text: str) -> date | None:
    """The Monday of «2026-47», or none where it is no week."""
    year, __, week = text.partition("-")
    try:
        return date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        return None
