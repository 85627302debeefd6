"""``samlop extract``: count anew what the county reads, without waiting for the night."""

from __future__ import annotations

import sys

from samlop.site.arguments import Arguments


def main(arguments: list[str]) -> int:
    """Take the extracts of every municipality, with progress."""
    parser = Arguments("extract", "Tell opp kommunenes innsats til fylkesrapporten på nytt. Bare tall, aldri personer.")
    parser.add_argument("--all", action="store_true", help="også de eldre halvårene")
    options = parser.parse_args(arguments)
    from samlop.site.cli import prepare

    prepare()
    from samlop.access.viewer import Viewer
    from samlop.effort.refresh import refresh

    def progress(done: int, total: int) -> None:
        if done == total or done % 25 == 0:
            print(f"{done} av {total} uttrekk", file=sys.stderr)

    number = refresh(Viewer.system("samlop extract"), all_periods=options.all, progress=progress)
    print(f"Ferdig: {number} uttrekk.")
    return 0
