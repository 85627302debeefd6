"""What is due about Norwegian: the last days to appeal on a test (integreringsforskriften § 42)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samlop.cases.caseload import Caseload
from samlop.core.due import DueItem
from samlop.core.prepared import prepared
from samlop.core.rights import Right, Section
from samlop.core.templatetags.samlop import day
from samlop.core.time import OSLO
from samlop.law.deadlines import appeal_on_test_due
from samlop.norwegian.models import LevelReached, Source

AHEAD = timedelta(days=7)
"""How long before its last day the time to appeal is told of, as with decisions."""
LOOKED_BACK = timedelta(days=35)
"""Results written down longer ago can no longer be appealed on, whatever free days moved the last day."""
RESULT_WITHIN = timedelta(days=92)
"""A result of a test longer ago than this is history that is written in, and was known before."""


def due_items(caseload: Caseload, on: date) -> list[DueItem]:
    """One line for each participant with a test whose time to appeal soon runs out. One query however many cases."""
    seen = [key for key in caseload.ids if caseload.sees(key, Section.NORWEGIAN)]
    items = []
    since = datetime.combine(on - LOOKED_BACK, time.min, OSLO)
    # The four skills of a test are one line, from the day its last result was written down.
    tests = {(case_id, tested_on): written_at for case_id, tested_on, written_at in _results(seen, since)}
    for (case_id, tested_on), written_at in tests.items():
        known = written_at.astimezone(OSLO).date()
        deadline = appeal_on_test_due(known)
        if known - tested_on > RESULT_WITHIN or not deadline.due - AHEAD <= on <= deadline.due:
            continue
        unit_id, user_id = caseload.main_contact(case_id)
        values = {"day": day(deadline.due), "rules": "; ".join(deadline.references), "tested": day(tested_on)}
        why = _("Deltakeren kan klage på prøven %(tested)s til og med %(day)s (%(rules)s).") % values
        language = (get_language() or "nb")[:2]
        doubts = [_("Usikkert: %(text)s") % {"text": note.text.in_language(language)} for note in deadline.uncertain]
        items.append(
            DueItem(
                code="norwegian.test_appeal",
                case_id=case_id,
                what=_("Klagefristen på norskprøven går ut"),
                why=" ".join([why, *doubts]),
                due_on=deadline.due,
                unit_id=unit_id,
                user_id=user_id,
                action=_("Se nivåene"),
                url=reverse("norwegian:levels", args=[case_id]),
                asks=Right.SEE,
            )
        )
    return items


@prepared
def _results(cases: Collection[UUID], since: datetime) -> QuerySet[LevelReached, Any]:
    """(case, day of the test, when the result was written down) of results written down since then, in that order."""
    rows = LevelReached.objects.filter(case_id__among=cases, source=Source.TEST.value, recorded_at__gte=since)
    return rows.order_by("recorded_at", "pk").values_list("case_id", "reached_on", "recorded_at")
