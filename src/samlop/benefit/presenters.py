"""Journal codes of the room → readable sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samlop.benefit.vocabulary import Answer, BenefitKind, CircumstanceKind, PlanBasis
from samlop.cases.journal import Sentence
from samlop.core.organisation import Sentence as OrganisationSentence
from samlop.core.templatetags.samlop import day
from samlop.law import formatting
from samlop.law.texts import LANGUAGES


def _language() -> str:
    language = (get_language() or "nb")[:2]
    return language if language in LANGUAGES else "nb"


def kroner(ore: int) -> str:
    """«20 724,29 kr» in the reader's language."""
    return formatting.amount(ore, _language())


def month(text: str) -> str:
    """«november 2026» for «2026-11» or «2026-11-01»."""
    return formatting.month(date.fromisoformat(f"{text[:7]}-01"), _language())


def _what(data: Mapping[str, Any]) -> str:
    if data["kind"] == CircumstanceKind.OTHER_BENEFIT:
        values = {"benefit": BenefitKind(data["benefit"]).label, "amount": kroner(data["monthly_ore"])}
        return _("%(benefit)s, %(amount)s i måneden") % values
    return str(CircumstanceKind(data["kind"]).label)


def _period(data: Mapping[str, Any]) -> str:
    if data["last_day"]:
        return _("%(first)s–%(last)s") % {"first": day(data["first_day"]), "last": day(data["last_day"])}
    return _("fra %(first)s") % {"first": day(data["first_day"])}


def _work(d: Mapping[str, Any]) -> str:
    values = {"hours": d["hours"].replace(".", ","), "month": month(d["month"]), "wage": kroner(d["wage_ore"])}
    return _("førte %(hours)s timer lønnet arbeid i programmet i %(month)s, lønn %(wage)s") % values


def _locked(d: Mapping[str, Any]) -> str:
    values = {"month": month(d["month"]), "amount": kroner(d["pay_ore"]), "day": day(d["pay_on"])}
    if d["correction_ore"]:
        values["correction"] = kroner(d["correction_ore"])
        return (
            _("godkjente stønaden for %(month)s: %(amount)s, medregnet rettelser på %(correction)s, utbetales %(day)s")
            % values
        )
    return _("godkjente stønaden for %(month)s: %(amount)s, utbetales %(day)s") % values


def _settled(d: Mapping[str, Any]) -> str:
    values = {"month": month(d["month"]), "answer": Answer(d["answer"]).label, "why": d["why"] or "–"}
    if d.get("until"):
        values["day"] = day(d["until"])
        return _("besvarte et spørsmål om stønaden for %(month)s: %(answer)s til og med %(day)s (%(why)s)") % values
    return _("besvarte et spørsmål om stønaden for %(month)s: %(answer)s (%(why)s)") % values


def _proposed_instalments(d: Mapping[str, Any]) -> str:
    values = {
        "month": month(d["month"]),
        "amount": kroner(d["ore"]),
        "count": d["count"],
        "monthly": kroner(d["monthly_ore"]),
        "basis": PlanBasis(d["basis"]).label,
    }
    return (
        _("foreslo at %(amount)s for %(month)s betales tilbake i %(count)s avdrag på %(monthly)s (%(basis)s)") % values
    )


SENTENCES: Mapping[str, Sentence] = {
    "benefit.circumstance_added": lambda d: (
        _("førte opplysning om stønaden: %(what)s, %(period)s") % {"what": _what(d), "period": _period(d)}
    ),
    "benefit.circumstance_ended": lambda d: (
        _("førte siste dag for opplysning om stønaden: %(what)s, %(period)s") % {"what": _what(d), "period": _period(d)}
    ),
    "benefit.circumstance_withdrawn": lambda d: (
        _("trakk tilbake opplysning om stønaden: %(what)s, %(period)s (%(why)s)")
        % {"what": _what(d), "period": _period(d), "why": d["why"]}
    ),
    "benefit.paid_work_written": _work,
    "benefit.paid_work_withdrawn": lambda d: (
        _("trakk tilbake lønnet arbeid i %(month)s (%(why)s)") % {"month": month(d["month"]), "why": d["why"]}
    ),
    "benefit.question_settled": _settled,
    "benefit.question_reopened": lambda d: (
        _("åpnet et spørsmål om stønaden for %(month)s igjen (%(why)s)") % {"month": month(d["month"]), "why": d["why"]}
    ),
    "benefit.locked": _locked,
    "benefit.correction_proposed": lambda d: (
        _("foreslo å rette stønaden for %(month)s med %(amount)s")
        % {"month": month(d["month"]), "amount": kroner(d["difference_ore"])}
    ),
    "benefit.correction_confirmed": lambda d: (
        _("bekreftet rettelsen av stønaden for %(month)s med %(amount)s")
        % {"month": month(d["month"]), "amount": kroner(d["difference_ore"])}
    ),
    "benefit.correction_elsewhere": lambda d: (
        _("gjorde opp avviket i stønaden for %(month)s på %(amount)s på annen måte: %(why)s")
        % {"month": month(d["month"]), "amount": kroner(d["difference_ore"]), "why": d["why"]}
    ),
    "benefit.instalments_proposed": _proposed_instalments,
    "benefit.instalments_confirmed": lambda d: (
        _("bekreftet at %(amount)s for %(month)s betales tilbake i %(count)s avdrag")
        % {"month": month(d["month"]), "amount": kroner(d["ore"]), "count": d["count"]}
    ),
    "benefit.instalments_withdrawn": lambda d: (
        _("trakk tilbake forslaget om avdrag på %(amount)s for %(month)s")
        % {"month": month(d["month"]), "amount": kroner(d["ore"])}
    ),
    "benefit.proposals_passed_on": lambda d: (
        _("%(who)s svarer for det %(old)s har foreslått om stønaden, fra %(day)s (%(count)s venter på bekreftelse)")
        % {"who": d["who"], "old": d["old"], "day": day(d["from"]), "count": d["count"]}
    ),
    "benefit.open_at_move": lambda d: (
        _(
            "Åpent om stønaden da deltakeren flyttet: %(count)s avvik, og %(rest)s igjen av avdrag. "
            "Kommunen gjør det opp."
        )
        % {"count": d["count"], "rest": kroner(d["rest_ore"])}
    ),
    "benefit.instalments_stopped": lambda d: (
        _("stoppet avdragene for %(month)s, med %(rest)s igjen: %(why)s")
        % {"month": month(d["month"]), "rest": kroner(d["rest_ore"]), "why": d["why"]}
    ),
}

ORGANISATION_SENTENCES: Mapping[str, OrganisationSentence] = {
    "benefit.payment_day_set": lambda d: _("satte utbetalingsdagen for stønad til den %(day)s. i måneden etter") % d,
    "benefit.run_started": lambda d: (
        _("regnet ut stønaden for %(month)s (utregning %(attempt)s)")
        % {"month": month(d["month"]), "attempt": d["attempt"]}
    ),
    "benefit.rule_acknowledged": lambda d: (
        _("så på en uavklart regel i kjøringen for %(month)s (%(question)s)")
        % {"month": month(d["month"]), "question": d["question"]}
    ),
    "benefit.run_approved": lambda d: (
        _("godkjente stønaden for %(month)s, %(people)s deltakere")
        % {"month": month(d["month"]), "people": d["people"]}
    ),
    "benefit.file_fetched": lambda d: (
        _("hentet lønnsfilen for %(month)s (%(kind)s)") % {"month": month(d["month"]), "kind": d["kind"]}
    ),
}
