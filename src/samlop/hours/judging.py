"""What stands in the way of a reason for an absence, with the paragraph and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.core.templatetags.samlop import day as written
from samlop.hours.account import BY_LEAVE_ONLY, CHILD, DOCTOR, SELF, Account, label_of
from samlop.law import absence as law
from samlop.law.dates import Period, is_working_day
from samlop.law.parameters import rules_known


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that a reason breaks: what it says, where it stands, what to do."""

    code: str
    text: str
    reference: str
    advice: str

    @property
    def sentence(self) -> str:
        return f"{self.text} {self.advice} ({self.reference})"


def problem(
    account: Account, code: str, days: Period, *, part: bool = False, without: Iterable[UUID] = ()
) -> Problem | None:
    """The first rule that a reason breaks for an absence, or none. ``part`` is some hours of a day.

    ``without`` are absences that are not counted: the one that is judged.
    """
    reason = law.reasons().get(code)
    if reason is None or reason not in account.reasons:
        return Problem("unknown_reason", _("Vi kjenner ikke grunnen."), "", _("Velg en grunn fra listen."))
    if code in BY_LEAVE_ONLY:
        return Problem(
            "needs_leave",
            _("«%(reason)s» er en permisjon som kommunen må vedta.") % {"reason": label_of(code)},
            reason.reference,
            _("Søk om permisjon i stedet."),
        )
    if code == SELF:
        return _self_certificate(account, days, without)
    if code == CHILD and account.children and not _may_be_young_enough(account, days.first):
        return Problem(
            "child_too_old",
            _("Ingen av barna som er registrert, er unge nok: dagene gjelder til og med året barnet fyller 12."),
            "integreringsforskriften § 6",
            _("Kontroller familien i saken, eller velg en annen grunn."),
        )
    return None if part else _cap(account, reason, days, without)


def _may_be_young_enough(account: Account, on: date) -> bool:
    """Whether a child is young enough; one of unknown age may be, and the doubt is shown (``uncertain``)."""
    young = any(law.child_is_young_enough(born, on, chronic=account.care.chronic) for born in account.children)
    return young or account.child_of_unknown_age


def uncertain(account: Account, on: date) -> str:
    """What days with an ill child rest on that is not known; nothing where all is known."""
    if not account.rests_on_unknown_age(on):
        return ""
    return _(
        "Et barn er ført uten fødselsdato. Om det er ungt nok for dager med sykt barn (til og med året barnet fyller "
        "12, integreringsforskriften § 6), er ikke sikkert."
    )


def _self_certificate(account: Account, days: Period, without: Iterable[UUID]) -> Problem | None:
    if account.loss is not None and days.last >= account.loss.valid_from:
        return Problem(
            "self_certificate_lost",
            _("Retten til egenmelding er tatt bort fra %(day)s.") % {"day": written(account.loss.valid_from)},
            "integreringsforskriften § 9",
            _("Egen sykdom må vises med legeerklæring fra første dag."),
        )
    start = account.start or days.first
    answer = law.self_certificate(days, account.self_certified(without), start, act=account.act)
    reference = ", ".join(answer.references)
    rules = rules_known()
    times = law.most_times(days.first)
    if not answer.allowed and answer.references == (times.reference,):
        return Problem(
            "self_certificate_too_often",
            _("Etter introduksjonsloven kan egenmelding brukes %(times)s ganger på tolv måneder, og de er brukt.")
            % {"times": times.whole},
            reference,
            _("Skaff legeerklæring, og velg «%(reason)s».") % {"reason": label_of(DOCTOR)},
        )
    weeks = rules.at("leave.self_certificate.weeks_in_programme", days.first).whole
    most = rules.at("leave.self_certificate.days", days.first).whole
    together = rules.at("leave.self_certificate.counted_together", days.first).whole
    if not answer.allowed and days.first < start + timedelta(weeks=weeks):
        return Problem(
            "self_certificate_too_early",
            _("Egenmelding gjelder først etter %(weeks)s uker i programmet.") % {"weeks": weeks},
            reference,
            _("Skaff legeerklæring, og velg «%(reason)s».") % {"reason": label_of(DOCTOR)},
        )
    if not answer.allowed:
        return Problem(
            "self_certificate_used_up",
            _(
                "Egenmeldingen er brukt opp: fravær med mindre enn %(together)s kalenderdager mellom regnes sammen, "
                "og det kan være %(most)s kalenderdager til sammen."
            )
            % {"together": together, "most": most},
            reference,
            _("Skaff legeerklæring, og velg «%(reason)s».") % {"reason": label_of(DOCTOR)},
        )
    if answer.doctor_from is not None:
        return Problem(
            "self_certificate_too_long",
            _("Egenmelding kan brukes i %(most)s kalenderdager. Fra %(day)s må det være legeerklæring.")
            % {"most": most, "day": written(answer.doctor_from)},
            reference,
            _("Skaff legeerklæring, og velg «%(reason)s», eller meld færre dager.") % {"reason": label_of(DOCTOR)},
        )
    return None


def _cap(account: Account, reason: law.Reason, days: Period, without: Iterable[UUID]) -> Problem | None:
    left = account.left(reason.code, days.last, without)
    if left is None:
        return None
    needed = sum(1 for one in days.days() if is_working_day(one) and one not in account.days_of(reason.code, without))
    if needed <= left:
        return None
    return Problem(
        "days_used_up",
        _("«%(reason)s»: %(needed)s dager trengs, men bare %(left)s er igjen.")
        % {"reason": label_of(reason.code), "needed": needed, "left": left},
        reason.reference,
        _("Velg færre dager eller en annen grunn."),
    )
