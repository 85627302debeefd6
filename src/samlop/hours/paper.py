"""The week as data for the paper (``typst/week.typ``): pictures, and the participant's own language beside."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from samlop.hours.beside import Beside
from samlop.hours.pictures import picture
from samlop.hours.queries.week import WeekPage
from samlop.hours.timetable import Block, Column, timetable
from samlop.hours.vocabulary import Provider
from samlop.hours.wording import hours, week_name, weekday_name
from samlop.plan.vocabulary import StepKind

TEMPLATE = "hours/typst/week.typ"


def paper(shown: WeekPage, *, language: str, with_name: bool) -> dict[str, Any]:
    """The week as plain values, in the active language. A protected person's name and places are never printed."""
    person = shown.case.person
    heading = _("Uka mi: %(week)s") % {"week": week_name(shown.week.monday)}
    open_to_print = not person.is_protected
    beside = shown.beside
    return {
        "title": heading,
        "heading": heading,
        "language": language,
        "footer": _("Laget i Samløp. Timene kan bli endret; se Samløp for det som gjelder."),
        "participant": person.name if with_name and open_to_print else "",
        "has-own": beside.is_any,
        "own-language": beside.language,
        "own-direction": beside.direction,
        "sum": _("Til sammen %(hours)s denne uka.") % {"hours": hours(shown.plain)},
        "days": [
            _day(column, beside, with_places=open_to_print)
            for column in timetable(shown.week, shown.groups, shown.marks)
        ],
    }


def _day(column: Column, beside: Beside, *, with_places: bool) -> dict[str, Any]:
    return {
        "name": f"{weekday_name(column.day.isoweekday())} {column.day:%d.%m.}".capitalize(),
        "own": beside.day(column.day.isoweekday()),
        "label": column.label,
        "empty": _("Ingen timer"),
        "hours": [_hour(block, beside, with_places=with_places) for block in column.blocks],
    }


def _hour(block: Block, beside: Beside, *, with_places: bool) -> dict[str, str]:
    one = block.session
    facts = [str(Provider(one.provider).label), block.group, one.place if with_places else ""]
    return {
        "time": f"{one.starts:%H.%M}–{one.ends:%H.%M}",
        "what": str(StepKind(one.content).label).capitalize(),
        "own": beside.words.get(one.slot_id, ""),
        "picture": f"/hours/static/hours/symbols/{picture(one.content)}.svg",
        "facts": " · ".join(filter(None, facts)),
    }
