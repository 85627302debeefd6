"""One participant's account of absence: days used and left by reason, and what stands in the way of a reason.

The rules are those of ``samlop.law.absence``; this joins them to the rows of a case. Only whole days count against the
days of a reason: the regulations count days.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from samlop.core.time import add_months, today
from samlop.hours.leaves import GrantedLeave, granted_leaves
from samlop.hours.models import Absence, CareFacts, SelfCertificateLoss
from samlop.law import absence as law
from samlop.law.acts import ActId, act_of
from samlop.law.dates import Period, is_working_day
from samlop.law.parameters import rules_known
from samlop.people.models import FamilyMember
from samlop.people.vocabulary import Relation
from samlop.programme.absences import earlier_cases
from samlop.programme.spans import CourseFact, course_facts

SELF, DOCTOR, CHILD = "SYK_EGEN_EM", "SYK_EGEN_LEGE", "SYK_BARN"
UNAUTHORISED = "ULEGITIMERT"
BY_LEAVE_ONLY = frozenset({"SYKPERM", "OMSORGSPERM", "OMSORGSPERM_ADOPSJON", "ARBEID"})
"""Reasons that only a decision on leave can give (integreringsforskriften §§ 15–16, introduksjonsloven § 10)."""
EVENT_MONTHS = 12
"""Days given for one birth or pregnancy are looked for so far back."""


def label_of(code: str) -> str:
    """The reason in the reader's language; empty for none."""
    reason = law.reasons().get(code)
    return reason.label.in_language((get_language() or "nb")[:2]) if reason else ""


