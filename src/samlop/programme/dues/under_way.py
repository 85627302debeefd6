"""While the programme runs: training that must be done, leave, the length of the programme."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from samlop.core.due import DueItem
from samlop.core.templatetags.samlop import day
from samlop.core.time import add_months
from samlop.law.deadlines import more_norwegian_due, norwegian_in_parental_leave
from samlop.law.texts import say
from samlop.programme.absences import is_granted_leave, leave_period
from samlop.programme.dues.ending import next_scheme
from samlop.programme.dues.known import Known, rules
from samlop.programme.law_of_case import language

AHEAD = {"social_studies": timedelta(days=60), "norwegian_end": timedelta(days=90)}
LEAVE_AHEAD = timedelta(days=30)
EXTENSION_AHEAD_MONTHS = 3
PARENTAL = ("OMSORGSPERM", "OMSORGSPERM_ADOPSJON")


def items(known: Known) -> Iterator[DueItem]:
    """What is due in a programme that has not ended."""
    yield from _training(known)
    yield from _norwegian_in_leave(known)
    yield from _more_norwegian(known)
    yield from next_scheme(known)
    if known.course.start_on is not None and known.course.planned_end_on is not None:
        yield from _length(known, known.course.planned_end_on)


def _training(known: Known) -> Iterator[DueItem]:
    """Social studies and Norwegian: the end of the period, with granted leave in addition."""
    done = {
        "social_studies": known.facts.social_studies_done_on,
        "norwegian_end": known.facts.norwegian_done_on,
    }
    names = {
        "social_studies": _("Samfunnskunnskap og prøve gjennomført"),
        "norwegian_end": _("Norskopplæringen skal være ferdig"),
    }
    for identity, finished in done.items():
        deadline = known.deadline(identity)
        if finished is not None or deadline is None:
            continue
        due_on = deadline.due + timedelta(days=_days_of_leave(known, deadline.starts))
        if known.on >= due_on - AHEAD[identity]:
            text = say(f"deadline.{deadline.text_code}", language(), due=day(due_on))
            yield known.item(
                identity,
                names[identity],
                f"{text} ({rules(deadline.references)})",
                due_on,
                action=_("Skriv når det er gjort"),
                url=known.page("eligibility", at="facts"),
                uncertain=deadline.uncertain,
            )


def _days_of_leave(known: Known, since: date) -> int:
    """Calendar days of granted leave after the period began."""
    leaves = [leave_period(row) for row in known.standing if is_granted_leave(row)]
    return sum((leave.last - max(leave.first, since)).days + 1 for leave in leaves if leave.last >= since)


def _norwegian_in_leave(known: Known) -> Iterator[DueItem]:
    if known.act != "integreringsloven":
        return
    for row in known.standing:
        if not is_granted_leave(row) or row.data["reason"] not in PARENTAL:
            continue
        leave = leave_period(row)
        deadline = norwegian_in_parental_leave(leave.first)
        offered = known.facts.leave_norwegian_offered_on
        met = offered is not None and offered >= leave.first
        if not met and deadline.due <= leave.last and deadline.due - LEAVE_AHEAD <= known.on <= leave.last:
            yield known.item(
                "norwegian_in_leave",
                _("Tilby norsk i omsorgspermisjonen"),
                _("Permisjonen begynte %(day)s. Norsk skal tilbys fra den fjerde måneden (%(rules)s).")
                % {"day": day(leave.first), "rules": rules(deadline.references)},
                deadline.due,
                action=_("Skriv når det er tilbudt"),
                url=known.page("eligibility", at="facts"),
            )


def _more_norwegian(known: Known) -> Iterator[DueItem]:
    """More Norwegian than the first hours, under the old act: from the application until it is offered."""
    asked = known.facts.more_norwegian_asked_on
    if known.act != "introduksjonsloven" or asked is None or known.facts.more_norwegian_offered_on is not None:
        return
    deadline = more_norwegian_due(asked)
    yield known.item(
        "more_norwegian",
        _("Tilby mer norsk"),
        _("Søkt %(day)s. Opplæringen skal tilbys så snart som mulig og senest tre måneder etter (%(rules)s).")
        % {"day": day(asked), "rules": rules(deadline.references)},
        deadline.due,
        action=_("Skriv når det er tilbudt"),
        url=known.page("eligibility", at="facts"),
        uncertain=deadline.uncertain,
    )


def _length(known: Known, end: date) -> Iterator[DueItem]:
    """The planned end against the law, and whether an extension must be considered before it."""
    length = known.law.duration().value
    latest = known.limit() if length else None
    if length is None or latest is None:
        return
    extended = known.last("extension")
    limit = latest.extended if extended and latest.extended else latest.ordinary
    if known.is_beyond_law():
        yield known.item(
            "too_long",
            _("Siste planlagte dag er senere enn loven åpner for"),
            _("Planlagt til %(end)s. Programmet kan vare til %(limit)s (%(rules)s).")
            % {"end": day(end), "limit": day(limit), "rules": rules(latest.references)},
            None,
            action=_("Se lengden"),
            url=known.page("course", at="length"),
            uncertain=latest.uncertain,
        )
    elif length.extension != "none" and extended is None and known.on >= add_months(end, -EXTENSION_AHEAD_MONTHS):
        if any(row.kind == "extension" for row in known.drafts):
            return
        yield known.item(
            "consider_extension",
            _("Vurder om programmet skal forlenges"),
            say(f"duration.extension.{length.extension}", language(), months=length.extension_months)
            + f" ({rules(length.references)})",
            end,
            action=_("Lag vedtaket"),
            url=known.page("decision_new", "extension"),
        )
