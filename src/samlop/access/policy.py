"""The policy file, read once and checked: every cell has a known right and a reason."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext

from samlop.core.rights import Permission, Right, Section
from samlop.people.vocabulary import Role


class Relation(StrEnum):
    """How a viewer stands to a case."""

    SELF = "self"
    TEAM = "team"
    UNIT = "unit"
    MUNICIPALITY = "municipality"
    HANDED_OVER = "handed_over"
    OVERRIDE = "override"
    GRANT = "grant"


class PolicyError(ValueError):
    """The policy file says something the program does not know."""


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix: the rights a role has on a section by relation, and why."""

    rights: Mapping[Relation, Right]
    why: str

    @property
    def reason(self) -> str:
        """Why, in the reader's language."""
        return gettext(self.why)


@dataclass(frozen=True)
class Grantable:
    """What a participant can at most let an employer or a volunteer see, and for how long (days)."""

    sections: Mapping[Section, Right]
    longest_days: int
    after_end_days: int
    why: str


@dataclass(frozen=True)
class Policy:
    """The whole file."""

    cells: Mapping[Role, Mapping[Section, Cell]]
    permissions: Mapping[Role, frozenset[Permission]]
    handed_over: frozenset[Section]
    override: frozenset[Section]
    override_hours: int
    grantable: Mapping[Role, Grantable]

    def right(self, role: Role, section: Section, relation: Relation) -> Right:
        """The right before any narrowing by the municipality."""
        if relation is Relation.HANDED_OVER:
            may = section in self.handed_over and self._has(role, section, Relation.TEAM)
            return Right.SEE if may else Right.NONE
        if relation is Relation.OVERRIDE:
            may = section in self.override and Permission.REQUEST_OVERRIDE in self.permissions[role]
            return Right.SEE if may else Right.NONE
        cell = self.cells[role].get(section)
        return cell.rights.get(relation, Right.NONE) if cell else Right.NONE

    def _has(self, role: Role, section: Section, relation: Relation) -> bool:
        cell = self.cells[role].get(section)
        return bool(cell and cell.rights.get(relation, Right.NONE))


@functools.cache
def policy() -> Policy:
    """The policy in force; read and checked once."""
    text = Path(__file__).with_name("policy.yaml").read_text(encoding="utf-8")
    return parse(yaml.safe_load(text))


def parse(document: Mapping[str, Any]) -> Policy:
    """Turn the file into a ``Policy``. Raises ``PolicyError`` on an unknown word or a cell without a reason."""
    roles = document["roles"]
    missing = {role.value for role in Role} ^ set(roles)
    if missing:
        raise PolicyError(f"Roles missing from or unknown in the policy: {sorted(missing)}")
    return Policy(
        cells={Role(role): _cells(role, body["sections"]) for role, body in roles.items()},
        permissions={Role(role): frozenset(Permission(p) for p in body["permissions"]) for role, body in roles.items()},
        handed_over=frozenset(Section(s) for s in document["handed_over"]["sections"]),
        override=frozenset(Section(s) for s in document["override"]["sections"]),
        override_hours=int(document["override"]["longest_hours"]),
        grantable={Role(role): _grantable(body) for role, body in document["grantable"].items()},
    )


def _cells(role: str, sections: Mapping[str, Mapping[str, str]]) -> Mapping[Section, Cell]:
    return {Section(name): _cell(role, name, body) for name, body in sections.items()}


def _cell(role: str, section: str, body: Mapping[str, str]) -> Cell:
    why = body.get("why", "").strip()
    if not why:
        raise PolicyError(f"{role}/{section} has no reason")
    rights = {Relation(column): Right[word.upper()] for column, word in body.items() if column != "why"}
    if not rights:
        raise PolicyError(f"{role}/{section} gives no right")
    return Cell(rights, why)


def _grantable(body: Mapping[str, Any]) -> Grantable:
    sections = {Section(name): Right[word.upper()] for name, word in body["sections"].items()}
    return Grantable(sections, int(body["longest_days"]), int(body["after_end_days"]), body["why"])
