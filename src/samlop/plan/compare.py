"""Two states of a plan compared: what was added, removed and changed, per goal and step, down to the word. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from samlop.core.languages import language_name
from samlop.core.templatetags.samlop import day
from samlop.plan.content import EMPTY, Content
from samlop.plan.presenters import label
from samlop.plan.vocabulary import NorwegianGoal, StepKind, StepStatus
from samlop.programme.models import EndGoal


class Change(StrEnum):
    """What has happened to a part, a field or a run of words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Piece:
    """A run of words that stands in both texts, or in one of them."""

    change: Change
    text: str


@dataclass(frozen=True)
class FieldDifference:
    """One field of a part: its name, the text on each side, and the words that differ."""

    name: str
    old: list[Piece]
    new: list[Piece]
    language: str = ""

    @property
    def is_changed(self) -> bool:
        return any(piece.change is not Change.SAME for piece in (*self.old, *self.new))


@dataclass(frozen=True)
class PartDifference:
    """One goal or step: what it is, what happened to it, and its fields."""

    kind: str
    title: str
    change: Change
    fields: list[FieldDifference] = field(default_factory=list)

    @property
    def changed_fields(self) -> list[FieldDifference]:
        return [each for each in self.fields if each.is_changed]


@dataclass(frozen=True)
class Comparison:
    """All parts of two plans, in the order of the newer one, those that are gone last in their group."""

    parts: list[PartDifference]
    new_contributions: list[dict[str, Any]]
    gone_contributions: list[dict[str, Any]]

    @property
    def changed(self) -> list[PartDifference]:
        return [part for part in self.parts if part.change is not Change.SAME]

    @property
    def is_same(self) -> bool:
        return not (self.changed or self.new_contributions or self.gone_contributions)


Value = tuple[str, str, str]
"""Name of a field, its text, and the language of the text where it is not Norwegian."""


def compare(old: Content | None, new: Content) -> Comparison:
    """What is different in ``new`` compared with ``old`` (nothing: everything is new)."""
    before = old or EMPTY
    parts = [
        *_goals(before, new),
        *_listed(_("Delmål"), before["partial_goals"], new["partial_goals"], _partial_goal_values, new),
        *_listed(_("Tiltak"), before["steps"], new["steps"], _step_values(before, new), new),
    ]
    was = {row["id"] for row in before["contributions"]}
    now = {row["id"] for row in new["contributions"]}
    return Comparison(
        parts,
        [row for row in new["contributions"] if row["id"] not in was],
        [row for row in before["contributions"] if row["id"] not in now],
    )


def _goals(old: Content, new: Content) -> Iterable[PartDifference]:
    goals: list[tuple[str, Callable[[Content], list[Value]]]] = [
        (_("Langsiktig mål"), _long_term_goal_values),
        (_("Sluttmål"), lambda c: _reasoned(EndGoal, c["end_goal"])),
        (_("Norskmål"), lambda c: _reasoned(NorwegianGoal, c["norwegian_goal"])),
    ]
    for name, values in goals:
        part = _part("", name, values(old), values(new))
        if part.fields:
            yield part


def _long_term_goal_values(content: Content) -> list[Value]:
    goal = content["long_term_goal"]
    own = _("På %(language)s") % {"language": language_name(goal["language"])} if goal["language"] else ""
    return [(_("På norsk"), goal["text"], ""), (own or _("På eget språk"), goal["own"], goal["language"])]


def _reasoned(choices: type[Any], goal: Mapping[str, str]) -> list[Value]:
    return [
        (_("Mål"), label(choices, goal["goal"]) if goal["goal"] else "", ""),
        (_("Begrunnelse"), goal["why"], ""),
    ]


def _partial_goal_values(goal: Mapping[str, Any], content: Content) -> list[Value]:
    return [
        (_("Delmål"), goal["text"], ""),
        (_("På eget språk"), goal["text_own"], content["long_term_goal"]["language"]),
        (_("Nådd"), day(goal["reached_on"]), ""),
    ]


