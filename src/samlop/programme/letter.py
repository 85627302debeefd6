"""A decision as a letter: what is decided, why, by which rules, and how to complain (forvaltningsloven §§ 24–29)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from samlop.cases.models import Case
from samlop.core.templatetags.samlop import day
from samlop.law.decisions import paragraph_in, paragraphs_of
from samlop.programme.law_of_case import law_of
from samlop.programme.models import Decision
from samlop.programme.presenting import parts, plain

TEMPLATE = "programme/typst/decision.typ"


def letter(case: Case, decision: Decision) -> dict[str, Any]:
    """The data of the letter, in the language that was chosen for it. No identity number stands in it."""
    with override(decision.language):
        return _letter(case, decision)


def _letter(case: Case, decision: Decision) -> dict[str, Any]:
    kind = str(decision.get_kind_display())
    heading = _("Vedtak om %(kind)s") % {"kind": kind}
    return {
        "title": heading,
        "language": decision.language,
        "footer": _("%(municipality)s kommune") % {"municipality": case.municipality},
        "sender": [str(case.owner_unit), _("%(municipality)s kommune") % {"municipality": case.municipality}],
        "to": str(case.person.name),
        "date": day(decision.decided_on) if decision.decided_on else "",
        "draft": _("Utkast – ikke et vedtak") if decision.is_draft else "",
        "heading": heading,
        "plain": plain(decision.kind, decision.data),
        "decided_heading": _("Dette har vi bestemt"),
        "decided": [list(pair) for pair in parts(decision.kind, decision.data)],
        "reasons_heading": _("Begrunnelse"),
        "reasons": [line for line in decision.reasons.splitlines() if line.strip()],
        "rules_heading": _("Regler vi har brukt"),
        "rules": [paragraph_in(rule, decision.language) for rule in decision.references],
        "replaces": _replaces(decision),
        "sections": [{"heading": heading, "lines": lines} for heading, lines in _rights(case, decision.language)],
        "signatures": _signatures(decision),
    }


def _replaces(decision: Decision) -> str:
    if decision.replaces is None:
        return ""
    return _("Vedtaket erstatter vedtaket av %(day)s.") % {"day": day(decision.replaces.decided_on)}


def _rights(case: Case, language: str) -> list[tuple[str, list[str]]]:
    """What the participant can do: complain, see the file, get help."""
    appeal = "; ".join(paragraph_in(rule, language) for rule in paragraphs_of("appeal", law_of(case).act))
    unit, municipality = str(case.owner_unit), str(case.municipality)
    return [
        (
            _("Du kan klage"),
            [
                _(
                    "Du kan klage på vedtaket. Fristen er tre uker fra du fikk det (%(rules)s). Klagen går til "
                    "statsforvalteren, men du sender den til %(unit)s i %(municipality)s kommune. Vi vurderer først om "
                    "vi vil endre vedtaket. Gjør vi ikke det, sender vi klagen videre."
                )
                % {"rules": appeal, "unit": unit, "municipality": municipality},
                _(
                    "Skriv hvilket vedtak du klager på, hva du vil ha endret, og hvorfor. Skriv navnet ditt og datoen. "
                    "Trenger du hjelp til å skrive klagen, eller tolk, hjelper vi deg. Trenger du mer tid til å "
                    "begrunne klagen, kan du be om det."
                ),
                _(
                    "Klager du for sent, kan vi i noen tilfeller behandle klagen likevel (forvaltningsloven § 31). Du "
                    "kan be om at vi venter med å sette vedtaket i verk til klagen er avgjort (forvaltningsloven § 42)."
                ),
            ],
        ),
        (
            _("Du kan se dokumentene"),
            [
                _(
                    "Du har rett til å se dokumentene i saken din, med unntakene i forvaltningsloven §§ 18 og 19. "
                    "Spør oss, så viser vi deg dem. Mye av det kan du også se selv når du logger inn i Samløp."
                )
            ],
        ),
    ]


def _signatures(decision: Decision) -> list[list[str]]:
    found = []
    if decision.signed_by_name:
        delegated = [_("etter delegert myndighet")] if decision.delegation_id else []
        found.append([decision.signed_by_name, ", ".join([decision.signed_by_title, *delegated])])
    if decision.prepared_by_name != decision.signed_by_name:
        found.append([decision.prepared_by_name, _("saksbehandler")])
    return found
