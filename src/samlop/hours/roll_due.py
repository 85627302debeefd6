"""What is due about the class list: days on which a group met and nobody took the roll."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samlop.cases.caseload import Caseload
from samlop.core.due import DueItem
from samlop.core.prepared import prepared
from samlop.core.rights import Permission
from samlop.core.templatetags.samlop import day as written
from samlop.hours.models import ClassMember
from samlop.hours.month import untaken_days

BACK_DAYS = 14
"""How far back a missing roll waits; older ones are a question before the payment (``hours.month``)."""


def due_items(caseload: Caseload, on: date) -> list[DueItem]:
    """One line for each group of the viewer's unit with days that nobody has taken the roll of. Six queries at most."""
    viewer = caseload.viewer
    if viewer is None or viewer.unit_id is None or not viewer.may(Permission.PLAN_CLASSES):
        return []
    first = on - timedelta(days=BACK_DAYS)
    groups = {member.group_id: member for member in _members(caseload.ids, viewer.unit_id, first, on)}
    if not groups:
        return []
    untaken = untaken_days(set(groups), first, on - timedelta(days=1))
    return [_item(groups[key], days, on) for key, days in untaken.items() if days]


@prepared
def _members(cases: Collection[UUID], unit: UUID, first: date, on: date) -> QuerySet[ClassMember]:
    """Places in the unit's groups that held on some day from ``first`` to before ``on``, with who teaches."""
    rows = ClassMember.objects.filter(case_id__among=cases, group__unit_id=unit, valid_from__lt=on)
    held = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=first))
    return held.select_related("group__teacher", "group__next_teacher").order_by("-group_id", "pk")


def _item(member: ClassMember, days: list[date], on: date) -> DueItem:
    group = member.group
    teacher = group.teacher_on(on)
    values = {"group": group.name, "days": len(days), "day": written(days[0])}
    return DueItem(
        code="hours.roll_missing",
        case_id=member.case_id,
        what=ngettext(
            "Før oppropet %(day)s i %(group)s",
            "Før oppropene fra %(day)s i %(group)s: %(days)s dager mangler",
            len(days),
        )
        % values,
        why=_("Stønaden utbetales etter registrert deltakelse, også når alle var til stede (integreringsloven § 24)."),
        due_on=days[0],
        unit_id=group.unit_id,
        user_id=teacher.pk if teacher else None,
        action=_("Før oppropet"),
        url=reverse("hours:class_list", args=[group.pk, days[0]]),
        of_municipality=True,
    )
