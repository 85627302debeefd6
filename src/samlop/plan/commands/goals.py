"""The goals: the participant's own long-term goal, end goal, Norwegian goal and the partial goals on the way."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.rights import Right, Section
from samlop.core.time import now, today
from samlop.plan.editing import LONGEST, ensure_plan, find, require_editor, require_unchanged, touch, words
from samlop.plan.models import PartialGoal, Plan
from samlop.plan.vocabulary import NorwegianGoal
from samlop.programme.keeping import keep_end_goal
from samlop.programme.models import EndGoal


def _entry(code: str, **data: Any) -> Entry:
    return Entry(code=code, section=Section.PLAN, data=data)


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def open_plan(*, case: Case, by: Viewer) -> Plan:
    """The current plan, opened if there is none yet. Other commands open it themselves on first need."""
    plan, opened = ensure_plan(case)
    return done(plan, *opened)


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def set_long_term_goal(
    *, case: Case, own_text: str = "", own_language: str = "", text: str = "", revision: int | None = None, by: Viewer
) -> Plan:
    """Write the participant's long-term goal in own words (``own_text``, ``own_language``) and in Norwegian (``text``).

    The participant may, and the editor, who writes down what is said. ``revision`` is the goal's revision as the writer
    saw it. What stood before is kept in the journal. Raises ``Refused``.
    """
    if not by.is_participant:
        require_editor(case, by)
    plan, opened = ensure_plan(case)
    own = words(own_text, "own_text", limit=LONGEST)
    norwegian = words(text, "text", limit=LONGEST)
    language = words(own_language, "own_language", limit=8)
    if not own and not norwegian:
        raise Refused("missing_goal", _("Skriv målet på norsk eller på deltakerens eget språk."), "own_text")
    if own and not language:
        raise Refused("missing_language", _("Velg språket som målet er skrevet på."), "own_language")
    before = (plan.long_term_goal_own, plan.own_language, plan.long_term_goal)
    if before == (own, language, norwegian):
        return done(plan, *opened)
    require_unchanged(plan.long_term_goal_revision, revision)
    plan.long_term_goal_own, plan.own_language, plan.long_term_goal = own, language, norwegian
    plan.long_term_goal_revision += 1
    touch(plan)
    entry = _entry(
        "plan.long_term_goal.set", own=own, language=language, text=norwegian, before_own=before[0], before=before[2]
    )
    return done(plan, *opened, entry)


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def set_end_goal(*, case: Case, end_goal: str, why: str, revision: int | None = None, by: Viewer) -> Plan:
    """Set what the programme shall lead to (sluttmål), with the reason. The editor only. Raises ``Refused``."""
    require_editor(case, by)
    plan, opened = ensure_plan(case)
    if end_goal not in EndGoal.values:
        raise Refused("missing_end_goal", _("Velg hva programmet skal føre til."), "end_goal")
    reason = words(
        why, "why", limit=LONGEST, missing=_("Skriv hvorfor dette målet passer for deltakeren."), code="missing_reason"
    )
    before = (plan.end_goal, plan.end_goal_why)
    if before == (end_goal, reason):
        return done(plan, *opened)
    require_unchanged(plan.end_goal_revision, revision)
    plan.end_goal, plan.end_goal_why = end_goal, reason
    plan.end_goal_revision += 1
    touch(plan)
    keep_end_goal(case, end_goal)
    entry = _entry("plan.end_goal.set", goal=end_goal, why=reason, before=before[0], before_why=before[1])
    return done(plan, *opened, entry)


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def set_norwegian_goal(
    *, case: Case, norwegian_goal: str, why: str = "", revision: int | None = None, by: Viewer
) -> Plan:
    """Set the Norwegian goal (norskmål) and, where it needs one, the reason. The editor only. Raises ``Refused``."""
    require_editor(case, by)
    plan, opened = ensure_plan(case)
    if norwegian_goal not in NorwegianGoal.values:
        raise Refused("missing_norwegian_goal", _("Velg nivået som er målet."), "norwegian_goal")
    reason = words(why, "why", limit=LONGEST)
    before = (plan.norwegian_goal, plan.norwegian_goal_why)
    if before == (norwegian_goal, reason):
        return done(plan, *opened)
    require_unchanged(plan.norwegian_goal_revision, revision)
    plan.norwegian_goal, plan.norwegian_goal_why = norwegian_goal, reason
    plan.norwegian_goal_revision += 1
    touch(plan)
    entry = _entry("plan.norwegian_goal.set", goal=norwegian_goal, why=reason, before=before[0], before_why=before[1])
    return done(plan, *opened, entry)


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def mark_material_change(*, case: Case, why: str, happened_on: date | None = None, by: Viewer) -> Plan:
    """Mark that something essential has changed (vesentlig endring): the plan is due for review at once.

    The editor only. The next version clears it; until then a second change adds its words. Raises ``Refused``.
    """
    require_editor(case, by)
    reason = words(why, "why", limit=LONGEST, missing=_("Skriv hva som er vesentlig endret."), code="missing_reason")
    day = happened_on or today()
    if day > today():
        raise Refused("future_day", _("Endringen kan ikke ha skjedd i framtiden."), "happened_on")
    plan, opened = ensure_plan(case)
    plan.material_change_why = f"{plan.material_change_why}\n{reason}".strip()
    plan.material_change_on = min(plan.material_change_on or day, day)
    touch(plan)
    return done(plan, *opened, _entry("plan.material_change.marked", why=reason, on=day))


def _partial_goal(case: Case, key: Any) -> PartialGoal:
    goal = find(PartialGoal, case, key, _("Delmålet"))
    if goal.removed_at is not None:
        raise Refused("removed", _("Delmålet er fjernet fra planen. Hent det tilbake først."))
    return goal


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def add_partial_goal(*, case: Case, text: str, text_own: str = "", by: Viewer) -> PartialGoal:
    """Add a partial goal last. The editor only. Raises ``Refused``."""
    require_editor(case, by)
    kept = words(text, "text", limit=300, missing=_("Skriv delmålet."))
    own = words(text_own, "text_own", limit=300)
    plan, opened = ensure_plan(case)
    last = PartialGoal.objects.filter(plan=plan).aggregate(last=Max("order"))["last"] or 0
    goal = PartialGoal.objects.create(case=case, plan=plan, order=last + 1, text=kept, text_own=own)
    touch(plan)
    return done(goal, *opened, _entry("plan.partial_goal.added", goal=goal.pk, text=kept))


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def change_partial_goal(
    *, case: Case, partial_goal: Any, text: str, text_own: str = "", revision: int | None = None, by: Viewer
) -> PartialGoal:
    """Rewrite a partial goal. The editor only. Raises ``Refused``."""
    require_editor(case, by)
    goal = _partial_goal(case, partial_goal)
    kept = words(text, "text", limit=300, missing=_("Skriv delmålet."))
    own = words(text_own, "text_own", limit=300)
    before = (goal.text, goal.text_own)
    if before == (kept, own):
        return goal
    require_unchanged(goal.revision, revision)
    goal.text, goal.text_own = kept, own
    _save(goal)
    return done(
        goal,
        _entry("plan.partial_goal.changed", goal=goal.pk, text=kept, own=own, before=before[0], before_own=before[1]),
    )


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def reach_partial_goal(*, case: Case, partial_goal: Any, reached_on: date | None, by: Viewer) -> PartialGoal:
    """Note the day a partial goal was reached, or (none) that it is not reached after all. The editor only."""
    require_editor(case, by)
    goal = _partial_goal(case, partial_goal)
    if reached_on is not None and reached_on > today():
        raise Refused("future_day", _("Dagen delmålet ble nådd, kan ikke være i framtiden."), "reached_on")
    if goal.reached_on == reached_on:
        return goal
    goal.reached_on = reached_on
    _save(goal)
    code = "plan.partial_goal.reached" if reached_on else "plan.partial_goal.reopened"
    return done(goal, _entry(code, goal=goal.pk, text=goal.text, on=reached_on))


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def remove_partial_goal(*, case: Case, partial_goal: Any, by: Viewer) -> PartialGoal:
    """Take a partial goal out of the plan; it can be put back. The editor only."""
    require_editor(case, by)
    goal = find(PartialGoal, case, partial_goal, _("Delmålet"))
    if goal.removed_at is not None:
        return goal
    goal.removed_at = now()
    _save(goal)
    return done(goal, _entry("plan.partial_goal.removed", goal=goal.pk, text=goal.text))


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def restore_partial_goal(*, case: Case, partial_goal: Any, by: Viewer) -> PartialGoal:
    """Put a removed partial goal back. The editor only."""
    require_editor(case, by)
    goal = find(PartialGoal, case, partial_goal, _("Delmålet"))
    if goal.removed_at is None:
        return goal
    goal.removed_at = None
    _save(goal)
    return done(goal, _entry("plan.partial_goal.restored", goal=goal.pk, text=goal.text))


def _save(goal: PartialGoal) -> None:
    goal.revision += 1
    goal.save()
    touch(goal.plan)
