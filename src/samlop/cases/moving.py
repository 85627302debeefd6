"""Moving to another municipality: what goes along, and the doors through which higher rooms carry theirs over."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from samlop.access.policy import policy
from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.cases.registration import Details, Relative
from samlop.core.gate import Entry
from samlop.core.rights import Section
from samlop.people.models import Person
from samlop.people.numbers import OfficialNumber
from samlop.people.vocabulary import IdentifierKind

Carry = Callable[[Case, Case, Viewer], Iterable[Entry]]
"""Takes the old case, the new one and who moves it; copies what the new municipality may have; tells of it."""

CARRY: list[tuple[Section, Carry]] = []
"""Filled at start-up by the rooms above, each with the section it holds. Called inside the move's transaction, only for
sections that the policy hands over. The new case's journal says ``case.moved_in``."""


def carried(old: Case, new: Case, by: Viewer) -> list[Entry]:
    """Let every room carry over what the policy hands over."""
    allowed = policy().handed_over
    return [entry for section, carry in CARRY if section in allowed for entry in carry(old, new, by)]


def handed_over(case: Case) -> Details:
    """What the new municipality gets to know of the person: the identity section, without the address they leave.

    Links to other participants stay behind: they are people of the old municipality.
    """
    person: Person = case.person
    spoken = list(person.languages.all())
    return Details(
        given_name=person.given_name,
        family_name=person.family_name,
        numbers=tuple(
            OfficialNumber(IdentifierKind(row.kind), row.value) for row in person.identifiers.filter(disputed=False)
        ),
        birth_date=person.birth_date,
        gender=person.gender,
        languages=tuple(row.code for row in spoken),
        mother_tongue=next((row.code for row in spoken if row.is_mother_tongue), ""),
        interpreter=person.interpreter,
        phone=person.phone,
        email=person.email,
        protection=person.protection,
        family=tuple(
            Relative(row.relation, row.name, row.birth_date, row.lives_together, row.in_programme)
            for row in person.family.order_by("birth_date", "pk")
        ),
        arrived_on=case.arrived_on,
        permit=case.permit,
        permit_granted_on=case.permit_granted_on,
    )
