"""What was changed on a page is told apart from what it only showed."""

from __future__ import annotations

from typing import Any

import pytest

from samlop.core.errors import ChangedMeanwhile
from samlop.core.stale import merged, only_changed


@pytest.mark.parametrize(
    ("wanted", "seen", "now", "written"),
    [
        pytest.param("a", "a", "b", {}, id="only shown: what a colleague wrote stays"),
        pytest.param("b", "a", "a", {"x": "b"}, id="changed by me alone"),
        pytest.param("b", "a", "b", {"x": "b"}, id="changed by both to the same"),
        pytest.param(None, "a", "a", {"x": None}, id="emptied by me"),
    ],
)
def test_only_what_was_changed_is_written(wanted: Any, seen: Any, now: Any, written: dict[str, Any]) -> None:
    assert only_changed({"x": wanted}, {"x": seen}, {"x": now}) == written


def test_two_changes_of_the_same_are_refused_with_what_stands() -> None:
    with pytest.raises(ChangedMeanwhile) as refusal:
        only_changed({"x": "mine", "y": 2}, {"x": "old", "y": 1}, {"x": "theirs", "y": 1})
    assert (refusal.value.status, refusal.value.fields) == (409, {"x": "theirs"})


def test_who_has_seen_nothing_writes_what_is_sent() -> None:
    assert only_changed({"x": 2}, None, {"x": 1}) == {"x": 2}


def test_what_shall_stand_keeps_the_rest() -> None:
    found = merged({"x": "new", "y": 1}, {"x": "old", "y": 1}, {"y": 5, "x": "old"})
    assert list(found.items()) == [("y", 5), ("x", "new")]
