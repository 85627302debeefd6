"""The same absence told by several is one absence with several reports; what they disagree about, a person settles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.core.gate import Entry
from samlop.core.rights import Section
from samlop.core.time import now
from samlop.hours.account import UNAUTHORISED, Account
from samlop.hours.cutoff import closed_month
from samlop.hours.judging import problem
from samlop.hours.models import Absence, AbsenceChange, AbsenceReport
from samlop.hours.vocabulary import Reporter
from samlop.law.dates import Period
from samlop.people.vocabulary import UnitKind


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells of an absence. ``hours`` is none for whole days."""

    first: date
    last: date
    hours: Decimal | None
    code: str
    reporter: Reporter
    documented: bool = False
    name: str = ""


def reporter_of(by: Viewer) -> Reporter:
    """Who tells when this viewer does."""
    if by.is_participant:
        return Reporter.PARTICIPANT
    kind = by.unit.kind if by.unit else ""
    if kind == UnitKind.ADULT_EDUCATION:
        return Reporter.SCHOOL
    return Reporter.NAV if kind in (UnitKind.NAV_STATE, UnitKind.NAV_MUNICIPAL) else Reporter.SERVICE


def tell(case: Any, told: Told, by: Viewer) -> tuple[Absence, list[Entry]]:
    """Write down what is told: a new absence, or one more report of an absence on one of the same days."""
    same = list(_live(case).filter(first_day__lte=told.last, last_day__gte=told.first).order_by("told_at", "pk"))
    if not same:
        made = Absence(
            case=case,
            municipality_id=case.municipality_id,
            first_day=told.first,
            last_day=told.last,
            hours=told.hours,
            documented=told.documented,
            told_at=now(),
        )
        made.save()
        _report(made, told, by)
        made.code = _agreed(made, case, refused=False)
        made.save()
        return made, [entry(made, "told", by, reporter=told.reporter)]
    absence, *others = same
    before = _stand(absence)
    told_anew = _report(absence, told, by)
    if not others and not told_anew and not (told.documented and not absence.documented):
        return absence, []
    spans = [before[:3], (told.first, told.last, told.hours)]
    merged = [_stand(other) for other in others]
    refused = was_refused(absence) or any(was_refused(other) for other in others)
    for other in others:
        spans.append((other.first_day, other.last_day, other.hours))
        _merge(other, absence)
    _extend(absence, spans)
    absence.documented = absence.documented or told.documented or any(other.documented for other in others)
    absence.code = _agreed(absence, case, refused=refused)
    for other_stood in merged:
        if other_stood[3]:
            remember(absence, other_stood, by, _("Samme fravær, meldt av flere"))
    if _stand(absence) != before:
        remember(absence, before, by, _("Meldt også av %(who)s") % {"who": told.reporter.label})
    absence.revision += 1
    absence.save()
    return absence, [entry(absence, "told_too", by, reporter=told.reporter)]


def take_back(absence: Absence, reporter: Reporter, by: Viewer, why: str, *, only: date | None = None) -> list[Entry]:
    """One of those who told takes it back – all, or ``only`` what was told of one day.

    The absence falls where nobody else has told of it. Else it may shrink to what the others told, and never grows:
    what was corrected, or turned out to be attended, stays so.
    """
    reports = list(absence.reports.filter(withdrawn_at__isnull=True))
    mine = [report for report in reports if report.reporter == reporter and (only is None or _of_day(report, only))]
    for report in mine:
        report.withdrawn_at = now()
        report.save(update_fields=["withdrawn_at"])
    if len(mine) == len(reports):
        return withdraw(absence, why, by)
    before = _stand(absence)
    _extend(absence, _what_stands(absence, [one for one in reports if one not in mine]))
    absence.code = _agreed(absence, absence.case, refused=was_refused(absence))
    if _stand(absence) != before:
        remember(absence, before, by, why)
    absence.revision += 1
    absence.save()
    return [entry(absence, "taken_back", by, reporter=reporter)]


def withdraw(absence: Absence, why: str, by: Viewer) -> list[Entry]:
    """The absence was wrong; it stays visible as withdrawn."""
    absence.withdrawn_at, absence.withdrawn_why = now(), why[:200]
    absence.revision += 1
    absence.save()
    return [entry(absence, "withdrawn", by, why=why)]


def _of_day(report: AbsenceReport, day: date) -> bool:
    return report.first_day == report.last_day == day


def _what_stands(absence: Absence, reports: Collection[AbsenceReport]) -> list[tuple[date, date, Decimal | None]]:
    """What reports say of the days and hours that stand; where they say nothing of them, what stands."""
    first, last, hours = absence.first_day, absence.last_day, absence.hours
    about = [one for one in reports if one.first_day <= last and first <= one.last_day]
    spans = [
        (
            max(first, one.first_day),
            min(last, one.last_day),
            one.hours if hours is None else min(hours, hours if one.hours is None else one.hours),
        )
        for one in about
    ]
    return spans or [(first, last, hours)]


Stand = tuple[date, date, Decimal | None, str, bool]


def stand(absence: Absence) -> Stand:
    """What counts of an absence."""
    return _stand(absence)