def documents(code: str) -> bool:
    """Whether a reason asks for something to be shown."""
    reason = law.reasons().get(code)
    return reason is not None and reason.documentation == "doctor"


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One reason with the days used in its window and the days left (none: no fixed number)."""

    code: str
    label: str
    reference: str
    used: int
    left: int | None
    first: date | None
    last: date | None
    before: int = 0
    """Of the used, those in another municipality before the participant moved."""


@dataclass
class Account:
    """What is known of a case when absence is judged.

    ``moved_absences`` and ``moved_leaves`` are those of the cases in other municipalities that this one continues: the
    days of a reason are the participant's and not the municipality's. They are only counted, never shown one by one.
    """

    case_id: UUID
    act: ActId
    start: date | None
    absences: list[Absence] = field(default_factory=list)
    leaves: list[GrantedLeave] = field(default_factory=list)
    moved_absences: list[Absence] = field(default_factory=list)
    moved_leaves: list[GrantedLeave] = field(default_factory=list)
    care: law.ChildCare = field(default_factory=lambda: law.ChildCare(1))
    children: list[date] = field(default_factory=list)
    child_of_unknown_age: bool = False
    loss: SelfCertificateLoss | None = None
    partner_in_programme: bool = False

    @classmethod
    def of(cls, case: Any) -> Account:
        """The account of a case. Six queries; two more, and one for each move, for somebody who has moved."""
        moved = earlier_cases([case])[case.pk]
        facts = course_facts([case.pk, *moved])
        fact = facts[case.pk]
        begun = [one.first_day for one in facts.values() if one.first_day is not None]
        rows = Absence.objects.filter(case_id=case.pk, withdrawn_at__isnull=True).order_by("first_day", "pk")
        family = list(FamilyMember.objects.filter(person_id=case.person_id))
        children = [one for one in family if one.relation == Relation.CHILD]
        partners = [one for one in family if one.relation in (Relation.SPOUSE, Relation.COHABITANT)]
        noted = CareFacts.objects.filter(case_id=case.pk).first()
        chronic = bool(noted and noted.chronic)
        alone = bool(children) and not any(one.lives_together for one in partners)
        return cls(
            case.pk,
            act_in(fact),
            min(begun, default=None),  # whoever moves goes on in the same programme
            list(rows),
            granted_leaves([case.pk]).get(case.pk, []),
            _of_cases(moved),
            [leave for leaves in granted_leaves(moved).values() for leave in leaves] if moved else [],
            law.ChildCare(
                max(1, sum(_may_be_cared_for(one.birth_date, chronic=chronic) for one in children)),
                alone=noted.alone if noted else alone,
                chronic=chronic,
            ),
            [one.birth_date for one in children if one.birth_date],
            any(one.birth_date is None for one in children),
            SelfCertificateLoss.objects.filter(case_id=case.pk, ended_on__isnull=True).first(),
            partner_in_programme=any(one.in_programme for one in partners),
        )

    def rests_on_unknown_age(self, on: date) -> bool:
        """Whether days with an ill child rest on a child whose age is not known: no other is young enough (§ 6)."""
        young = any(law.child_is_young_enough(born, on, chronic=self.care.chronic) for born in self.children)
        return self.child_of_unknown_age and not young

    @property
    def reasons(self) -> tuple[law.Reason, ...]:
        return law.reasons_for(self.act)

    def days_of(self, code: str, without: Iterable[UUID] = ()) -> set[date]:
        """Working days taken for a reason, as absence or as leave."""
        left_out = set(without)
        rows = [row for row in self.absences if row.pk not in left_out]
        return _days_taken(code, rows, self.leaves) | self.days_before(code)

    def days_before(self, code: str) -> set[date]:
        """Of them, the working days taken before the participant moved here."""
        return _days_taken(code, self.moved_absences, self.moved_leaves)

    def left(self, code: str, on: date, without: Iterable[UUID] = ()) -> int | None:
        """Days left for a reason on a day; none where there is no fixed number, or each time has its own."""
        reason = law.reasons()[code]
        if code == SELF or reason.cap is None:
            return None
        return law.days_left(reason, self._counting(reason, on, without), on, self.start or on, care=self.care)

    def _counting(self, reason: law.Reason, on: date, without: Iterable[UUID]) -> set[date]:
        days = self.days_of(reason.code, without)
        if reason.window == "event":
            return {day for day in days if add_months(on, -EVENT_MONTHS) < day}
        return days

    def self_certified(self, without: Iterable[UUID] = ()) -> list[Period]:
        """Absences with a self-certificate, in order."""
        left_out = set(without)
        return [
            Period(row.first_day, row.last_day)
            for row in sorted([*self.moved_absences, *self.absences], key=lambda row: row.first_day)
            if row.code == SELF and row.pk not in left_out
        ]

    def may_lose_self_certificate(self, on: date) -> bool:
        """Whether there have been so many self-certificates that the right may be taken away (§ 9)."""
        if self.act != "integreringsloven":  # under the older act they simply end (``judging``)
            return False
        return self.loss is None and law.may_lose_self_certificate(self.self_certified(), on)

    def added(self) -> law.AddedTime | None:
        """Working days that absence and leave so far add to the programme; none without a start."""
        if self.start is None:
            return None
        known = law.reasons()
        codes = {row.code for row in (*self.absences, *self.moved_absences)}
        codes |= {leave.code for leave in (*self.leaves, *self.moved_leaves)}
        by_reason = {code: len(self.days_of(code)) for code in codes if code in known}
        return law.added_time(by_reason, self._last_day(), self.act)

    def _last_day(self) -> date:
        days = [row.last_day for row in self.absences] + [leave.days.last for leave in self.leaves]
        return max(days, default=self.start or date.min)

    def lines(self, on: date) -> list[ReasonLine]:
        """Reasons that have a number of days or have been used, for the page of a case."""
        found = []
        for reason in self.reasons:
            days = self._counting(reason, on, ())
            window = law.window_of(reason, on, self.start or on)
            used = {day for day in days if window is None or window.first <= day <= window.last}
            if not used and reason.cap is None:
                continue
            found.append(
                ReasonLine(
                    reason.code,
                    label_of(reason.code),
                    reason.reference,
                    len(used),
                    self.left(reason.code, on),
                    window.first if window else None,
                    window.last if window else None,
                    len(used & self.days_before(reason.code)),
                )
            )
        return found


def _of_cases(case_ids: Collection[UUID]) -> list[Absence]:
    """What stands of cases; no query where there are none."""
    if not case_ids:
        return []
    return list(Absence.objects.filter(case_id__in=case_ids, withdrawn_at__isnull=True).order_by("first_day", "pk"))


def _days_taken(code: str, absences: Iterable[Absence], leaves: Iterable[GrantedLeave]) -> set[date]:
    periods = [Period(row.first_day, row.last_day) for row in absences if row.code == code and row.hours is None]
    periods += [leave.days for leave in leaves if leave.code == code]
    return {day for period in periods for day in period.days() if is_working_day(day)}


def _may_be_cared_for(born: date | None, *, chronic: bool) -> bool:
    """Whether a child is of the age that days with an ill child are given for (§ 6); one of unknown age is."""
    return born is None or law.child_is_young_enough(born, today(), chronic=chronic)


def act_in(fact: CourseFact) -> ActId:
    """The act of a case; the act in force where the permit is not known."""
    if fact.permit_granted_on is None:
        return "integreringsloven"
    return act_of(fact.permit_granted_on, fact.arrived_on, rules_known())[0]


def new_end(planned_end: date | None, added: law.AddedTime | None) -> date | None:
    """The last day with so many working days more; none where there is nothing to move."""
    if planned_end is None or added is None or not added.days:
        return None
    day, left = planned_end, added.days
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day
