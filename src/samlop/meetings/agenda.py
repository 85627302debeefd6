"""What a meeting should take up, proposed from what is open in the case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samlop.access.models import Objection
from samlop.cases.models import Case
from samlop.cooperation.models import TalkKind
from samlop.cooperation.queries import Settings
from samlop.core.rights import Section
from samlop.core.templatetags.samlop import day
from samlop.core.time import add_months
from samlop.meetings.models import Action, Meeting, MeetingStatus
from samlop.plan.current import current_plan
from samlop.plan.deadlines import review_due_on
from samlop.plan.models import Contradiction, Contribution, Plan, PlanVersion, Step
from samlop.plan.vocabulary import StepStatus
from samlop.programme.models import Course, NavNeed
from samlop.programme.phases_of_case import course_of

LONGEST = 400


@dataclass(frozen=True)
class Point:
    """A point for the agenda, and what it comes from; an own point has no source."""

    text: str
    source: str = ""
    source_id: UUID | None = None

    @property
    def key(self) -> str:
        """The value of the box on the form; the same fact gives the same key."""
        return f"{self.source}:{self.source_id or ''}"


def proposed(
    case: Case,
    kind: TalkKind | str,
    section: Section | str,
    settings: Settings,
    on: date,
    *,
    but: Meeting | None = None,
) -> list[Point]:
    """The points for a meeting on a day: open actions from earlier meetings first, then what the case asks for.

    Only facts that everybody who sees the meeting may see: actions from meetings of the same section or about the plan,
    the plan and the programme. Seven queries, however much is open.
    """
    course = course_of(case) or Course()
    last_talk = last_plan_talk(case)
    plan = current_plan(case.pk)
    return [
        *_actions(case, section, but),
        *_contradictions(case),
        *_objections(case),
        *_review(plan, last_talk, settings, on, kind),
        *_nav_need(course),
        *_handover(course, settings, on, kind),
        *_contributions(case, last_talk),
        *_steps(case, on),
        *_goals(plan, course),
    ]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _actions(case: Case, section: Section | str, but: Meeting | None) -> Iterable[Point]:
    rows = open_actions_of(case).filter(meeting__section__in={str(section), str(Section.PLAN)})
    if but is not None:
        rows = rows.exclude(meeting=but)
    for action in rows.select_related("user", "unit", "case__person"):
        values = {"text": action.text, "who": responsible(action), "day": day(action.due_on)}
        text = _("Fra sist: %(text)s (%(who)s, frist %(day)s)") if action.due_on else _("Fra sist: %(text)s (%(who)s)")
        yield Point(_cut(text % values), "action", action.pk)


def open_actions_of(case: Case) -> QuerySet[Action]:
    """The open actions from meetings that are closed or under way, the most urgent first."""
    return (
        Action.objects.filter(case=case, done_at__isnull=True, dropped_at__isnull=True)
        .filter(~Q(meeting__status=MeetingStatus.CANCELLED))
        .order_by("due_on", "pk")
    )


def responsible(action: Action) -> str:
    """Who answers for an action, as people say it."""
    if action.by_participant:
        return action.case.person.name
    if action.user:
        return action.user.name
    return action.unit.name if action.unit else _("ingen ansvarlig")


def _contradictions(case: Case) -> Iterable[Point]:
    for row in Contradiction.objects.filter(case=case, settled_at__isnull=True).order_by("marked_at"):
        yield Point(_cut(_("Avklar motstrid i planen: %(text)s") % {"text": row.text}), "contradiction", row.pk)


def _objections(case: Case) -> Iterable[Point]:
    # What the participant objects to stands on its own page; here only that there is something to settle.
    if Objection.objects.filter(case=case, settled_at__isnull=True).exists():
        yield Point(_("Deltakeren har en innvending om hvem som ser hva. Avklar den."), "objection")


def last_plan_talk(case: Case) -> date | None:
    """The day of the last plan talk that made a version of the plan."""
    versions = PlanVersion.objects.filter(case=case)
    last: date | None = versions.order_by("-talk_on").values_list("talk_on", flat=True).first()
    return last


def _review(
    plan: Plan | None, last_talk: date | None, settings: Settings, on: date, kind: TalkKind | str
) -> Iterable[Point]:
    if last_talk is None:
        if kind == TalkKind.PLAN_TALK:
            yield Point(_("Lag den første planen sammen med deltakeren."), "first_plan")
        return
    if plan is not None and plan.material_change_on:
        yield Point(_cut(_("Noe viktig er endret: %(what)s") % {"what": plan.material_change_why}), "material_change")
    due_on = review_due_on(last_talk, months=settings.plan_review_months)
    if due_on and (kind == TalkKind.PLAN_TALK or on >= due_on):
        values = {"last": day(last_talk), "due": day(due_on)}
        yield Point(_("Gå gjennom planen. Forrige samtale var %(last)s, fristen er %(due)s.") % values, "review")


def _nav_need(course: Course) -> Iterable[Point]:
    if course.nav_need == NavNeed.UNCLARIFIED and course.ended_on is None:
        yield Point(_("Trenger deltakeren bistand fra NAV? Det er ikke avklart."), "nav_need")


def _handover(course: Course, settings: Settings, on: date, kind: TalkKind | str) -> Iterable[Point]:
    if course.planned_end_on is None or course.ended_on is not None:
        return
    if kind == TalkKind.HANDOVER_TALK or on >= add_months(course.planned_end_on, -settings.handover_months):
        values = {"day": day(course.planned_end_on)}
        yield Point(_("Programmet slutter %(day)s. Hva skjer etterpå, og hvem tar over?") % values, "handover")


def _contributions(case: Case, last_talk: date | None) -> Iterable[Point]:
    rows = Contribution.objects.filter(case=case, withdrawn_at__isnull=True)
    if last_talk is not None:
        rows = rows.filter(written_at__date__gt=last_talk)
    found = list(rows.select_related("unit").order_by("written_at"))
    if found:
        whom = dict.fromkeys(_("deltakeren") if c.by_participant or not c.unit else c.unit.name for c in found)
        text = ngettext(
            "Les %(number)s nytt bidrag til planen, fra %(whom)s",
            "Les %(number)s nye bidrag til planen, fra %(whom)s",
            len(found),
        )
        yield Point(_cut(text % {"number": len(found), "whom": ", ".join(whom)}), "contributions")


def _steps(case: Case, on: date) -> Iterable[Point]:
    steps = Step.objects.filter(case=case, plan__is_current=True, removed_at__isnull=True, result="")
    over = Q(end_on__lt=on) | Q(status__in=(StepStatus.DONE, StepStatus.STOPPED))
    for step in steps.filter(over).order_by("end_on", "pk"):
        if step.end_on:
            text = _("Hvordan gikk det med «%(title)s»? Det sluttet %(day)s.")
        else:
            text = _("Hvordan gikk det med «%(title)s»?")
        yield Point(_cut(text % {"title": step.title, "day": day(step.end_on)}), "step", step.pk)


def _goals(plan: Plan | None, course: Course) -> Iterable[Point]:
    if plan is not None and not (plan.long_term_goal or plan.long_term_goal_own):
        yield Point(_("Hva er deltakerens eget mål på lang sikt? Det mangler i planen."), "own_goal")
    if not course.end_goal:
        yield Point(_("Hva skal være sluttmålet for programmet? Det er ikke bestemt."), "end_goal")
    elif plan is not None and plan.end_goal and plan.end_goal != course.end_goal:
        values = {"plan": plan.get_end_goal_display(), "course": course.get_end_goal_display()}
        text = _("Sluttmålet er «%(course)s» i programmet og «%(plan)s» i planen. Avklar hvilket som gjelder.")
        yield Point(_cut(text % values), "end_goals_differ")
