"""Which units must be in which talk, and which tasks nobody owns. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samlop.cooperation.models import PracticeBy, TalkKind, Task, Which
from samlop.people.vocabulary import UnitKind


@dataclass(frozen=True)
class Rule:
    """One kind of unit must be in all, the first ``count`` or the last ``count`` talks of a kind."""

    talk: TalkKind
    unit_kind: UnitKind
    which: Which = Which.ALL
    count: int = 1

    def holds(self, number: int | None, planned_total: int) -> bool:
        """Whether the rule is about talk ``number`` (from 1) of ``planned_total``.

        A talk beyond the planned number is a last one. Talks without a number are only reached by rules about all.
        """
        if self.which == Which.ALL:
            return True
        if number is None:
            return False
        return number <= self.count if self.which == Which.FIRST else number > planned_total - self.count

    def as_data(self) -> dict[str, str | int]:
        """The rule as codes, for the journal, which shows it in the language of whoever reads."""
        return {
            "talk": str(self.talk),
            "unit_kind": str(self.unit_kind),
            "which": str(self.which),
            "count": self.count,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Rule:
        """The rule that ``as_data`` gave."""
        return cls(TalkKind(data["talk"]), UnitKind(data["unit_kind"]), Which(data["which"]), data["count"])

    @property
    def text(self) -> str:
        """The rule as a sentence: «NAV skal være med i de to siste plansamtalene»."""
        return _("%(who)s skal være med i %(which)s") % {"who": self.who, "which": self._which()}

    @property
    def who(self) -> str:
        """The unit as people call it: «NAV»."""
        return unit_name(self.unit_kind)

    def _which(self) -> str:
        talks = _TALKS[self.talk]
        if self.which == Which.ALL:
            return _("alle %(talks)s") % {"talks": talks[1]()}
        first = self.which == Which.FIRST
        if self.count == 1:
            return (_("den første %(talk)s") if first else _("den siste %(talk)s")) % {"talk": talks[0]()}
        values = {"count": _number(self.count), "talks": talks[1]()}
        return (_("de %(count)s første %(talks)s") if first else _("de %(count)s siste %(talks)s")) % values


@dataclass(frozen=True)
class Requirement:
    """A kind of unit that must be in a talk, and the rule that says so as a sentence."""

    unit_kind: UnitKind
    reason: str


def required_units(
    rules: Iterable[Rule], talk: TalkKind | str, number: int | None, planned_total: int
) -> list[Requirement]:
    """The kinds of unit that must be in a talk, each once with the reasons of every rule that demands it.

    ``number`` is the talk's place in the series (from 1), ``planned_total`` how many talks the series is planned to
    have. Of four plan talks, Vågå's rule gives NAV in 3 and 4, Nordre Land's in 1 and 4, the recommended one in all
    (research/001 § 14.2 item 9).
    """
    reasons: dict[UnitKind, list[str]] = {}
    for rule in rules:
        if rule.talk == talk and rule.holds(number, planned_total):
            reasons.setdefault(rule.unit_kind, []).append(rule.text)
    return [Requirement(kind, "; ".join(texts)) for kind, texts in reasons.items()]


NAV_KINDS = (UnitKind.NAV_STATE, UnitKind.NAV_MUNICIPAL)


def meets(required: UnitKind | str, actual: UnitKind | str) -> bool:
    """Whether a unit of one kind can stand in for a required kind: NAV is one office to the participant, so either of
    its parts meets a demand for NAV."""
    return required == actual or (required in NAV_KINDS and actual in NAV_KINDS)


def tasks_of(practice_by: PracticeBy | str) -> list[Task]:
    """The tasks a municipality must give an owner, in the order they are shown."""
    years = {Task.PRACTICE_YEAR_1, Task.PRACTICE_YEAR_2, Task.PRACTICE_YEAR_3}
    kinds = {Task.LANGUAGE_PRACTICE, Task.WORK_PRACTICE}
    left_out = kinds if practice_by == PracticeBy.YEAR else years
    return [task for task in Task if task not in left_out]


def unowned(tasks: Iterable[Task], owners: Mapping[Task, object]) -> list[Task]:
    """The tasks that nobody answers for, in the order given (research/001 § 14.2 item 8)."""
    return [task for task in tasks if not owners.get(task)]


def owners_by_kind(preset: Mapping[Task, Collection[UnitKind]], kinds: Collection[UnitKind]) -> dict[Task, UnitKind]:
    """Who a model proposes for each task, given the kinds of unit there are; a task that fits none is left out."""
    chosen = {}
    for task, candidates in preset.items():
        kind = next((kind for kind in candidates if kind in kinds), None)
        if kind:
            chosen[task] = kind
    return chosen


def unit_name(kind: UnitKind | str) -> str:
    """The name of a kind of unit at the beginning of a sentence: «NAV», «Voksenopplæringen»."""
    kind = UnitKind(kind)
    return _NAMES[kind]() if kind in _NAMES else kind.label.capitalize()


def _number(count: int) -> str:
    words = {2: _("to"), 3: _("tre"), 4: _("fire"), 5: _("fem"), 6: _("seks")}
    return words.get(count, str(count))


_NAMES = {
    UnitKind.NAV_STATE: lambda: _("NAV"),
    UnitKind.NAV_MUNICIPAL: lambda: _("NAV kommunal"),
    UnitKind.REFUGEE_SERVICE: lambda: _("Flyktningtjenesten"),
    UnitKind.ADULT_EDUCATION: lambda: _("Voksenopplæringen"),
    UnitKind.SERVICE_CENTRE: lambda: _("Servicesenteret"),
    UnitKind.HEALTH: lambda: _("Helsetjenesten"),
    UnitKind.CAREER_CENTRE: lambda: _("Karrieresenteret"),
}

_TALKS = {
    TalkKind.PLAN_TALK: (lambda: _("plansamtalen"), lambda: _("plansamtalene")),
    TalkKind.TRIANGULAR_TALK: (lambda: _("trekantsamtalen"), lambda: _("trekantsamtalene")),
    TalkKind.TEAM_MEETING: (lambda: _("teammøtet"), lambda: _("teammøtene")),
    TalkKind.HANDOVER_TALK: (lambda: _("overføringssamtalen"), lambda: _("overføringssamtalene")),
}
