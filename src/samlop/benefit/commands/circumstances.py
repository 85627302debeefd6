"""What is written down about a participant's life that changes the benefit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.benefit.models import Circumstance, PaidWork
from samlop.benefit.vocabulary import BenefitKind, CircumstanceKind, Source
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.rights import Right, Section
from samlop.core.time import now
from samlop.people.numbers import refuse_number_in

HIGHEST_ORE = 100_000_00
"""More than this a month is a slip of the keyboard."""


@dataclass(frozen=True)
class NewCircumstance:
    """A circumstance to write down. ``monthly_ore`` and ``benefit`` belong to another benefit, ``other_case`` to a
    couple."""

    kind: str
    valid_from: date
    valid_to: date | None = None
    source: str = Source.PARTICIPANT
    benefit: str = ""
    monthly_ore: int | None = None
    other_case: UUID | None = None
    note: str = ""


@command(section=Section.ECONOMY, right=Right.MANAGE)
def add_circumstance(*, case: Case, new: NewCircumstance, by: Viewer) -> Circumstance:
    """Write a circumstance down.

    Raises ``Refused``: ``unknown_kind``, ``unknown_source``, ``end_before_start``, ``missing_amount``,
    ``amount_too_high``, ``unknown_benefit``, ``overlaps`` with one of the same kind, ``unknown_case``.
    """
    _check(case, new, by)
    row = Circumstance.objects.create(
        case=case,
        municipality_id=case.municipality_id,
        kind=new.kind,
        benefit=new.benefit,
        monthly_ore=new.monthly_ore,
        other_case_id=new.other_case,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        source=new.source,
        note=new.note.strip(),
        told_at=now(),
        told_by=by.user,
    )
    return done(row, _entry("circumstance_added", **_told(row)))


def _check(case: Case, new: NewCircumstance, by: Viewer) -> None:
    if new.kind not in CircumstanceKind.values:
        raise Refused("unknown_kind", _("Velg hva det gjelder."), "kind")
    _check_source(new.source, new.note)
    if new.valid_to is not None and new.valid_to < new.valid_from:
        raise Refused("end_before_start", _("Siste dag kan ikke komme før første dag."), "valid_to")
    if new.kind == CircumstanceKind.OTHER_BENEFIT:
        if new.benefit not in BenefitKind.values:
            raise Refused("unknown_benefit", _("Velg hvilken ytelse det er."), "benefit")
        if new.monthly_ore is None or new.monthly_ore <= 0:
            raise Refused("missing_amount", _("Skriv hvor mye deltakeren får i måneden før skatt."), "monthly")
        if new.monthly_ore > HIGHEST_ORE:
            raise Refused("amount_too_high", _("Beløpet er for høyt for en måned. Se over det."), "monthly")
    elif new.benefit or new.monthly_ore is not None:
        raise Refused("not_a_benefit", _("Ytelse og beløp hører bare til «annen ytelse»."), "benefit")
    if new.other_case is not None:
        if new.kind != CircumstanceKind.COUPLE or new.other_case == case.pk:
            raise Refused("unknown_case", _("Velg saken til ektefellen eller samboeren."), "other_case")
        if not by.scope(Case).filter(pk=new.other_case).exists():
            raise Refused("unknown_case", _("Velg en sak du har innsyn i."), "other_case")
    same = Circumstance.objects.filter(case=case, kind=new.kind, benefit=new.benefit, withdrawn_at__isnull=True)
    same = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=new.valid_from))
    if new.valid_to is not None:
        same = same.filter(valid_from__lte=new.valid_to)
    if same.exists():
        raise Refused(
            "overlaps",
            _("Det samme er allerede ført for en del av tiden. Avslutt eller trekk tilbake det gamle først."),
            "valid_from",
        )


def _check_source(source: str, note: str) -> None:
    if source not in Source.values:
        raise Refused("unknown_source", _("Velg hvor opplysningen kommer fra."), "source")
    if len(note.strip()) > 300:
        raise Refused("too_long", _("Merknaden er for lang. Skriv høyst 300 tegn."), "note")
    refuse_number_in(note, "note")


def _told(row: Circumstance) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "benefit": row.benefit,
        "monthly_ore": row.monthly_ore,
        "first_day": row.valid_from,
        "last_day": row.valid_to,
        "source": row.source,
    }


def _entry(code: str, **data: Any) -> Entry:
    return Entry(code=f"benefit.{code}", section=Section.ECONOMY, data=data)


@command(section=Section.ECONOMY, right=Right.MANAGE)
def end_circumstance(*, case: Case, circumstance: UUID, last_day: date, by: Viewer) -> Circumstance:
    """Say which day a circumstance held last. Raises ``Refused``: ``end_before_start``, ``not_found``."""
    row = _own(case, circumstance)
    if last_day < row.valid_from:
        raise Refused("end_before_start", _("Siste dag kan ikke komme før første dag."), "last_day")
    if row.valid_to == last_day:
        return row
    after = Circumstance.objects.filter(case=case, kind=row.kind, benefit=row.benefit, withdrawn_at__isnull=True)
    if after.filter(valid_from__gt=row.valid_from, valid_from__lte=last_day).exists():
        raise Refused("overlaps", _("En senere opplysning av samme slag begynner før den dagen."), "last_day")
    row.valid_to = last_day
    row.save()
    return done(row, _entry("circumstance_ended", **_told(row)))


@command(section=Section.ECONOMY, right=Right.MANAGE)
def withdraw_circumstance(*, case: Case, circumstance: UUID, why: str, by: Viewer) -> Circumstance:
    """Take back a circumstance that was wrong, with the reason. It is kept, and counts no more."""
    row = _own(case, circumstance)
    row.withdrawn_at, row.withdrawn_why = now(), _reason(why)
    row.save()
    return done(row, _entry("circumstance_withdrawn", why=row.withdrawn_why, **_told(row)))


def _reason(why: str) -> str:
    why = why.strip()
    if not why:
        raise Refused("missing_reason", _("Skriv hvorfor opplysningen er feil."), "why")
    refuse_number_in(why, "why")
    return why[:300]


def _own(case: Case, circumstance: UUID) -> Circumstance:
    row: Circumstance | None = Circumstance.objects.filter(
        pk=circumstance, case=case, withdrawn_at__isnull=True
    ).first()
    if row is None:
        raise Refused("not_found", _("Opplysningen finnes ikke, eller er trukket tilbake."))
    return row


@command(section=Section.ECONOMY, right=Right.MANAGE)
def write_paid_work(
    *,
    case: Case,
    month: date,
    hours: Decimal,
    wage_ore: int | None,
    source: str,
    note: str = "",
    by: Viewer,
) -> PaidWork:
    """Write down the paid work inside the programme in a month; what stood there before is withdrawn.

    Raises ``Refused``: ``missing_hours``, ``too_many_hours``, ``missing_wage`` (integreringsloven § 23 cannot be
    followed without it), ``unknown_source``.
    """
    _check_source(source, note)
    first = month.replace(day=1)
    if hours <= 0:
        raise Refused("missing_hours", _("Skriv hvor mange timer det var."), "hours")
    if hours > 744:
        raise Refused("too_many_hours", _("En måned har ikke så mange timer."), "hours")
    if wage_ore is None:
        raise Refused("missing_wage", _("Skriv lønnen før skatt. Uten den kan trekket ikke regnes ut (§ 23)."), "wage")
    if wage_ore < 0 or wage_ore > HIGHEST_ORE:
        raise Refused("amount_too_high", _("Beløpet kan ikke stemme for en måned. Se over det."), "wage")
    before = PaidWork.objects.filter(case=case, month=first, withdrawn_at__isnull=True).first()
    if before is not None:
        if (before.hours, before.wage_ore) == (hours, wage_ore):
            return before
        before.withdrawn_at, before.withdrawn_why = now(), _("Rettet: nye timer eller ny lønn.")
        before.save()
    row = PaidWork.objects.create(
        case=case,
        municipality_id=case.municipality_id,
        month=first,
        hours=hours,
        wage_ore=wage_ore,
        source=source,
        note=note.strip(),
        told_at=now(),
        told_by=by.user,
    )
    data = {"month": first, "hours": hours, "wage_ore": wage_ore, "source": source}
    return done(row, _entry("paid_work_written", **data))


@command(section=Section.ECONOMY, right=Right.MANAGE)
def withdraw_paid_work(*, case: Case, work: UUID, why: str, by: Viewer) -> PaidWork:
    """Take back paid work that was wrong, with the reason."""
    row = PaidWork.objects.filter(pk=work, case=case, withdrawn_at__isnull=True).first()
    if row is None:
        raise Refused("not_found", _("Opplysningen finnes ikke, eller er trukket tilbake."))
    row.withdrawn_at, row.withdrawn_why = now(), _reason(why)
    row.save()
    return done(row, _entry("paid_work_withdrawn", why=row.withdrawn_why, month=row.month, hours=row.hours))
