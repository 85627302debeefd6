"""The levels on the certificate of participation (``programme.certificate.SOURCES``)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from samlop.cases.models import Case
from samlop.core.templatetags.samlop import day
from samlop.norwegian.models import LevelReached
from samlop.programme.certificate import Group


def levels(case: Case) -> Iterable[Group]:
    """The level now in each skill, with how and when it was found. One query."""
    rows = LevelReached.objects.filter(case=case).order_by("skill", "-reached_on", "-recorded_at").distinct("skill")
    lines = tuple(
        (
            str(row.get_skill_display()).capitalize(),
            f"{row.get_level_display()} ({row.get_source_display()}, {day(row.reached_on)})",
        )
        for row in rows
    )
    yield Group(_("Nivå i norsk"), lines)
