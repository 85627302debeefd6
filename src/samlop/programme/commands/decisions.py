"""Decisions: drafted by those who prepare them, signed by a leader, sent, received, registered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.gate import gate
from samlop.core.rights import Right, Section
from samlop.core.time import now
from samlop.people.numbers import refuse_number_in
from samlop.programme.kinds import DecisionKind, section_of, typed
from samlop.programme.models import Decision, LetterLanguage
from samlop.programme.telling import of_decision


@command(section=Section.PROGRAMME, right=Right.CONTRIBUTE)
def propose_decision(
    *,
    case: Case,
    kind: DecisionKind | str,
    data: Mapping[str, Any],
    reasons: str = "",
    references: list[str] | None = None,
    language: str = LetterLanguage.NB,
    replaces: Decision | None = None,
    source: str = "",
    by: Viewer,
) -> Decision:
    """Start the draft of a decision, from a person's form or from a room that has found what must be decided.

    ``data`` is what is decided, typed by kind (``kinds.PARTS``: leave – reason, first_day, last_day, granted, paid;
    deduction – month «2026-11», amount_ore, about; repayment – amount_ore, first_day, last_day, about). ``source``
    names what it was made from («hours.leave/<key>»); a second call with the same source, kind and case gives the draft
    that is there instead of another. A draft binds nobody: a leader reads it, and signs or throws it away.

    Raises ``Refused`` (see ``kinds.typed``).
    """
    found = typed(kind, data)
    refuse_number_in(reasons, "reasons")
    section = section_of(kind)
    gate().authorise(by, case, section, Right.SEE)
    if source:
        earlier = Decision.objects.filter(case=case, kind=kind, source=source).order_by("-prepared_at").first()
        if earlier is not None:
            return earlier
    decision = Decision.objects.create(
        case=case,
        municipality_id=case.municipality_id,
        kind=DecisionKind(kind).value,
        section=section.value,
        data=found,
        reasons=reasons.strip(),
        references=references or [],
        language=language,
        replaces=replaces,
        source=source,
        prepared_by=by.user,
        prepared_by_name=by.name,
        prepared_at=now(),
    )
    return done(decision, of_decision(decision, "drafted"))
