"""The columns of Deltakere: one row of values for each participant on the page, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from samlop.access.viewer import Viewer
from samlop.cases.efforts import nav_contacts
from samlop.cases.models import Case, JournalEntry, TeamMember
from samlop.cases.sight import open_among, sections_everywhere, sees_any
from samlop.cases.vocabulary import TeamFunction
from samlop.cooperation.models import TalkKind
from samlop.core.periods import in_force
from samlop.core.prepared import prepared
from samlop.core.rights import Section
from samlop.core.time import add_months, now, today
from samlop.meetings.models import Meeting, MeetingStatus
from samlop.norwegian.models import Level, LevelReached, Skill
from samlop.norwegian.summary import in_short
from samlop.overview.conditions import Periods
from samlop.people.vocabulary import InterpreterNeed
from samlop.plan.deadlines import plan_deadline, review_due_on
from samlop.plan.models import Plan, PlanVersion
from samlop.programme.models import Course, NavNeed
from samlop.programme.phases import Phase, phase, weeks_left


@dataclass(frozen=True)
class PlanStatus:
    """How the plan stands: words, and a tone («success», «warning», «danger», «neutral») that repeats them."""

    text: str
    tone: str
    due_on: date | None = None


@dataclass
class Row:
    """What the list shows of one participant. A section that the viewer may not see here is in ``hidden``."""

    case: Case
    hidden: set[Section] = field(default_factory=set)
    course: Course | None = None
    contact: TeamMember | None = None
    levels: dict[str, str] = field(default_factory=dict)
    last_nav: date | None = None
    next_talk: datetime | None = None
    plan: PlanStatus | None = None

    @property
    def sees_programme(self) -> bool:
        return Section.PROGRAMME not in self.hidden

    @property
    def sees_plan(self) -> bool:
        return Section.PLAN not in self.hidden

    @property
    def sees_norwegian(self) -> bool:
        return Section.NORWEGIAN not in self.hidden

    @property
    def end_on(self) -> date | None:
        return (self.course.ended_on or self.course.planned_end_on) if self.course else None

    @property
    def phase(self) -> Phase:
        return phase(today(), self.course.start_on if self.course else None, self.end_on)

    @property
    def weeks_left(self) -> int | None:
        return weeks_left(today(), self.end_on)

    @property
    def days_since_start(self) -> int | None:
        """Days in the programme so far: how long somebody without a placement has waited for the first."""
        started = self.course.start_on if self.course else None
        return (today() - started).days if started else None

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed."""
        return self.end_on is not None and self.end_on < today()

    @property
    def nav_need_short(self) -> str:
        """«trenger», «trenger ikke» or «ikke avklart», under a heading that says NAV."""
        need = self.course.nav_need if self.course else NavNeed.UNCLARIFIED
        if need == NavNeed.YES:
            return _("trenger")
        return _("trenger ikke") if need == NavNeed.NO else _("ikke avklart")

    @property
    def nav_need(self) -> str:
        return str(self.course.get_nav_need_display()) if self.course else _("ikke avklart")

    @property
    def level(self) -> str:
        """«A2», or «A1–B1» where the skills differ."""
        return in_short(self.levels)

    @property
    def levels_by_skill(self) -> str:
        """«lytte A2, lese A1»."""
        return ", ".join(f"{skill.label} {Level(self.levels[skill]).label}" for skill in Skill if skill in self.levels)

    @property
    def missing(self) -> list[str]:
        """Names of what should be known and is not; the same list as the filter's (``conditions.MISSING``)."""
        course, person = self.course, self.case.person
        found = [
            (person.birth_date is None, noop("fødselsdato")),
            (person.interpreter == InterpreterNeed.UNKNOWN, noop("behov for tolk")),
            (self.case.settled_on is None, noop("bosettingsdato")),
        ]
        if self.sees_programme:
            found += [
                (course is None or course.start_on is None, noop("start i programmet")),
                (bool(course and course.start_on and not course.planned_end_on), noop("planlagt slutt")),
                (course is None or not course.end_goal, noop("sluttmål")),
            ]
        return [_(name) for is_missing, name in found if is_missing]


@dataclass(frozen=True)
class Columns:
    """Which columns the viewer has."""

    programme: bool
    plan: bool
    norwegian: bool

    @classmethod
    def of(cls, viewer: Viewer) -> Columns:
        return cls(
            sees_any(viewer, Section.PROGRAMME), sees_any(viewer, Section.PLAN), sees_any(viewer, Section.NORWEGIAN)
        )


def rows_for(viewer: Viewer, cases: Iterable[Case]) -> list[Row]:
    """The rows of listed cases (from ``matching``), in their order. At most nine queries however many cases."""
    rows = {case.pk: Row(case) for case in cases}
    if not rows:
        return []
    seen = {section: open_among(viewer, section, list(rows)) for section in SHOWN}
    for section, keys in seen.items():
        for case_id in rows.keys() - keys:
            rows[case_id].hidden.add(section)
    for course in _courses(seen[Section.PROGRAMME]):
        rows[course.case_id].course = course
    for place in _contacts(list(rows), today()):
        rows[place.case_id].contact = place
    for case_id, skill, level in newest_levels(seen[Section.NORWEGIAN]):
        rows[case_id].levels[skill] = level
    for case_id, last in _last_contacts(list(rows), sections_everywhere(viewer)):
        rows[case_id].last_nav = last
    for case_id, starts_at in _next_talks(seen[Section.PLAN], now()):
        rows[case_id].next_talk = starts_at
    _plans(viewer, rows, seen[Section.PLAN])
    return list(rows.values())


