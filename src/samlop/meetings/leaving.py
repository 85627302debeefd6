"""When somebody leaves their unit: their open actions, and their seat in meetings to come, go to somebody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from samlop.cases.leaving import Leaver, Work
from samlop.cases.models import Case
from samlop.cases.vocabulary import CaseStatus
from samlop.core.gate import Entry
from samlop.core.rights import Section
from samlop.core.time import OSLO, today
from samlop.meetings.models import Action, Attendee, MeetingStatus
from samlop.people.models import User


def actions_of(leaver: Leaver) -> QuerySet[Action]:
    """Open actions of open cases. One that is due while they are still there is theirs to do."""
    rows = Action.objects.filter(
        user=leaver.user,
        unit=leaver.unit,
        done_at__isnull=True,
        dropped_at__isnull=True,
        case__status=CaseStatus.ACTIVE,
    ).exclude(meeting__status=MeetingStatus.CANCELLED)
    return rows.exclude(due_on__gte=today(), due_on__lte=leaver.last_day) if leaver.last_day > today() else rows


def seats_of(leaver: Leaver) -> QuerySet[Attendee]:
    """Invitations to planned meetings after the last day."""
    after = datetime.combine(leaver.last_day + timedelta(days=1), time(), OSLO)
    return Attendee.objects.filter(
        user=leaver.user,
        unit=leaver.unit,
        meeting__status=MeetingStatus.PLANNED,
        meeting__starts_at__gte=after,
        case__status=CaseStatus.ACTIVE,
    )


def cases(leaver: Leaver) -> Iterable[UUID]:
    return {
        *actions_of(leaver).values_list("case_id", flat=True),
        *seats_of(leaver).values_list("case_id", flat=True),
    }


def pass_on(case: Case, leaver: Leaver, heir: User | None) -> Iterable[Entry]:
    """Actions and seats to who takes over, or to the unit alone; told to those who see the meeting they are from."""
    texts: dict[str, list[str]] = defaultdict(list)
    meetings: dict[str, int] = defaultdict(int)
    for action in actions_of(leaver).filter(case=case).select_related("meeting"):
        action.user = heir
        action.save()
        texts[action.meeting.section].append(action.text)
    for seat in seats_of(leaver).filter(case=case).select_related("meeting"):
        meetings[seat.meeting.section] += 1
        if heir is not None and seat.meeting.attendees.filter(user=heir).exists():
            seat.delete()  # the heir is invited already
            continue
        seat.user = heir
        seat.save()
    who = heir.name if heir else leaver.unit.name
    return [
        Entry(
            code="meetings.passed_on",
            section=Section(section),
            case=case,
            data={"old": leaver.user.name, "who": who, "texts": texts[section], "meetings": meetings[section]},
        )
        for section in sorted({*texts, *meetings})
    ]


MEETINGS = Work(cases, pass_on)
