"""The questions before an approval: what each asks, where it is settled, and whether it may be answered here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samlop.benefit.models import Draft, Settled
from samlop.benefit.preparing import LEAVES_OUT
from samlop.benefit.presenters import kroner, month
from samlop.benefit.vocabulary import Answer, CircumstanceKind
from samlop.core.templatetags.samlop import day

NEVER_ACCEPTED = ("missing_birth_date", "missing_permit", "contradiction")
"""Without these the month cannot be worked out: settle them, or leave the participant out."""
TOLD_ONLY = (
    "correction_waits",
    "repayment_decided",
    "instalments_proposed",
    "instalment_waits",
    "spouse_not_in_programme",
)
"""Told, but nothing to answer."""
HOLDS = ("family", "stopped")
"""About something that lasts: an accepted answer counts in the months after too, while the facts behind it stand."""


@dataclass(frozen=True)
class Question:
    """A question about one participant as a page shows it."""

    case_id: UUID
    code: str
    about: str
    text: str
    url: str
    action: str
    settled: Settled | None = None
    held: bool = False
    """Whether it was answered in an earlier month, and the answer still counts."""

    @property
    def is_open(self) -> bool:
        return _is_open(self.code, self.settled)

    @property
    def is_answered(self) -> bool:
        return self.settled is not None and self.settled.answer != Answer.REOPENED

    @property
    def may_hold(self) -> bool:
        """Whether an accepted answer counts in the months after too."""
        return self.code in HOLDS

    @property
    def may_accept(self) -> bool:
        return self.code not in (*NEVER_ACCEPTED, *TOLD_ONLY)

    @property
    def may_leave_out(self) -> bool:
        return self.code in LEAVES_OUT or self.code == "large_correction"


def answers(code: str) -> list[Answer]:
    """The answers a question can be given."""
    asked = Question(UUID(int=0), code, "", "", "", "")
    found = [Answer.ACCEPTED] if asked.may_accept else []
    return found + ([Answer.LEFT_OUT] if asked.may_leave_out else [])


def basis_of(asked: list[str]) -> str:
    """The fingerprint of the facts behind a kept question; empty where they are said by what is asked."""
    return asked[2] if len(asked) > 2 else ""


def answered(asked: list[str], settled: Mapping[tuple[str, str], Settled]) -> Settled | None:
    """What was last said to exactly this question, if anything: another count, amount or fact is another question."""
    row = settled.get((asked[0], asked[1]))
    return row if row is not None and row.basis == basis_of(asked) else None


def _is_open(code: str, said: Settled | None) -> bool:
    return code not in TOLD_ONLY and (said is None or said.answer == Answer.REOPENED)


def stands_open(asked: list[str], settled: Mapping[tuple[str, str], Settled]) -> bool:
    """Whether a kept question is open, without its text: for those who only count."""
    return _is_open(asked[0], answered(asked, settled))


def question_of(draft: Draft, asked: list[str], settled: Mapping[tuple[str, str], Settled]) -> Question:
    """A kept question with its text, the link to where it is settled, and the answer."""
    code, about = asked[:2]
    url, action = _where(code, draft.case_id)
    row = answered(asked, settled)
    held = row is not None and row.run_id != draft.run_id
    return Question(draft.case_id, code, about, _text(code, about), url, action, row, held)


def _text(code: str, about: str) -> str:
    match code:
        case "missing_birth_date":
            return _("Fødselsdatoen mangler. Den avgjør satsen.")
        case "missing_permit":
            return _("Datoen for oppholdstillatelsen mangler. Den avgjør hvilken lov som gjelder.")
        case "contradiction":
            return _("Datoene i saken motsier hverandre, og stønaden kan ikke regnes ut.")
        case "missing_rolls":
            return ngettext(
                "Oppmøtet er ikke ført for én dag. Stønaden betales etter ført oppmøte (§ 24).",
                "Oppmøtet er ikke ført for %(count)s dager. Stønaden betales etter ført oppmøte (§ 24).",
                int(about),
            ) % {"count": about}
        case "unsettled_absence":
            return ngettext(
                "Ett fravær er ikke avklart. Uten avklaring trekkes ingenting for det.",
                "%(count)s fravær er ikke avklart. Uten avklaring trekkes ingenting for dem.",
                int(about),
            ) % {"count": about}
        case "end_not_noted":
            return _("Siste planlagte dag var %(day)s, og slutten er ikke ført. Stønaden stopper den dagen.") % {
                "day": day(about)
            }
        case "protected":
            return _("Deltakeren har adressebeskyttelse. En navngitt i saksteamet må se på linjen.")
        case "part_of_month_circumstance":
            kind, _colon, first = about.partition(":")
            return _(
                "«%(what)s» gjelder bare en del av måneden (fra %(day)s). Loven sier ikke hva som gjelder da. "
                "Her er den laveste satsen ikke brukt."
            ) % {"what": CircumstanceKind(kind).label, "day": day(date.fromisoformat(first))}
        case "stopped":
            first, _colon, last = about.partition(":")
            return _(
                "Programmet er stanset midlertidig %(first)s–%(last)s. Loven sier ikke om stønaden betales da. "
                "Godtar du, betales den som ellers."
            ) % {"first": day(date.fromisoformat(first)), "last": day(date.fromisoformat(last))}
        case "spouse_not_in_programme":
            return _(
                "Satsen for par er ikke brukt: Den andre er ikke i programmet denne måneden, og satsen gjelder bare "
                "når begge deltar (integreringsloven § 20). Avslutt opplysningen hvis det varer."
            )
        case "spouse_away":
            first, _colon, last = about.partition(":")
            return _(
                "Den andre i paret deltok ikke %(first)s–%(last)s, men er ikke ute av programmet. Loven sier at begge "
                "må delta (§ 20), ikke hva som gjelder da. Her er satsen for par ikke brukt."
            ) % {"first": day(date.fromisoformat(first)), "last": day(date.fromisoformat(last))}
        case "family":
            return FAMILY[about]()
        case "decision_needed":
            return _("Trekket på %(amount)s må være et vedtak (§ 46). Det er ikke med før vedtaket er undertegnet.") % {
                "amount": kroner(int(about))
            }
        case "decision_differs":
            return _("Vedtaket om trekk gjelder %(amount)s, og fraværet gir et annet beløp.") % {
                "amount": kroner(int(about))
            }
        case "large_correction":
            return _(
                "Rettelsen på %(amount)s er halvparten av stønaden eller mer. Vurder om den må være et vedtak."
            ) % {"amount": kroner(int(about))}
        case "correction_waits":
            return _("Rettelsen for %(month)s er større enn det som utbetales nå, og venter.") % {"month": month(about)}
        case "instalments_proposed":
            return _("Rettelsen for %(month)s trekkes ikke nå: En plan om avdrag venter på bekreftelse.") % {
                "month": month(about)
            }
        case "instalment_waits":
            return _("Avdraget for %(month)s er større enn det som er igjen av stønaden nå, og venter.") % {
                "month": month(about)
            }
        case "repayment_decided":
            return _(
                "Rettelsen for %(month)s trekkes ikke her: Det finnes et vedtak eller utkast om tilbakebetaling. "
                "Gjør avviket opp på annen måte, eller kast utkastet."
            ) % {"month": month(about)}
    return code


FAMILY: Mapping[str, Callable[[], str]] = {
    "couple_has_child": lambda: _(
        "Satsen for par uten barn er brukt, men familieopplysningene har et barn. Rett det som er feil (§ 20)."
    ),
    "couple_without_partner": lambda: _(
        "Satsen for par er brukt, men familieopplysningene har ingen ektefelle eller samboer. Rett det som er feil."
    ),
    "couple_partner_not_in_programme": lambda: _(
        "Satsen for par er brukt, men etter familieopplysningene er den andre ikke i programmet. Rett det som er feil."
    ),
    "couple_not_told": lambda: _(
        "Etter familieopplysningene er ektefellen eller samboeren også i programmet, og det er ingen barn. "
        "Satsen for par er ikke ført, og er ikke brukt (§ 20)."
    ),
    "moved_from_parents": lambda: _(
        "Satsen for dem som bor hos foreldre, er brukt, men familieopplysningene sier at de ikke bor sammen."
    ),
    "parents_not_told": lambda: _(
        "Etter familieopplysningene bor deltakeren hos en av foreldrene. Det er ikke ført, og to tredeler er brukt."
    ),
}
"""Where the family relations and what is written down about the benefit differ."""

_PAGES: Mapping[str, tuple[str, Callable[[], str]]] = {
    "missing_birth_date": ("cases:person", lambda: _("Skriv inn fødselsdatoen")),
    "missing_permit": ("cases:person", lambda: _("Skriv inn datoen")),
    "contradiction": ("cases:person", lambda: _("Rett datoene")),
    "missing_rolls": ("hours:rolls", lambda: _("Se oppmøtet")),
    "unsettled_absence": ("hours:absences", lambda: _("Avklar fraværet")),
    "end_not_noted": ("programme:course", lambda: _("Før slutten")),
    "decision_needed": ("benefit:case", lambda: _("Lag utkast til vedtak")),
    "decision_differs": ("benefit:case", lambda: _("Se stønaden")),
    "large_correction": ("benefit:case", lambda: _("Se stønaden")),
    "part_of_month_circumstance": ("benefit:case", lambda: _("Se opplysningene")),
    "spouse_not_in_programme": ("benefit:case", lambda: _("Se opplysningene")),
    "spouse_away": ("benefit:case", lambda: _("Se opplysningene")),
    "family": ("cases:family", lambda: _("Se familien")),
    "stopped": ("programme:decisions", lambda: _("Se vedtaket")),
    "repayment_decided": ("benefit:case", lambda: _("Se avviket")),
    "instalments_proposed": ("benefit:case", lambda: _("Se planen")),
    "instalment_waits": ("benefit:case", lambda: _("Se planen")),
    "protected": ("benefit:case", lambda: _("Se linjen")),
    "correction_waits": ("benefit:case", lambda: _("Se stønaden")),
}


OF_MUNICIPALITY = ("missing_rolls",)
"""Settled on a page that is not about the participant alone."""


def _where(code: str, case_id: UUID) -> tuple[str, str]:
    name, action = _PAGES[code]
    return reverse(name, args=[] if code in OF_MUNICIPALITY else [case_id]), action()
