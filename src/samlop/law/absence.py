"""Absence and leave: which reasons keep the benefit, how many days, what must be shown, what lengthens the programme.

The Integration Regulations chapters 3 and 4. Days are working days unless the paragraph counts calendar days.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal

from samlop.law.acts import ActId
from samlop.law.dates import Period, add_months, is_working_day
from samlop.law.loading import DATA, load_yaml, reference_from, text_from
from samlop.law.parameters import Held, Rules, Text, current_book, rules_known
from samlop.law.texts import LANGUAGES, Note, has_text, question, say

Window = Literal["occasion", "event", "calendar_year", "programme_year", "last_12_months"]
Documentation = Literal["none", "self_certificate", "doctor", "application", "notice"]
AddedTimeMode = Literal["ALL_IF_OVER_10", "EXCESS_OVER_10"]


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason to be away. `paid` keeps the benefit; `discretion` means that the municipality decides.

    `part_of_day` is time off each day, which takes no day of the programme.
    """

    code: str
    label: Text
    reference: str
    paid: bool
    cap: str | None
    window: Window | None
    documentation: Documentation
    added_time: bool
    discretion: bool
    part_of_day: bool
    only_act: ActId | None


def _reason(raw: Mapping[str, Any]) -> Reason:
    code = str(raw["code"])
    return Reason(
        code=code,
        label=text_from(code, raw["label"]),
        reference=str(reference_from(code, raw["reference"], current_book().acts)),
        paid=bool(raw["paid"]),
        cap=raw.get("cap"),
        window=raw.get("window"),
        documentation=raw["documentation"],
        added_time=bool(raw["added_time"]),
        discretion=bool(raw.get("discretion", False)),
        part_of_day=bool(raw.get("part_of_day", False)),
        only_act=raw.get("only_act"),
    )


@lru_cache(maxsize=1)
def reasons() -> Mapping[str, Reason]:
    """Every reason by its code."""
    listed = map(_reason, load_yaml(DATA / "absence_codes.yaml"))
    return {reason.code: reason for reason in listed}


def reasons_for(act: ActId) -> tuple[Reason, ...]:
    """The reasons that a case under an act can use."""
    return tuple(reason for reason in reasons().values() if reason.only_act in {None, act})


@dataclass(frozen=True, slots=True)
class ChildCare:
    """What the number of days with an ill child depends on. Alone also where the other parent cannot help for long."""

    children: int
    alone: bool = False
    chronic: bool = False


def child_days(care: ChildCare, day: date, rules: Rules | None = None) -> Held:
    """Most working days with an ill child over the last twelve months (§ 7)."""
    rules = rules or rules_known()
    group = "chronic" if care.chronic else "many" if care.children > 2 else "few"
    return rules.at(f"leave.child.{group}{'_alone' if care.alone else ''}", day)


def child_is_young_enough(child_born: date, day: date, *, chronic: bool, rules: Rules | None = None) -> bool:
    """Whether a child still counts: through the calendar year it turns 12, or 18 where chronically ill (§ 6)."""
    rules = rules or rules_known()
    last = rules.at(f"leave.child.last_age{'_chronic' if chronic else ''}", day)
    return day.year <= child_born.year + last.whole


def window_of(reason: Reason, day: date, programme_start: date) -> Period | None:
    """The period that days for a reason are counted over, with `day` in it. None where each event has its own days."""
    if reason.window == "calendar_year":
        return Period(date(day.year, 1, 1), date(day.year, 12, 31))
    if reason.window == "last_12_months":
        return Period(add_months(day, -12) + timedelta(days=1), day)
    if reason.window == "programme_year":
        years = 0
        while add_months(programme_start, 12 * (years + 1)) <= day:
            years += 1
        end = add_months(programme_start, 12 * (years + 1)) - timedelta(days=1)
        return Period(add_months(programme_start, 12 * years), end)
    return None


def days_left(
    reason: Reason,
    used: Iterable[date],
    day: date,
    programme_start: date,
    *,
    care: ChildCare | None = None,
    rules: Rules | None = None,
) -> int | None:
    """Working days left for a reason on a day, given the days already used. None where there is no fixed number.

    For a birth or a pregnancy `used` are the days of that event; for an ill child `care` must be given.
    """
    rules = rules or rules_known()
    if reason.cap is None:
        return None
    cap = child_days(care or ChildCare(1), day, rules) if reason.cap == "leave.child" else rules.at(reason.cap, day)
    window = window_of(reason, day, programme_start)
    taken = {d for d in used if is_working_day(d) and (window is None or window.first <= d <= window.last)}
    return max(0, cap.whole - len(taken))


@dataclass(frozen=True, slots=True)
class BreastFeeding:
    """Time off to breast-feed: hours a day, and the last day – the one before the child is a year old (§ 13)."""

    hours: int
    last_day: date
    references: tuple[str, ...]


# What the text of a condition says in numbers, by the word in the text.
_IN_CONDITIONS = {
    "settling_in": "leave.welfare.settling_in",
    "death": "leave.welfare.death",
    "adopted_child_age": "leave.parental.adopted_child_age",
    "pregnancy_notice": "leave.pregnancy_notice",
}


