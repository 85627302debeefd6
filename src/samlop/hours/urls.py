"""Addresses of the room: the week and the year (``week_urls``), attendance and leave (``attendance_urls``)."""

from __future__ import annotations

from samlop.hours.attendance_urls import attendance_urls
from samlop.hours.week_urls import week_urls

app_name = "hours"
urlpatterns = [*week_urls, *attendance_urls]
