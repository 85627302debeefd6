"""What stood on the class list when it was opened, so that two who take it at once do not undo each other's marks."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.core.errors import Refused
from samlop.core.stale import merged
from samlop.core.time import OSLO
from samlop.hours.models import Absence, ClassMember, Group

HERE = "here"


def members_on(viewer: Viewer, group: Group, day: date) -> QuerySet[ClassMember]:
    """Who of a group the viewer may see on a day, and whose programme has not ended before it."""
    until = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    found: QuerySet[ClassMember] = viewer.scope(ClassMember).filter(until, group=group, valid_from__lte=day)
    return found.exclude(case__course__ended_on__lt=day)


def token(absence: Absence | None) -> str:
    """What stands for one person: an absence as it is now, or nothing. It changes with every change."""
    return HERE if absence is None else f"{absence.pk.hex}.{absence.revision}"


def fingerprint(roll_id: UUID | None, tokens: Mapping[UUID, str]) -> str:
    """A short mark of a whole list: alike as long as nobody has changed anything on it."""
    written = [f"{key}:{tokens[key]}" for key in sorted(tokens)]
    return hashlib.sha256("\n".join([str(roll_id), *written]).encode()).hexdigest()[:16]


def stamp(mark: str, at: datetime) -> str:
    """What a page carries of the list it showed: the mark, and when (whole seconds)."""
    return f"{mark}-{int(at.timestamp())}"


def read_stamp(text: str) -> tuple[str, datetime | None]:
    """The mark and the moment of a stamp; anything else gives what no list has."""
    mark, _dash, seconds = text.partition("-")
    if not seconds.isdigit() or len(seconds) > 11:
        return mark, None
    return mark, datetime.fromtimestamp(int(seconds), OSLO)


def wanted_away(
    absence: Absence | None,
    hours: Decimal | None,
    code: str,
    *,
    seen: str | None,
    shown: Mapping[str, Any] | None,
) -> tuple[Decimal | None, str]:
    """The hours and the reason to write for somebody who is marked as away.

    ``seen`` is the token the page had for the person, ``shown`` what its fields showed. Raises ``ChangedMeanwhile``
    where a colleague has written something else in them, ``Refused('changed_meanwhile')`` where what was pressed on
    stands no longer.
    """
    if seen is None or seen == token(absence):
        return hours, code
    if shown is not None:
        if absence is None:
            raise changed()
        both = merged({"hours": hours, "code": code}, shown, {"hours": absence.hours, "code": absence.code})
        return both["hours"], both["code"]
    if absence is not None and absence.hours != hours:
        raise changed()
    return hours, code


def check_here(absence: Absence | None, seen: str | None) -> None:
    """Raise ``Refused('changed_meanwhile')`` where the absence is no longer the one that was shown."""
    if seen is not None and absence is not None and seen != token(absence):
        raise changed()


def changed() -> Refused:
    """Somebody else has written something else of the same person."""
    return Refused(
        "changed_meanwhile",
        _(
            "Andre har ført noe annet etter at du åpnet listen, og ditt er ikke lagret. Se hva som står nå, og trykk "
            "på nytt hvis det er ditt som skal gjelde."
        ),
    )
