"""The line on paper: what the Typst template gets. Called with the language of the paper active."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from samlop.core.languages import direction
from samlop.plan.line.stations import Goal, Line, Station

TEMPLATE = "plan/typst/line.typ"


def paper(line: Line, *, language: str, name: str, participant: str, version: int | None) -> dict[str, Any]:
    """The data of the template ``plan/typst/line.typ``: plain values, every text in the language of the paper."""
    stations = [_station(station) for station in line.stations]
    _put_way(stations, line.today_at)
    footer = _("%(plan)s, versjon %(number)s") % {"plan": name.capitalize(), "number": version} if version else name
    return {
        "title": _("Veien til målet"),
        "heading": _("Veien til målet"),
        "language": language,
        "participant": participant,
        "footer": footer[:1].upper() + footer[1:],
        "has-own": any(station.title_own for station in line.stations),
        "own-language": line.language,
        "own-direction": direction(line.language),
        "stations": stations,
        "last-way": stations[-1]["below"] if stations else "ahead",
        "goal": _goal(line.goal),
    }


def _station(station: Station) -> dict[str, Any]:
    return {
        "title": station.title,
        "own": station.title_own,
        "shape": station.shape.value,
        "status": station.status,
        "at": station.when,
        "who": station.who,
        "small": station.is_small,
    }


def _put_way(stations: list[dict[str, Any]], today_at: int | None) -> None:
    """The way is whole until today and dotted from there; nothing above the first mark."""
    for at, station in enumerate(stations):
        ahead = today_at is not None and at >= today_at
        station["above"] = "" if at == 0 else stations[at - 1]["below"]
        station["below"] = "ahead" if ahead else "behind"


def _goal(goal: Goal) -> dict[str, str]:
    return {
        "heading": _("Målet"),
        "own": goal.own,
        "language": goal.language,
        "direction": direction(goal.language),
        "text": goal.text,
        "missing": "" if goal.is_written else _("Målet er ikke skrevet ennå."),
        "at": goal.when,
    }
