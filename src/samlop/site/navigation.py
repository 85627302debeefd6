"""Where one can go: the main menu and the tabs of a case, as data.

A room adds its page with one line here. An address that does not exist (yet) is skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samlop.access.policy import policy
from samlop.access.viewer import Viewer
from samlop.core.addresses import address
from samlop.core.rights import Permission, Right, Section
from samlop.people.vocabulary import Role

Text = str | Promise
Who = Callable[[Viewer], bool]


@dataclass(frozen=True)
class Link:
    """A place on a page: address, text, and whether this is where we are."""

    url: str
    text: Text
    is_current: bool


@dataclass(frozen=True)
class Entry:
    """A line of the main menu and whom it is for."""

    url_name: str
    text: Text
    who: Who


@dataclass(frozen=True)
class Tab:
    """A page of a case, and the right on a section that shows it. ``url_name`` takes the key of the case."""

    url_name: str
    text: Text
    section: Section
    right: Right = Right.SEE


def case_worker(viewer: Viewer) -> bool:
    """Whoever works with participants' cases: the roles that the policy gives a section."""
    return viewer.role is not None and not viewer.is_participant and bool(policy().cells[viewer.role])


def participant(viewer: Viewer) -> bool:
    return viewer.is_participant


def teacher(viewer: Viewer) -> bool:
    """Whoever takes the roll; others find it from the groups."""
    return viewer.role == Role.TEACHER


def guest(viewer: Viewer) -> bool:
    """Employers and volunteers, who see what a participant has granted them."""
    return viewer.role in policy().grantable


def anyone(viewer: Viewer) -> bool:
    return True


def may(permission: Permission) -> Who:
    """Whoever has a permission."""
    return lambda viewer: viewer.may(permission)


MENU = [
    Entry("overview:my_day", _("Min dag"), case_worker),
    Entry("overview:participants", _("Deltakere"), case_worker),
    Entry("hours:rolls", _("Opprop"), teacher),
    Entry("cases:register", _("Ny deltaker"), may(Permission.REGISTER_CASE)),
    Entry("hours:groups", _("Grupper"), may(Permission.PLAN_CLASSES)),
    Entry("effort:report", _("Innsats"), may(Permission.SEE_EFFORT_REPORT)),
    Entry("benefit:months", _("Stønad"), may(Permission.PREPARE_BENEFIT)),
    Entry("overview:leader", _("Leder"), may(Permission.MANAGE_UNITS)),
    Entry("cases:staff", _("Ansatte"), may(Permission.MANAGE_UNITS)),
    Entry("hours:year_now", _("Årskalender"), may(Permission.CONFIGURE)),
    Entry("access:control_list", _("Kontroll"), may(Permission.SEE_CONTROL_LIST)),
    Entry("cooperation:arrangement", _("Oppsett"), may(Permission.CONFIGURE)),
    Entry("people:installation", _("Kommuner"), may(Permission.OPERATE)),
    Entry("effort:county", _("Fylket"), may(Permission.SEE_COUNTY_REPORT)),
    Entry("portal:home", _("Min side"), participant),
    Entry("access:my_grants", _("Delt med meg"), guest),
]

FOOTER = [
    Entry("rulebook:contents", _("Regelboken"), anyone),
    Entry("access:policy", _("Reglene for tilgang"), anyone),
    Entry("access:override", _("Nødtilgang"), may(Permission.REQUEST_OVERRIDE)),
    Entry("exchange:tokens", _("Nøkler for andre systemer"), may(Permission.MANAGE_UNITS)),
    Entry("access:changes", _("Endringslogg"), may(Permission.SEE_CONTROL_LIST)),
    Entry("access:narrow", _("Smalere tilgang i kommunen"), may(Permission.CONFIGURE)),
]

TABS = [
    Tab("overview:case", _("Saken"), Section.IDENTITY),
    Tab("plan:plan", _("Plan"), Section.PLAN),
    Tab("cases:journal", _("Tidslinje"), Section.IDENTITY),
    Tab("meetings:list", _("Møter"), Section.PLAN),
    Tab("programme:course", _("Program"), Section.PROGRAMME),
    Tab("hours:week", _("Uke"), Section.HOURS),
    Tab("hours:absences", _("Fravær"), Section.HOURS),
    Tab("norwegian:levels", _("Norsk"), Section.NORWEGIAN),
    Tab("benefit:case", _("Stønad"), Section.ECONOMY),
    Tab("handover:handover", _("Overføring"), Section.PROGRAMME),
    Tab("cases:details", _("Opplysninger"), Section.IDENTITY),
    Tab("cases:team", _("Saksteam"), Section.IDENTITY),
    Tab("access:who_sees", _("Hvem ser hva"), Section.IDENTITY),
]


def menu(viewer: Viewer | None, path: str) -> list[Link]:
    """The main menu of a viewer; empty for those not signed in."""
    if not viewer:
        return []
    return _links(((reversed_(entry.url_name), entry.text) for entry in MENU if entry.who(viewer)), path)


def footer(viewer: Viewer | None, path: str) -> list[Link]:
    """What is seldom needed but must be found: at the foot of every page."""
    if not viewer:
        return []
    return _links(((reversed_(entry.url_name), entry.text) for entry in FOOTER if entry.who(viewer)), path)


def tabs(case: Any, path: str) -> list[Link]:
    """The pages of an opened case that its viewer may see."""
    rights: Mapping[Section, Right] = getattr(case, "viewer_rights", {})
    return _links(
        (
            (reversed_(tab.url_name, case.pk), tab.text)
            for tab in TABS
            if rights.get(tab.section, Right.NONE) >= tab.right
        ),
        path,
    )


def reversed_(url_name: str, *arguments: Any) -> str:
    """The address of a page, or nothing where there is no such page."""
    try:
        return address(url_name, *arguments)
    except NoReverseMatch:
        return ""


def _links(found: Iterable[tuple[str, Text]], path: str) -> list[Link]:
    """Links that exist; the current one is the longest address that the path lies under."""
    pairs = [(url, text) for url, text in found if url]
    here = max(
        (url for url, _text in pairs if path == url or (url != "/" and path.startswith(url))), key=len, default=""
    )
    return [Link(url, text, url == here) for url, text in pairs]
