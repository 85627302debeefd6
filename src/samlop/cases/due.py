"""What the team leaves for somebody to do: places without a person, people who left, registrations to settle."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samlop.cases.caseload import Caseload
from samlop.cases.models import DuplicateSuspicion, TeamMember
from samlop.cases.vocabulary import TeamFunction
from samlop.core.due import DueItem
from samlop.core.periods import in_force
from samlop.core.prepared import prepared
from samlop.core.rights import Right
from samlop.people.models import Membership


def due_items(caseload: Caseload, on: date) -> list[DueItem]:
    """Derived from the team and the case; two queries for the whole caseload."""
    return [
        *_unnamed(caseload),
        *_left(caseload, on),
        *_without_main_contact(caseload),
        *_without_settlement(caseload),
        *_maybe_twice(caseload),
    ]


def _team_item(place: TeamMember, code: str, what: str, why: str, action: str) -> DueItem:
    return DueItem(
        code=code,
        case_id=place.case_id,
        what=what,
        why=why,
        due_on=None,
        unit_id=place.unit_id,
        user_id=None,
        action=action,
        asks=Right.MANAGE,
        url=reverse("cases:place", args=[place.case_id, place.pk]),
    )


def _unnamed(caseload: Caseload) -> Iterator[DueItem]:
    """The unit is in the team, but nobody has been named: its leader distributes."""
    for places in caseload.team.values():
        for place in places:
            if place.user_id is None:
                yield _team_item(
                    place,
                    "cases.unnamed_place",
                    _("Velg hvem som skal følge opp deltakeren"),
                    _("%(unit)s er med i saksteamet uten en navngitt person") % {"unit": place.unit.name},
                    _("Velg person"),
                )


@prepared
def _where_they_work(users: Collection[UUID], on: date) -> QuerySet[Membership, tuple[UUID, UUID]]:
    """(user, unit) of the memberships that hold on a day."""
    return Membership.objects.filter(in_force(on), user_id__among=users).values_list("user_id", "unit_id")


@prepared
def _suspected(cases: Collection[UUID]) -> QuerySet[DuplicateSuspicion, UUID]:
    """The cases with an open question of two registrations, the oldest question first."""
    rows = DuplicateSuspicion.objects.filter(case_id__among=cases, settled_at__isnull=True)
    return rows.order_by("noted_at").values_list("case_id", flat=True)


def _left(caseload: Caseload, on: date) -> Iterator[DueItem]:
    """Somebody named does not work at the unit any more: a safety net under ``commands.leaving``."""
    places = [place for team in caseload.team.values() for place in team if place.user_id]
    users = {place.user_id for place in places if place.user_id}
    here = set(_where_they_work(users, on))
    for place in places:
        if (place.user_id, place.unit_id) not in here:
            yield _team_item(
                place,
                "cases.holder_left",
                _("Finn en ny for %(name)s") % {"name": place.user},
                _("%(name)s arbeider ikke lenger ved %(unit)s") % {"name": place.user, "unit": place.unit.name},
                _("Velg person"),
            )


def _without_main_contact(caseload: Caseload) -> Iterator[DueItem]:
    for case_id, case in caseload.cases.items():
        if not any(place.function == TeamFunction.MAIN_CONTACT for place in caseload.team.get(case_id, [])):
            yield DueItem(
                code="cases.no_main_contact",
                case_id=case_id,
                what=_("Velg hovedkontakt"),
                why=_("Deltakeren har ingen hovedkontakt"),
                due_on=None,
                unit_id=case.owner_unit_id,
                user_id=None,
                action=_("Gå til saksteamet"),
                asks=Right.MANAGE,
                url=reverse("cases:team", args=[case_id]),
            )


def _without_settlement(caseload: Caseload) -> Iterator[DueItem]:
    for case_id, case in caseload.cases.items():
        if case.settled_on is None:
            yield _for_main_contact(
                caseload,
                case_id,
                "cases.no_settlement",
                _("Skriv når deltakeren ble bosatt"),
                _("Fristen for vedtak og oppstart regnes fra bosettingen (integreringsloven § 12)"),
                _("Skriv datoen"),
                reverse("cases:person", args=[case_id]),
            )


def _maybe_twice(caseload: Caseload) -> Iterator[DueItem]:
    for case_id in dict.fromkeys(_suspected(caseload.ids)):
        yield _for_main_contact(
            caseload,
            case_id,
            "cases.maybe_twice",
            _("Avklar om deltakeren er registrert to ganger"),
            _("Noen som ikke kan se saken, har registrert en person med de samme opplysningene"),
            _("Avklar"),
            reverse("cases:details", args=[case_id]) + "#avklar",
        )


def _for_main_contact(
    caseload: Caseload, case_id: UUID, code: str, what: str, why: str, action: str, url: str
) -> DueItem:
    unit, user = caseload.main_contact(case_id)
    return DueItem(
        code=code, case_id=case_id, what=what, why=why, due_on=None, unit_id=unit, user_id=user, action=action, url=url,
        asks=Right.MANAGE,
    )  # fmt: skip
