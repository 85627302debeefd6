"""What every command of the room begins with: the plan under the lock, who may edit it, and whether it was changed.

Two people may have the same part open. Each part carries a revision; a save with an old one is refused, and the page
then shows both texts (see ``plan.views.conflict``), so that the second person merges and nobody's text is lost.
"""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.after_move import has_moved, only_read
from samlop.cases.models import Case, TeamMember
from samlop.core.errors import Refused
from samlop.core.gate import Entry, gate
from samlop.core.rights import Right, Section
from samlop.core.time import now, today
from samlop.people.models import User
from samlop.plan.current import current_plan
from samlop.plan.models import Plan, Step

M = TypeVar("M", bound=Model)


def ensure_plan(case: Case) -> tuple[Plan, list[Entry]]:
    """The current plan of a locked case – opened now if this is the first need, with the entry that says so."""
    plan = current_plan(case.pk)
    if plan is not None:
        return plan, []
    moment = now()
    plan = Plan.objects.create(case=case, municipality_id=case.municipality_id, opened_at=moment, changed_at=moment)
    return plan, [Entry(code="plan.opened", section=Section.PLAN)]


def touch(plan: Plan) -> None:
    """Note that some part of the plan has changed, and save it."""
    plan.revision += 1
    plan.changed_at = now()
    plan.save()


def is_editor(case: Case, user_id: UUID | None, on: date | None = None) -> bool:
    """Whether a user is the plan editor (planansvarlig) of the case today, or the editor's deputy. One query."""
    day = on or today()
    if user_id is None:
        return False
    return (
        TeamMember.objects.filter(Q(user_id=user_id) | Q(deputy_id=user_id), case=case, is_editor=True)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)
        .exists()
    )


def may_edit(viewer: Viewer, case: Case) -> bool:
    """Whether a viewer who has opened the case may edit goals and steps: right to manage, or the named editor."""
    rights = getattr(case, "viewer_rights", {})
    if viewer.is_system or rights.get(Section.PLAN, Right.NONE) >= Right.MANAGE:
        return True
    return rights.get(Section.PLAN, Right.NONE) >= Right.CONTRIBUTE and is_editor(case, viewer.user_id)


def require_editor(case: Case, by: Viewer) -> None:
    """Raise ``Refused`` unless ``by`` manages the plan of the case or is its named editor."""
    if by.is_system or is_editor(case, by.user_id):
        return
    try:
        gate().authorise(by, case, Section.PLAN, Right.MANAGE)
    except Refused as refusal:
        if refusal.code != f"no_right_{Section.PLAN}":
            raise
        raise Refused(
            "no_right_plan_editor",
            _(
                "Det er planansvarlig som endrer mål og tiltak. Skriv et bidrag om det du vil ha med, "
                "så ser planansvarlig det."
            ),
        ) from None


def answers_for(viewer: Viewer, step: Step) -> bool:
    """Whether the step is the viewer's to report on: their unit's, or the participant's own."""
    if step.by_participant:
        return viewer.is_participant
    return viewer.unit_id is not None and viewer.unit_id == step.unit_id


def require_open(case: Case) -> None:
    """Raise ``Refused`` for a case that can only be read. ``command`` checks the same before anything is written."""
    if has_moved(case):
        raise only_read()


def require_unchanged(current: int, seen: int | None) -> None:
    """Raise ``Refused('changed_meanwhile')`` when the part changed after ``seen``; none means «as it stands now»."""
    if seen is not None and seen != current:
        raise Refused(
            "changed_meanwhile",
            _(
                "Noen andre har endret dette mens du skrev. Ingenting er borte: Du ser begge tekstene under. "
                "Ta med det som skal stå, og lagre på nytt."
            ),
        )


def find(model: type[M], case: Case, key: Any, what: str) -> M:
    """A row of this case, given as a row or a key. Raises ``Refused`` with a text that names ``what`` is missing."""
    found = None
    if isinstance(key, model):
        key = key.pk
    if key is not None:
        try:
            found = model._default_manager.filter(case=case, pk=UUID(str(key))).first()
        except ValueError:
            found = None
    if found is None:
        raise Refused(
            "unknown_part",
            _("%(what)s finnes ikke lenger i planen. Gå tilbake til planen og se hvordan den er nå.") % {"what": what},
        )
    return found


def words(text: str | None, field: str, *, limit: int | None = None, missing: str = "", code: str = "missing") -> str:
    """The text as it is kept: without outer blanks and null characters. ``missing`` is the refusal when it is empty."""
    kept = (text or "").replace("\x00", "").strip()
    if missing and not kept:
        raise Refused(code, missing, field)
    if limit is not None and len(kept) > limit:
        raise Refused(
            "too_long",
            _("Teksten kan ha høyst %(limit)s tegn. Din har %(length)s.") % {"limit": limit, "length": len(kept)},
            field,
        )
    return kept


def writer(by: Viewer) -> User:
    """The person who writes. Raises ``Refused``: the program itself has no opinion of a plan."""
    if by.user is None:
        raise Refused("no_author", _("Det som står i planen, må ha en forfatter."))
    return by.user


LONGEST = 10_000
"""Longest free text of the plan: six pages, more than anyone writes in one go."""
