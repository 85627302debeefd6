"""How fast a month's benefit of the whole country is, from rows read to amounts, beside the exact path one at a time.

``python -m bench.benefit`` reads the national demo (``--database`` for another) and prints a table.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from typing import Any

ROUNDS = 5


def best(function: Callable[[], Any]) -> tuple[float, Any]:
    """The shortest of some rounds in seconds, and what was found."""
    times, found = [], None
    for _ in range(ROUNDS):
        start = time.perf_counter()
        found = function()
        times.append(time.perf_counter() - start)
    return min(times), found


def told(what: str, seconds: float, people: int) -> None:
    print(f"{what:45} {seconds * 1000:8.0f} ms  ({seconds / max(people, 1) * 1e6:.1f} µs per deltaker)")


def main() -> int:
    """Measure and print; 1 where the two ways differ by an øre."""
    parser = argparse.ArgumentParser(prog="python -m bench.benefit")
    parser.add_argument("--database", default="samlop_national", help="navn på databasen (samlop_national)")
    parser.add_argument("--exact", type=int, default=2000, help="hvor mange som også regnes ut én og én (2000)")
    options = parser.parse_args()
    os.environ["SAMLOP_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samlop.site.settings")
    from samlop.site.demo import cli as demo

    size = "national" if options.database == "samlop_national" else "small"
    if status := demo.main(["--size", size, "--database", options.database]):
        return status

    from samlop.benefit.bulk import exactly, month_of_all
    from samlop.benefit.calendar import last_over
    from samlop.benefit.facts import facts_of
    from samlop.core.time import today
    from samlop.law.parameters import rules_known

    month, rules = last_over(today()), rules_known(today())
    seconds, found = best(lambda: month_of_all(month, rules))
    people = len(found.case_ids)
    print(f"{month}: {people} deltakere, {len(found.unknown)} uten nok opplysninger")
    told("fra rader lest til beløp, hele landet", seconds, people)
    some = found.case_ids[: options.exact]
    start = time.perf_counter()
    one_by_one = exactly(list(facts_of(some, month).values()), rules)
    took = time.perf_counter() - start
    told(f"én og én med alle steg, {len(some)} av dem", took, len(some))
    fast = dict(zip(found.case_ids, found.net.tolist(), strict=True))
    wrong = sum(fast[key] != net for key, net in zip(one_by_one.case_ids, one_by_one.net.tolist(), strict=True))
    print(f"ulike på øret: {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
