"""What the law says of one case, from the facts that are known: right and duty, length, last day, deadlines.

A fact that is missing is named with the page where it is filled in; a contradiction in the facts is told in the law's
own words. Nothing is guessed and nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Generic, TypeVar, cast

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samlop.cases.models import Case
from samlop.cases.vocabulary import Permit
from samlop.core.time import OSLO
from samlop.law import eligibility as eligibility_law
from samlop.law.absence import AddedTime
from samlop.law.acts import ActId
from samlop.law.deadlines import Deadline, DeadlineCase, deadlines
from samlop.law.decisions import act_for
from samlop.law.duration import Duration, DurationCase, Education, Goal, duration
from samlop.law.eligibility import Eligibility, EligibilityCase, eligibility
from samlop.law.norwegian import training_notes
from samlop.law.refused import Refused as LawRefused
from samlop.law.remaining import LatestEnd, latest_end
from samlop.law.texts import Note
from samlop.programme.models import Course, CourseFacts, EducationLevel

T = TypeVar("T")


FACT_NAMES = {
    "birth_date": gettext_lazy("fødselsdato"),
    "permit": gettext_lazy("oppholdsgrunnlag"),
    "permit_granted_on": gettext_lazy("dagen tillatelsen ble gitt"),
    "education": gettext_lazy("utdanning da tillatelsen ble gitt"),
    "lived_in_municipality_since": gettext_lazy("bodd i en kommune siden"),
    "nordic_or_eea": gettext_lazy("om personen er nordisk borger eller EØS-borger"),
    "weekly_work_hours": gettext_lazy("arbeid, timer i uka"),
}


@dataclass(frozen=True)
class Missing:
    """A fact that an answer needs: its name and the page where it is written down."""

    name: str
    url: str


@dataclass(frozen=True)
class Answer(Generic[T]):
    """An answer of the law, or what stands in the way: missing facts, or facts that contradict each other."""

    value: T | None = None
    missing: tuple[Missing, ...] = ()
    contradiction: str = ""


def language() -> str:
    """The language the law speaks in now: nb, nn or en."""
    code = (get_language() or "nb")[:2]
    return code if code in ("nb", "nn", "en") else "nb"


def told(notes: Sequence[Note]) -> list[tuple[str, str]]:
    """Notes as text with their paragraphs, in the active language."""
    return [(note.text.in_language(language()), "; ".join(note.references)) for note in notes]


@dataclass(frozen=True)
class LawOfCase:
    """A case with its course and facts, ready to be asked about."""

    case: Case
    course: Course
    facts: CourseFacts

    @property
    def act(self) -> ActId:
        return act_for(self.case.permit_granted_on, self.case.arrived_on)

    @property
    def is_collective(self) -> bool:
        return self.case.permit == Permit.E

    @property
    def offered_start(self) -> date | None:
        return self.facts.offered_start_on or self.course.start_on

    def eligibility(self, decided_on: date) -> Answer[Eligibility]:
        """Right and duty on the day of the decision."""
        case, facts = self.case, self.facts
        missing = (
            *self._missing_person("birth_date", "permit", "permit_granted_on"),
            *self._missing_facts("lived_in_municipality_since", "nordic_or_eea", "weekly_work_hours"),
        )
        return _asked(
            missing,
            lambda: eligibility(
                EligibilityCase(
                    birth_date=_known(case.person.birth_date),
                    permit_granted=_known(case.permit_granted_on),
                    permit=cast(eligibility_law.Permit, case.permit),
                    settled_by_agreement=case.settled_by_agreement,
                    lived_in_municipality_since=_known(facts.lived_in_municipality_since),
                    decision_date=decided_on,
                    arrived=case.arrived_on,
                    nordic_or_eea=bool(facts.nordic_or_eea),
                    weekly_work_hours=Fraction(facts.weekly_work_hours or 0),
                )
            ),
        )

    def duration(self, start: date | None = None, goal: str = "") -> Answer[Duration]:
        """The length of the programme; ``start`` and ``goal`` as given, else those of the course."""
        case, facts = self.case, self.facts
        offered = facts.offered_start_on or start or self.course.start_on
        chosen = goal or self.course.end_goal
        missing = [
            *self._missing_person("birth_date", "permit_granted_on"),
            *self._missing_facts("education"),
            *([] if offered else [Missing(_("startdato"), self._course_page())]),
            *([] if chosen else [Missing(_("sluttmål"), self._course_page())]),
        ]
        return _asked(
            tuple(missing),
            lambda: _duration(
                DurationCase(
                    permit_granted=_known(case.permit_granted_on),
                    offered_start=_known(offered),
                    birth_date=_known(case.person.birth_date),
                    education=cast(Education, facts.education),
                    goal=cast(Goal, chosen),
                    arrived=case.arrived_on,
                    collective_protection=self.is_collective,
                )
            ),
        )

    def latest_end(
        self, added: AddedTime | None = None, start: date | None = None, goal: str = ""
    ) -> Answer[LatestEnd]:
        """The last day the programme can have, with and without an extension."""
        length = self.duration(start, goal)
        begins = start or self.course.start_on
        if length.value is None or begins is None:
            return Answer(missing=length.missing, contradiction=length.contradiction)
        return Answer(latest_end(length.value, begins, added, self.used_before(begins)))

    def used_before(self, start: date) -> int:
        """Calendar days used in earlier municipalities when the programme here begins on ``start``.

        The course of somebody who moved goes on with the dates it had; an own award that begins later leaves the days
        before the move behind, so they count as used – to the day the programme ended there, which is before the move
        where its planned end had passed.
        """
        carried, used = self.course.start_on, self.facts.used_before_days
        if self.case.continues_id is None or carried is None or start <= carried:
            return used
        last = _last_day_before(self.case)
        return used if last is None else used + max(0, (last - carried).days + 1)

    def deadlines(self) -> Answer[tuple[Deadline, ...]]:
        """The deadlines whose start is known. Without the permit none can be told."""
        case, facts = self.case, self.facts
        return _asked(
            tuple(self._missing_person("permit_granted_on")),
            lambda: _deadlines(
                DeadlineCase(
                    permit_granted=_known(case.permit_granted_on),
                    arrived=case.arrived_on,
                    settled=case.settled_on,
                    demanded=facts.demanded_on,
                    registered_in_municipality=facts.registered_in_municipality_on,
                    offered_norwegian=facts.offered_norwegian_on,
                    education=cast(Education, facts.education) if facts.education else None,
                    collective_protection=self.is_collective,
                )
            ),
        )

    def training(self) -> tuple[Note, ...]:
        """The training in Norwegian and social studies; nothing where the day of the permit is not known."""
        case, education = self.case, self.facts.education
        if case.permit_granted_on is None:
            return ()
        return training_notes(
            case.permit_granted_on,
            case.arrived_on,
            educated=education == EducationLevel.UPPER_SECONDARY if education else None,
            collective_protection=self.is_collective,
        )

    def _course_page(self) -> str:
        return reverse("programme:course", args=[self.case.pk])

    def _missing_person(self, *names: str) -> list[Missing]:
        held = {"birth_date": self.case.person.birth_date}
        empty = [name for name in names if not held.get(name, getattr(self.case, name, None))]
        return self._named(empty, "cases:person", "id_")

    def _missing_facts(self, *names: str) -> list[Missing]:
        empty = [name for name in names if getattr(self.facts, name) in (None, "")]
        return self._named(empty, "programme:eligibility", "id_facts-")

    def _named(self, names: Sequence[str], where: str, prefix: str) -> list[Missing]:
        if not names:
            return []
        url = reverse(where, args=[self.case.pk])
        return [Missing(str(FACT_NAMES[name]), f"{url}#{prefix}{name}") for name in names]


# The rules are the same for as long as the program runs, and pages ask the same of the same case again and again.
_deadlines = lru_cache(maxsize=10_000)(deadlines)
_duration = lru_cache(maxsize=10_000)(duration)


def law_of(case: Case) -> LawOfCase:
    """The case with its course and facts, empty where nothing is written yet. Two queries."""
    known = Course.objects.filter(case=case).select_related("mapping_done_by", "nav_need_clarified_by")
    course = known.first() or Course(case=case, municipality_id=case.municipality_id)
    facts = CourseFacts.objects.filter(case=case).first()
    return LawOfCase(case, course, facts or CourseFacts(case=case, municipality_id=case.municipality_id))


def _last_day_before(case: Case) -> date | None:
    """The last day of programme in the municipality that somebody moved from. Two queries."""
    before = case.continues
    if before is None or before.closed_at is None:
        return None
    ended = Course.objects.filter(case=before).values_list("ended_on", flat=True).first()
    return ended or before.closed_at.astimezone(OSLO).date()


def _known(value: T | None) -> T:
    assert value is not None  # asked for among the missing facts
    return value


def _asked(missing: tuple[Missing, ...], ask: Callable[[], T]) -> Answer[T]:
    if missing:
        return Answer(missing=missing)
    try:
        return Answer(ask())
    except LawRefused as refusal:
        return Answer(contradiction=refusal.message)
