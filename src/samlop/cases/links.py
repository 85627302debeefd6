"""Addresses of pages in higher rooms, where they exist."""

from __future__ import annotations

from uuid import UUID

from django.urls import NoReverseMatch, reverse


def case_page(case_id: UUID) -> str:
    """The page that answers who this is; the details where the overview is not installed."""
    try:
        return reverse("overview:case", args=[case_id])
    except NoReverseMatch:
        return reverse("cases:details", args=[case_id])
