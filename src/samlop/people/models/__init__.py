"""Tables of the room, one file per noun."""

from samlop.people.models.organisations import County, Municipality, MunicipalityCode, Organisation, Unit
from samlop.people.models.persons import FamilyMember, Person, PersonIdentifier, PersonLanguage
from samlop.people.models.users import Membership, User

__all__ = [
    "County",
    "FamilyMember",
    "Membership",
    "Municipality",
    "MunicipalityCode",
    "Organisation",
    "Person",
    "PersonIdentifier",
    "PersonLanguage",
    "Unit",
    "User",
]
