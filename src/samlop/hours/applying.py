"""What speaks for and against a leave: days left, notice, the limits of parental leave, what it does to the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from samlop.core.templatetags.samlop import day as written
from samlop.hours.account import Account, label_of, new_end
from samlop.law import absence as law
from samlop.law.dates import Period, add_months, is_working_day, working_days
from samlop.law.deadlines import norwegian_in_parental_leave
from samlop.law.parameters import rules_known
from samlop.law.texts import Note

PARENTAL = ("OMSORGSPERM", "OMSORGSPERM_ADOPSJON")
LONG_ILLNESS = "SYKPERM"
EXTRA = frozenset({"SVANGERSKAP_FRI", "FODSEL_MOR", "FODSEL_FAR", "AMMEFRI"})


def applicable(reasons: Iterable[law.Reason]) -> list[law.Reason]:
    """Reasons that leave can be asked for."""
    return [
        reason
        for reason in reasons
        if reason.documentation in ("application", "notice") or reason.code in EXTRA | {LONG_ILLNESS}
    ]


def paid_by_rule(code: str) -> bool:
    """Whether a reason keeps the benefit."""
    return law.reasons()[code].paid


@dataclass(frozen=True)
class Against:
    """One thing that speaks against a leave as asked for, with its paragraph."""

    text: str
    reference: str


@dataclass
class Effect:
    """What a leave does: to the benefit and to the programme's last day. ``hours_a_day`` is time off each day, which
    takes no whole day."""

    paid: bool
    days: int
    added_days: int = 0
    end_was: date | None = None
    end_on: date | None = None
    reference: str = ""
    uncertain: tuple[Note, ...] = ()
    norwegian_from: date | None = None
    hours_a_day: int = 0
    against: list[Against] = field(default_factory=list)
    condition: Note | None = None


def effect(
    account: Account, code: str, days: Period, end_was: date | None, *, child_born: date | None = None, asked_on: date
) -> Effect:
    """What a leave would do, and what speaks against it. The answer is proposed; the municipality decides."""
    found = Effect(paid_by_rule(code), working_days(days), end_was=end_was)
    before = account.added()
    by_reason = {
        reason: len(account.days_of(reason)) for reason in {r.code for r in account.reasons} if account.days_of(reason)
    }
    if law.reasons()[code].part_of_day:
        found.hours_a_day = rules_known().at("leave.breastfeeding.hours", days.first).whole
    else:
        new_days = sum(1 for one in days.days() if one not in account.days_of(code) and is_working_day(one))
        by_reason[code] = by_reason.get(code, 0) + new_days
    after = law.added_time(by_reason, days.last, account.act)
    found.added_days = after.days - (before.days if before else 0)
    found.end_on = new_end(end_was, law.AddedTime(found.added_days, (), ())) if found.added_days > 0 else None
    found.reference, found.uncertain = ", ".join(after.references), after.uncertain
    found.condition = law.condition(law.reasons()[code], days.first, act=account.act)
    found.against = list(_against(account, code, days, child_born, asked_on))
    offered = norwegian_from(code, days)
    found.norwegian_from = offered if offered and offered <= days.last else None
    return found


def norwegian_from(code: str, days: Period) -> date | None:
    """The day from which Norwegian shall be offered during a parental leave (integreringsforskriften § 16)."""
    if code not in PARENTAL:
        return None
    return norwegian_in_parental_leave(days.first).due


def notice_by(first: date) -> date:
    """The last day in time to tell of a religious holiday (integreringsforskriften § 17)."""
    return first - timedelta(days=rules_known().at("leave.religion.notice", first).whole)


def _against(account: Account, code: str, days: Period, child_born: date | None, on: date) -> Iterable[Against]:
    reason = law.reasons()[code]
    left = account.left(code, days.last)
    asked = working_days(days)
    if left is not None and asked > left:
        text = _("%(asked)s dager er søkt om, %(left)s er igjen.")
        yield Against(text % {"asked": asked, "left": left}, reason.reference)
    if code == "RELIGION" and on > notice_by(days.first):
        text = _("Religiøse høytidsdager skal meldes minst 14 dager før, altså innen %(day)s.")
        yield Against(text % {"day": written(notice_by(days.first))}, reason.reference)
    if code == LONG_ILLNESS:
        yield from _long_illness(account, days, reason.reference)
    if code in PARENTAL:
        yield from _parental(account, code, days, child_born, reason.reference)
    if reason.part_of_day and child_born is not None and days.last > (last := law.breast_feeding(child_born).last_day):
        text = _("Ammefri gjelder i barnets første leveår, til og med %(day)s.")
        yield Against(text % {"day": written(last)}, reason.reference)


def _long_illness(account: Account, days: Period, reference: str) -> Iterable[Against]:
    """Leave for long illness, one's own or a child's, lasts a year at most; earlier ones in the year before count."""
    months = rules_known().at("leave.long_illness", days.first).whole
    most = working_days(Period(days.first, add_months(days.first, months) - timedelta(days=1)))
    taken = {d for d in account.days_of(LONG_ILLNESS) if add_months(days.first, -months) < d} | set(days.days())
    if sum(is_working_day(d) for d in taken) > most:
        text = _("%(reason)s kan vare høyst %(months)s måneder til sammen.")
        yield Against(text % {"reason": label_of(LONG_ILLNESS), "months": months}, reference)


def _parental(account: Account, code: str, days: Period, child_born: date | None, reference: str) -> Iterable[Against]:
    rules = rules_known()
    if child_born is not None and code == "OMSORGSPERM":
        first_year = add_months(child_born, 12) - timedelta(days=1)
        if days.last > first_year:
            text = _("Omsorgspermisjon gjelder i barnets første leveår, til og med %(day)s.")
            yield Against(text % {"day": written(first_year)}, reference)
    months = rules.at("leave.parental", days.first).whole
    reserved = rules.at("leave.parental.reserved", days.first).whole
    most = working_days(Period(days.first, add_months(days.first, months) - timedelta(days=1)))
    taken = {d for d in account.days_of(code) if add_months(days.first, -12) < d} | set(days.days())
    asked = sum(1 for d in taken if is_working_day(d))
    if asked > most:
        text = _("%(reason)s kan vare høyst %(months)s måneder til sammen.")
        yield Against(text % {"reason": label_of(code), "months": months}, reference)
    elif account.partner_in_programme and asked > most - reserved:
        text = _("Begge foreldrene er i programmet: %(days)s dager er bare for den andre.")
        yield Against(text % {"days": reserved}, reference)
