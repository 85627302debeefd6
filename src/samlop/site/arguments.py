"""Arguments of the command line, refused as the contracts promise: status 2 and one JSON object on standard error."""

from __future__ import annotations

import argparse
import json
import re
import sys
from typing import NoReturn

NOT_UNDERSTOOD = 2
_LONGEST = 60


def refuse(code: str, field: str, message: str) -> int:
    """Print the refusal; returns the exit status. A long input is not repeated."""
    shown = field if len(field) <= _LONGEST else f"{field[:_LONGEST]}…"
    print(json.dumps({"error": code, "field": shown, "message": message}, ensure_ascii=False), file=sys.stderr)
    return NOT_UNDERSTOOD


class Arguments(argparse.ArgumentParser):
    """A parser of one subcommand's options; ``--help`` is plain text, everything not understood is refused."""

    def __init__(self, subcommand: str, about: str) -> None:
        super().__init__(prog=f"samlop {subcommand}", description=about, add_help=False, allow_abbrev=False)
        self.add_argument("-h", "--help", action="help", help="vis denne hjelpen")
        self._optionals.title = "valg"
        self._positionals.title = "argumenter"

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "Bruk:", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "Bruk:", 1)

    def error(self, message: str) -> NoReturn:
        found = re.search(r"(--?[a-z][a-z-]*)|: ([\w-]+)", message)
        field = (found[1] or found[2]) if found else "$"
        sys.exit(refuse("invalid_call", field, f"Vi forstår ikke kallet. Skriv {self.prog} --help for å se valgene."))
