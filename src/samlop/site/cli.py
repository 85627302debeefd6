"""``samlop`` – the command line. Law needs no database and starts fast; the rest sets up Django first."""

from __future__ import annotations

import os
import sys


def main(argv: list[str] | None = None) -> int:
    """Run a subcommand; returns the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    match arguments:
        case ["law", *rest]:
            from samlop.law.cli import main as law

            return law(rest)
        case ["manage", *rest]:
            return manage(rest)
    print("samlop: law | manage", file=sys.stderr)
    return 2


def prepare() -> None:
    """Find the database and load Django."""
    import django

    from samlop.site import database

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samlop.site.settings")
    database.ensure()
    django.setup()


def manage(arguments: list[str]) -> int:
    """Django's own commands (migrate, shell, makemigrations …)."""
    prepare()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["samlop manage", *arguments])
    return 0


if __name__ == "__main__":
    sys.exit(main())
