"""What each unit and the participant write into the plan: drafts of one's own, and what is shared with all."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.rights import Right, Section
from samlop.core.time import now
from samlop.plan.editing import LONGEST, ensure_plan, find, require_unchanged, words, writer
from samlop.plan.models import Contribution, ContributionDraft, PartialGoal, Step


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def write_contribution(
    *,
    case: Case,
    text: str,
    step: Any = None,
    partial_goal: Any = None,
    draft: Any = None,
    revision: int | None = None,
    by: Viewer,
) -> Contribution:
    """Write and share a contribution, about a step or a partial goal where one is given.

    ``draft`` is the author's draft that it was written in; it is gone afterwards. ``revision`` is the draft's, as the
    writer saw it. Raises ``Refused``.
    """
    kept = _draft(case, draft, by) if draft else None
    if kept is not None:
        require_unchanged(kept.revision, revision)
    return _share(case, by, text, _about(case, step, partial_goal), kept)


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def save_draft(
    *,
    case: Case,
    text: str,
    step: Any = None,
    partial_goal: Any = None,
    draft: Any = None,
    revision: int | None = None,
    by: Viewer,
) -> ContributionDraft:
    """Keep a contribution that is not ready. Nobody else sees it, so the journal has nothing. Raises ``Refused``."""
    about = _about(case, step, partial_goal)
    kept = words(text, "text", limit=LONGEST, missing=_("Skriv noe før du lagrer."))
    if draft:
        row = _draft(case, draft, by)
        require_unchanged(row.revision, revision)
        row.revision += 1
    else:
        row = ContributionDraft(case=case, author=writer(by))
    row.text, row.step, row.partial_goal, row.saved_at = kept, about[0], about[1], now()
    row.save()
    return row


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def share_draft(*, case: Case, draft: Any, by: Viewer) -> Contribution:
    """Share one's own draft as it stands. Raises ``Refused``."""
    row = _draft(case, draft, by)
    return _share(case, by, row.text, (row.step, row.partial_goal), row)


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def discard_draft(*, case: Case, draft: Any, by: Viewer) -> None:
    """Throw one's own draft away. This cannot be undone; the page says so. Raises ``Refused``."""
    _draft(case, draft, by).delete()


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def withdraw_contribution(*, case: Case, contribution: Any, by: Viewer) -> Contribution:
    """Take one's own contribution back. It no longer stands in the plan; versions and journal keep it."""
    found = find(Contribution, case, contribution, _("Bidraget"))
    if found.author_id != by.user_id:
        raise Refused("no_right_not_author", _("Bare den som har skrevet et bidrag, kan trekke det."))
    if found.withdrawn_at is not None:
        return found
    found.withdrawn_at = now()
    found.save()
    entry = Entry(
        code="plan.contribution.withdrawn",
        section=Section.PLAN,
        data={"contribution": found.pk, "text": found.text, "written_at": found.written_at},
    )
    return done(found, entry)


def _share(
    case: Case,
    by: Viewer,
    text: str,
    about: tuple[Step | None, PartialGoal | None],
    draft: ContributionDraft | None,
) -> Contribution:
    kept = words(text, "text", limit=LONGEST, missing=_("Skriv bidraget før du deler det."))
    plan, opened = ensure_plan(case)
    found = Contribution.objects.create(
        case=case,
        plan=plan,
        step=about[0],
        partial_goal=about[1],
        author=writer(by),
        author_name=by.name,
        unit=by.unit,
        role=by.role or "",
        by_participant=by.is_participant,
        text=kept,
        written_at=now(),
    )
    if draft is not None:
        draft.delete()
    subject = about[0].title if about[0] else about[1].text if about[1] else ""
    entry = Entry(
        code="plan.contribution.added",
        section=Section.PLAN,
        data={"contribution": found.pk, "text": kept, "about": subject},
    )
    return done(found, *opened, entry)


def _draft(case: Case, key: Any, by: Viewer) -> ContributionDraft:
    row = find(ContributionDraft, case, key, _("Utkastet"))
    if row.author_id != by.user_id:
        # The same answer as for a draft that is not there: drafts of others do not exist for anyone but the author.
        find(ContributionDraft, case, None, _("Utkastet"))
    return row


def _about(case: Case, step: Any, partial_goal: Any) -> tuple[Step | None, PartialGoal | None]:
    return (
        find(Step, case, step, _("Tiltaket")) if step else None,
        find(PartialGoal, case, partial_goal, _("Delmålet")) if partial_goal else None,
    )
