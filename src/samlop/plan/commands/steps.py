"""The steps of the plan: what is done, when, who answers, why it helps, and how it goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case, TeamMember
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.rights import Right, Section
from samlop.core.time import now, today
from samlop.people.models import Unit, User
from samlop.plan.editing import LONGEST, answers_for, ensure_plan, find, require_editor, require_unchanged, touch, words
from samlop.plan.models import PartialGoal, Step
from samlop.plan.vocabulary import StepKind, StepStatus


@dataclass(frozen=True, kw_only=True)
class StepDetails:
    """What a step says. Both days count; ``unit`` (with ``user``, where named) answers for it, or the participant."""

    kind: str
    title: str
    why: str
    title_own: str = ""
    partial_goal: Any = None
    start_on: date | None = None
    end_on: date | None = None
    unit: Unit | None = None
    user: User | None = None
    by_participant: bool = False


FIELDS = (
    "kind",
    "title",
    "title_own",
    "partial_goal_id",
    "start_on",
    "end_on",
    "unit_id",
    "user_id",
    "by_participant",
    "why",
)


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def add_step(*, case: Case, details: StepDetails, by: Viewer) -> Step:
    """Add a step with the given details. The editor only.

    Raises ``Refused`` without a title, a reason or anyone who answers, and for periods that end before they start.
    """
    require_editor(case, by)
    plan, opened = ensure_plan(case)
    step = Step(case=case, plan=plan)
    _fill(step, case, details)
    step.save()
    touch(plan)
    return done(step, *opened, _entry("plan.step.added", step))


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def change_step(*, case: Case, step: Any, details: StepDetails, revision: int | None = None, by: Viewer) -> Step:
    """Change what a step says (how it goes: ``report_step``). The editor only.

    Raises ``Refused``, with ``changed_meanwhile`` when the step is no longer as the writer saw it (``revision``).
    """
    require_editor(case, by)
    found = _step(case, step)
    before = {name: getattr(found, name) for name in FIELDS}
    _fill(found, case, details)
    changed = [name for name in FIELDS if getattr(found, name) != before[name]]
    if not changed:
        return found
    require_unchanged(found.revision, revision)
    _save(found)
    # What stood before is kept, so that a text that was overwritten can be found again.
    was = {name: before[name] for name in changed}
    return done(found, _entry("plan.step.changed", found, changed=changed, before=was))


def _fill(step: Step, case: Case, given: StepDetails) -> None:
    """Validate what was given and put it on the step."""
    if given.kind not in StepKind.values:
        raise Refused("missing_kind", _("Velg hva slags tiltak det er."), "kind")
    start_on, end_on = given.start_on, given.end_on
    if start_on and end_on and end_on < start_on:
        raise Refused("end_before_start", _("Siste dag kan ikke være før første dag."), "end_on")
    step.kind, step.start_on, step.end_on = given.kind, start_on, end_on
    step.title = words(given.title, "title", limit=200, missing=_("Skriv hva tiltaket heter."))
    step.title_own = words(given.title_own, "title_own", limit=200)
    step.why = words(
        given.why,
        "why",
        limit=LONGEST,
        missing=_("Skriv hvorfor tiltaket hjelper deltakeren mot målet."),
        code="missing_reason",
    )
    goal = given.partial_goal
    step.partial_goal = find(PartialGoal, case, goal, _("Delmålet")) if goal else None
    _put_responsible(step, case, given.unit, given.user, given.by_participant)


def _put_responsible(step: Step, case: Case, unit: Unit | None, user: User | None, by_participant: bool) -> None:
    unit_id, user_id = (unit.pk if unit else None), (user.pk if user else None)
    if by_participant:
        step.by_participant, step.unit, step.user = True, None, None
        return
    if unit_id is None:
        raise Refused("missing_responsible", _("Velg hvem som har ansvaret for tiltaket."), "responsible")
    same = (unit_id, user_id) == (step.unit_id, step.user_id)
    if not same and not _in_team(case, unit_id, user_id):
        raise Refused(
            "not_in_team",
            _("Den du har valgt, er ikke med i saksteamet. Legg til enheten i teamet først, eller velg en annen."),
            "responsible",
        )
    step.by_participant, step.unit, step.user = False, unit, user


def _in_team(case: Case, unit_id: Any, user_id: Any) -> bool:
    if user_id is None and unit_id == case.owner_unit_id:
        return True
    day = today()
    places = TeamMember.objects.filter(case=case, unit_id=unit_id, valid_from__lte=day).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    )
    return (places.filter(user_id=user_id) if user_id else places).exists()


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def report_step(
    *, case: Case, step: Any, status: str, result: str = "", revision: int | None = None, by: Viewer
) -> Step:
    """Tell how a step goes: status, and the result when it is finished or stopped.

    Whoever answers for the step may (the unit's people, or the participant for an own step), and the editor. A step
    without a last day gets today's when it is finished or stopped. Raises ``Refused``.
    """
    found = _step(case, step)
    if not answers_for(by, found):
        require_editor(case, by)
    if status not in StepStatus.values:
        raise Refused("missing_status", _("Velg hvordan det står til med tiltaket."), "status")
    text = words(result, "result", limit=LONGEST)
    ended = status in (StepStatus.DONE, StepStatus.STOPPED)
    if ended and not text:
        raise Refused("missing_result", _("Skriv kort hvordan det gikk, så slipper andre å spørre."), "result")
    before = (found.status, found.result)
    if before == (status, text):
        return found
    require_unchanged(found.revision, revision)
    found.status, found.result = status, text
    if ended and found.end_on is None and (found.start_on is None or found.start_on <= today()):
        found.end_on = today()
    _save(found)
    entry = _entry("plan.step.reported", found, status=status, result=text, before=before[0], before_result=before[1])
    return done(found, entry)


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def remove_step(*, case: Case, step: Any, by: Viewer) -> Step:
    """Take a step out of the plan; it can be put back, and versions keep it. The editor only."""
    require_editor(case, by)
    found = find(Step, case, step, _("Tiltaket"))
    if found.removed_at is not None:
        return found
    found.removed_at = now()
    _save(found)
    return done(found, _entry("plan.step.removed", found))


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def restore_step(*, case: Case, step: Any, by: Viewer) -> Step:
    """Put a removed step back. The editor only."""
    require_editor(case, by)
    found = find(Step, case, step, _("Tiltaket"))
    if found.removed_at is None:
        return found
    found.removed_at = None
    _save(found)
    return done(found, _entry("plan.step.restored", found))


def _step(case: Case, key: Any) -> Step:
    found = find(Step, case, key, _("Tiltaket"))
    if found.removed_at is not None:
        raise Refused("removed", _("Tiltaket er fjernet fra planen. Hent det tilbake først."))
    return found


def _save(step: Step) -> None:
    step.revision += 1
    step.save()
    touch(step.plan)


def _entry(code: str, step: Step, **data: Any) -> Entry:
    return Entry(
        code=code,
        section=Section.PLAN,
        data={
            "step": step.pk,
            "title": step.title,
            "kind": step.kind,
            "start_on": step.start_on,
            "end_on": step.end_on,
            **data,
        },
    )
