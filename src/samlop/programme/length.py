"""How long the programme of a case may last: the regime, the last day, time added and used, and whether it can be
extended – as the page shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from samlop.law.absence import AddedTime
from samlop.law.duration import Duration
from samlop.law.remaining import LatestEnd
from samlop.law.texts import Note, question, say
from samlop.programme.absences import leave_period, standing
from samlop.programme.checks import added_time_of
from samlop.programme.law_of_case import Answer, LawOfCase, Missing, language, told
from samlop.programme.models import Decision

_KINDS = ("leave", "extension", "stop")


@dataclass(frozen=True)
class Leave:
    """A granted leave or a temporary stop: a pause in the programme."""

    first: date
    last: date
    decision: Decision

    @property
    def is_stop(self) -> bool:
        return self.decision.kind == "stop"


@dataclass(frozen=True)
class Length:
    """What the law says of the length. ``over`` is whether the planned end lies after the last lawful day."""

    missing: tuple[Missing, ...] = ()
    contradiction: str = ""
    duration: Duration | None = None
    latest: LatestEnd | None = None
    added: AddedTime | None = None
    leaves: list[Leave] = field(default_factory=list)
    extensions: list[Decision] = field(default_factory=list)
    over: bool = False
    regime: str = ""
    extension: str = ""
    uncertain: list[tuple[str, str]] = field(default_factory=list)
    discretion: list[tuple[str, str]] = field(default_factory=list)

    @property
    def references(self) -> str:
        return "; ".join(self.latest.references if self.latest else self.duration.references if self.duration else ())

    @property
    def may_extend(self) -> bool:
        return self.duration is not None and self.duration.extension != "none"


def length_of(law: LawOfCase) -> Length:
    """The length of a case's programme. Two queries and those of the sources of absence."""
    answer: Answer[Duration] = law.duration()
    decisions = standing(Decision.objects.filter(case=law.case, kind__in=_KINDS).order_by("decided_on"))
    extensions = [row for row in decisions if row.kind == "extension"]
    leaves = [Leave(leave_period(row).first, leave_period(row).last, row) for row in decisions if _is_pause(row)]
    if answer.value is None:
        return Length(answer.missing, answer.contradiction, leaves=leaves, extensions=extensions)
    added = added_time_of(law.case, law)
    latest = law.latest_end(added).value
    limit = _limit(latest, bool(extensions))
    end = law.course.planned_end_on
    notes: tuple[Note, ...] = latest.uncertain if latest else answer.value.uncertain
    if any(one.is_stop for one in leaves):
        notes = (*notes, question("stop_and_length"))
    return Length(
        duration=answer.value,
        latest=latest,
        added=added,
        leaves=leaves,
        extensions=extensions,
        over=end is not None and limit is not None and end > limit,
        regime=say(f"regime.{answer.value.regime}", language()),
        extension=say(f"duration.extension.{answer.value.extension}", language(), months=answer.value.extension_months),
        uncertain=told(notes),
        discretion=told(answer.value.discretion),
    )


def _is_pause(row: Decision) -> bool:
    """Whether a decision takes days out of the programme while it goes on."""
    if row.kind == "stop":
        return bool(row.data["mode"] == "temporary")
    return row.kind == "leave" and bool(row.data["granted"])


def _limit(latest: LatestEnd | None, extended: bool) -> date | None:
    if latest is None:
        return None
    return latest.extended if extended and latest.extended else latest.ordinary