def _stand(absence: Absence) -> Stand:
    return absence.first_day, absence.last_day, absence.hours, absence.code, absence.documented


def remember(absence: Absence, before: Stand, by: Viewer, why: str) -> None:
    """Keep how the absence stood."""
    first, last, hours, code, documented = before
    AbsenceChange.objects.create(
        case_id=absence.case_id,
        municipality_id=absence.municipality_id,
        absence=absence,
        at=now(),
        by=by.user,
        by_name=by.name,
        why=why[:200],
        first_day=first,
        last_day=last,
        hours=hours,
        code=code,
        documented=documented,
    )


def entry(absence: Absence, what: str, by: Viewer, **data: Any) -> Entry:
    """The journal's line about an absence; it says when the month was already closed for the payment."""
    late = closed_month(absence.municipality_id, absence.first_day)
    return Entry(
        code=f"hours.absence.{what}",
        section=Section.HOURS,
        data={
            "first_day": absence.first_day,
            "last_day": absence.last_day,
            "hours": absence.hours,
            "code": absence.code,
            "late": str(late) if late else "",
            **{key: str(value) for key, value in data.items()},
        },
    )


def _live(case: Any) -> Any:
    return Absence.objects.filter(case_id=case.pk, withdrawn_at__isnull=True)


def _report(absence: Absence, told: Told, by: Viewer) -> bool:
    """One more report, or the same one's earlier report of the same days said anew. Whether it says anything new."""
    reports: Collection[AbsenceReport] = absence.reports.filter(withdrawn_at__isnull=True, reporter=told.reporter)
    earlier = next((one for one in reports if (one.first_day, one.last_day) == (told.first, told.last)), None)
    said = {"hours": told.hours, "code": told.code or (earlier.code if earlier else "")}
    if earlier is not None:
        if all(getattr(earlier, name) == value for name, value in said.items()):
            return False
        AbsenceReport.objects.filter(pk=earlier.pk).update(withdrawn_at=now())
    AbsenceReport.objects.create(
        case_id=absence.case_id,
        municipality_id=absence.municipality_id,
        absence=absence,
        reporter=told.reporter,
        told_by=by.user,
        told_by_name=told.name or by.name,
        told_at=now(),
        first_day=told.first,
        last_day=told.last,
        **said,
    )
    return True


def _merge(other: Absence, into: Absence) -> None:
    """An absence that turns out to be the same as another: its reports and its history go there."""
    other.reports.update(absence=into)
    other.changes.update(absence=into)
    other.withdrawn_at, other.withdrawn_why, other.merged_into = now(), _("Samme fravær, meldt av flere"), into
    other.revision += 1
    other.save()
    into.settled_by = into.settled_by if into.settled_by_id == other.settled_by_id and into.code == other.code else None


def _extend(absence: Absence, spans: Collection[tuple[date, date, Decimal | None]]) -> None:
    """The days of all spans together; whole days where one says so, else the most hours."""
    first, last = min(one[0] for one in spans), max(one[1] for one in spans)
    hours = [one[2] for one in spans if one[2] is not None]
    most = max(hours) if first == last and len(hours) == len(spans) else None
    if (first, last, most) != (absence.first_day, absence.last_day, absence.hours):
        absence.settled_by = None  # it was settled for other days
    absence.first_day, absence.last_day, absence.hours = first, last, most


def was_refused(absence: Absence) -> bool:
    """Whether a person has settled, now or earlier, that the absence has no valid reason."""
    return absence.code == UNAUTHORISED or absence.changes.filter(code=UNAUTHORISED).exists()


def _agreed(absence: Absence, case: Any, *, refused: bool) -> str:
    """The reason that stands: the one settled, else the one all agree on where no rule is in its way, else none.

    Where a person has ``refused`` it a valid reason, only a person gives it one: else whoever was away could lift the
    deduction by telling of the same days anew (integreringsloven § 21).
    """
    reports = list(absence.reports.filter(withdrawn_at__isnull=True))
    codes = {one.code for one in reports if one.code}
    if absence.settled_by_id is not None:
        if codes <= {absence.code}:
            return absence.code
        newest = max(reports, key=lambda one: one.told_at)
        if not newest.code or newest.code == absence.code or _told_before_settled(absence, newest):
            return absence.code
        absence.settled_by = None
        return ""  # what a person has settled, a person settles again
    if refused or len(codes) != 1 or disagree_on_length(reports):
        return ""
    code = codes.pop()
    days = Period(absence.first_day, absence.last_day)
    in_the_way = problem(Account.of(case), code, days, part=absence.hours is not None, without=[absence.pk])
    return "" if in_the_way else code


def _told_before_settled(absence: Absence, report: AbsenceReport) -> bool:
    last = absence.changes.order_by("-at").first()
    return last is not None and report.told_at <= last.at


def disagree_on_length(reports: Collection[AbsenceReport]) -> bool:
    """Whether one says some hours and another the whole day or other hours."""
    by_day: dict[date, set[Decimal | None]] = {}
    for one in reports:
        if one.first_day == one.last_day or one.hours is None:
            for day in Period(one.first_day, one.last_day).days():
                by_day.setdefault(day, set()).add(one.hours)
    return any(len(said) > 1 for said in by_day.values())
