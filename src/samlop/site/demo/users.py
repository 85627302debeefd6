"""The people of the demo that a visitor can be with one click (design: contracts.md, «Demo»).

They have no password; ``site.demo_people`` says what each is on the sign-in page.
"""

from __future__ import annotations

from dataclasses import dataclass

from samlop.people.vocabulary import Role


@dataclass(frozen=True)
class DemoUser:
    """A demo user: the fixed user name, the person's name, role, and where they work.

    ``unit`` and ``town`` are keys of ``towns.TOWNS``. The participant has no unit; the last three work outside.
    """

    username: str
    name: str
    role: Role
    unit: str
    town: str


DEMO_USERS: tuple[DemoUser, ...] = (
    DemoUser("radgiver", "Øyvind Bråten", Role.PROGRAMME_ADVISER, "owner", "elvestad"),
    DemoUser("nav", "Åse Nygård", Role.NAV_ADVISER, "nav", "elvestad"),
    DemoUser("laerer", "Ingrid Sæther", Role.TEACHER, "school", "elvestad"),
    DemoUser("leder", "Kåre Øverland", Role.LEADER, "owner", "elvestad"),
    DemoUser("navleder", "Bjørg Håland", Role.NAV_LEADER, "nav", "elvestad"),
    DemoUser("praksis", "Tormod Kjærstad", Role.PLACEMENT_COORDINATOR, "owner", "elvestad"),
    DemoUser("deltaker", "Mariam Haddad", Role.PARTICIPANT, "", "elvestad"),
    DemoUser("fremmed", "Sindre Fjelldal", Role.PROGRAMME_ADVISER, "owner", "skogdal"),
    DemoUser("fylke", "Ragnhild Ås", Role.COUNTY_ADVISER, "county", ""),
    DemoUser("forsker", "Håvard Lønning", Role.EVALUATOR, "research", ""),
    DemoUser("drift", "Gøril Østerhus", Role.OPERATOR, "operations", ""),
)
