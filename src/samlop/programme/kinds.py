"""What each kind of decision decides, as typed values: one list for the form, the check, the page and the letter.

Values are kept plain: days and months as ISO text, money as øre, codes as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samlop.core.errors import Refused
from samlop.core.rights import Section
from samlop.law import absence


class DecisionKind(TextChoices):
    """Kinds of decision on a course (integreringsloven § 46)."""

    AWARD = "award", gettext_lazy("tildeling av program")
    REFUSAL = "refusal", gettext_lazy("avslag på program")
    PLAN = "plan", gettext_lazy("plan")
    EXTENSION = "extension", gettext_lazy("forlengelse av programmet")
    LEAVE = "leave", gettext_lazy("permisjon eller fravær")
    STOP = "stop", gettext_lazy("stans av programmet")
    DEDUCTION = "deduction", gettext_lazy("trekk i introduksjonsstønaden")
    REPAYMENT = "repayment", gettext_lazy("tilbakebetaling av introduksjonsstønad")


class PartType(StrEnum):
    """What a part of a decision is."""

    DAY = "day"
    MONTH = "month"
    CHOICE = "choice"
    FLAG = "flag"
    MONEY = "money"
    WHOLE = "whole"
    TEXT = "text"


Label = str | Promise
Choices = Callable[[], Iterable[tuple[str, Any]]]


@dataclass(frozen=True)
class Part:
    """One value of what is decided. A ``rare`` one is not kept where it is empty."""

    name: str
    label: Label
    type: PartType
    required: bool = True
    choices: Choices = list
    hint: Label = ""
    rare: bool = False


def _goals() -> Iterable[tuple[str, Any]]:
    from samlop.programme.models.course import EndGoal

    return EndGoal.choices


REFUSAL_GROUNDS: dict[str, Label] = {
    "not_target_group": gettext_lazy("Er ikke i målgruppen"),
    "age": gettext_lazy("Alderen er utenfor lovens grenser"),
    "two_years_over": gettext_lazy("Har bodd i en kommune i to år eller mer"),
    "no_agreement": gettext_lazy("Er ikke bosatt etter avtale"),
    "works": gettext_lazy("Arbeider eller har tilbud om arbeid minst 30 timer i uka"),
    "interrupted_before": gettext_lazy("Har avbrutt eller avvist program tidligere"),
    "other": gettext_lazy("Annen grunn"),
}
PLAN_OCCASIONS: dict[str, Label] = {
    "drawn_up": gettext_lazy("Planen er laget"),
    "changed": gettext_lazy("Planen er vesentlig endret"),
}
STOP_MODES: dict[str, Label] = {
    "temporary": gettext_lazy("Midlertidig stans"),
    "permanent": gettext_lazy("Endelig stans"),
}
NOT_LEAVE = ("ULEGITIMERT", "FERIE")
"""Absence without a valid reason is never granted, and holiday is no decision (integreringsforskriften § 69)."""


def _leaves() -> Iterable[tuple[str, Any]]:
    language = (get_language() or "nb")[:2]
    known = absence.reasons().values()
    return [(reason.code, reason.label.in_language(language)) for reason in known if reason.code not in NOT_LEAVE]


_DAY, _FLAG, _TEXT, _MONEY = PartType.DAY, PartType.FLAG, PartType.TEXT, PartType.MONEY

PARTS: dict[DecisionKind, tuple[Part, ...]] = {
    DecisionKind.AWARD: (
        Part("start_on", gettext_lazy("Første dag i programmet"), _DAY),
        Part("planned_end_on", gettext_lazy("Siste planlagte dag"), _DAY),
        Part("end_goal", gettext_lazy("Sluttmål"), PartType.CHOICE, choices=_goals),
        Part("benefit", gettext_lazy("Deltakeren får introduksjonsstønad"), _FLAG, required=False),
        Part("norwegian", gettext_lazy("Deltakeren får opplæring i norsk og samfunnskunnskap"), _FLAG, required=False),
    ),
    DecisionKind.REFUSAL: (
        Part("ground", gettext_lazy("Hvorfor"), PartType.CHOICE, choices=REFUSAL_GROUNDS.items),
        Part("demanded_on", gettext_lazy("Søknaden eller kravet kom"), _DAY, required=False),
    ),
    DecisionKind.PLAN: (
        Part("occasion", gettext_lazy("Hva vedtaket gjelder"), PartType.CHOICE, choices=PLAN_OCCASIONS.items),
        Part("plan_dated", gettext_lazy("Planens dato"), _DAY),
        Part(
            "norwegian",
            gettext_lazy("Planen gjelder også opplæringen i norsk og samfunnskunnskap (norskplan)"),
            _FLAG,
            required=False,
        ),
        Part(
            "contract_on",
            gettext_lazy("Integreringskontrakten er inngått"),
            _DAY,
            required=False,
            hint=gettext_lazy("Saker etter introduksjonsloven har ikke kontrakt."),
        ),
        Part("about", gettext_lazy("Hva planen går ut på, kort"), _TEXT, required=False),
    ),
    DecisionKind.EXTENSION: (
        Part("end_was", gettext_lazy("Siste planlagte dag før forlengelsen"), _DAY),
        Part("planned_end_on", gettext_lazy("Ny siste dag"), _DAY),
    ),
    DecisionKind.LEAVE: (
        Part("reason", gettext_lazy("Permisjon for"), PartType.CHOICE, choices=_leaves),
        Part("first_day", gettext_lazy("Første dag"), _DAY),
        Part("last_day", gettext_lazy("Siste dag"), _DAY),
        Part(
            "child_born",
            gettext_lazy("Barnet er født"),
            _DAY,
            required=False,
            hint=gettext_lazy("Bare for ammefri, som gjelder i barnets første leveår."),
            rare=True,
        ),
        Part("granted", gettext_lazy("Permisjonen er innvilget"), _FLAG, required=False),
        Part("paid", gettext_lazy("Med introduksjonsstønad"), _FLAG, required=False),
    ),
    DecisionKind.STOP: (
        Part("mode", gettext_lazy("Hvordan"), PartType.CHOICE, choices=STOP_MODES.items),
        Part("first_day", gettext_lazy("Stanses fra"), _DAY),
        Part("last_day", gettext_lazy("Til og med (ved midlertidig stans)"), _DAY, required=False),
    ),
    DecisionKind.DEDUCTION: (
        Part("month", gettext_lazy("Utbetalingen for"), PartType.MONTH),
        Part("amount_ore", gettext_lazy("Beløp som trekkes (kroner)"), _MONEY),
        Part("about", gettext_lazy("Hva trekket gjelder"), _TEXT),
    ),
    DecisionKind.REPAYMENT: (
        Part("amount_ore", gettext_lazy("Beløp som skal betales tilbake (kroner)"), _MONEY),
        Part("first_day", gettext_lazy("For tiden fra"), _DAY),
        Part("last_day", gettext_lazy("For tiden til og med"), _DAY),
        Part("about", gettext_lazy("Hva kravet gjelder"), _TEXT),
    ),
}

EARLIER = (
    DecisionKind.AWARD,
    DecisionKind.PLAN,
    DecisionKind.EXTENSION,
    DecisionKind.LEAVE,
    DecisionKind.STOP,
)
"""Kinds that are written in where they were made before the case came into Samløp: the course follows from them."""

ECONOMY = frozenset({DecisionKind.DEDUCTION, DecisionKind.REPAYMENT})
_ORDER = (("first_day", "last_day"), ("start_on", "planned_end_on"))
MAX_KRONER = 10_000_000
"""Amounts are below this: no decision here is about more, so more is a slip of the hand."""
_MONTH = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")


def section_of(kind: DecisionKind | str) -> Section:
    """The section of the case that a kind of decision belongs to: what is about money is economy."""
    return Section.ECONOMY if kind in ECONOMY else Section.PROGRAMME


def kind_of(kind: DecisionKind | str) -> DecisionKind:
    """The kind by its code. Raises ``Refused('unknown_kind')``."""
    try:
        return DecisionKind(kind)
    except ValueError:
        raise Refused("unknown_kind", _("Velg hva vedtaket gjelder."), "kind") from None


def typed(kind: DecisionKind | str, data: Mapping[str, Any]) -> dict[str, Any]:
    """What is decided, checked and plain. Days may be given as dates, money as whole øre.

    Raises ``Refused``: ``unknown_kind``, ``unknown_value``, ``missing_value``, ``wrong_value``, ``end_before_start``;
    ``field`` names the part.
    """
    parts = PARTS[kind_of(kind)]
    unknown = set(data) - {part.name for part in parts}
    if unknown:
        raise Refused("unknown_value", _("Vedtaket kan ikke inneholde «%(name)s».") % {"name": min(unknown)})
    found = {part.name: _value(part, data.get(part.name)) for part in parts if not part.rare or data.get(part.name)}
    _check_together(DecisionKind(kind), found)
    return found


def _value(part: Part, value: Any) -> Any:
    if part.type is PartType.FLAG:
        return bool(value)
    if value is None or value == "":
        if part.required:
            raise Refused("missing_value", _("Fyll ut «%(label)s».") % {"label": part.label}, part.name)
        return "" if part.type is PartType.TEXT else None
    try:
        return _PLAIN[part.type](part, value)
    except (ValueError, TypeError):
        text = _("Vi forstår ikke det som står i «%(label)s».") % {"label": part.label}
        raise Refused("wrong_value", text, part.name) from None


def _day(part: Part, value: Any) -> str:
    return (value if isinstance(value, date) else date.fromisoformat(str(value))).isoformat()


def _month(part: Part, value: Any) -> str:
    if not _MONTH.match(str(value)):
        raise ValueError(value)
    return str(value)


def _choice(part: Part, value: Any) -> str:
    if str(value) not in {code for code, _label in part.choices()}:
        raise ValueError(value)
    return str(value)


def _positive(part: Part, value: Any) -> int:
    if isinstance(value, bool) or int(value) != value or value <= 0:
        raise ValueError(value)
    return int(value)


_PLAIN: dict[PartType, Callable[[Part, Any], Any]] = {
    PartType.DAY: _day,
    PartType.MONTH: _month,
    PartType.CHOICE: _choice,
    PartType.MONEY: _positive,
    PartType.WHOLE: _positive,
    PartType.TEXT: lambda part, value: " ".join(str(value).split()),
}


def _check_together(kind: DecisionKind, found: Mapping[str, Any]) -> None:
    for first, last in _ORDER:
        if found.get(first) and found.get(last) and found[last] < found[first]:
            raise Refused("end_before_start", _("Siste dag kan ikke komme før første dag."), last)
    if kind is DecisionKind.EXTENSION and found["planned_end_on"] <= found["end_was"]:
        raise Refused("not_longer", _("Den nye siste dagen må komme etter den gamle."), "planned_end_on")
    if kind is DecisionKind.STOP and found["mode"] == "temporary" and not found["last_day"]:
        raise Refused("missing_value", _("Skriv hvor lenge den midlertidige stansen varer."), "last_day")


def kroner(ore: int) -> str:
    """«20 724,29 kr» for 2072429."""
    whole, rest = divmod(ore, 100)
    return f"{whole:,}".replace(",", "\u00a0") + f",{rest:02d}\u00a0kr"


def ore(amount: Decimal) -> int:
    """Kroner as whole øre. Raises ``ValueError`` on fractions of an øre, and on what is no amount (``MAX_KRONER``)."""
    if not amount.is_finite() or abs(amount) >= MAX_KRONER:
        raise ValueError(amount)
    found = amount * 100
    if found != found.to_integral_value():
        raise ValueError(amount)
    return int(found)
