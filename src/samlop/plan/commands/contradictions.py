"""Contributions that say different things: the editor marks them and settles them with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.rights import Right, Section
from samlop.core.time import now
from samlop.plan.editing import LONGEST, ensure_plan, find, require_editor, words, writer
from samlop.plan.models import Contradiction, Contribution


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def mark_contradiction(*, case: Case, contributions: Iterable[Any], text: str, by: Viewer) -> Contradiction:
    """Mark that two or more contributions say different things, and what. The editor only. Raises ``Refused``."""
    require_editor(case, by)
    what = words(text, "text", limit=LONGEST, missing=_("Skriv hva som er motstridende."))
    chosen = {row.pk: row for row in (find(Contribution, case, key, _("Bidraget")) for key in contributions)}
    rows = [row for row in chosen.values() if row.withdrawn_at is None]
    if len(rows) < 2:
        raise Refused("too_few_contributions", _("Velg minst to bidrag som sier ulike ting."), "contributions")
    plan, opened = ensure_plan(case)
    found = Contradiction.objects.create(case=case, plan=plan, text=what, marked_by=writer(by), marked_at=now())
    found.contributions.set(rows)
    entry = Entry(
        code="plan.contradiction.marked",
        section=Section.PLAN,
        data={
            "contradiction": found.pk,
            "text": what,
            "who": [_who(row) for row in sorted(rows, key=lambda row: row.written_at)],
        },
    )
    return done(found, *opened, entry)


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def settle_contradiction(*, case: Case, contradiction: Any, resolution: str, by: Viewer) -> Contradiction:
    """Settle a contradiction: what holds, and why. The editor only. Raises ``Refused``."""
    require_editor(case, by)
    found = find(Contradiction, case, contradiction, _("Motstriden"))
    if found.settled_at is not None:
        raise Refused(
            "already_done", _("Motstriden er allerede avklart. Last siden på nytt og se hva som ble bestemt.")
        )
    found.resolution = words(
        resolution, "resolution", limit=LONGEST, missing=_("Skriv hva som gjelder, og hvorfor."), code="missing_reason"
    )
    found.settled_at, found.settled_by = now(), writer(by)
    found.save()
    entry = Entry(
        code="plan.contradiction.settled",
        section=Section.PLAN,
        data={"contradiction": found.pk, "text": found.text, "resolution": found.resolution},
    )
    return done(found, entry)


def _who(row: Contribution) -> str:
    return row.unit.name if row.unit else row.author_name
