"""What is due about meetings: open actions, meetings without an end, talks to plan, units that are not invited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samlop.cases.caseload import Caseload
from samlop.cooperation.models import TalkKind
from samlop.cooperation.queries import Settings, arrangements_of
from samlop.core.due import DueItem
from samlop.core.prepared import prepared
from samlop.core.rights import Section
from samlop.core.templatetags.samlop import day
from samlop.core.time import OSLO
from samlop.meetings.invites import unmet
from samlop.meetings.models import Action, Attendee, Meeting, MeetingStatus
from samlop.meetings.presenters import kind_name
from samlop.meetings.series import next_talk_due
from samlop.plan.models import PlanVersion
from samlop.programme.courses import courses_of
from samlop.programme.models import Course

PLAN_AHEAD_DAYS = 30
"""How long before the next plan talk is due that it should be called."""


def due_items(caseload: Caseload, on: date) -> list[DueItem]:
    """The due items of the room. Seven queries however many cases."""
    settings = arrangements_of(case.municipality_id for case in caseload.cases.values())
    planned: dict[UUID, list[Meeting]] = defaultdict(list)
    for meeting in _planned(caseload.ids):
        if caseload.sees(meeting.case_id, meeting.section):
            planned[meeting.case_id].append(meeting)
    kinds = _invited_kinds(planned)
    items = [_action(caseload, action) for action in _open_actions(caseload)]
    for case_id, meetings in planned.items():
        ours = settings[caseload.cases[case_id].municipality_id]
        for meeting in meetings:
            items += _to_close(caseload, meeting, on)
            items += _not_invited(caseload, meeting, ours, kinds[meeting.pk], on)
    items += _to_plan(caseload, settings, planned, on)
    return items


def with_plan_talk_called(caseload: Caseload) -> set[UUID]:
    """The cases where a plan talk is called, or held and not closed yet: the review is in hand. One query."""
    return set(_with_plan_talk(caseload.ids))


@prepared
def _planned(cases: Collection[UUID]) -> QuerySet[Meeting]:
    return Meeting.objects.filter(case_id__among=cases, status=MeetingStatus.PLANNED)


@prepared
def _with_plan_talk(cases: Collection[UUID]) -> QuerySet[Meeting, UUID]:
    rows = Meeting.objects.filter(kind=TalkKind.PLAN_TALK, status=MeetingStatus.PLANNED, section=Section.PLAN)
    return rows.filter(case_id__among=cases).values_list("case_id", flat=True)


@prepared
def _invited(meetings: Collection[UUID]) -> QuerySet[Attendee, tuple[UUID, str]]:
    """(meeting, kind of unit) of the units that are invited."""
    rows = Attendee.objects.filter(meeting_id__among=meetings, unit__isnull=False)
    return rows.values_list("meeting_id", "unit__kind")


@prepared
def _actions(cases: Collection[UUID]) -> QuerySet[Action]:
    rows = Action.objects.filter(case_id__among=cases, done_at__isnull=True, dropped_at__isnull=True)
    return rows.filter(meeting__status=MeetingStatus.CLOSED).select_related("meeting")


@prepared
def _versions(cases: Collection[UUID]) -> QuerySet[PlanVersion, tuple[UUID, date]]:
    """(case, day of the last talk that made a version)."""
    rows = PlanVersion.objects.filter(case_id__among=cases).order_by().values("case_id")
    return rows.annotate(last=Max("talk_on")).values_list("case_id", "last")


@prepared
def _held(cases: Collection[UUID]) -> QuerySet[Meeting, tuple[UUID, datetime]]:
    """(case, start of the last closed plan talk)."""
    rows = Meeting.objects.filter(case_id__among=cases, kind=TalkKind.PLAN_TALK, status=MeetingStatus.CLOSED)
    return rows.order_by().values("case_id").annotate(last=Max("starts_at")).values_list("case_id", "last")


def _invited_kinds(planned: dict[UUID, list[Meeting]]) -> dict[UUID, list[str]]:
    keys = [meeting.pk for meetings in planned.values() for meeting in meetings]
    kinds: dict[UUID, list[str]] = defaultdict(list)
    for meeting_id, kind in _invited(keys):
        kinds[meeting_id].append(kind)
    return kinds


def _open_actions(caseload: Caseload) -> Iterable[Action]:
    """Open actions of closed meetings; while a meeting is under way its actions are still being written."""
    return [action for action in _actions(caseload.ids) if caseload.sees(action.case_id, action.meeting.section)]


def _action(caseload: Caseload, action: Action) -> DueItem:
    held = action.meeting.starts_at.astimezone(OSLO).date()
    unit_id, user_id = action.unit_id, action.user_id
    if action.by_participant:
        # It is the participant's on their own page; on the others' the main contact helps that it is done.
        viewer = caseload.viewer
        if viewer is not None and viewer.is_participant:
            unit_id, user_id = None, viewer.user_id
        else:
            unit_id, user_id = caseload.main_contact(action.case_id)
    elif unit_id is not None:
        unit_id, user_id = caseload.answering(action.case_id, unit_id, user_id)
    whose = (
        _("Deltakerens oppgave fra %(meeting)s %(day)s.")
        if action.by_participant
        else _("Avtalt i %(meeting)s %(day)s.")
    )
    return DueItem(
        code="meetings.action",
        case_id=action.case_id,
        what=action.text,
        why=whose % {"meeting": kind_name(action.meeting.kind, action.meeting.number), "day": day(held)},
        due_on=action.due_on,
        unit_id=unit_id,
        user_id=user_id,
        action=_("Gjort, eller endre"),
        url=reverse("meetings:action", args=[action.case_id, action.pk]),
    )


def _to_close(caseload: Caseload, meeting: Meeting, on: date) -> list[DueItem]:
    held = meeting.starts_at.astimezone(OSLO).date()
    if held >= on:
        return []
    name = kind_name(meeting.kind, meeting.number)
    what = _("Lukk %(name)s") if meeting.minutes else _("Skriv referat og lukk %(name)s")
    unit_id = next(
        (p.unit_id for p in caseload.team.get(meeting.case_id, []) if p.user_id == meeting.called_by_id), None
    )
    main_unit, main_user = caseload.main_contact(meeting.case_id)
    return [
        DueItem(
            code="meetings.minutes_missing",
            case_id=meeting.case_id,
            what=what % {"name": name},
            why=_("Møtet var %(day)s, men er ikke lukket.") % {"day": day(held)},
            due_on=held,
            unit_id=unit_id or main_unit,
            user_id=meeting.called_by_id if unit_id else main_user,
            action=_("Gå til møtet"),
            url=reverse("meetings:meeting", args=[meeting.case_id, meeting.pk]),
        )
    ]


def _not_invited(caseload: Caseload, meeting: Meeting, settings: Settings, kinds: list[str], on: date) -> list[DueItem]:
    held = meeting.starts_at.astimezone(OSLO).date()
    if held < on:
        return []
    missing = unmet(settings.required(meeting.kind, meeting.number), kinds)
    unit_id, user_id = caseload.editor(meeting.case_id)
    return [
        DueItem(
            code="meetings.required_not_invited",
            case_id=meeting.case_id,
            what=_("Inviter %(who)s til %(name)s")
            % {"who": one.unit_kind.label, "name": kind_name(meeting.kind, meeting.number)},
            why=_("%(rule)s (kommunens oppsett).") % {"rule": one.reason},
            due_on=held,
            unit_id=unit_id,
            user_id=user_id,
            action=_("Inviter"),
            url=reverse("meetings:change", args=[meeting.case_id, meeting.pk]),
        )
        for one in missing
    ]


def _to_plan(
    caseload: Caseload, settings: dict[UUID, Settings], planned: dict[UUID, list[Meeting]], on: date
) -> list[DueItem]:
    """The next plan talk, where none is called and it is due within a month."""
    waiting = [key for key in caseload.ids if not any(m.kind == TalkKind.PLAN_TALK for m in planned.get(key, ()))]
    courses = courses_of(caseload)
    last_talks = _last_talks(waiting)
    items = []
    for case_id in waiting:
        case, course = caseload.cases[case_id], courses.get(case_id, Course())
        last = last_talks.get(case_id)
        due_on = next_talk_due(
            last, case.settled_on, course.start_on, course.planned_end_on, settings[case.municipality_id]
        )
        if due_on is None or course.ended_on is not None:
            continue
        # From the day itself the room ``plan`` says that the plan or its review is due; one line is enough.
        if not due_on - timedelta(days=PLAN_AHEAD_DAYS) <= on < due_on:
            continue
        unit_id, user_id = caseload.editor(case_id)
        if last:
            why = _("Forrige plansamtale var %(last)s. Neste skal holdes innen %(due)s (kommunens oppsett).")
        else:
            why = _("Den første plansamtalen skal holdes innen %(due)s (kommunens oppsett).")
        items.append(
            DueItem(
                code="meetings.plan_talk_to_plan",
                case_id=case_id,
                what=_("Kall inn til neste plansamtale") if last else _("Kall inn til den første plansamtalen"),
                why=why % {"last": day(last), "due": day(due_on)},
                due_on=due_on,
                unit_id=unit_id,
                user_id=user_id,
                action=_("Planlegg samtalen"),
                url=reverse("meetings:new", args=[case_id, TalkKind.PLAN_TALK.value]),
            )
        )
    return items


def _last_talks(case_ids: list[UUID]) -> dict[UUID, date]:
    """The day of the last plan talk of each case: a version of the plan, or a closed talk."""
    found = dict(_versions(case_ids))
    for case_id, last in _held(case_ids):
        day_held = last.astimezone(OSLO).date()
        found[case_id] = max(found.get(case_id, day_held), day_held)
    return found
