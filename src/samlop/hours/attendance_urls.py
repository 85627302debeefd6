"""Addresses of attendance and leave."""

from __future__ import annotations

from django.urls import URLPattern

attendance_urls: list[URLPattern] = []
