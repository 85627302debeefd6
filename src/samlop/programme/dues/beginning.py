"""From settlement to plan: decision and start, career guidance, plan and contract, the offer of Norwegian."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from samlop.core.due import DueItem
from samlop.core.rights import Right
from samlop.core.templatetags.samlop import day
from samlop.law.deadlines import Deadline
from samlop.law.decisions import paragraphs_of
from samlop.programme.dues.known import Known, rules
from samlop.programme.models import Decision
from samlop.programme.running import lacks_earlier

OFFER_AHEAD = timedelta(days=45)
"""How long before its last day the offer of Norwegian is asked for; the decision is asked for from the first day."""


def items(known: Known) -> Iterator[DueItem]:
    """What is due until there is a decision, a plan and an offer."""
    if known.deadlines.contradiction:
        yield _contradiction(known)
        return
    yield from _earlier(known)
    yield from _decision_and_start(known)
    yield from _plan(known)
    yield from _norwegian_offer(known)


def _contradiction(known: Known) -> DueItem:
    return known.item(
        "contradiction",
        _("Rett opplysninger som motsier hverandre"),
        known.deadlines.contradiction,
        None,
        action=_("Rett opplysningene"),
        url=known.page("eligibility"),
    )


def _earlier(known: Known) -> Iterator[DueItem]:
    """A programme that came in running: what was decided before then stands on paper until it is written in."""
    course, award = known.course, known.last("award") or known.last("refusal")
    if lacks_earlier(known.case, course, known.facts, has_award=award is not None):
        yield known.item(
            "earlier_decisions",
            _("Skriv inn vedtakene fra før Samløp"),
            _(
                "Programmet startet %(start)s og var i gang da saken kom inn. Lengde, frister og permisjon regnes ut "
                "fra vedtakene."
            )
            % {"start": day(course.start_on)},
            None,
            action=_("Skriv inn vedtakene"),
            url=known.page("decisions", at="earlier"),
            asks=Right.MANAGE,
        )


def _decision_and_start(known: Known) -> Iterator[DueItem]:
    deadline, award = known.deadline("programme_start"), known.last("award")
    if known.last("refusal") or known.came_running or deadline is None:
        return
    if award is None:
        yield _to_decide(known, deadline)
        yield from _career_guidance(known, deadline)
    elif (start := known.course.start_on) and start > deadline.due and start > known.on:
        yield known.item(
            "late_start",
            _("Programmet starter etter fristen"),
            _("Første dag er %(start)s. Programmet skal starte innen tre måneder, %(due)s (%(rules)s).")
            % {"start": day(start), "due": day(deadline.due), "rules": rules(deadline.references)},
            deadline.due,
            action=_("Se datoene"),
            url=known.page("course", at="dates"),
        )


def _to_decide(known: Known, deadline: Deadline) -> DueItem:
    why = _(
        "Vedtak og oppstart skal komme så snart som mulig og senest tre måneder etter bosetting eller krav %(day)s."
    )
    return known.item(
        "decide",
        _("Vedtak om program og oppstart"),
        f"{why % {'day': day(deadline.starts)}} ({rules(deadline.references)})",
        deadline.due,
        action=_("Se rett og plikt"),
        url=known.page("eligibility"),
        uncertain=deadline.uncertain,
    )


def _career_guidance(known: Known, deadline: Deadline) -> Iterator[DueItem]:
    paragraphs = paragraphs_of("career_guidance", known.act)
    if known.facts.career_guidance_on is None and paragraphs:
        yield known.item(
            "career_guidance",
            _("Karriereveiledning før vedtaket"),
            _("Karriereveiledning bør være gjennomført før vedtaket om program (%(rules)s).")
            % {"rules": rules(paragraphs)},
            deadline.due,
            action=_("Skriv når den er gjort"),
            url=known.page("eligibility", at="facts"),
        )


def _plan(known: Known) -> Iterator[DueItem]:
    award, plan = known.last("award"), known.last("plan")
    if award is None or award.decided_on is None:
        return
    if plan is None:
        yield _together(known, award, "plan_decision", _("Vedtak om plan"), "plan")
        return
    if paragraphs_of("contract", known.act) and not _said(known, "contract_on"):
        yield _together(known, award, "contract", _("Integreringskontrakt"), "contract")
    if award.data.get("norwegian") and not _said(known, "norwegian"):
        yield _together(known, award, "norwegian_plan", _("Norskplan"), "norwegian_plan")
    yield from _plan_at_extension(known, plan)


def _said(known: Known, name: str) -> bool:
    """Whether any standing plan decision has said it: a later change of the plan need not say it again."""
    return any(row.kind == "plan" and row.data.get(name) for row in known.standing)


def _together(known: Known, award: Decision, code: str, what: str, paragraphs: str) -> DueItem:
    """What is to be there with the award. Where that was made before Samløp, so was this: it is written in."""
    on = award.decided_on
    why = _("Skal være klar samtidig med vedtaket om program %(day)s (%(rules)s).")
    return known.item(
        code,
        what,
        why % {"day": day(on), "rules": rules(paragraphs_of(paragraphs, known.act))},
        on,
        action=_("Skriv inn vedtaket") if award.before_samlop else _("Lag vedtaket"),
        url=known.page("decision_earlier" if award.before_samlop else "decision_new", "plan"),
    )


def _plan_at_extension(known: Known, plan: Decision) -> Iterator[DueItem]:
    """Under the old act the plan is always looked through when the programme is extended (introduksjonsloven § 6)."""
    extension = known.last("extension")
    if (
        known.act != "introduksjonsloven"
        or extension is None
        or extension.decided_on is None
        or plan.decided_on is None
    ):
        return
    if plan.decided_on < extension.decided_on:
        yield known.item(
            "plan_at_extension",
            _("Gå gjennom planen etter forlengelsen"),
            _("Planen skal tas opp til ny vurdering når programmet forlenges (%(rules)s).")
            % {"rules": rules(paragraphs_of("plan_review", known.act))},
            extension.decided_on,
            action=_("Lag vedtaket"),
            url=known.page("decision_new", "plan"),
        )


def _norwegian_offer(known: Known) -> Iterator[DueItem]:
    deadline = known.deadline("norwegian_offer")
    if deadline is None or known.facts.offered_norwegian_on or known.came_running or known.last("refusal"):
        return
    if known.on >= deadline.due - OFFER_AHEAD:
        yield known.item(
            "norwegian_offer",
            _("Tilbud om opplæring i norsk og samfunnskunnskap"),
            _(
                "Skal være gitt senest %(due)s. Fristen regnes fra folkeregistrering, bosetting eller krav %(day)s "
                "(%(rules)s)."
            )
            % {"day": day(deadline.starts), "due": day(deadline.due), "rules": rules(deadline.references)},
            deadline.due,
            action=_("Skriv når tilbudet er gitt"),
            url=known.page("eligibility", at="facts"),
            uncertain=deadline.uncertain,
        )
