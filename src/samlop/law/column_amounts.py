"""The lines of many person-months in columns, in whole øre."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samlop.law.columns import Flags, Ore


@dataclass(frozen=True, slots=True)
class Few:
    """A line that few person-months have: the rows that have it, each once, and its øre."""

    rows: NDArray[np.intp]
    ore: Ore

    @classmethod
    def none(cls) -> "Few":
        """Nobody has it."""
        return cls(np.empty(0, dtype=np.intp), np.empty(0, dtype=np.int32))

    def of_all(self, count: int) -> Ore:
        """Øre of every row, zero where the line is not there."""
        ore = np.zeros(count, dtype=np.int32)
        ore[self.rows] = self.ore
        return ore

    def instead(self, keep: Flags, rows: NDArray[np.intp], some: "Few") -> "Few":
        """Only the rows to keep, and beside them those worked out apart, numbered as `rows` says."""
        kept = keep[self.rows]
        return Few(
            np.concatenate([self.rows[kept], rows[some.rows]]),
            np.concatenate([self.ore[kept], some.ore]).astype(np.int32),
        )


@dataclass(frozen=True, slots=True)
class Amounts:
    """The lines of each person-month in whole øre; deductions are negative, as on a payslip.

    Thirty-two bits hold twenty million kroner, far more than any month; sums over a country need 64. Most months have
    no more than the first three, so the rest is kept for those who have it: reaching for memory costs more than
    working out.
    """

    benefit_after: Ore  # the whole month, or the part from a 25th birthday inside it
    absence: Ore
    net: Ore  # the sum of all lines, never below zero
    few_before: Few  # the part before a 25th birthday inside the month
    few_paid_work: Few
    few_other: tuple[Few, ...]  # one per kind
    few_floor: Few
    few_decisions: Few  # the absence that must be a decision

    def __len__(self) -> int:
        return len(self.net)

    @property
    def gross(self) -> Ore:
        """The sum of the benefit lines."""
        gross = self.benefit_after.copy()
        gross[self.few_before.rows] += self.few_before.ore
        return gross

    @property
    def benefit_before(self) -> Ore:
        """The part before a 25th birthday inside the month; zero for everyone else."""
        return self.few_before.of_all(len(self))

    @property
    def paid_work(self) -> Ore:
        """What is taken for paid work in the programme."""
        return self.few_paid_work.of_all(len(self))

    @property
    def other(self) -> Ore:
        """What is taken for other benefits, one row per kind."""
        return np.stack([few.of_all(len(self)) for few in self.few_other])

    @property
    def floor(self) -> Ore:
        """What is given back so that nobody owes for the month."""
        return self.few_floor.of_all(len(self))

    @property
    def requires_decision(self) -> Flags:
        """Whether the deduction for absence must be a decision."""
        required = np.zeros(len(self), dtype=np.bool_)
        required[self.few_decisions.rows] = True
        return required

    def instead(self, rows: NDArray[np.intp], some: "Amounts") -> "Amounts":
        """These amounts, with some rows worked out apart. The arrays that all have are written in place."""
        if not len(rows):
            return self
        keep = np.ones(len(self), dtype=np.bool_)
        keep[rows] = False
        for mine, theirs in (
            (self.benefit_after, some.benefit_after),
            (self.absence, some.absence),
            (self.net, some.net),
        ):
            mine[rows] = theirs
        return Amounts(
            self.benefit_after,
            self.absence,
            self.net,
            self.few_before.instead(keep, rows, some.few_before),
            self.few_paid_work.instead(keep, rows, some.few_paid_work),
            tuple(a.instead(keep, rows, b) for a, b in zip(self.few_other, some.few_other, strict=True)),
            self.few_floor.instead(keep, rows, some.few_floor),
            self.few_decisions.instead(keep, rows, some.few_decisions),
        )
