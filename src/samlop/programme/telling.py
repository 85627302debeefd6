"""Journal entries about decisions and complaints, in the decision's section of the case."""

from __future__ import annotations

from samlop.core.gate import Entry
from samlop.core.rights import Section
from samlop.programme.models import Decision


def of_decision(decision: Decision, code: str, **data: object) -> Entry:
    """What was done with a decision («drafted», «signed» …)."""
    return _entry(decision, f"programme.decision_{code}", data)


def of_complaint(decision: Decision, code: str, **data: object) -> Entry:
    """What was done with a complaint on a decision («received», «sent» …)."""
    return _entry(decision, f"programme.complaint_{code}", data)


def _entry(decision: Decision, code: str, data: dict[str, object]) -> Entry:
    told = {"kind": decision.kind, "decision": decision.pk, **data}
    return Entry(code=code, section=Section(decision.section), data=told)