def condition(
    reason: Reason, day: date, rules: Rules | None = None, *, act: ActId = "integreringsloven"
) -> Note | None:
    """What a leave is for, beside its number of days; a person judges whether it is so."""
    codes = (f"condition.{reason.code}.{act}", f"condition.{reason.code}")
    code = next((one for one in codes if has_text(one)), None)
    if code is None:
        return None
    rules = rules or rules_known()
    numbers = {word: rules.at(name, day).whole for word, name in _IN_CONDITIONS.items()}
    text = Text(**{language: say(code, language, **numbers) for language in LANGUAGES})
    return Note(reason.code, text, (reason.reference,))


def breast_feeding(child_born: date, rules: Rules | None = None) -> BreastFeeding:
    """How much and how long a participant has time off to breast-feed."""
    rules = rules or rules_known()
    hours, months = (
        rules.at("leave.breastfeeding.hours", child_born),
        rules.at("leave.breastfeeding.months", child_born),
    )
    last = add_months(child_born, months.whole) - timedelta(days=1)
    return BreastFeeding(hours.whole, last, (hours.reference,))


@dataclass(frozen=True, slots=True)
class SelfCertificate:
    """Whether absence can be self-certified, and the first day that needs a doctor's note (None: no day does)."""

    allowed: bool
    doctor_from: date | None
    references: tuple[str, ...]


def self_certificate(
    absence: Period,
    earlier: Sequence[Period],
    programme_start: date,
    rules: Rules | None = None,
    *,
    act: ActId = "integreringsloven",
) -> SelfCertificate:
    """Judge an absence for own illness (§ 8).

    Eight weeks in the programme first; three calendar days at a time; days without a doctor's note in an earlier
    absence count together with the new one when it begins within sixteen calendar days. Under the Introduction Act at
    most four times in twelve months (its Regulations chapter 3); under the newer act the municipality may then take
    the right away (``may_lose_self_certificate``).
    """
    rules = rules or rules_known()
    day = absence.first
    times = most_times(day, rules) if act == "introduksjonsloven" else None
    if times is not None and _begun_in_a_year(earlier, day) >= times.whole:
        return SelfCertificate(False, day, (times.reference,))
    weeks = rules.at("leave.self_certificate.weeks_in_programme", day)
    most = rules.at("leave.self_certificate.days", day)
    together = rules.at("leave.self_certificate.counted_together", day)
    references = (weeks.reference,)
    if day < programme_start + timedelta(weeks=weeks.whole):
        return SelfCertificate(False, day, references)
    used = _days_counted_together(absence, earlier, together.whole)
    left = most.whole - used
    if left <= 0:
        return SelfCertificate(False, day, references)
    doctor_from = day + timedelta(days=left)
    return SelfCertificate(True, doctor_from if doctor_from <= absence.last else None, references)


def most_times(day: date, rules: Rules | None = None) -> Held:
    """How often own illness can be self-certified in twelve months under the Introduction Act."""
    return (rules or rules_known()).at("leave.self_certificate.most_in_12_months", day)


def _begun_in_a_year(absences: Iterable[Period], day: date) -> int:
    """How many of the absences began in the twelve months to a day."""
    year = Period(add_months(day, -12), day)
    return sum(1 for period in absences if year.first < period.first <= year.last)


def _days_counted_together(absence: Period, earlier: Sequence[Period], within: int) -> int:
    """Self-certified days that count with a new absence: a chain where no gap is longer than the limit."""
    used, start = 0, absence.first
    for period in sorted(earlier, key=lambda p: p.first, reverse=True):
        if period.last >= start:
            continue
        if (start - period.last).days > within:
            break
        used += (period.last - period.first).days + 1
        start = period.first
    return used


def may_lose_self_certificate(absences: Sequence[Period], day: date, rules: Rules | None = None) -> bool:
    """Whether the municipality may decide that self-certification is lost (§ 9). It need not: that is discretion.

    `absences` are those self-certified without a doctor's note from the fourth day.
    """
    rules = rules or rules_known()
    limit = rules.at("leave.self_certificate.may_be_lost_after", day)
    return _begun_in_a_year(absences, day) >= limit.whole


@dataclass(frozen=True, slots=True)
class AddedTime:
    """Working days that come on top of the programme."""

    days: int
    uncertain: tuple[Note, ...]
    references: tuple[str, ...]


def added_time(
    days_by_reason: Mapping[str, int],
    day: date,
    act: ActId,
    *,
    mode: AddedTimeMode = "ALL_IF_OVER_10",
    rules: Rules | None = None,
) -> AddedTime:
    """Working days that absence, days off and leave add to the programme (§§ 10 and 19).

    From 2026 they count when together they are over ten. Holiday, religious days and absence without a valid reason
    never do. Earlier rules are not confirmed, so there only leave without benefit – always approved – is added.
    """
    rules = rules or rules_known()
    known = reasons()
    counting = {code: days for code, days in days_by_reason.items() if known[code].added_time}
    threshold = rules.find("duration.added_time.threshold", day) if act == "integreringsloven" else None
    if threshold is None:
        leave = sum(days for code, days in counting.items() if not known[code].paid)
        reference = "introduksjonsloven § 5" if act == "introduksjonsloven" else "integreringsforskriften §§ 10 og 19"
        return AddedTime(leave, (question("added_time_before_2026"),), (reference,))
    total = sum(counting.values())
    if total <= threshold.whole:
        return AddedTime(0, (), (threshold.reference,))
    added = total if mode == "ALL_IF_OVER_10" else total - threshold.whole
    return AddedTime(added, (question("added_time_mode"),), (threshold.reference,))
