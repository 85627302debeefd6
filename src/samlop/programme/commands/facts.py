"""Writing down what the law asks about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.rights import Right, Section
from samlop.core.stale import only_changed
from samlop.core.time import today
from samlop.programme.models import CourseFacts, EducationLevel

WRITTEN = (
    "education",
    "nordic_or_eea",
    "weekly_work_hours",
    "lived_in_municipality_since",
    "registered_in_municipality_on",
    "demanded_on",
    "offered_start_on",
    "offered_norwegian_on",
    "career_guidance_on",
    "social_studies_done_on",
    "norwegian_done_on",
    "leave_norwegian_offered_on",
    "more_norwegian_asked_on",
    "more_norwegian_offered_on",
    "kvp_asked_on",
    "kvp_started_on",
    "used_before_days",
)
"""The facts that are written on the page of right and duty."""

MAY_BE_AHEAD = (
    "offered_start_on",
    "offered_norwegian_on",
    "leave_norwegian_offered_on",
    "more_norwegian_offered_on",
)
"""Days that are agreed beforehand; the others have happened."""

MOST_HOURS = Decimal(80)


def _row(case: Case) -> CourseFacts:
    row: CourseFacts
    row, _created = CourseFacts.objects.get_or_create(case=case, defaults={"municipality_id": case.municipality_id})
    return row


@command(section=Section.PROGRAMME, right=Right.CONTRIBUTE)
def set_facts(
    *, case: Case, values: Mapping[str, Any], seen: Mapping[str, Any] | None = None, by: Viewer
) -> CourseFacts:
    """Write down facts by name (``WRITTEN``); what is not given stays as it is, an empty value takes a fact away.

    ``seen`` is what the page showed: a fact that was not changed against it stays as it stands. Raises ``Refused``:
    ``unknown_fact``, ``future_day``, ``unknown_education``, ``too_many_hours``, ``negative_days``,
    ``changed_meanwhile``.
    """
    row = _row(case)
    changed = []
    for name, value in values.items():
        _check(name, value)
    stands = {name: getattr(row, name) for name in values}
    for name, value in only_changed(values, seen, stands).items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed.append(name)
    if not changed:
        return row
    row.save()
    return done(row, Entry(code="programme.facts_set", section=Section.PROGRAMME, data={"fields": changed}))


def _check(name: str, value: Any) -> None:
    if name not in WRITTEN:
        raise Refused("unknown_fact", _("Vi kjenner ikke opplysningen «%(name)s».") % {"name": name}, name)
    if isinstance(value, date) and name not in MAY_BE_AHEAD and value > today():
        raise Refused("future_day", _("Datoen kan ikke være fram i tid."), name)
    if name == "education" and value and value not in EducationLevel.values:
        raise Refused("unknown_education", _("Velg utdanning fra listen."), name)
    if name == "weekly_work_hours" and value is not None and not 0 <= value <= MOST_HOURS:
        raise Refused("too_many_hours", _("Skriv arbeidstiden i timer i uka, fra 0 til 80."), name)
    if name == "used_before_days" and (value is None or not 0 <= value <= 3660):
        raise Refused("negative_days", _("Skriv antall dager, fra 0."), name)


@command(section=Section.PROGRAMME, right=Right.CONTRIBUTE)
def note_end_registered(*, case: Case, registered_on: date, by: Viewer) -> CourseFacts:
    """Note that the end of the programme is registered in the national register (NIR)."""
    return done(*_noted(case, "end_registered_on", registered_on))


@command(section=Section.PROGRAMME, right=Right.CONTRIBUTE)
def note_certificate_given(*, case: Case, given_on: date, by: Viewer) -> CourseFacts:
    """Note that the participant was given the certificate of participation (integreringsloven § 18 a)."""
    return done(*_noted(case, "certificate_given_on", given_on))


def _noted(case: Case, name: str, on: date) -> tuple[CourseFacts, Entry]:
    """A day after the end of the programme, noted. Raises ``Refused``: ``not_ended``, ``future_day``."""
    course = getattr(case, "course", None)
    if course is None or course.ended_on is None:
        raise Refused("not_ended", _("Skriv først når og hvordan programmet sluttet."))
    if on > today():
        raise Refused("future_day", _("Datoen kan ikke være fram i tid."), "on")
    row = _row(case)
    setattr(row, name, on)
    row.save()
    return row, Entry(code=f"programme.{name}", section=Section.PROGRAMME, data={"on": on})
