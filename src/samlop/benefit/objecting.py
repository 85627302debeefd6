"""Whom a participant turns to about a payment: the main contact to talk, the office to complain."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from samlop.cases.models import TeamMember
from samlop.cases.vocabulary import TeamFunction
from samlop.core.time import today


def spokesperson(case: Any) -> str:
    """«Kari Nordmann, tlf. 22 22 22 22», or the unit that answers for the programme. One query."""
    day = today()
    places = TeamMember.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day, case=case)
    place = places.filter(function=TeamFunction.MAIN_CONTACT).select_related("user", "unit").first()
    if place is None:
        return _with_phone(case.owner_unit.name, case.owner_unit.phone)
    if place.user is None:
        return _with_phone(place.unit.name, place.unit.phone)
    return _with_phone(place.user.name, place.user.phone or place.unit.phone)


def office_of(case: Any) -> str:
    """The unit that answers for the programme, which gets complaints."""
    return str(case.owner_unit.name)


def _with_phone(name: str, phone: str) -> str:
    return f"{name}, {phone}" if phone else name
