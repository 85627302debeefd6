"""The pages that are measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.urls import NoReverseMatch, reverse

from bench.visitors import Place, county_adviser, sign_in
from samlop.core.ids import uuid7
from samlop.people.models import User
from samlop.people.vocabulary import Role

TOKEN = "b" * 32
"""The secret of the forms' guard, the same in cookie and form."""


@dataclass(frozen=True)
class Page:
    """One page as one reader opens it. ``form`` makes the body of a POST anew each time."""

    name: str
    place: str
    active: int
    reader: User
    session: str
    path: str
    form: Callable[[], str] | None = None

    @property
    def cookie(self) -> str:
        return f"sessionid={self.session}; csrftoken={TOKEN}"


def pages(places: list[Place]) -> tuple[list[Page], list[str]]:
    """Every page to measure, and the names of those that are not built."""
    found: list[Page] = []
    missing: list[str] = []
    sessions: dict[object, str] = {}
    for place in places:
        for name, role, address in _wanted(place):
            reader = place.readers.get(role)
            try:
                path = address()
            except NoReverseMatch:
                missing.append(name)
                continue
            if reader is None:
                missing.append(f"{name} ({place.what})")
                continue
            session = sessions.setdefault(reader.pk, sign_in(reader))
            form = _contribution if name == "Lagre et bidrag" else None
            found.append(Page(name, place.what, place.active, reader, session, path, form))
    county = county_adviser()
    try:
        path = reverse("effort:county")
        if county:
            found.append(Page("Innsats i fylket", "fylke", 0, county, sign_in(county), path))
    except NoReverseMatch:
        missing.append("Innsats i fylket")
    return found, sorted(set(missing))


def _wanted(place: Place) -> Iterator[tuple[str, Role, Callable[[], str]]]:
    adviser, nav, leader = Role.PROGRAMME_ADVISER, Role.NAV_ADVISER, Role.LEADER
    case = {"case_id": place.case_id}
    yield "Min dag, rådgiver", adviser, lambda: reverse("overview:my_day")
    yield "Min dag, NAV", nav, lambda: reverse("overview:my_day")
    yield "Min dag, leder", leader, lambda: reverse("overview:my_day")
    yield "Deltakere", adviser, lambda: reverse("overview:participants")
    yield "Deltakere, leder", leader, lambda: reverse("overview:participants")
    yield "Deltakere, filter", adviser, lambda: f"{reverse('overview:participants')}?slutter=6"
    yield "Deltakere, søk", adviser, lambda: f"{reverse('overview:participants')}?sok={quote(place.name_part)}"
    yield "Saken", adviser, lambda: reverse("overview:case", kwargs=case)
    yield "Planen", adviser, lambda: reverse("plan:plan", kwargs=case)
    yield "Tidslinjen", adviser, lambda: reverse("cases:journal", kwargs=case)
    yield "Lagre et bidrag", adviser, lambda: reverse("plan:write", kwargs={"case_id": place.written_id})
    yield "Innsats, rapport", Role.NAV_LEADER, lambda: reverse("effort:report")


def _contribution() -> str:
    """The form of a contribution, with a new key each time, as each opening of the page would give."""
    return urlencode(
        {
            "csrfmiddlewaretoken": TOKEN,
            "once": str(uuid7()),
            "text": "Muntlig går det framover. Vi øver på telefonsamtaler denne uka.",
            "about": "",
            "revision": "",
        }
    )
