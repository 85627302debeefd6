"""Who is proposed for a meeting, and why: the team, the municipality's rules, and the person's need for an
interpreter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.cases.models import TeamMember
from samlop.cases.vocabulary import TeamFunction
from samlop.cooperation.models import TalkKind
from samlop.cooperation.rules import Requirement, meets
from samlop.people.models import Person, Unit
from samlop.people.vocabulary import InterpreterNeed, UnitKind

PARTICIPANT = "participant"


@dataclass(frozen=True)
class Invited:
    """Somebody to invite: the participant, a person from a unit, or a unit that sends whom it wants."""

    is_participant: bool = False
    unit_id: UUID | None = None
    user_id: UUID | None = None

    @property
    def key(self) -> str:
        """The value of the box on the form."""
        if self.is_participant:
            return PARTICIPANT
        return f"person:{self.user_id}:{self.unit_id}" if self.user_id else f"unit:{self.unit_id}"


@dataclass(frozen=True)
class Proposal:
    """An invitation proposed, with the words shown beside the box."""

    invited: Invited
    label: str
    why: str
    checked: bool

    @property
    def key(self) -> str:
        return self.invited.key


@dataclass(frozen=True)
class Interpreter:
    """Whether an interpreter should be ordered, in which language, and why."""

    language: str
    why: str
    checked: bool


def propose(
    kind: TalkKind, required: Sequence[Requirement], team: Iterable[TeamMember], units: Iterable[Unit], person: Person
) -> list[Proposal]:
    """Everybody who could be invited; those who should be, are checked.

    The participant is in every meeting but the team's own. A required kind of unit that is not in the team is proposed
    as a unit, so that the demand is not forgotten because nobody is named.
    """
    proposals = [Proposal(Invited(is_participant=True), person.name, _("deltakeren"), kind != TalkKind.TEAM_MEETING)]
    met: set[UnitKind] = set()
    for place in team:
        reasons = [r.reason for r in required if meets(r.unit_kind, place.unit.kind)]
        met |= {r.unit_kind for r in required if meets(r.unit_kind, place.unit.kind)}
        invited = Invited(unit_id=place.unit_id, user_id=place.user_id)
        if any(one.key == invited.key for one in proposals):
            continue
        role = _("planansvarlig") if place.is_editor else place.get_function_display()
        label = f"{place.user.name}, {place.unit.name}" if place.user else place.unit.name
        proposals.append(Proposal(invited, label, "; ".join([role, *reasons]), bool(reasons) or _belongs(kind, place)))
    available = list(units)
    for requirement in required:
        if requirement.unit_kind in met:
            continue
        unit = _best(requirement.unit_kind, available)
        if unit is not None:
            why = _("%(rule)s, men ingen derfra er i saksteamet") % {"rule": requirement.reason}
            proposals.append(Proposal(Invited(unit_id=unit.pk), unit.name, why, True))
    return proposals


def _belongs(kind: TalkKind, place: TeamMember) -> bool:
    """Whether a place in the team belongs in a kind of meeting without any rule: no more people than the talk needs."""
    lead = place.is_editor or place.function == TeamFunction.MAIN_CONTACT
    if kind == TalkKind.TEAM_MEETING:
        return True
    if kind in (TalkKind.TRIANGULAR_TALK, TalkKind.HANDOVER_TALK):
        return lead or place.function == TeamFunction.NAV_CONTACT
    return lead


def _best(kind: UnitKind, units: Sequence[Unit]) -> Unit | None:
    exact = next((unit for unit in units if unit.kind == kind), None)
    return exact or next((unit for unit in units if meets(kind, unit.kind)), None)


def unmet(required: Iterable[Requirement], invited_kinds: Iterable[str]) -> list[Requirement]:
    """The requirements that nobody invited meets."""
    kinds = list(invited_kinds)
    return [one for one in required if not any(meets(one.unit_kind, kind) for kind in kinds)]


IMPORTANT = (TalkKind.PLAN_TALK, TalkKind.TRIANGULAR_TALK, TalkKind.HANDOVER_TALK)
"""The talks where somebody who needs an interpreter «in important talks» has one."""


def interpreter(kind: TalkKind, need: InterpreterNeed | str, language: str) -> Interpreter | None:
    """The interpreter proposed for a meeting with the participant; none for a team meeting or where none is needed."""
    if kind == TalkKind.TEAM_MEETING or need == InterpreterNeed.NONE:
        return None
    if need == InterpreterNeed.ALWAYS:
        return Interpreter(language, _("Deltakeren trenger tolk i alle samtaler."), True)
    if need == InterpreterNeed.SOMETIMES:
        return Interpreter(language, _("Deltakeren trenger tolk i viktige samtaler."), kind in IMPORTANT)
    return Interpreter(language, _("Det er ikke avklart om deltakeren trenger tolk. Spør før møtet."), False)
