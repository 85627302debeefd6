"""Addresses of attendance and leave."""

from __future__ import annotations

from datetime import date

from django.urls import URLPattern, path, register_converter

from samlop.hours.views import classes


class IsoDay:
    """A day in an address: «2026-11-20»."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return f"{value:%Y-%m-%d}"


register_converter(IsoDay, "isoday")

attendance_urls: list[URLPattern] = [
    path("opprop/", classes.rolls, name="rolls"),
    path("klasser/<uuid:group_id>/<isoday:day>/", classes.class_list, name="class_list"),
]