SHOWN = (Section.PROGRAMME, Section.PLAN, Section.NORWEGIAN)
"""The sections that the columns tell of, besides who the participant is."""


@prepared
def _courses(cases: Collection[UUID]) -> QuerySet[Course]:
    return Course.objects.filter(case_id__among=cases)


@prepared
def _contacts(cases: Collection[UUID], on: date) -> QuerySet[TeamMember]:
    """The main contacts on a day, with their names."""
    places = TeamMember.objects.filter(in_force(on), case_id__among=cases, function=TeamFunction.MAIN_CONTACT)
    return places.select_related("user", "unit")


@prepared
def newest_levels(cases: Collection[UUID]) -> QuerySet[LevelReached, tuple[UUID, str, str]]:
    """(case, skill, level) of the newest level in each skill."""
    rows = LevelReached.objects.filter(case_id__among=cases)
    newest = rows.order_by("case_id", "skill", "-reached_on", "-recorded_at").distinct("case_id", "skill")
    return newest.values_list("case_id", "skill", "level")


@prepared
def _last_contacts(cases: Collection[UUID], sections: Collection[Section]) -> QuerySet[JournalEntry, tuple[UUID, date]]:
    """(case, day) of the last contact with NAV told in sections the viewer sees."""
    entries = JournalEntry.objects.filter(case_id__among=cases, section__among=sections)
    last = nav_contacts(entries).order_by().values("case_id").annotate(last=Max("happened_on"))
    return last.values_list("case_id", "last")


@prepared
def _next_talks(cases: Collection[UUID], after: datetime) -> QuerySet[Meeting, tuple[UUID, datetime]]:
    """(case, start) of the next plan talk that is called."""
    talks = Meeting.objects.filter(status=MeetingStatus.PLANNED, kind=TalkKind.PLAN_TALK, section=Section.PLAN)
    coming = talks.filter(case_id__among=cases, starts_at__gte=after)
    return coming.order_by("case_id", "starts_at").distinct("case_id").values_list("case_id", "starts_at")


@prepared
def _newest_versions(cases: Collection[UUID]) -> QuerySet[PlanVersion, tuple[UUID, int, date]]:
    """(case, number, day of the talk) of the newest version."""
    newest = PlanVersion.objects.filter(case_id__among=cases).order_by("case_id", "-number").distinct("case_id")
    return newest.values_list("case_id", "number", "talk_on")


@prepared
def _current_plans(cases: Collection[UUID]) -> QuerySet[Plan, tuple[UUID, date | None]]:
    """(case, day of a material change) of the plans under way."""
    return Plan.objects.filter(case_id__among=cases, is_current=True).values_list("case_id", "material_change_on")


def _plans(viewer: Viewer, rows: dict[UUID, Row], seen: Collection[UUID]) -> None:
    periods = Periods.of(viewer.municipality_id)
    made: dict[UUID, tuple[int | None, date | None]] = {
        case_id: (number, talk_on) for case_id, number, talk_on in _newest_versions(seen)
    }
    changed = dict(_current_plans(seen))
    for case_id in seen:
        row = rows[case_id]
        counts_from = periods.counts_from(row.case, row.course)
        facts = PlanFacts(*made.get(case_id, (None, None)), case_id in changed, changed.get(case_id), counts_from)
        row.plan = plan_status(row.case, facts, periods, ended=bool(row.course and row.course.ended_on))


@dataclass(frozen=True)
class PlanFacts:
    """What decides how the plan stands: the newest version and its talk, whether a plan is begun, a material change,
    and the day that the deadline of the first plan counts from."""

    number: int | None = None
    talk_on: date | None = None
    begun: bool = False
    changed_on: date | None = None
    counts_from: date | None = None


def plan_status(case: Case, facts: PlanFacts, periods: Periods, *, ended: bool = False) -> PlanStatus:
    """How the plan stands today, by the rules of ``plan.deadlines``; the day itself is in time (001 § 14.2 item 2)."""
    if facts.number is not None:
        name, tone = _("versjon %(number)s") % {"number": facts.number}, "success"
        due = review_due_on(facts.talk_on, facts.changed_on, periods.plan_review)
        late, soon = _("%(plan)s, gjennomgang forfalt"), _("%(plan)s, gjennomgang snart")
    else:
        name, tone = (_("under arbeid") if facts.begun else _("ingen plan ennå")), "neutral"
        due = plan_deadline(today(), facts.counts_from, None, periods.plan_deadline).due_on
        late, soon = _("%(plan)s, fristen er gått ut"), _("%(plan)s, frist snart")
    if due is None or ended or not case.is_open:
        return PlanStatus(name, tone, None if ended else due)
    if due < today():
        return PlanStatus(late % {"plan": name}, "danger", due)
    if add_months(due, -1) < today():
        return PlanStatus(soon % {"plan": name}, "warning", due)
    return PlanStatus(name, tone, due)
