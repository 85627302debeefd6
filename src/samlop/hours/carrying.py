"""When the participant moves: their week in the old municipality ends, and the days they have used follow them.

Nothing of the old municipality's week goes along – its groups, hours and links are its own. The days used of absence
and leave are not copied: the account of the new case counts those of the case it continues (``Account``), so that what
the old municipality puts right afterwards counts too, and nobody reads the absences themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.gate import Entry
from samlop.core.rights import Section
from samlop.core.time import now, today
from samlop.hours.account import Account
from samlop.hours.models import CalendarLink, ClassMember, Leave, OwnSlot, WorkPlaceLink


def carry(old: Case, new: Case, by: Viewer) -> Iterable[Entry]:
    """End the week in the old municipality today; tell the new one that days used go on counting."""
    on = today()
    groups = [member.group.name for member in _after(ClassMember, old, on).select_related("group")]
    ended = _end(ClassMember, old, on) + _end(OwnSlot, old, on) + _end(WorkPlaceLink, old, on, revoked_at__isnull=True)
    ended += CalendarLink.objects.filter(case=old, revoked_at__isnull=True).update(revoked_at=now())
    coming = Leave.objects.filter(case=old, withdrawn_at__isnull=True, decision__isnull=True, first_day__gt=on)
    why = _("Flyttet til %(municipality)s. Søk på nytt der.") % {"municipality": new.municipality}
    ended += coming.update(withdrawn_at=now(), withdrawn_why=why[:200])
    entries = []
    if ended:
        data = {"municipality": str(new.municipality), "groups": groups, "day": on}
        entries.append(Entry(code="hours.week_left", section=Section.HOURS, case=old, data=data))
    if any(line.before for line in Account.of(new).lines(on)):
        data = {"municipality": str(old.municipality)}
        entries.append(Entry(code="hours.days_follow", section=Section.HOURS, case=new, data=data))
    return entries


def _after(model: type, case: Case, on: date) -> QuerySet[ClassMember]:
    """What goes on after a day."""
    rows: QuerySet[ClassMember] = model._default_manager.filter(  # type: ignore[attr-defined]
        Q(valid_to__isnull=True) | Q(valid_to__gt=on), case=case
    )
    return rows


def _end(model: type, case: Case, on: date, **which: bool) -> int:
    """Let what goes on stop after a day, and take out what has not begun. How many.

    A work place can still confirm the last weeks (``work_places.AFTERWARDS``): they have yet to be paid.
    """
    rows = _after(model, case, on).filter(**which)
    begun = rows.filter(valid_from__lte=on).update(valid_to=on)
    removed, _models = _after(model, case, on).filter(valid_from__gt=on, **which).delete()
    return begun + removed
