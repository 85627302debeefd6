"""Absences: told, settled, shown a paper for, corrected, withdrawn."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.after_move import check_before_move
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.errors import Refused, not_found
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.hours.account import UNAUTHORISED, Account
from samlop.hours.judging import problem
from samlop.hours.merging import Told, entry, remember, reporter_of, stand, take_back, tell, was_refused, withdraw
from samlop.hours.models import Absence
from samlop.law.dates import Period
from samlop.people.numbers import refuse_number_in

LONGEST = timedelta(days=366)
AHEAD = timedelta(days=92)
MOST_HOURS = Decimal(12)
OWN_BACK = OWN_LONGEST = timedelta(days=31)
"""How far back, and for how long at a time, a participant tells of their own absence; else the municipality does."""


@command(section=Section.HOURS, right=Right.CONTRIBUTE)
def report_absence(
    *,
    case: Case,
    first: date,
    last: date,
    hours: Decimal | None = None,
    code: str = "",
    documented: bool = False,
    by: Viewer,
) -> Absence:
    """Tell of an absence: the participant of their own, or somebody who has heard of it.

    Told by several it is one absence. The reason stands where nobody disagrees and no rule is in its way; otherwise
    somebody settles it. Absence without a valid reason is never told, only settled.
    """
    _check(first, last, hours)
    check_before_move(case, last, "last")
    if by.is_participant:
        _check_own(first, last)
    if code == UNAUTHORISED or (code and code not in {reason.code for reason in Account.of(case).reasons}):
        raise Refused("unknown_reason", _("Velg en grunn fra listen, eller «Vet ikke ennå»."), "code")
    documented = documented and not by.is_participant
    told = Told(first, last, hours, code, reporter_of(by), documented)
    absence, entries = tell(case, told, by)
    return done(absence, *entries)


@command(section=Section.HOURS, right=Right.CONTRIBUTE)
def settle_reason(
    *, case: Case, absence_id: UUID, code: str, documented: bool, why: str = "", revision: int, by: Viewer
) -> Absence:
    """Decide why somebody was away. A person does this, also where only one reason has been told.

    Refuses a reason that a rule stands in the way of, with the paragraph and what to do. Absence without a valid reason
    is given with a word of why, since it lowers the benefit (integreringsloven § 21).
    """
    absence = _absence(case, absence_id, revision, by)
    why = _plain(why, "why")
    if not code:
        raise Refused("missing_reason", _("Velg grunnen til fraværet."), "code")
    if code == UNAUTHORISED and not why:
        raise Refused("missing_why", _("Skriv kort hvorfor fraværet ikke har gyldig grunn."), "why")
    days = Period(absence.first_day, absence.last_day)
    found = problem(Account.of(case), code, days, part=absence.hours is not None, without=[absence.pk])
    if found is not None:
        raise Refused(found.code, found.sentence, "code")
    before = stand(absence)
    if (absence.code, absence.documented) == (code, documented) and absence.settled_by_id is not None:
        return absence
    absence.code, absence.documented, absence.settled_by = code, documented, by.signed_in
    remember(absence, before, by, why or _("Grunnen er avgjort"))
    _save(absence)
    return done(absence, entry(absence, "settled", by, why=why, was=before[3]))


@command(section=Section.HOURS, right=Right.CONTRIBUTE)
def note_paper(*, case: Case, absence_id: UUID, documented: bool, by: Viewer) -> Absence:
    """Note that what the reason asks for has been shown, or that it was not after all. What it says is not kept."""
    _staff(by)
    absence = _find(case, absence_id)
    if absence.documented == documented:
        return absence
    before = stand(absence)
    absence.documented = documented
    remember(absence, before, by, _("Legeerklæring er vist") if documented else _("Legeerklæring er ikke vist"))
    _save(absence)
    return done(absence, entry(absence, "paper" if documented else "no_paper", by))


@command(section=Section.HOURS, right=Right.CONTRIBUTE)
def correct_absence(
    *,
    case: Case,
    absence_id: UUID,
    first: date,
    last: date,
    hours: Decimal | None,
    why: str,
    revision: int,
    by: Viewer,
) -> Absence:
    """Correct the days or hours of an absence, with a reason; how it stood stays visible.

    A reason already settled stands where no rule is in its way for the new days; otherwise it must be settled again.
    """
    absence = _absence(case, absence_id, revision, by)
    _check(first, last, hours)
    check_before_move(case, last, "last")
    why = _why(why)
    before = stand(absence)
    if before[:3] == (first, last, hours):
        return absence
    others = Absence.objects.filter(case=case, withdrawn_at__isnull=True).exclude(pk=absence.pk)
    if others.filter(first_day__lte=last, last_day__gte=first).exists():
        raise Refused("overlaps", _("Et annet fravær har en av de samme dagene. Rett eller trekk det først."), "first")
    absence.first_day, absence.last_day, absence.hours = first, last, hours
    if absence.code and problem(
        Account.of(case), absence.code, Period(first, last), part=hours is not None, without=[absence.pk]
    ):
        absence.code, absence.settled_by = "", None
    remember(absence, before, by, why)
    _save(absence)
    return done(absence, entry(absence, "corrected", by, why=why, was_first=before[0], was_last=before[1]))


@command(section=Section.HOURS, right=Right.CONTRIBUTE)
def withdraw_absence(*, case: Case, absence_id: UUID, why: str, revision: int, by: Viewer) -> Absence:
    """Say that an absence was wrong. It stays visible as withdrawn, and counts nowhere."""
    absence = _absence(case, absence_id, revision, by)
    return done(absence, *withdraw(absence, _why(why), by))


@command(section=Section.HOURS, right=Right.CONTRIBUTE)
def take_back_report(*, case: Case, absence_id: UUID, by: Viewer) -> Absence:
    """Take back what one's own side told: the participant's own report, or the school's. What others told stands.

    Not for the participant once somebody has settled the reason: then it is the municipality's to change.
    """
    absence = _find(case, absence_id)
    reporter = reporter_of(by)
    if by.is_participant and (absence.settled_by_id is not None or was_refused(absence)):
        raise Refused("already_settled", _("Grunnen er avgjort. Snakk med hovedkontakten din om noe er feil."))
    if not absence.reports.filter(reporter=reporter, withdrawn_at__isnull=True).exists():
        raise Refused("not_told", _("Dere har ikke meldt dette fraværet."))
    return done(absence, *take_back(absence, reporter, by, _("Meldingen er tatt tilbake")))


def _check(first: date, last: date, hours: Decimal | None) -> None:
    if last < first:
        raise Refused("end_before_start", _("Siste dag kan ikke komme før første dag."), "last")
    if last - first > LONGEST:
        raise Refused("too_long", _("Fraværet kan ikke være lengre enn ett år. Del det opp."), "last")
    if first > today() + AHEAD:
        raise Refused("too_far_ahead", _("Fravær kan meldes til tre måneder fram. Søk heller om permisjon."), "first")
    if hours is None:
        return
    if first != last:
        raise Refused("hours_of_one_day", _("Timer kan bare skrives for én dag. Meld én dag om gangen."), "hours")
    if not 0 < hours <= MOST_HOURS:
        raise Refused("wrong_hours", _("Skriv timer mellom 0 og %(most)s.") % {"most": MOST_HOURS}, "hours")


def _check_own(first: date, last: date) -> None:
    """Raise ``Refused`` where a participant tells too late, or of too long a time, for nobody to look at it."""
    if first < today() - OWN_BACK:
        text = _("Du kan melde fravær én måned tilbake. Snakk med hovedkontakten din om det som er eldre.")
        raise Refused("too_late", text, "first")
    if last - first > OWN_LONGEST:
        text = _("Du kan melde høyst én måned om gangen. Snakk med hovedkontakten din om lengre fravær.")
        raise Refused("too_long", text, "last")


def _staff(by: Viewer) -> None:
    if by.is_participant:
        raise Refused("no_own_settling", _("Det er kommunen som avgjør dette. Snakk med hovedkontakten din."))


def _find(case: Case, absence_id: UUID) -> Absence:
    absence: Absence | None = Absence.objects.filter(case=case, pk=absence_id).first()
    if absence is None:
        raise not_found()
    if absence.withdrawn_at is not None:
        raise Refused(
            "already_withdrawn", _("Fraværet er trukket, og kan ikke endres. Meld det på nytt om det stemmer.")
        )
    return absence


def _absence(case: Case, absence_id: UUID, revision: int, by: Viewer) -> Absence:
    """The absence as the viewer saw it. Raises ``Refused``: ``changed_meanwhile`` where somebody changed it since."""
    _staff(by)
    absence = _find(case, absence_id)
    if absence.revision != revision:
        raise Refused(
            "changed_meanwhile", _("Noen andre endret fraværet mens du holdt på. Se hva som står nå, og prøv igjen.")
        )
    return absence


def _why(text: str) -> str:
    text = _plain(text, "why")
    if not text:
        raise Refused("missing_why", _("Skriv kort hvorfor."), "why")
    return text


def _plain(text: str, field: str) -> str:
    text = " ".join(text.split())
    if len(text) > 200:
        raise Refused("too_long_text", _("Skriv kortere, høyst 200 tegn."), field)
    refuse_number_in(text, field)
    return text


def _save(absence: Absence) -> None:
    absence.revision += 1
    absence.save()
