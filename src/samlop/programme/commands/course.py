"""What is written down about the course: dates, end goal, mapping, NAV need, the end – and the undoing of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.closing import open_again
from samlop.cases.commands import closing
from samlop.cases.models import Case, TeamMember
from samlop.cases.vocabulary import CaseStatus
from samlop.core.commands import command, done
from samlop.core.errors import ChangedMeanwhile, Refused
from samlop.core.gate import Entry, gate
from samlop.core.rights import Right, Section
from samlop.core.stale import merged
from samlop.core.templatetags.samlop import day
from samlop.core.time import today
from samlop.people.models import User
from samlop.people.vocabulary import Role
from samlop.programme.models import Course, EndGoal, EndReason, NavNeed


def _course(case: Case) -> Course:
    course: Course
    course, _created = Course.objects.get_or_create(case=case, defaults={"municipality_id": case.municipality_id})
    return course


def _entry(code: str, **data: object) -> Entry:
    return Entry(code=f"programme.{code}", section=Section.PROGRAMME, data=data)


def _not_in_future(day: date, field: str) -> None:
    if day > today():
        raise Refused("future_day", _("Datoen kan ikke være fram i tid."), field)


@command(section=Section.PROGRAMME, right=Right.CONTRIBUTE)
def ensure_course(*, case: Case, by: Viewer) -> Course:
    """The course of a case, made empty if there is none; nothing is journalled before something is known of it."""
    return _course(case)


@command(section=Section.PROGRAMME, right=Right.MANAGE)
def set_dates(
    *,
    case: Case,
    start_on: date | None,
    planned_end_on: date | None,
    seen: Mapping[str, date | None] | None = None,
    by: Viewer,
) -> Course:
    """Set the first and the last planned day of the programme; either may be unknown.

    ``seen`` is what the page showed: a date that was not changed against it stays as it stands. Refuses
    ``end_before_start``, ``changed_meanwhile`` and, when the programme has ended, a start after the end.
    """
    course = _course(case)
    before = (course.start_on, course.planned_end_on)
    stands = {"start_on": before[0], "planned_end_on": before[1]}
    start_on, planned_end_on = merged({"start_on": start_on, "planned_end_on": planned_end_on}, seen, stands).values()
    if planned_end_on is not None and start_on is None:
        raise Refused("missing_start", _("Skriv startdatoen også når du skriver sluttdatoen."), "start_on")
    if start_on and planned_end_on and planned_end_on < start_on:
        raise Refused("end_before_start", _("Programmet kan ikke slutte før det starter."), "planned_end_on")
    if start_on and course.ended_on and course.ended_on < start_on:
        raise Refused("start_after_end", _("Programmet er avsluttet før denne startdatoen."), "start_on")
    if before == (start_on, planned_end_on):
        return course
    course.start_on, course.planned_end_on = start_on, planned_end_on
    course.save()
    data = {"start_on": start_on, "planned_end_on": planned_end_on, "start_was": before[0], "end_was": before[1]}
    return done(course, _entry("dates_set", **data))


@command(section=Section.PROGRAMME, right=Right.MANAGE)
def set_end_goal(*, case: Case, end_goal: EndGoal | str, seen: Mapping[str, str] | None = None, by: Viewer) -> Course:
    """Set what the programme shall lead to (integreringsloven § 13); empty when it is not decided.

    ``seen`` is what the page showed; refuses ``changed_meanwhile`` when somebody else has changed it since.
    """
    course = _course(case)
    end_goal = merged({"end_goal": end_goal}, seen, {"end_goal": course.end_goal})["end_goal"]
    if end_goal and end_goal not in EndGoal.values:
        raise Refused("unknown_goal", _("Velg et sluttmål fra listen."), "end_goal")
    if course.end_goal == end_goal:
        return course
    before, course.end_goal = course.end_goal, str(end_goal)
    course.save()
    return done(course, _entry("end_goal_set", end_goal=course.end_goal, was=before))


@command(section=Section.PROGRAMME, right=Right.CONTRIBUTE)
def note_mapping_done(
    *, case: Case, done_on: date | None, seen: Mapping[str, date | None] | None = None, by: Viewer
) -> Course:
    """Note the day the mapping was done, by whoever acts; no day takes the note away again.

    ``seen`` is what the page showed; refuses ``changed_meanwhile`` when somebody else has changed it since.
    """
    course = _course(case)
    done_on = merged({"done_on": done_on}, seen, {"done_on": course.mapping_done_on})["done_on"]
    if done_on is not None:
        _not_in_future(done_on, "done_on")
    if course.mapping_done_on == done_on:
        return course
    course.mapping_done_on = done_on
    course.mapping_done_by = by.user if done_on else None
    course.save()
    return done(course, _entry("mapping_done", done_on=done_on))


CLARIFIES = (Role.NAV_ADVISER, Role.NAV_LEADER)
"""Roles that may clarify the need for NAV without managing the programme: it is NAV's own help (research/002 § 3.1)."""


