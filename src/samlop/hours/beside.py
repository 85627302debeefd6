"""The participant's own language beside the week: what people have written in the plan, and the names of the days.

Nothing is translated by a machine: an hour has the words of its step, or of a step of the same kind in the plan, where
somebody has written them in the participant's language. The names of the days come from the translators of Django.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import translation
from django.utils.dates import WEEKDAYS
from django.utils.translation import trans_real

from samlop.cases.models import Case
from samlop.core.languages import NORWEGIAN, direction
from samlop.hours.conflicts import Planned
from samlop.plan.models import Plan, Step

SAME_DAYS = {"prs": "fa", "haz": "fa"}
"""Languages whose days have the names of another one: Dari and Hazaragi say them as in Persian."""


SCANDINAVIAN = frozenset({"da", "sv"})


@dataclass(frozen=True)
class Beside:
    """Words in the participant's own language: by hour (its key), and the days from Monday; empty where none."""

    language: str = ""
    words: Mapping[UUID, str] = field(default_factory=dict)
    days: tuple[str, ...] = ()

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def is_any(self) -> bool:
        return bool(self.words or self.days)

    def day(self, weekday: int) -> str:
        """The name of a day (1 for Monday), or nothing."""
        return self.days[weekday - 1] if self.days else ""


def beside(case: Case, hours: Iterable[Planned]) -> Beside:
    """What stands beside the week of a participant. Two queries; nothing where the plan has no own language."""
    plan = Plan.objects.filter(case=case, is_current=True).only("pk", "own_language").first()
    if plan is None or not plan.own_language or plan.own_language in NORWEGIAN:
        return Beside()
    steps = Step.objects.filter(plan=plan, removed_at__isnull=True).exclude(title_own="").order_by("start_on", "pk")
    by_step: dict[UUID, str] = {}
    by_kind: dict[str, str] = {}
    for key, kind, title in steps.values_list("pk", "kind", "title_own"):
        by_step[key] = title
        by_kind.setdefault(kind, title)
    words = {}
    for one in hours:
        step_id = getattr(one.slot, "step_id", None)
        if text := by_step.get(step_id) if step_id else by_kind.get(one.slot.content):
            words[one.slot.pk] = text
    return Beside(plan.own_language, words, day_names(plan.own_language))


def day_names(language: str) -> tuple[str, ...]:
    """The days from Monday in a language, as its translators write them; nothing where nobody has."""
    code = SAME_DAYS.get(language, language)
    if not trans_real.check_for_language(code) or code in NORWEGIAN:
        return ()
    with translation.override(code):
        found = tuple(str(WEEKDAYS[number]) for number in range(7))
    with translation.override("nb"):
        norwegian = tuple(str(WEEKDAYS[number]) for number in range(7))
    # A day that nobody has translated comes in the program's first language; half a week helps nobody.
    half_done = code not in SCANDINAVIAN and any(a == b for a, b in zip(found, norwegian, strict=True))
    return () if half_done else found
