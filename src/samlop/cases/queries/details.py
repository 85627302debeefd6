"""The details of a participant, by right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from samlop.access.viewer import Viewer
from samlop.cases.gatekeeper import note_opened
from samlop.cases.models import AdaptationNeed, Case, DuplicateSuspicion
from samlop.cases.values import contact_values, number_values, person_values
from samlop.cases.vocabulary import CaseStatus
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.people.models import FamilyMember, PersonIdentifier, PersonLanguage


@dataclass
class Details:
    """What the page shows. ``needs`` is none where the viewer has no right to that section."""

    languages: list[PersonLanguage] = field(default_factory=list)
    numbers: list[PersonIdentifier] = field(default_factory=list)
    family: list[FamilyMember] = field(default_factory=list)
    needs: list[AdaptationNeed] | None = None
    suspicions: list[DuplicateSuspicion] = field(default_factory=list)
    sees_numbers: bool = False
    may_contact: bool = False
    may_person: bool = False
    may_needs: bool = False
    may_notes: bool = False
    may_close: bool = False
    may_move: bool = False
    came_from: Case | None = None
    """The case in the municipality they moved from, where the viewer may read it."""
    went_to: str = ""
    """The municipality they have moved to."""


@query(section=Section.IDENTITY)
def details(viewer: Viewer, case: Any) -> tuple[Case, Details]:
    """Everything of the identity section, and needs where the viewer may see them. A fixed number of queries."""
    rights = case.viewer_rights
    manages = rights[Section.IDENTITY] >= Right.MANAGE
    found = Details(
        languages=list(case.person.languages.all()),
        numbers=list(case.person.identifiers.order_by("kind")),
        family=list(case.person.family.order_by("birth_date", "pk")),
        # The number opens doors elsewhere; whoever can do the work without it sees only that it is there.
        sees_numbers=manages or viewer.is_participant,
        may_contact=case.is_open and rights[Section.IDENTITY] >= Right.CONTRIBUTE,
        may_person=case.is_open and manages,
        may_needs=case.is_open and rights[Section.NEEDS] >= Right.CONTRIBUTE and not viewer.is_participant,
        may_notes=rights[Section.RESTRICTED] >= Right.SEE,
        may_close=rights[Section.PROGRAMME] >= Right.MANAGE,
        may_move=case.is_open and manages,
    )
    if case.continues_id is not None:
        found.came_from = viewer.scope(Case).filter(pk=case.continues_id).select_related("municipality").first()
    if case.status == CaseStatus.MOVED:
        new = Case.objects.filter(continues=case).select_related("municipality").first()
        found.went_to = str(new.municipality) if new else ""
    if rights[Section.NEEDS] >= Right.SEE:
        found.needs = list(case.needs.filter(until__isnull=True).order_by("since", "pk"))
        note_opened(viewer, case, [Section.NEEDS])
    if manages and not viewer.is_participant:
        rows = DuplicateSuspicion.objects.filter(case=case, settled_at__isnull=True)
        found.suspicions = list(rows.select_related("newer__person", "newer__owner_unit").order_by("noted_at"))
    return case, found


@dataclass
class Values:
    """What stands now, as plain text by field, for the forms that change it."""

    contact: dict[str, str]
    person: dict[str, str]
    numbers: dict[str, str]


@query(section=Section.IDENTITY, right=Right.CONTRIBUTE)
def values(viewer: Viewer, case: Any) -> tuple[Case, Values]:
    """The values that the viewer may change; numbers only for those who manage the section."""
    manages = case.viewer_rights[Section.IDENTITY] >= Right.MANAGE
    numbers = number_values(case.person) if manages else {}
    return case, Values(contact_values(case.person), person_values(case), numbers)


@query(section=Section.IDENTITY, right=Right.MANAGE)
def family_rows(viewer: Viewer, case: Any) -> tuple[Case, list[dict[str, Any]]]:
    """The family relations as the form shows them."""
    rows = case.person.family.order_by("birth_date", "pk")
    fields = ("id", "relation", "name", "birth_date", "lives_together", "in_programme")
    return case, [{name: getattr(row, name) for name in fields} for row in rows]
