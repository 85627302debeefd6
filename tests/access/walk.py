"""Everyone who could knock: every role, in the team, in its unit, elsewhere in the municipality, in another one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from samlop.access.viewer import Viewer
from samlop.cases.models import Case, TeamMember
from samlop.core.commands import Policy
from samlop.core.rights import Right, Section
from samlop.core.writing import writing
from samlop.people.models import Membership, Municipality, Organisation, Unit, User
from samlop.people.vocabulary import OrganisationKind, Role, UnitKind
from tests.house import EARLY, House

MATRIX = yaml.safe_load(Path(__file__).with_name("matrix.yaml").read_text(encoding="utf-8"))
LETTERS = {"-": Right.NONE, "S": Right.SEE, "C": Right.CONTRIBUTE, "M": Right.MANAGE}
STAFF = [role for role in Role if role != Role.PARTICIPANT]
POSITIONS = ("team", "unit", "elsewhere", "other municipality")
_HOLDS = {"team": ("team", "unit", "municipality"), "unit": ("unit", "municipality"), "elsewhere": ("municipality",)}


@dataclass(frozen=True)
class Knocker:
    """Somebody in a role and a position to the house's case."""

    role: Role
    position: str
    user: User

    @property
    def viewer(self) -> Viewer:
        membership = Membership.objects.select_related("user", "unit__municipality").get(user=self.user)
        return Viewer.acting(membership)

    def expected(self, section: Section, *, protected: bool = False) -> Right:
        """The right the matrix file says."""
        columns = _HOLDS.get(self.position, ())
        if protected:
            columns = tuple(column for column in columns if column == "team") if self.position == "team" else ()
        rows = [MATRIX["rights"][self.role.value].get(column, "-" * 10) for column in columns]
        at = MATRIX["sections"].index(section.value)
        return max((LETTERS[row[at]] for row in rows), default=Right.NONE)

    def expected_answer(self, policy: Policy) -> int:
        """200 where the page opens, 403 for a refusal with a reason, 404 where nothing may be told."""
        if policy.permission:
            return 200 if self.role.value in MATRIX["permissions"][policy.permission.value] else 403
        if policy.section is None:
            return 200
        if not any(self.expected(section) for section in Section):
            return 404
        return 200 if self.expected(policy.section) >= policy.right else 403


def knocker(house: House, role: Role, position: str) -> Knocker:
    """Make somebody in the role and position."""
    with writing("test"):
        user = User.objects.create_user(f"{role}-{position}".replace(" ", "-"), name=f"{role.label} {position}")
        unit = _unit(house, position)
        Membership.objects.create(user=user, unit=unit, role=role, valid_from=EARLY)
        if position in ("team", "unit"):
            _place(house.case, unit, user if position == "team" else None)
    return Knocker(role, position, user)


def _unit(house: House, position: str) -> Unit:
    municipality: Municipality = house.other_municipality if position == "other municipality" else house.municipality
    organisation = Organisation.objects.create(
        name="Prøve", kind=OrganisationKind.MUNICIPALITY, municipality=municipality
    )
    return Unit.objects.create(
        organisation=organisation, name="Prøveenhet", kind=UnitKind.HEALTH, municipality=municipality
    )


def _place(case: Case, unit: Unit, user: Any) -> None:
    TeamMember.objects.create(
        case=case, municipality=case.municipality, unit=unit, user=user, function="other", valid_from=EARLY
    )
