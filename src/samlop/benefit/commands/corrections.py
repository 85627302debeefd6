"""Differences in closed months: looked for, proposed by one person, confirmed by another, or settled elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.benefit.corrections import all_hold, look
from samlop.benefit.models import Correction, RepaymentPlan
from samlop.benefit.repayments import claimed_back
from samlop.benefit.vocabulary import CorrectionState, PlanState
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.errors import Refused, not_found
from samlop.core.gate import Entry
from samlop.core.marks import raise_marks
from samlop.core.rights import Permission, Right, Section
from samlop.core.time import now
from samlop.people.numbers import refuse_number_in

MOST = 500
"""So many differences can be proposed or confirmed at once."""


@command(permission=Permission.PREPARE_BENEFIT)
def look_for_differences(*, by: Viewer) -> int:
    """Look through the closed months of the viewer's municipality. How many differences are open."""
    if by.municipality_id is None:
        raise not_found()
    return look(by.municipality_id)


@command(why_open="run by the worker; finds what two people decide about")
def look_in_municipality(*, municipality_id: UUID, by: Viewer) -> int:
    """Look through the closed months of a municipality. How many differences are open."""
    found = look(municipality_id)
    raise_marks([municipality_id])  # last, as every command does: never held while waiting for the turn to look
    return found


@command(permission=Permission.PREPARE_BENEFIT)
def propose_corrections(*, corrections: Collection[UUID], by: Viewer) -> int:
    """The first of two people: these differences are right. How many were proposed; those already seen are left alone.

    Raises ``Refused``: ``none_chosen``, ``too_many``, ``changed_meanwhile`` where a difference is another than shown.
    """
    rows = _chosen(corrections, by, CorrectionState.FOUND)
    for row in rows:
        row.state, row.proposed_by, row.proposed_at = CorrectionState.PROPOSED.value, by.signed_in, now()
        row.save()
    return done(len(rows), *(_entry("correction_proposed", row) for row in rows))


@command(permission=Permission.APPROVE_BENEFIT)
def confirm_corrections(*, corrections: Collection[UUID], by: Viewer) -> int:
    """The second person: these proposals are taken in the next run. How many were confirmed.

    Raises ``Refused``: ``own_proposal`` (never the same person), ``repayment_decided`` (the same money is not taken
    twice), and those of ``propose_corrections``.
    """
    rows = _chosen(corrections, by, CorrectionState.PROPOSED)
    if any(row.proposed_by_id == by.user_id for row in rows):
        raise Refused("own_proposal", _("Du har foreslått en av dem selv. En annen må bekrefte."))
    if decided := claimed_back(rows):
        raise Refused(
            "repayment_decided",
            _(
                "%(count)s av avvikene har allerede et vedtak eller et utkast om tilbakebetaling. Gjør dem opp på "
                "annen måte, eller kast utkastet."
            )
            % {"count": len(decided)},
        )
    for row in rows:
        row.state, row.confirmed_by, row.confirmed_at = CorrectionState.CONFIRMED.value, by.signed_in, now()
        row.save()
    return done(len(rows), *(_entry("correction_confirmed", row) for row in rows))


@command(section=Section.ECONOMY, right=Right.SEE, permission=Permission.APPROVE_BENEFIT)
def settle_elsewhere(*, case: Case, correction: UUID, why: str, by: Viewer) -> Correction:
    """A difference that is not paid or taken here: claimed back by a decision, written off, or paid by hand.

    Needs the two people too: one has proposed it, another settles it. Raises ``Refused``: ``missing_reason``,
    ``not_proposed``, ``own_proposal``.
    """
    row = Correction.objects.select_for_update().filter(pk=correction, case=case).first()
    if row is None or row.state not in (CorrectionState.PROPOSED, CorrectionState.CONFIRMED):
        raise Refused("not_proposed", _("Avviket må være foreslått av en annen først."))
    if row.proposed_by_id == by.user_id:
        raise Refused("own_proposal", _("Du har foreslått det selv. En annen må gjøre det opp."))
    why = why.strip()
    if not why:
        raise Refused("missing_reason", _("Skriv hvordan det er gjort opp."), "why")
    refuse_number_in(why, "why")
    RepaymentPlan.objects.filter(correction=row, state=PlanState.PROPOSED).delete()
    row.state, row.settled_why = CorrectionState.ELSEWHERE.value, why[:300]
    if row.confirmed_by_id is None or row.confirmed_by_id == row.proposed_by_id:
        row.confirmed_by, row.confirmed_at = by.signed_in, now()
    row.save()
    return done(row, _entry("correction_elsewhere", row, why=row.settled_why))


def _chosen(corrections: Collection[UUID], by: Viewer, state: CorrectionState) -> list[Correction]:
    if not corrections:
        raise Refused("none_chosen", _("Velg minst ett avvik."))
    if len(corrections) > MOST:
        raise Refused("too_many", _("Velg høyst %(limit)s avvik om gangen.") % {"limit": MOST})
    seen = by.scope(Correction).filter(pk__in=corrections, municipality_id=by.municipality_id)
    keys = list(seen.values_list("pk", flat=True))
    if len(keys) != len(set(corrections)):
        raise Refused("changed_meanwhile", _("Noen av avvikene er endret eller borte. Se over listen på nytt."))
    rows = Correction.objects.select_for_update(of=("self",)).filter(pk__in=keys, state=state)
    found = list(rows.select_related("case").order_by("case_id", "month"))
    # The journals of the cases are written to: nobody else may meanwhile.
    list(
        Case.objects.select_for_update().filter(pk__in={row.case_id for row in found}).order_by("pk").values_list("pk")
    )
    if not all_hold(found):
        raise Refused("changed_meanwhile", _("Noen av avvikene er endret. Se etter avvik på nytt."))
    return found


def _entry(code: str, row: Correction, **more: Any) -> Entry:
    data = {"month": row.month, "difference_ore": row.difference_ore, **more}
    return Entry(code=f"benefit.{code}", section=Section.ECONOMY, data=data, case=row.case)
