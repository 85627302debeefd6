"""Versions: the list, one of them, and two side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case, TeamMember
from samlop.core.errors import Refused, not_found
from samlop.core.languages import NORWEGIAN
from samlop.core.queries import query
from samlop.core.rights import Section
from samlop.core.templatetags.samlop import day
from samlop.core.time import today
from samlop.plan.commands.versions import TookPart
from samlop.plan.compare import Comparison, compare
from samlop.plan.content import Content, read_content
from samlop.plan.current import current_plan
from samlop.plan.editing import may_edit
from samlop.plan.models import Plan, PlanVersion
from samlop.plan.naming import plan_name


@dataclass(frozen=True)
class VersionList:
    """All versions of a case, newest first, without their content."""

    case: Case
    name: str
    versions: list[PlanVersion]
    may_make: bool


@dataclass(frozen=True)
class VersionPage:
    """One version: its plan, and what was new in it."""

    case: Case
    name: str
    version: PlanVersion
    whole: Comparison
    since_previous: Comparison | None
    previous: int | None
    latest: int

    @property
    def content(self) -> Content:
        found: Content = self.version.content
        return found


@dataclass(frozen=True)
class Side:
    """One of two plans that are compared; none as version is the plan as it stands."""

    key: str
    label: str
    version: PlanVersion | None
    content: Content


@dataclass(frozen=True)
class ComparePage:
    """Two plans side by side, and the choices of what to compare."""

    case: Case
    name: str
    old: Side
    new: Side
    comparison: Comparison
    choices: list[tuple[str, str]]


CURRENT = "naa"
"""The word in the address for the plan as it stands now."""


@query(section=Section.PLAN)
def version_list(viewer: Viewer, case: Any) -> VersionList:
    """The versions of a case. Two queries."""
    versions = list(PlanVersion.objects.filter(case=case).defer("content"))
    return VersionList(case, plan_name(case.permit_granted_on, case.arrived_on), versions, may_edit(viewer, case))


@query(section=Section.PLAN)
def version_page(viewer: Viewer, case: Any, number: int) -> VersionPage:
    """One version and what was new in it. Raises ``Refused('not_found')``."""
    found = {row.number: row for row in PlanVersion.objects.filter(case=case, number__in=(number, number - 1))}
    if number not in found:
        raise not_found()
    version, previous = found[number], found.get(number - 1)
    latest = PlanVersion.objects.filter(case=case).order_by("-number").values_list("number", flat=True)[0]
    return VersionPage(
        case=case,
        name=plan_name(case.permit_granted_on, case.arrived_on),
        version=version,
        whole=compare(version.content, version.content),
        since_previous=compare(previous.content, version.content) if previous else None,
        previous=previous.number if previous else None,
        latest=latest,
    )


@query(section=Section.PLAN)
def compare_page(viewer: Viewer, case: Any, old: str, new: str) -> ComparePage:
    """Two versions, or a version and the plan as it stands; these two without choices. Raises ``Refused``."""
    numbers = list(PlanVersion.objects.filter(case=case).values_list("number", "talk_on"))
    if not numbers:
        raise Refused("nothing_to_compare", _("Planen har ingen versjoner ennå, så det er ingenting å sammenligne."))
    choices = [(str(number), _label(number, talk_on)) for number, talk_on in numbers]
    choices = [(CURRENT, _("Planen slik den er nå")), *choices]
    left = _side(case, old or str(numbers[0][0]), choices)
    right = _side(case, new or CURRENT, choices)
    return ComparePage(
        case=case,
        name=plan_name(case.permit_granted_on, case.arrived_on),
        old=left,
        new=right,
        comparison=compare(left.content, right.content),
        choices=choices,
    )


def _side(case: Case, key: str, choices: list[tuple[str, str]]) -> Side:
    label = dict(choices).get(key)
    if label is None:
        raise not_found()
    if key == CURRENT:
        plan = Plan.objects.get(case=case, is_current=True)
        return Side(key, label, None, read_content(case, plan))
    version = PlanVersion.objects.get(case=case, number=int(key))
    return Side(key, label, version, version.content)


def _label(number: int, talk_on: Any) -> str:
    return _("Versjon %(number)s, %(day)s") % {"number": number, "day": day(talk_on)}


@dataclass(frozen=True)
class TalkBasis:
    """What the form of a held plan talk starts from."""

    case: Case
    plan: Plan
    comparison: Comparison
    previous: int | None
    people: dict[str, tuple[str, TookPart]]
    language: str


@query(section=Section.PLAN)
def talk_basis(viewer: Viewer, case: Any) -> TalkBasis:
    """The plan as it would become a version, what is new in it, and who may have been in the talk."""
    plan = current_plan(case.pk)
    if plan is None:
        raise Refused("empty_plan", _("Planen er tom. Skriv minst ett mål eller tiltak før du lager en versjon."))
    last = PlanVersion.objects.filter(case=case).order_by("-number").first()
    on = today()
    places = (
        TeamMember.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), case=case, valid_from__lte=on)
        .filter(user__isnull=False)
        .select_related("unit", "user")
        .order_by("unit__name", "valid_from", "pk")
    )
    name = case.person.name
    people = {"participant": (_("%(name)s (deltakeren)") % {"name": name}, TookPart(name))}
    for place in places:
        people.setdefault(
            f"{place.unit_id}:{place.user_id}",
            (f"{place.user}, {place.unit.name}", TookPart(str(place.user), place.unit.name, place.unit_id)),
        )
    languages = [row.code for row in case.person.languages.all() if row.code not in NORWEGIAN]
    return TalkBasis(
        case=case,
        plan=plan,
        comparison=compare(last.content if last else None, read_content(case, plan)),
        previous=last.number if last else None,
        people=people,
        language=languages[0] if languages else "",
    )
