"""Shares with their base, percentages for print, and tables where small cells cannot be found by subtraction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import count
from typing import TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Share:
    """``k`` of ``n``, kept exactly. Raises ``ValueError`` unless 0 ≤ k ≤ n."""

    k: int
    n: int

    def __post_init__(self) -> None:
        if not 0 <= self.k <= self.n:
            raise ValueError(f"{self.k} of {self.n} is not a share")

    @property
    def value(self) -> Fraction | None:
        """The exact fraction; none without a base."""
        return Fraction(self.k, self.n) if self.n else None

    def percent(self, decimals: int = 0) -> str:
        """«75», rounded half-up from the exact fraction (62,5 → 63); empty without a base."""
        return percent(self.k, self.n, decimals)


def percent(k: int, n: int, decimals: int = 0) -> str:
    """k of n in per cent as text with a decimal comma, rounded half-up; empty when n is 0."""
    if n == 0:
        return ""
    # Whole numbers only: a float, or a decimal division cut at 28 digits, could fall on the wrong side of a half.
    scaled, rest = divmod(k * 100 * 10**decimals, n)
    scaled += 2 * rest >= n
    exact = Decimal(scaled).scaleb(-decimals)
    return str(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)).replace(".", ",")


Cell = tuple[int, int]
Shown = list[int | None]
"""A line of a table as it is printed: none where the number is hidden."""
Line = tuple[Cell, ...]
"""Cells where the last is printed as the sum of the others."""

TOTAL = "total"


def suppress(rows: Mapping[Row, Sequence[int]], minimum: int = 5) -> tuple[dict[Row, Shown], Shown]:
    """Hide small counts in a table of rows with the same columns, whose sums are printed as well.

    Each given row holds its counts without the sum; the answer adds the sum as last column, and the column sums as a
    row of its own. A count below ``minimum`` is hidden (none), and further cells – the smallest that help – until no
    hidden cell can be worked out from the printed ones, and no printed sums reveal that hidden cells together are
    fewer than ``minimum``. Zero is hidden too: that nobody was helped also says something of each.
    """
    keys = list(rows)
    table = [[*counts, sum(counts)] for counts in rows.values()]
    width = len(table[0]) if table else 1
    table.append([sum(column) for column in zip(*table, strict=True)] if table else [0])
    hidden = suppressed_cells(table, minimum)
    shown = [[None if (r, c) in hidden else table[r][c] for c in range(width)] for r in range(len(table))]
    return dict(zip(keys, shown[:-1], strict=True)), shown[-1]


def suppressed_cells(table: Sequence[Sequence[int]], minimum: int = 5) -> set[Cell]:
    """The cells to hide in a table whose last row and last column are sums; see ``suppress``."""
    lines = _lines(len(table), len(table[0]))
    hidden = {(r, c) for r, row in enumerate(table) for c, value in enumerate(row) if value < minimum}
    for _round in count():
        more = _exposed_by_line(table, lines, hidden, minimum) or _exposed_by_algebra(table, lines, hidden)
        if more is None:
            return hidden
        hidden.add(more)
    raise AssertionError("unreachable")


def _lines(height: int, width: int) -> list[Line]:
    across = [tuple((r, c) for c in range(width)) for r in range(height)]
    down = [tuple((r, c) for r in range(height)) for c in range(width)]
    return [line for line in across + down if len(line) > 1]


def _exposed_by_line(
    table: Sequence[Sequence[int]], lines: Iterable[Line], hidden: set[Cell], minimum: int
) -> Cell | None:
    """A further cell to hide in a line with one hidden cell, or where the hidden parts together are few."""
    for line in lines:
        *parts, total = line
        inside = [cell for cell in parts if cell in hidden]
        if not inside:
            if total in hidden:
                return _smallest(table, parts)
            continue
        if total not in hidden and (len(inside) == 1 or sum(table[r][c] for r, c in inside) < minimum):
            return _smallest(table, [cell for cell in line if cell not in hidden])
    return None


def _smallest(table: Sequence[Sequence[int]], cells: Iterable[Cell]) -> Cell:
    return min(cells, key=lambda cell: (table[cell[0]][cell[1]], cell))


def _exposed_by_algebra(table: Sequence[Sequence[int]], lines: Sequence[Line], hidden: set[Cell]) -> Cell | None:
    """A further cell to hide where several lines together give a hidden cell away (Gauss elimination, exact)."""
    order = sorted(hidden)
    place = {cell: index for index, cell in enumerate(order)}
    reduced: list[dict[int, Fraction]] = []
    for line in lines:
        equation = {place[cell]: Fraction(-1 if cell == line[-1] else 1) for cell in line if cell in hidden}
        _add(reduced, equation)
    for equation in reduced:
        if len(equation) == 1:
            known = order[next(iter(equation))]
            beside = [cell for line in lines if known in line for cell in line if cell not in hidden]
            return _smallest(table, beside) if beside else None
    return None


def _add(reduced: list[dict[int, Fraction]], equation: dict[int, Fraction]) -> None:
    """Add an equation to a system in reduced row echelon form; each row's pivot is its lowest unknown."""
    for row in reduced:
        _subtract(equation, row, min(row))
    if not equation:
        return
    pivot = min(equation)
    factor = equation[pivot]
    for unknown in equation:
        equation[unknown] /= factor
    for row in reduced:
        _subtract(row, equation, pivot)
    reduced.append(equation)


def _subtract(row: dict[int, Fraction], other: Mapping[int, Fraction], pivot: int) -> None:
    factor = row.get(pivot)
    if not factor:
        return
    for unknown, value in other.items():
        left = row.get(unknown, Fraction(0)) - factor * value
        if left:
            row[unknown] = left
        else:
            row.pop(unknown, None)
