"""A page that was opened an hour ago must not overwrite what a colleague has done since.

A form remembers what its fields showed (``show_hidden_initial``, read back with ``HouseForm.shown_first``), and the
command writes only what was changed against that. Where somebody else has changed the same, it refuses, and the form
shows both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samlop.core.errors import ChangedMeanwhile


def only_changed(wanted: Mapping[Any, Any], seen: Mapping[Any, Any] | None, now: Mapping[Any, Any]) -> dict[Any, Any]:
    """Of the ``wanted`` values by field, those that were changed against what was ``seen``.

    ``now`` is what stands. A field that is not among ``seen`` counts as changed: who sends it has not seen anything.
    Raises ``ChangedMeanwhile`` where what stands is neither what was seen nor what is wanted.
    """
    shown = seen or {}
    mine = {name: value for name, value in wanted.items() if name not in shown or value != shown[name]}
    clashes = {
        name: now[name] for name, value in mine.items() if name in shown and now[name] not in (shown[name], value)
    }
    if clashes:
        raise ChangedMeanwhile(clashes)
    return mine


def merged(wanted: Mapping[Any, Any], seen: Mapping[Any, Any] | None, now: Mapping[Any, Any]) -> dict[str, Any]:
    """What shall stand, in the order of ``now``: what was changed, and the rest as it stands. Raises likewise."""
    return {**now, **only_changed(wanted, seen, now)}
