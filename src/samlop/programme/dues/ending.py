"""The end: the end written down, certificate given, end registered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from samlop.core.due import DueItem
from samlop.core.templatetags.samlop import day
from samlop.law.deadlines import kvp_start_due, registration_due
from samlop.law.decisions import paragraphs_of
from samlop.programme.dues.decided import REGISTER_AHEAD
from samlop.programme.dues.known import Known, rules


def to_end(known: Known) -> Iterator[DueItem]:
    """The programme is over or stopped for good, and nobody has written how it ended."""
    stop = known.last("stop")
    stopped = stop is not None and stop.data["mode"] == "permanent"
    last = date.fromisoformat(stop.data["first_day"]) if stop and stopped else known.course.planned_end_on
    if known.course.start_on is None or last is None or last >= known.on:
        return
    why = (
        _("Programmet er stanset fra %(day)s (%(rules)s).")
        if stopped
        else _("Siste planlagte dag var %(day)s. Programmet slutter når målet er nådd eller tiden er ute (%(rules)s).")
    )
    yield known.item(
        "to_end",
        _("Skriv hvordan programmet sluttet, eller rett sluttdatoen"),
        why % {"day": day(last), "rules": rules(paragraphs_of("stop" if stopped else "end", known.act))},
        last,
        action=_("Avslutt programmet"),
        url=known.page("course", at="end"),
    )


def next_scheme(known: Known) -> Iterator[DueItem]:
    """The qualification programme that the participant has asked for, until it has begun."""
    asked = known.facts.kvp_asked_on
    if asked is None or known.facts.kvp_started_on is not None:
        return
    deadline = kvp_start_due(asked)
    yield known.item(
        "kvp_start",
        _("Følg opp at kvalifiseringsprogrammet starter"),
        _("Søkt %(day)s. Programmet hos NAV skal starte senest seks måneder etter søknaden (%(rules)s).")
        % {"day": day(asked), "rules": rules(deadline.references)},
        deadline.due,
        action=_("Skriv når det har startet"),
        url=known.page("eligibility", at="facts"),
    )


def ended(known: Known, ended_on: date) -> Iterator[DueItem]:
    """What remains when the programme has ended."""
    yield from next_scheme(known)
    if known.facts.certificate_given_on is None and known.course.start_on is not None:
        yield known.item(
            "certificate",
            _("Gi deltakerbevis"),
            _("Programmet sluttet %(day)s. Deltakeren skal få bevis også når det ble avbrutt (%(rules)s).")
            % {"day": day(ended_on), "rules": rules(paragraphs_of("end", known.act))},
            ended_on,
            action=_("Lag beviset"),
            url=known.page("course", at="certificate"),
        )
    deadline = registration_due(ended_on)
    if known.facts.end_registered_on is None and known.on >= deadline.due - REGISTER_AHEAD:
        yield known.item(
            "register_end",
            _("Registrer slutten i NIR"),
            _("Skal være registrert senest to måneder etter at programmet sluttet %(day)s (%(rules)s).")
            % {"day": day(ended_on), "rules": rules(deadline.references)},
            deadline.due,
            action=_("Skriv når det er gjort"),
            url=known.page("course", at="nir"),
        )