def _step_values(old: Content, new: Content) -> Callable[[Mapping[str, Any], Content], list[Value]]:
    goals = {goal["id"]: goal["text"] for content in (old, new) for goal in content["partial_goals"]}

    def values(step: Mapping[str, Any], content: Content) -> list[Value]:
        return [
            (_("Tittel"), step["title"], ""),
            (_("På eget språk"), step["title_own"], content["long_term_goal"]["language"]),
            (_("Type"), label(StepKind, step["kind"]), ""),
            (_("Delmål"), goals.get(step["partial_goal"], ""), ""),
            (_("Første dag"), day(step["start_on"]), ""),
            (_("Siste dag"), day(step["end_on"]), ""),
            (_("Ansvarlig"), responsible(step), ""),
            (_("Hvorfor det hjelper"), step["why"], ""),
            (_("Status"), label(StepStatus, step["status"]), ""),
            (_("Resultat"), step["result"], ""),
        ]

    return values


def responsible(step: Mapping[str, Any]) -> str:
    """«NAV Elvestad, Nora Nilsen», «Deltakeren», or nothing where nobody answers."""
    if step["by_participant"]:
        return _("Deltakeren")
    return ", ".join(part for part in (step["unit"], step["person"]) if part)


def _listed(
    kind: str,
    old: list[dict[str, Any]],
    new: list[dict[str, Any]],
    values: Callable[[Mapping[str, Any], Content], list[Value]],
    content: Content,
) -> Iterable[PartDifference]:
    before = {row["id"]: row for row in old}
    for row in new:
        was = before.pop(row["id"], None)
        found = values(row, content)
        yield _part(kind, _title(row), values(was, content) if was else None, found)
    for row in before.values():
        yield _part(kind, _title(row), values(row, content), None)


def _title(row: Mapping[str, Any]) -> str:
    return str(row.get("title") or row.get("text"))


def _part(kind: str, title: str, old: list[Value] | None, new: list[Value] | None) -> PartDifference:
    shape = new or old or []
    texts_old = [text for _name, text, _language in old] if old else [""] * len(shape)
    texts_new = [text for _name, text, _language in new] if new else [""] * len(shape)
    fields = [
        FieldDifference(name, *differing_words(before, after), language)
        for (name, _text, language), before, after in zip(shape, texts_old, texts_new, strict=True)
        if before or after
    ]
    return PartDifference(kind, title, _change(texts_old, texts_new), fields)


def _change(old: list[str], new: list[str]) -> Change:
    if old == new:
        return Change.SAME
    if not any(old):
        return Change.ADDED
    return Change.CHANGED if any(new) else Change.REMOVED


_WORDS = re.compile(r"\S+\s*")  # a word with the space after it, so that two texts never agree in spaces alone
_MOST_WORDS = 3_000


def differing_words(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """The two texts in pieces: words in both, words only in the old, words only in the new."""
    if old == new:
        return _whole(Change.SAME, old), _whole(Change.SAME, new)
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if not before or not after or len(before) + len(after) > _MOST_WORDS:
        return _whole(Change.REMOVED, old), _whole(Change.ADDED, new)
    left: list[Piece] = []
    right: list[Piece] = []
    bare = [word.rstrip() for word in before], [word.rstrip() for word in after]
    for what, i, j, k, m in SequenceMatcher(None, *bare, autojunk=False).get_opcodes():
        if what == "equal":
            left.append(Piece(Change.SAME, "".join(before[i:j])))
            right.append(Piece(Change.SAME, "".join(after[k:m])))
            continue
        left += _whole(Change.REMOVED, "".join(before[i:j]))
        right += _whole(Change.ADDED, "".join(after[k:m]))
    return left, right


def _whole(change: Change, text: str) -> list[Piece]:
    return [Piece(change, text)] if text else []
