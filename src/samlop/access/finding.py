"""Finding the one case that somebody asks emergency access to, without telling anything about the others."""

from __future__ import annotations

from datetime import date
from typing import Any

from samlop.access.scope import all_cases
from samlop.access.viewer import Viewer
from samlop.core.sorting import search_key
from samlop.people.vocabulary import Protection


def find_for_override(by: Viewer, *, identifier: str, name: str, birth_date: date | None) -> Any:
    """The open, unprotected case in the viewer's municipality that the details name exactly; else none.

    Half a name is not enough: who asks must already know who it is about.
    """
    if by.municipality_id is None:
        return None
    cases = all_cases().filter(municipality_id=by.municipality_id, status="active", person__protection=Protection.NONE)
    number = "".join(character for character in identifier if character.isdigit())
    if number:
        found = cases.filter(person__identifiers__value=number)
    elif name.strip() and birth_date:
        found = cases.filter(person__search_key=search_key(name), person__birth_date=birth_date)
    else:
        return None
    matches = list(found.select_related("person").distinct()[:2])
    return matches[0] if len(matches) == 1 else None
