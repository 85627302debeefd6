"""Addresses of the week, the groups, the year calendar and the calendar feed."""

from __future__ import annotations

from django.urls import URLPattern

week_urls: list[URLPattern] = []
