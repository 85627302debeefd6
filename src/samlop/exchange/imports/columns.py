"""The columns of a list: what they are called, what may stand in them, and how a cell becomes a value.

The page's table, the template, its help sheet and the check are all made from here. A cell that cannot be understood
raises ``CellTrouble`` with a text that says what to write – and never repeats what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlop.cases.vocabulary import Permit
from samlop.core.errors import Refused
from samlop.core.languages import find_language
from samlop.core.sorting import search_key
from samlop.core.time import parse_date
from samlop.people.numbers import OfficialNumber, read_number
from samlop.people.vocabulary import Gender, IdentifierKind, InterpreterNeed, Protection
from samlop.programme.importing import HEADS
from samlop.programme.models import EndGoal

EMPTY: tuple[Any, ...] = ("", None)


class CellTrouble(Exception):
    """What is wrong with a cell and what to write instead."""


@dataclass(frozen=True)
class Column:
    """``key`` is the name of the detail; ``others`` are further heads that are understood."""

    key: str
    head: str
    read: Callable[[Any], Any]
    help: str | Promise
    example: str
    others: tuple[str, ...] = ()
    required: bool = False

    def knows(self, head: str) -> bool:
        return search_key(head) in {search_key(name) for name in (self.head, *self.others)}


def text_of(cell: Any) -> str:
    """The cell as text; whole numbers without decimals. Raises ``CellTrouble`` for what is not text."""
    match cell:
        case None:
            return ""
        case bool():
            return "ja" if cell else "nei"
        case float() if cell.is_integer():
            return str(int(cell))
        case float() | int():
            return str(cell)
        case date() | time() | timedelta():
            raise CellTrouble(_("Cellen er en dato eller et klokkeslett. Skriv tekst."))
    found = " ".join(str(cell).replace("\u00a0", " ").split())
    if found.startswith("#") and found.rstrip("!?/A0").isupper():
        raise CellTrouble(_("Cellen inneholder en feilmelding fra regnearket. Skriv verdien."))
    return found


def _short(most: int) -> Callable[[Any], str]:
    def read(cell: Any) -> str:
        found = text_of(cell)
        if len(found) > most:
            raise CellTrouble(_("Teksten er for lang. Den kan ha høyst %(most)s tegn.") % {"most": most})
        return found

    return read


def _name(cell: Any) -> str:
    """Names are cleaned and measured where every door does it; here only what is not text is stopped."""
    return text_of(cell)


_YEAR = re.compile(r"\d{4}")


def _day(cell: Any) -> date | None:
    if cell in EMPTY:
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, (int, float)):
        raise CellTrouble(_("Cellen er et tall, ikke en dato. Skriv datoen slik: 15.3.2027."))
    text = text_of(cell)
    if not text:
        return None
    try:
        if not _YEAR.search(text):
            raise ValueError
        found = parse_date(text.removesuffix(" 00:00:00"))
    except ValueError:
        raise CellTrouble(_("Vi forstår ikke datoen. Skriv dag, måned og år med fire sifre: 15.3.2027.")) from None
    if not 1900 <= found.year <= 2100:
        raise CellTrouble(_("Året kan ikke være riktig. Skriv det med fire sifre."))
    return found


def _number(*kinds: IdentifierKind) -> Callable[[Any], OfficialNumber | None]:
    def read(cell: Any) -> OfficialNumber | None:
        text = text_of(cell)
        if not text:
            return None
        if len(text) == 10 and text.isdigit() and IdentifierKind.BIRTH_NUMBER in kinds:
            text = "0" + text  # spreadsheets take the first zero away from what they think is a number
        try:
            found = read_number(text)
        except Refused as refusal:
            raise CellTrouble(refusal.text) from None
        if found.kind not in kinds:
            raise CellTrouble(_("Nummeret er av et annet slag. Flytt det til riktig kolonne."))
        return found

    return read


def _words(meanings: Mapping[str, str], say: str | Promise) -> Callable[[Any], str]:
    known = {search_key(word): code for word, code in meanings.items()}

    def read(cell: Any) -> str:
        text = search_key(text_of(cell))
        if not text:
            return ""
        if text not in known:
            raise CellTrouble(_("Skriv %(words)s.") % {"words": say})
        return known[text]

    return read


def _languages(cell: Any) -> tuple[str, ...]:
    parts = [part.strip() for part in re.split(r"[,;/]", text_of(cell)) if part.strip()]
    return tuple(dict.fromkeys(_language(part) for part in parts))


def _language(cell: Any) -> str:
    text = text_of(cell)
    if not text:
        return ""
    found = find_language(text)
    if found is None:
        raise CellTrouble(
            _("Vi kjenner ikke språket, eller det kan være flere. Skriv navnet på bokmål, eller koden (ti, ar, uk).")
        )
    return found


def _email(cell: Any) -> str:
    found = _short(254)(cell)
    if found:
        try:
            validate_email(found)
        except ValidationError:
            raise CellTrouble(_("E-postadressen er ikke riktig skrevet. Den ser ut som navn@sted.no.")) from None
    return found


_GENDERS = {"kvinne": Gender.WOMAN, "k": Gender.WOMAN, "mann": Gender.MAN, "m": Gender.MAN, "annet": Gender.OTHER}
_INTERPRETER = {
    **dict.fromkeys(("nei", "trenger ikke tolk"), InterpreterNeed.NONE),
    **dict.fromkeys(("ja", "alltid", "tolk i alle samtaler"), InterpreterNeed.ALWAYS),
    **dict.fromkeys(("noen ganger", "av og til", "tolk i viktige samtaler"), InterpreterNeed.SOMETIMES),
    "ikke avklart": InterpreterNeed.UNKNOWN,
}
_PROTECTION = {
    **dict.fromkeys(("nei", "ingen"), Protection.NONE),
    **dict.fromkeys(("fortrolig", "kode 7", "7", "fortrolig (kode 7)"), Protection.CONFIDENTIAL),
    **dict.fromkeys(
        ("strengt fortrolig", "kode 6", "6", "strengt fortrolig (kode 6)"), Protection.STRICTLY_CONFIDENTIAL
    ),
}
_PERMITS = {
    **{permit.value: permit.value for permit in Permit},
    **{str(permit.label): permit.value for permit in Permit},
    "annet": Permit.OTHER,
}

_GOALS = {
    "arbeid": EndGoal.WORK,
    "høyere utdanning": EndGoal.HIGHER_EDUCATION,
    **dict.fromkeys(("videregående", "fullført videregående opplæring"), EndGoal.UPPER_SECONDARY),
    **dict.fromkeys(("deler av videregående", "deler av videregående opplæring"), EndGoal.UPPER_SECONDARY_PARTS),
    **dict.fromkeys(("grunnskole", "grunnskole eller deler av grunnskole"), EndGoal.PRIMARY),
    **dict.fromkeys(("fagbrev", "fag- og yrkesopplæring"), EndGoal.VOCATIONAL),
}
_GOAL_WORDS = gettext_lazy("arbeid, høyere utdanning, videregående, deler av videregående, grunnskole eller fagbrev")
_YES_NO = _words({"ja": "yes", "nei": "no"}, gettext_lazy("ja eller nei"))

COLUMNS = [
    Column(
        "given_name", "Fornavn", _name, gettext_lazy("Fornavn og mellomnavn. Må være med."), "Selam",
        ("fornavn og mellomnavn", "fornavn/mellomnavn", "navn"), required=True,
    ),
    Column("family_name", "Etternavn", _name, gettext_lazy("Kan stå tomt for dem som har ett navn."), "Tesfay"),
    Column(
        "number", "Fødselsnummer", _number(IdentifierKind.BIRTH_NUMBER, IdentifierKind.D_NUMBER),
        gettext_lazy("Fødselsnummer eller D-nummer, 11 sifre. Kan stå tomt."), "",
        ("fnr", "fødselsnr", "personnummer", "d-nummer", "dnr", "fødselsnummer/d-nummer"),
    ),
    Column(
        "duf", "DUF-nummer", _number(IdentifierKind.DUF), gettext_lazy("12 sifre. Kan stå tomt."), "",
        ("duf", "dufnr", "duf-nr"),
    ),
    Column(
        "birth_date", "Fødselsdato", _day,
        gettext_lazy("Dag, måned og år. Blir hentet fra fødselsnummeret hvis cellen er tom."), "2.4.1990", ("født",),
    ),
    Column(
        "gender", "Kjønn", _words(_GENDERS, gettext_lazy("kvinne, mann eller annet, eller la cellen stå tom")),
        gettext_lazy("Kvinne, mann eller annet, slik deltakeren selv har fortalt. Kan stå tomt."), "",
    ),
    Column(
        "languages", "Språk", _languages,
        gettext_lazy("Navn eller kode, med komma mellom. Det første brukes i samtaler og brev."), "tigrinja, engelsk",
    ),
    Column("mother_tongue", "Morsmål", _language, gettext_lazy("Navn eller kode."), "tigrinja"),
    Column(
        "interpreter", "Tolk", _words(_INTERPRETER, gettext_lazy("alltid, noen ganger, nei eller ikke avklart")),
        gettext_lazy("Alltid, noen ganger, nei eller ikke avklart."), "alltid", ("tolkebehov", "behov for tolk"),
    ),
    Column("phone", "Telefon", _short(40), gettext_lazy("Som tekst, så blir pluss og nuller med."), "+47 400 00 000",
           ("mobil", "tlf", "telefonnummer")),
    Column("email", "E-post", _email, gettext_lazy("Én adresse."), "selam@example.no", ("epost", "e-postadresse")),
    Column("address", "Adresse", _short(300), gettext_lazy("Gate, postnummer og sted."), "Elveveien 1, 2600 Elvestad"),
    Column("settled_on", "Bosatt", _day, gettext_lazy("Datoen deltakeren ble bosatt i kommunen."), "10.2.2026",
           ("bosatt dato", "bosettingsdato", "dato for bosetting")),
    Column(
        "settled_by_agreement", "Bosatt etter avtale", _YES_NO, gettext_lazy("Ja eller nei. Tomt betyr ja."), "ja",
    ),
    Column("arrived_on", "Kom til Norge", _day, gettext_lazy("Datoen deltakeren kom til Norge."), "1.12.2025",
           ("ankomst", "ankomstdato")),
    Column(
        "permit", "Oppholdsgrunnlag",
        _words(_PERMITS, gettext_lazy("bokstaven A–G eller «annet», som på arket «Oppholdsgrunnlag» i malen")),
        gettext_lazy("Bokstaven A–G eller «annet», se arket «Oppholdsgrunnlag» i malen."), "B", ("tillatelse",),
    ),
    Column("permit_granted_on", "Tillatelse gitt", _day, gettext_lazy("Datoen for vedtaket om opphold."), "3.11.2025",
           ("vedtaksdato",)),
    Column(
        "protection", "Adressebeskyttelse",
        _words(_PROTECTION, gettext_lazy("nei, fortrolig (kode 7) eller strengt fortrolig (kode 6)")),
        gettext_lazy("Nei, fortrolig eller strengt fortrolig. Da må hovedkontakten være en navngitt person."), "nei",
        ("kode 6/7", "skjermet adresse"),
    ),
    Column("owner_unit", "Ansvarlig enhet", text_of,
           gettext_lazy("Navnet på enheten, slik det står i Samløp. Tomt betyr den du velger på siden."), "",
           ("enhet",)),
    Column("main_contact", "Hovedkontakt", text_of,
           gettext_lazy("E-postadressen til en som arbeider i enheten. Tomt betyr den du velger på siden."), "",
           ("kontaktperson", "programrådgiver")),
    Column("programme_start", HEADS["programme_start"], _day,
           gettext_lazy("Første dag i introduksjonsprogrammet, når den er bestemt."), "2.3.2026",
           ("startdato", "første dag i programmet")),
    Column("planned_end", HEADS["planned_end"], _day, gettext_lazy("Siste planlagte dag, slik den er nå."), "1.3.2028",
           ("sluttdato", "siste planlagte dag")),
    Column("end_goal", HEADS["end_goal"], _words(_GOALS, _GOAL_WORDS),
           gettext_lazy("Arbeid, høyere utdanning, videregående, deler av videregående, grunnskole eller fagbrev."),
           "arbeid"),
    Column("awarded_on", HEADS["awarded_on"], _day,
           gettext_lazy("Datoen på vedtaket, når det er fattet før deltakeren kommer inn i Samløp. Da må også start, "
                        "slutt, sluttmål og hvem som undertegnet, være fylt ut."), "17.2.2026",
           ("dato for vedtak om program",)),
    Column("signed_by", HEADS["signed_by"], _short(200),
           gettext_lazy("Navnet på den som undertegnet vedtakene på raden. Er det flere, skriver du inn de andre "
                        "vedtakene i saken etterpå."), "Kari Nordmann", ("undertegnet av",)),
    Column("benefit", HEADS["benefit"], _YES_NO,
           gettext_lazy("Om vedtaket gir introduksjonsstønad. Ja eller nei. Tomt betyr ja."), "ja"),
    Column("norwegian", HEADS["norwegian"], _YES_NO,
           gettext_lazy("Om vedtaket gir opplæring i norsk og samfunnskunnskap. Ja eller nei. Tomt betyr ja."), "ja"),
    Column("plan_on", HEADS["plan_on"], _day,
           gettext_lazy("Datoen på vedtaket om plan, når det er fattet før Samløp."), "17.2.2026"),
    Column("contract_on", HEADS["contract_on"], _day,
           gettext_lazy("Datoen integreringskontrakten ble inngått."), "17.2.2026", ("kontrakt",)),
    Column("extended_on", HEADS["extended_on"], _day,
           gettext_lazy("Datoen på vedtaket, når programmet er forlenget før Samløp."), ""),
    Column("end_was", HEADS["end_was"], _day,
           gettext_lazy("Siste planlagte dag før forlengelsen. «Planlagt slutt» er den nye."), ""),
]  # fmt: skip
"""In the order of the template."""
