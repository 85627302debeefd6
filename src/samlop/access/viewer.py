"""The viewer: who looks or acts, in which role, from which unit – and what that lets them see."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from samlop.access.narrowing import narrowed
from samlop.access.policy import Relation, policy
from samlop.core.errors import Refused
from samlop.core.rights import Permission, Right, Section
from samlop.people.models import Membership, Municipality, Unit, User
from samlop.people.vocabulary import Role


@dataclass(eq=False)
class Viewer:
    """A user acting in one role (``membership``), or as the participant they are, or the program itself.

    ``scope`` is the only way to rows that belong to a case. ``seen`` collects the sections opened during a request; the
    page's middleware writes them to the reading log before the answer leaves. ``opened`` keeps, for the length of one
    request, the cases already looked up with the viewer's relations to them; a command forgets its case.
    """

    user: User | None
    role: Role | None
    membership: Membership | None = None
    program: str = ""
    seen: dict[tuple[UUID, Section], Any] = field(default_factory=dict)
    opened: dict[UUID, Any] = field(default_factory=dict)

    @classmethod
    def acting(cls, membership: Membership) -> Viewer:
        """The viewer in a role at a unit."""
        return cls(membership.user, Role(membership.role), membership)

    @classmethod
    def participant(cls, user: User) -> Viewer:
        """The viewer as the participant they are."""
        return cls(user, Role.PARTICIPANT)

    @classmethod
    def system(cls, name: str) -> Viewer:
        """The program itself (jobs, checks, the command line); ``name`` stands in the journal."""
        return cls(None, None, program=name)

    @property
    def is_system(self) -> bool:
        return bool(self.program)

    @functools.cached_property
    def user_id(self) -> UUID | None:
        return self.user.pk if self.user else None

    @property
    def signed_in(self) -> User:
        """The account behind the viewer. Raises ``Refused`` for the program itself, which signs nothing."""
        if self.user is None:
            raise Refused("no_person", _("Dette må gjøres av en person."))
        return self.user

    @property
    def acting_unit(self) -> Unit:
        """The unit acted from. Raises ``Refused`` for participants and the program itself."""
        if self.membership is None:
            raise Refused("no_unit", _("Dette må gjøres på vegne av en enhet."))
        return self.membership.unit

    @property
    def name(self) -> str:
        """Name for the journal."""
        return str(self.user) if self.user else self.program

    @property
    def unit(self) -> Unit | None:
        return self.membership.unit if self.membership else None

    @functools.cached_property
    def unit_id(self) -> UUID | None:
        return self.membership.unit_id if self.membership else None

    @property
    def municipality(self) -> Municipality | None:
        return self.unit.municipality if self.unit else None

    @functools.cached_property
    def municipality_id(self) -> UUID | None:
        return self.unit.municipality_id if self.unit else None

    @property
    def is_participant(self) -> bool:
        return self.role == Role.PARTICIPANT

    def may(self, permission: Permission) -> bool:
        """Whether the role has a permission that is not about one case."""
        if self.is_system:
            return True
        return self.role is not None and permission in policy().permissions[self.role]

    def right(self, section: Section, relations: Iterable[Relation]) -> Right:
        """The best right on a section that the given relations to a case give, after the municipality's narrowing."""
        return max((self._cell(section, relation) for relation in relations), default=Right.NONE)

    def relations_with(self, section: Section, right: Right = Right.SEE) -> frozenset[Relation]:
        """The relations to a case that give this role at least ``right`` on the section."""
        return frozenset(relation for relation in Relation if self._cell(section, relation) >= right)

    def _cell(self, section: Section, relation: Relation) -> Right:
        return self._cells[section, relation]

    @functools.cached_property
    def _cells(self) -> dict[tuple[Section, Relation], Right]:
        return self._policy_cells()

    def _policy_cells(self) -> dict[tuple[Section, Relation], Right]:
        """Every right of the role, after the municipality's narrowing."""
        if self.role is None:
            return dict.fromkeys(((s, r) for s in Section for r in Relation), Right.NONE)
        narrower = narrowed(self.municipality) if self.municipality else {}
        cells = {}
        for section in Section:
            for relation in Relation:
                right = (
                    self._grantable(section)
                    if relation is Relation.GRANT
                    else policy().right(self.role, section, relation)
                )
                cells[section, relation] = min(right, narrower.get((self.role, section, relation), right))
        return cells

    def _grantable(self, section: Section) -> Right:
        grantable = policy().grantable.get(self.role) if self.role else None
        return grantable.sections.get(section, Right.NONE) if grantable else Right.NONE

    def scope(self, model: type[Model], right: Right = Right.SEE) -> QuerySet[Any]:
        """The rows of ``model`` that the viewer may reach with at least ``right``; everything else is not there."""
        from samlop.access.scope import scoped

        return scoped(self, model, right)
