"""Leave: asked for, shown a paper for, answered by the draft of a decision, taken back."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.after_move import check_before_move
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.errors import Refused, not_found
from samlop.core.gate import Entry
from samlop.core.rights import Right, Section
from samlop.core.time import now, today
from samlop.hours.account import Account
from samlop.hours.applying import applicable, paid_by_rule
from samlop.hours.leaves import granted_leaves
from samlop.hours.models import Leave
from samlop.law.absence import reasons
from samlop.law.dates import add_months
from samlop.people.numbers import refuse_number_in
from samlop.programme.commands import propose_decision
from samlop.programme.kinds import DecisionKind
from samlop.programme.models import Decision

LONGEST_MONTHS = 12
LONGEST_AHEAD = timedelta(days=366)
LONGEST_BACK = timedelta(days=31)


@command(section=Section.HOURS, right=Right.CONTRIBUTE)
def ask_leave(
    *, case: Case, code: str, first: date, last: date, child_born: date | None = None, words: str = "", by: Viewer
) -> Leave:
    """Ask for leave: the participant, or somebody who writes it down for them.

    What speaks against it (too few days left, too late notice) is shown, and the application can be sent all the same:
    the municipality answers it by a decision. Refused is only what cannot be: unknown reasons, impossible days.
    """
    account = Account.of(case)
    if code not in {reason.code for reason in applicable(account.reasons)}:
        raise Refused("unknown_reason", _("Velg hva du søker permisjon for."), "code")
    _check(first, last, code, child_born)
    check_before_move(case, last, "last")
    open_ones = Leave.objects.filter(case=case, withdrawn_at__isnull=True, first_day__lte=last, last_day__gte=first)
    if open_ones.filter(decision__isnull=True).exists() or granted_leaves([case.pk], first, last).get(case.pk):
        raise Refused("overlaps", _("Det er allerede søkt om eller gitt permisjon en av de samme dagene."), "first")
    words = _plain(words, "words")
    leave = Leave.objects.create(
        case=case,
        code=code,
        first_day=first,
        last_day=last,
        child_born=child_born,
        words=words,
        asked_at=now(),
        asked_by=by.user,
        asked_by_name=by.name,
    )
    return done(leave, _entry(leave, "asked"))


@command(section=Section.HOURS, right=Right.CONTRIBUTE)
def withdraw_leave(*, case: Case, leave_id: UUID, why: str, by: Viewer) -> Leave:
    """Take back an application that has not been answered."""
    leave = _open(case, leave_id)
    why = _plain(why, "why")
    if not why:
        raise Refused("missing_why", _("Skriv kort hvorfor."), "why")
    leave.withdrawn_at, leave.withdrawn_why = now(), why[:200]
    leave.save()
    return done(leave, _entry(leave, "withdrawn", why=leave.withdrawn_why))


@command(section=Section.HOURS, right=Right.CONTRIBUTE)
def note_leave_paper(*, case: Case, leave_id: UUID, by: Viewer) -> Leave:
    """Note that what the application rests on has been shown. What it says is not kept."""
    _staff(by)
    leave = _open(case, leave_id)
    if leave.documented:
        return leave
    leave.documented = True
    leave.save()
    return done(leave, _entry(leave, "paper"))


@command(section=Section.PROGRAMME, right=Right.CONTRIBUTE, after_move=True)
def propose_leave(
    *, case: Case, leave_id: UUID, granted: bool, first: date, last: date, paid: bool, why: str, by: Viewer
) -> Decision:
    """Make the draft of the decision that answers an application; a leader reads and signs it (§ 46 no. 5).

    The days may be fewer than asked for; after a move, only those before it. Whether the benefit is kept follows the
    reason; where the regulations leave it to the municipality, it is chosen here.
    """
    _staff(by)
    leave = _open(case, leave_id)
    _check(first, last, leave.code, leave.child_born, asked_from=leave.first_day)
    check_before_move(case, last, "last")
    why = " ".join(why.split())
    if not granted and not why:
        raise Refused("missing_reason", _("Skriv hvorfor søknaden ikke innvilges."), "why")
    rule = paid_by_rule(leave.code)
    if granted and paid and not rule:
        raise Refused(
            "never_paid",
            _("Denne permisjonen er uten introduksjonsstønad (%(reference)s).") % {"reference": _reference(leave)},
            "paid",
        )
    data = {"reason": leave.code, "first_day": first, "last_day": last, "granted": granted, "paid": granted and paid}
    if reasons()[leave.code].part_of_day:
        data["child_born"] = leave.child_born
    decision = propose_decision(
        case=case,
        kind=DecisionKind.LEAVE,
        data=data,
        reasons=why,
        references=[_reference(leave)],
        source=f"hours.leave/{leave.pk}",
        by=by,
    )
    leave.decision = decision
    leave.save()
    return done(decision, _entry(leave, "proposed"))


def _reference(leave: Leave) -> str:
    return reasons()[leave.code].reference


def _check(first: date, last: date, code: str, child_born: date | None, asked_from: date | None = None) -> None:
    """``asked_from`` is the first day of an application that is answered: days asked for in time are answered late."""
    if last < first:
        raise Refused("end_before_start", _("Siste dag kan ikke komme før første dag."), "last")
    if last > add_months(first, LONGEST_MONTHS):
        raise Refused(
            "too_long", _("Permisjonen kan vare høyst ett år. Søk på nytt når den nærmer seg slutten."), "last"
        )
    if first > today() + LONGEST_AHEAD:
        raise Refused("too_far_ahead", _("Permisjonen kan begynne høyst ett år fram i tid."), "first")
    if first < min(today() - LONGEST_BACK, asked_from or date.max):
        raise Refused("too_late", _("Permisjonen begynte for mer enn en måned siden. Meld det som fravær."), "first")
    if (code.startswith("OMSORGSPERM") or reasons()[code].part_of_day) and child_born is None:
        raise Refused("missing_child_born", _("Skriv når barnet ble født eller kom til familien."), "child_born")


def _open(case: Case, leave_id: UUID) -> Leave:
    leave: Leave | None = Leave.objects.filter(case=case, pk=leave_id).first()
    if leave is None:
        raise not_found()
    if leave.withdrawn_at is not None:
        raise Refused("already_withdrawn", _("Søknaden er trukket."))
    if leave.decision_id is not None:
        raise Refused("already_answered", _("Det er laget et vedtak på søknaden. Endre vedtaket i stedet."))
    return leave


def _staff(by: Viewer) -> None:
    if by.is_participant:
        raise Refused("no_own_settling", _("Det er kommunen som avgjør dette. Snakk med hovedkontakten din."))


def _plain(text: str, field: str) -> str:
    text = " ".join(text.split())
    if len(text) > 500:
        raise Refused("too_long_text", _("Skriv kortere, høyst 500 tegn."), field)
    refuse_number_in(text, field)
    return text


def _entry(leave: Leave, what: str, **data: str) -> Entry:
    days = {"code": leave.code, "first_day": leave.first_day, "last_day": leave.last_day, "hours": None}
    return Entry(code=f"hours.leave.{what}", section=Section.HOURS, data={**days, **data})
