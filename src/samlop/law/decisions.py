"""The paragraphs that decisions on a course rest on, and which act a case follows when one is written."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from samlop.law.acts import ActId, act_of
from samlop.law.loading import DATA, BadRuleBook, load_yaml, reference_from
from samlop.law.parameters import Rules, current_book, rules_known

ACTS: tuple[ActId, ...] = ("introduksjonsloven", "integreringsloven")


@lru_cache(maxsize=1)
def _listed() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    acts = current_book().acts
    found: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for raw in load_yaml(DATA / "decisions.yaml"):
        identity = str(raw["id"])
        if identity in found:
            raise BadRuleBook(f"{identity}: defined twice")
        found[identity] = {act: _references(identity, raw[act], acts) for act in ACTS}
    return found


def _references(where: str, raw: Any, acts: Any) -> tuple[str, ...]:
    return tuple(str(reference_from(where, line, acts)) for line in raw)


def paragraphs_of(what: str, act: ActId) -> tuple[str, ...]:
    """The paragraphs of a kind of decision («award», «stop» …) or of something due with one; none where the act has
    no such rule (the contract of the Introduction Act)."""
    return _listed()[what][act]


def act_for(permit_granted: date | None, arrived: date | None, rules: Rules | None = None) -> ActId:
    """The act of a case; the newer one where the permit is not known yet."""
    if permit_granted is None:
        return "integreringsloven"
    return act_of(permit_granted, arrived, rules or rules_known())[0]


def paragraph_in(reference: str, language: str) -> str:
    """A reference with the name of its act in a language: «integreringslova § 12» in nynorsk."""
    act, _, paragraph = reference.partition(" ")
    known = current_book().acts.get(act)
    return f"{known.name.in_language(language)} {paragraph}" if known else reference
