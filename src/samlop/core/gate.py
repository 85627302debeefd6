"""The ports that the kernel calls and higher rooms fill.

``command`` and ``query`` live at the bottom of the house, but who may what is decided in ``access`` and what is
remembered in ``cases``. They plug in here when the program starts, so that no arrow points upwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from samlop.core.rights import Permission, Right, Section


class Acting(Protocol):
    """Whoever acts: a person in a role at a unit, the participant, or the program itself."""

    @property
    def user_id(self) -> UUID | None: ...
    @property
    def unit_id(self) -> UUID | None: ...
    @property
    def municipality_id(self) -> UUID | None: ...
    def may(self, permission: Permission) -> bool: ...


@dataclass(kw_only=True)
class Entry:
    """What a command wants remembered in the journal.

    ``code`` is dotted (``plan.contribution.added``) and has a sentence in the room's ``presenters.py``; ``data`` holds
    plain typed values (strings, numbers, booleans, ISO dates). ``effort`` makes the entry count as the unit's
    contribution, ``minutes`` is optional working time. ``happened_on`` is the day it happened when that is not today;
    ``corrects`` is the number of an earlier entry of the same case. ``case`` is only given by a command that creates or
    touches another case than its own. ``unit`` is the unit whose effort it is when somebody of another unit writes it
    down, as when one person closes a talk that several units took part in.
    """

    code: str
    section: Section
    data: dict[str, Any] = field(default_factory=dict)
    effort: str | None = None
    minutes: int | None = None
    happened_on: date | None = None
    corrects: int | None = None
    on_behalf_of: str = ""
    unit: Any = None
    case: Any = None


class Gate(Protocol):
    """What ``access`` and ``cases`` promise the kernel."""

    def lock(self, case: Any) -> Any:
        """The case's row, locked for the transaction. Raises ``Refused('not_found')``."""

    def authorise(self, by: Any, case: Any, section: Section, right: Right, *, after_move: bool = False) -> None:
        """Raise ``Refused`` unless ``by`` has ``right`` on ``section`` of ``case``.

        With ``after_move`` a case whose participant has moved away is not closed for writing.
        """

    def authorise_permission(self, by: Any, permission: Permission) -> None:
        """Raise ``Refused`` unless the role has the permission."""

    def open(self, viewer: Any, case: Any, section: Section, right: Right) -> Any:
        """The case if the viewer may see the section; notes the reading. Raises ``Refused``."""

    def record(self, case: Any, by: Any, entry: Entry) -> Any:
        """Append a journal entry to the case."""


_gate: Gate | None = None


def install(gate: Gate) -> None:
    """Called once at start-up by the room that joins access and journal."""
    global _gate
    _gate = gate


def gate() -> Gate:
    """The installed gate."""
    if _gate is None:
        raise RuntimeError("No gate installed: is samlop.cases in INSTALLED_APPS?")
    return _gate
