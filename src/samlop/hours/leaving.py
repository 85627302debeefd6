"""When somebody leaves their unit: the groups they answer for get somebody else, from the day after.

A work place's link needs no heir: it is the participant's and the unit's, and who made it is only told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.leaving import Held, Leaver, UnitWork
from samlop.core.organisation import note
from samlop.hours.models import Group
from samlop.people.models import User


def _theirs(leaver: Leaver) -> QuerySet[Group]:
    """The groups of the unit that go on after the last day, where they are the teacher or the next one."""
    goes_on = Q(valid_to__isnull=True) | Q(valid_to__gt=leaver.last_day)
    theirs = Q(teacher=leaver.user) & (Q(teacher_until__isnull=True) | Q(teacher_until__gt=leaver.last_day))
    return Group.objects.filter(goes_on, theirs | Q(next_teacher=leaver.user), unit=leaver.unit).order_by("name", "pk")


def held(leaver: Leaver) -> Iterable[Held]:
    """The groups that get somebody else."""
    return [Held(group.pk, _("Gruppe"), group.name) for group in _theirs(leaver)]


def pass_on(leaver: Leaver, heirs: Mapping[UUID, User | None], by: Viewer) -> None:
    """Give each group to who takes over, or leave it with the unit, which still answers for it."""
    for group in _theirs(leaver).select_for_update(of=("self",)):
        heir = heirs.get(group.pk)
        if group.teacher_id == leaver.user.pk:
            group.teacher_until, group.next_teacher = leaver.last_day, heir
        else:  # they were to take over after somebody else
            group.next_teacher = heir
        group.save()
        data = {"group": group.name, "old": leaver.user.name, "who": heir.name if heir else ""}
        note(by, "hours.group_passed_on", data)


GROUPS = UnitWork(held, pass_on)
