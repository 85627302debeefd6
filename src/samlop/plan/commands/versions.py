"""A plan talk turns the draft into version n: who was there, what the participant says, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.cases.vocabulary import EffortKind
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.rights import Right, Section
from samlop.core.templatetags.samlop import day
from samlop.core.time import now, today
from samlop.people.models import Unit
from samlop.plan.content import content_hash, is_empty, read_content
from samlop.plan.editing import LONGEST, ensure_plan, require_editor, touch, words
from samlop.plan.models import PlanVersion
from samlop.plan.vocabulary import ParticipantView


@dataclass(frozen=True)
class TookPart:
    """Somebody who was in the plan talk; ``unit`` is the unit's name, empty for the participant and for family.

    ``unit_id`` makes the talk count as that unit's effort, where no meeting counts it.
    """

    name: str
    unit: str = ""
    unit_id: UUID | None = None


@dataclass(frozen=True)
class Interpreter:
    """The interpreter a talk needed: in which language (code), and whether one was there."""

    language: str
    present: bool


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def make_version(
    *,
    case: Case,
    meeting_id: UUID | None = None,
    talk_on: date,
    took_part: Sequence[TookPart],
    interpreter: Interpreter | None,
    participant_view: str,
    participant_words: str = "",
    decision_reason: str = "",
    revision: int | None = None,
    by: Viewer,
) -> PlanVersion:
    """Make the plan as it stands version n, in a plan talk held ``talk_on``. The editor only. It never changes.

    A participant who agrees only in part or disagrees says with what, and the municipality's decision needs a reason
    (integreringsloven § 15); both are kept with the version. ``interpreter`` is none where no one needed one.
    ``meeting_id`` is the talk among the meetings, which then counts the effort of those who were there; without it each
    unit in ``took_part`` gets its effort here. ``revision`` is the plan's, as the editor saw it. A material change is
    cleared: this was its review. Raises ``Refused``.
    """
    require_editor(case, by)
    plan, opened = ensure_plan(case)
    if revision is not None and revision != plan.revision:
        raise Refused(
            "changed_meanwhile",
            _("Planen ble endret mens du skrev. Se over hva som er nytt i den, og lagre på nytt."),
        )
    content = read_content(case, plan)
    if is_empty(content):
        raise Refused("empty_plan", _("Planen er tom. Skriv minst ett mål eller tiltak før du lager en versjon."))
    last = PlanVersion.objects.filter(case=case).aggregate(number=Max("number"), talk_on=Max("talk_on"))
    _check_day(talk_on, last["talk_on"])
    people = _people(took_part)
    said, reason = _view(participant_view, participant_words, decision_reason)
    version = PlanVersion.objects.create(
        case=case,
        plan=plan,
        number=(last["number"] or 0) + 1,
        meeting_id=meeting_id,
        talk_on=talk_on,
        took_part=[{"name": person.name, "unit": person.unit} for person in people],
        interpreter_language=interpreter.language[:8] if interpreter else "",
        interpreter_present=interpreter.present if interpreter else None,
        participant_view=participant_view,
        participant_words=said,
        decision_reason=reason,
        decided_by_name=by.name if reason else "",
        content=content,
        content_hash=content_hash(content),
        made_at=now(),
        made_by_name=by.name,
    )
    plan.material_change_on, plan.material_change_why = None, ""
    touch(plan)
    entry = Entry(
        code="plan.version.made",
        section=Section.PLAN,
        happened_on=talk_on,
        data={
            "version": version.pk,
            "number": version.number,
            "talk_on": talk_on,
            "took_part": [person.name for person in people],
            "participant_view": participant_view,
            "content_hash": version.content_hash,
        },
    )
    efforts = [] if meeting_id else _efforts(people, version, by)
    return done(version, *opened, entry, *efforts)


def _efforts(people: Sequence[TookPart], version: PlanVersion, by: Viewer) -> list[Entry]:
    """One entry for each unit that was there, in its own name whoever writes it down."""
    names: dict[UUID, list[str]] = {}
    for person in people:
        if person.unit_id is not None:
            names.setdefault(person.unit_id, []).append(person.name)
    own = by.name if by.unit_id and by.name in names.get(by.unit_id, ()) else ""
    by_unit = {unit: ", ".join(name for name in here if name != own) for unit, here in names.items()}
    return [
        Entry(
            code="plan.talk.attended",
            section=Section.PLAN,
            happened_on=version.talk_on,
            effort=EffortKind.PLAN_TALK,
            unit=unit,
            data={
                "version": version.pk,
                "number": version.number,
                "talk_on": version.talk_on,
                "names": by_unit[unit.pk],
                "own": bool(own) and unit.pk == by.unit_id,
            },
        )
        for unit in Unit.objects.filter(pk__in=names).order_by("name")
    ]


def _check_day(talk_on: date, last: date | None) -> None:
    if talk_on > today():
        raise Refused("future_day", _("Plansamtalen kan ikke ha vært i framtiden."), "talk_on")
    if last is not None and talk_on < last:
        raise Refused(
            "before_last_talk",
            _("Forrige plansamtale var %(day)s. Datoen kan ikke være før den.") % {"day": day(last)},
            "talk_on",
        )


def _people(took_part: Sequence[TookPart]) -> list[TookPart]:
    people = [
        TookPart(words(p.name, "took_part", limit=300), words(p.unit, "took_part", limit=160), p.unit_id)
        for p in took_part
    ]
    people = [person for person in people if person.name]
    if not people:
        raise Refused("missing_took_part", _("Velg hvem som var med i plansamtalen."), "took_part")
    return people


def _view(view: str, said: str, reason: str) -> tuple[str, str]:
    """What the participant says and what the municipality decided. Nothing is decided where the participant agrees."""
    if view not in ParticipantView.values:
        raise Refused("missing_view", _("Velg hva deltakeren sier om planen."), "participant_view")
    if view == ParticipantView.AGREES:
        return words(said, "participant_words", limit=LONGEST), ""
    said = words(
        said,
        "participant_words",
        limit=LONGEST,
        missing=_("Skriv hva deltakeren er uenig i, helst med deltakerens egne ord."),
        code="missing_words",
    )
    reason = words(
        reason,
        "decision_reason",
        limit=LONGEST,
        missing=_("Kommunen avgjør når dere ikke blir enige. Skriv begrunnelsen for avgjørelsen."),
        code="missing_reason",
    )
    return said, reason
