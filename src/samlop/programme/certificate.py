"""The certificate of participation (deltakerbevis): what was done in a programme that has ended.

The rooms above know the levels, the measures and the hours; each adds a source to ``SOURCES`` when the program starts
(decision 0022), and the certificate says what is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.errors import Refused
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.core.templatetags.samlop import day
from samlop.core.time import today
from samlop.law.decisions import paragraphs_of
from samlop.programme.absences import standing
from samlop.programme.law_of_case import law_of
from samlop.programme.models import Course, Decision, EndReason

TEMPLATE = "programme/typst/certificate.typ"


@dataclass(frozen=True)
class Group:
    """Lines of the certificate under a heading: name and what is known of it («Muntlig», «B1, prøve 3.6.2026»)."""

    heading: str
    lines: tuple[tuple[str, str], ...]


Source = Callable[[Case], Iterable[Group]]
"""What a room knows of what was done, in the active language."""

SOURCES: list[tuple[Section, Source]] = []
"""Filled at start-up by the rooms above, each with the section that it speaks of."""

INTERRUPTED = (EndReason.STOPPED, EndReason.MOVED)


@query(section=Section.PROGRAMME)
def certificate(viewer: Viewer, case: Any) -> dict[str, Any]:
    """The data of the certificate; sections that the viewer may not see are left out.

    Raises ``Refused('not_ended')``: it is given at the end, and says the same whether the programme was completed or
    interrupted (integreringsloven § 18 a).
    """
    law = law_of(case)
    course = law.course
    if course.ended_on is None or course.start_on is None:
        raise Refused("not_ended", _("Deltakerbeviset lages når programmet er slutt. Skriv først start og slutt."))
    rights = getattr(case, "viewer_rights", dict.fromkeys(Section, Right.MANAGE))
    groups = [group for section, source in SOURCES if rights[section] >= Right.SEE for group in source(case)]
    return {
        "title": _("Deltakerbevis"),
        "language": (get_language() or "nb")[:2],
        "footer": _("%(municipality)s kommune") % {"municipality": case.municipality},
        "sender": [str(case.owner_unit), _("%(municipality)s kommune") % {"municipality": case.municipality}],
        "date": day(today()),
        "heading": _("Deltakerbevis for introduksjonsprogrammet"),
        "name": str(case.person.name),
        "born": _("Født %(day)s") % {"day": day(case.person.birth_date)} if case.person.birth_date else "",
        "sentence": _sentence(case, course),
        "facts": _facts(case, course),
        "groups": [
            {"heading": group.heading, "lines": [list(line) for line in group.lines]} for group in groups if group.lines
        ],
        "rules": _("Beviset er gitt etter %(rules)s.") % {"rules": "; ".join(paragraphs_of("end", law.act))},
        "sign": _("For kommunen"),
    }


def _sentence(case: Case, course: Course) -> str:
    values = {"first": day(course.start_on), "last": day(course.ended_on), "municipality": case.municipality}
    if course.end_reason in INTERRUPTED:
        return (
            _("har deltatt i introduksjonsprogrammet i %(municipality)s kommune fra %(first)s til %(last)s.") % values
        )
    return _("har gjennomført introduksjonsprogrammet i %(municipality)s kommune fra %(first)s til %(last)s.") % values


def _facts(case: Case, course: Course) -> list[list[str]]:
    found = []
    if course.end_goal:
        found.append([_("Sluttmål"), str(course.get_end_goal_display()).capitalize()])
    extended = standing(Decision.objects.filter(case=case, kind="extension"))
    if extended:
        found.append([_("Forlenget"), ", ".join(day(row.data["planned_end_on"]) for row in extended)])
    return found
