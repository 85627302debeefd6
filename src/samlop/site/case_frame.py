"""The frame round every page of a case: who it is about, where on the way, and whom to call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from samlop.access.viewer import Viewer
from samlop.cases.models import TeamMember
from samlop.cases.vocabulary import TeamFunction
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.site.navigation import Link, tabs


@dataclass(frozen=True)
class Frame:
    """What stands on top of a page of a case."""

    contact: TeamMember | None
    tabs: list[Link]


@query(scoped="asks only about a case that was opened for the viewer, and only with the right to its identity")
def frame(viewer: Viewer, case: Any, path: str) -> Frame:
    """The frame of an opened case. One query."""
    rights = getattr(case, "viewer_rights", {})
    sees = rights.get(Section.IDENTITY, Right.NONE) >= Right.SEE
    return Frame(contact=_main_contact(case) if sees else None, tabs=tabs(case, path))


def _main_contact(case: Any) -> TeamMember | None:
    day = today()
    team = case.team.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day, function=TeamFunction.MAIN_CONTACT
    )
    found: TeamMember | None = team.select_related("user", "unit").first()
    return found
