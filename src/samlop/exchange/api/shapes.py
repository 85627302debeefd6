"""Rows of the house in the shapes of the API."""

from __future__ import annotations

from typing import Any

from samlop.cases.models import Case
from samlop.cases.timeline import Line


def line(case: Case) -> dict[str, Any]:
    """A case as a line of the list."""
    return {
        "id": case.pk,
        "name": case.person.name,
        "status": case.status,
        "settled_on": case.settled_on,
        "owner_unit": case.owner_unit.name,
    }


def details(case: Any) -> dict[str, Any]:
    """An opened case with the viewer's right on each section."""
    rights = {section.value: right.name.lower() for section, right in case.viewer_rights.items()}
    return line(case) | {"municipality": case.municipality.name, "rights": rights}


def entry(shown: Line) -> dict[str, Any]:
    """A line of the timeline."""
    row = shown.entry
    return {
        "seq": row.seq,
        "at": row.at,
        "happened_on": row.happened_on,
        "code": row.code,
        "section": row.section,
        "who": row.user_name,
        "unit": row.unit_name,
        "sentence": shown.sentence,
        "effort": row.effort,
        "minutes": row.minutes,
        "corrects": row.corrects,
    }
