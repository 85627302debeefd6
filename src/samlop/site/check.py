"""``samlop check journal``: is every journal whole? Exit status 0 yes, 1 no, 2 when the call is not understood."""

from __future__ import annotations

import sys
import time

from samlop.site.arguments import Arguments


def main(arguments: list[str]) -> int:
    """Run a check; progress goes to standard error, the answer to standard output."""
    parser = Arguments("check", "Kontrollerer at tidslinjene er hele: ingenting er endret, tatt bort eller satt inn.")
    parser.add_argument("what", choices=["journal"], help="journal: alle tidslinjer")
    parser.parse_args(arguments)
    from samlop.site.cli import prepare

    prepare()
    from samlop.cases.checks import journal

    progress = _Progress()
    count, broken = journal(progress)
    progress.end()
    if broken:
        print(f"Brutt: {broken}")
        print(f"{count} innføringer var hele før denne.")
        return 1
    print(f"Alle tidslinjer er hele. {count} innføringer er lest.")
    return 0


class _Progress:
    """A line on standard error, at most once a second, when somebody is looking."""

    def __init__(self) -> None:
        self.told_at = time.monotonic()
        self.told = False

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self.told_at < 1:
            return
        self.told_at, self.told = time.monotonic(), True
        share = f" ({100 * done // total} %)" if total else ""
        print(f"\r{done} av {total} innføringer{share}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self.told:
            print(file=sys.stderr)
