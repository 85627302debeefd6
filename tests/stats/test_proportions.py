"""A share carries its base, is rounded as people round, and a small cell cannot be found by subtraction."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samlop.stats.proportions import Share, percent, suppress, suppressed_cells


def test_nine_of_twelve_is_75_per_cent() -> None:
    assert Share(9, 12).percent() == "75"
    assert Share(9, 12).value == Fraction(3, 4)


@pytest.mark.parametrize(
    ("k", "n", "decimals", "text"),
    [(5, 8, 0, "63"), (1, 8, 1, "12,5"), (1, 200, 0, "1"), (1, 201, 0, "0"), (2, 3, 1, "66,7"), (7, 7, 0, "100"),
     (14, 20, 1, "70,0"), (14, 18, 1, "77,8"), (0, 5, 0, "0"), (0, 0, 0, "")],
)  # fmt: skip
def test_half_is_rounded_up_from_the_exact_fraction(k: int, n: int, decimals: int, text: str) -> None:
    assert percent(k, n, decimals) == text


def test_more_than_all_is_refused() -> None:
    with pytest.raises(ValueError, match="not a share"):
        Share(3, 2)


def test_large_cells_are_shown() -> None:
    shown, total = suppress({"A": [9, 12], "B": [20, 7]})
    assert shown == {"A": [9, 12, 21], "B": [20, 7, 27]}
    assert total == [29, 19, 48]


def test_a_small_cell_takes_another_with_it_so_that_subtraction_does_not_help() -> None:
    shown, total = suppress({"A": [3, 12], "B": [20, 7], "C": [30, 40]})
    assert shown["A"][0] is None
    for line in [*shown.values(), total, *zip(*shown.values(), total, strict=True)]:
        assert list(line).count(None) != 1
    assert total[-1] == 112


def test_zero_is_small_too() -> None:
    shown, _total = suppress({"A": [0, 12], "B": [20, 7], "C": [30, 40]})
    assert shown["A"][0] is None


def test_hidden_cells_together_are_never_few() -> None:
    shown, _total = suppress({"A": [1, 1, 50], "B": [20, 30, 40], "C": [20, 30, 40]})
    hidden = [value for value, seen in zip([1, 1, 50, 52], shown["A"], strict=True) if seen is None]
    assert sum(hidden) >= 5


def test_an_empty_table_has_nothing_to_hide() -> None:
    assert suppress({}) == ({}, [None])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=1, max_size=3))
def test_no_hidden_cell_has_only_one_possible_value(rows: list[list[int]]) -> None:
    """Try every table of counts up to 30 that gives the same printed numbers: each hidden cell must vary."""
    table = [[*row, sum(row)] for row in rows]
    table.append([sum(column) for column in zip(*table, strict=True)])
    hidden = suppressed_cells(table)
    inner = [(r, c) for r in range(len(rows)) for c in range(2)]
    free = [cell for cell in inner if cell in hidden]
    if len(free) > 3:
        return  # too many to try; more freedom only hides better
    seen: dict[tuple[int, int], set[int]] = {cell: set() for cell in hidden}
    for values in product(range(31), repeat=len(free)):
        guess = [row[:2] for row in table[:-1]]
        for (r, c), value in zip(free, values, strict=True):
            guess[r][c] = value
        full = [[*row, sum(row)] for row in guess]
        full.append([sum(column) for column in zip(*full, strict=True)])
        if all(full[r][c] == table[r][c] for r in range(len(full)) for c in range(3) if (r, c) not in hidden):
            for r, c in hidden:
                seen[r, c].add(full[r][c])
    assert all(len(values) > 1 for values in seen.values())
