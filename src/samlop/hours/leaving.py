"""When somebody leaves their unit: the groups they answer for get somebody else, from the day after.

A work place's link needs no heir: it is the participant's and the unit's, and who made it is only told.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from samlop.access.viewer import Viewer
from samlop.cases.leaving import Leaver
from samlop.core.organisation import note
from samlop.hours.models import Group
from samlop.people.models import User


def pass_on_groups(leaver: Leaver, heir: User | None, by: Viewer) -> None:
    """Give the groups of the unit to who takes over, or leave them with the unit, which still answers for them."""
    after = leaver.last_day + timedelta(days=1)
    goes_on = Q(valid_to__isnull=True) | Q(valid_to__gte=after)
    theirs = Q(teacher=leaver.user) | Q(next_teacher=leaver.user)
    for group in Group.objects.filter(goes_on, theirs, unit=leaver.unit).select_for_update(of=("self",)):
        if group.teacher_on(after) != leaver.user:
            continue
        if group.teacher_id == leaver.user.pk:
            group.teacher_until, group.next_teacher = leaver.last_day, heir
        else:  # they were to take over after somebody else
            group.next_teacher = heir
        group.save()
        data = {"group": group.name, "old": leaver.user.name, "who": heir.name if heir else ""}
        note(by, "hours.group_passed_on", data)