@command(section=Section.PROGRAMME, right=Right.SEE)
def clarify_nav_need(
    *,
    case: Case,
    need: NavNeed | str,
    on: date | None = None,
    clarified_by: UUID | None = None,
    seen: Mapping[str, Any] | None = None,
    by: Viewer,
) -> Course:
    """Say whether help from NAV is needed, who clarified it and when; or that it is not clarified after all.

    NAV's own people in the team may say it, and whoever may write on the programme. ``clarified_by`` is somebody in
    the team when it was not the one who writes it down. ``seen`` is the need that the page showed; refuses
    ``changed_meanwhile`` when somebody else has said something else since.
    """
    if by.role in CLARIFIES:
        gate().authorise(by, case, Section.PLAN, Right.CONTRIBUTE)
    else:
        gate().authorise(by, case, Section.PROGRAMME, Right.CONTRIBUTE)
    course = _course(case)
    if seen and seen.items() >= {"need": need, "on": on, "clarified_by": clarified_by}.items():
        return course  # nothing was changed on the page, whatever has been said since
    if seen and course.nav_need not in (seen.get("need"), need):
        raise ChangedMeanwhile({"need": course.nav_need})
    if need not in NavNeed.values:
        raise Refused("unknown_need", _("Velg om deltakeren trenger bistand fra NAV."), "need")
    clarified = need != NavNeed.UNCLARIFIED
    day = (on or today()) if clarified else None
    if day:
        _not_in_future(day, "on")
    who = _who_clarified(case, clarified_by, by) if clarified else None
    unchanged = (course.nav_need, course.nav_need_clarified_on, course.nav_need_clarified_by_id)
    if unchanged == (need, day, who.pk if who else None):
        return course
    course.nav_need, course.nav_need_clarified_on, course.nav_need_clarified_by = str(need), day, who
    course.save()
    return done(course, _entry("nav_need", need=course.nav_need, on=day, who=str(who or "")))


def _who_clarified(case: Case, user_id: UUID | None, by: Viewer) -> User | None:
    if user_id is None or user_id == by.user_id:
        return by.user
    place = TeamMember.objects.filter(case=case, user_id=user_id).select_related("user").first()
    if place is None:
        raise Refused("not_in_team", _("Velg en person i saksteamet."), "clarified_by")
    return place.user


@command(section=Section.PROGRAMME, right=Right.MANAGE)
def end_course(*, case: Case, ended_on: date, reason: EndReason | str, by: Viewer) -> Course:
    """End the programme with its last day and the main activity afterwards. The case stays open until it is closed."""
    course = _course(case)
    if course.ended_on is not None:
        raise Refused("already_ended", _("Programmet er allerede avsluttet. Gjenåpne det først om noe er feil."))
    if reason not in EndReason.values:
        raise Refused("missing_reason", _("Velg hva deltakeren går til."), "reason")
    _not_in_future(ended_on, "ended_on")
    if course.start_on and ended_on < course.start_on:
        raise Refused("end_before_start", _("Programmet kan ikke slutte før det starter."), "ended_on")
    course.ended_on, course.end_reason = ended_on, str(reason)
    course.save()
    return done(course, _entry("ended", ended_on=ended_on, reason=course.end_reason))


@command(section=Section.PROGRAMME, right=Right.MANAGE)
def close_case(*, case: Case, by: Viewer) -> Case:
    """Close the case of somebody whose programme has ended: it leaves the lists of those who work with it.

    The case is closed by the room it belongs to (``cases.commands.closing``), which tells it in the journal, once.
    """
    if case.status != CaseStatus.ACTIVE:
        return case
    course = _course(case)
    if course.ended_on is None:
        raise Refused("not_ended", _("Skriv når og hvordan programmet sluttet, før du avslutter saken."))
    values = {"day": day(course.ended_on), "reason": course.get_end_reason_display()}
    return closing.close_case(case=case, reason=_("Programmet sluttet %(day)s: %(reason)s") % values, by=by)


@command(section=Section.PROGRAMME, right=Right.MANAGE)
def reopen(*, case: Case, why: str, by: Viewer) -> Course:
    """Take back the end of the programme and open the case again, with a reason.

    Refuses ``has_open_case`` where the person has got a new case in the meantime.
    """
    course = _course(case)
    why = why.strip()
    if course.ended_on is None and case.status == CaseStatus.ACTIVE:
        return course
    if not why:
        raise Refused("missing_reason", _("Skriv hvorfor programmet gjenåpnes."), "why")
    before = {"ended_on": course.ended_on, "reason": course.end_reason}
    course.ended_on, course.end_reason = None, ""
    course.save()
    if case.status == CaseStatus.ENDED:
        open_again(case)
    return done(course, _entry("reopened", why=why, was=before))
