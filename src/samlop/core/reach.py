"""How each table says which rows a viewer can reach.

Every model has a ``reach``. The room ``access`` turns it into a filter; a test fails on a model without one. There is
no default: forgetting it must not open a door.
"""

from __future__ import annotations

from dataclasses import dataclass

from samlop.core.rights import Section


@dataclass(frozen=True)
class ByCase:
    """Rows that belong to a case. ``path`` leads to the case's key; the section is fixed, or stands in a column.

    ``named`` is a path to the users who may read the row, for notes that only named persons may open. ``named_in`` is a
    path to a list of their keys, for rows of the section ``restricted`` in a table of several sections.
    """

    path: str = "case"
    section: Section | None = None
    section_field: str | None = None
    named: str | None = None
    named_in: str | None = None


@dataclass(frozen=True)
class ByMunicipality:
    """Configuration of a municipality: readable by those who work there, not by others."""

    path: str = "municipality"


@dataclass(frozen=True)
class ByUser:
    """The user's own rows (settings, saved filters, running imports)."""

    path: str = "user"


@dataclass(frozen=True)
class Public:
    """Reference data without persons: anyone signed in may read it."""

    why: str


@dataclass(frozen=True)
class System:
    """Never read for a viewer; only the program itself uses it."""

    why: str


Reach = ByCase | ByMunicipality | ByUser | Public | System
