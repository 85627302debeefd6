"""``samlop`` – the command line. A subcommand is imported when it is called: law needs no database and starts fast."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

from samlop.site.arguments import refuse
from samlop.site.environment import MissingSetting


@dataclass(frozen=True)
class Subcommand:
    """A subcommand: where its function is (``module:function``), and one line of help.

    The function gets the rest of the arguments and returns the exit status.
    """

    function: str
    help: str

    @property
    def exists(self) -> bool:
        """Whether its module is there."""
        module = self.function.partition(":")[0]
        try:
            return importlib.util.find_spec(module) is not None
        except ModuleNotFoundError:
            return False

    def load(self) -> Callable[[list[str]], int | None]:
        module, _, name = self.function.partition(":")
        loaded: Callable[[list[str]], int | None] = getattr(importlib.import_module(module), name)
        return loaded


SUBCOMMANDS = {
    "run": Subcommand("samlop.site.run:main", "start alt: database, migrering, demo, webtjener og arbeider"),
    "web": Subcommand("samlop.site.run:web", "start bare webtjeneren (gunicorn)"),
    "worker": Subcommand("samlop.site.worker:main", "start bare arbeideren som gjør jobber i bakgrunnen"),
    "demo": Subcommand("samlop.site.demo.cli:main", "fyll databasen med oppdiktede mennesker: --size small | national"),
    "check": Subcommand("samlop.site.check:main", "kontroller: samlop check journal"),
    "create-operator": Subcommand("samlop.site.operator:create", "lag den første driftsbrukeren i en ny installasjon"),
    "extract": Subcommand("samlop.site.extract:main", "tell opp tallene som fylket leser (skjer ellers hver natt)"),
    "password-link": Subcommand("samlop.site.operator:link", "skriv en personlig lenke til nytt passord for en bruker"),
    "backup": Subcommand("samlop.site.backup:backup", "ta sikkerhetskopi av databasen til en fil"),
    "restore": Subcommand("samlop.site.backup:restore", "legg en sikkerhetskopi tilbake i en tom database"),
    "law": Subcommand(
        "samlop.law.cli:main", "regn etter loven: benefit, duration, eligibility, deadlines, check-id (JSON inn og ut)"
    ),
    "survey": Subcommand("samlop.surveys.cli:main", "regn på spørreundersøkelser: analyse, mirror, practice"),
    "manage": Subcommand("samlop.site.cli:manage", "rammeverkets egne kommandoer: migrate, shell, makemigrations …"),
}


def main(argv: list[str] | None = None) -> int:
    """Run a subcommand; returns the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments:
        return refuse(
            "missing_subcommand", "subcommand", "Si hva som skal gjøres. Skriv samlop --help for å se valgene."
        )
    name, *rest = arguments
    if name in {"-h", "--help"}:
        print(usage())
        return 0
    subcommand = SUBCOMMANDS.get(name)
    if subcommand is None or not subcommand.exists:
        return refuse("unknown_subcommand", name, "Underkommandoen finnes ikke. Skriv samlop --help for å se valgene.")
    from samlop.site.embedded import DatabaseTrouble

    try:
        return subcommand.load()(rest) or 0
    except (MissingSetting, DatabaseTrouble) as trouble:
        print(f"samlop {name}: {trouble}", file=sys.stderr)
        return 1


def usage() -> str:
    """The help text: a line for each subcommand that exists."""
    lines = [f"  {name:<17} {subcommand.help}" for name, subcommand in SUBCOMMANDS.items() if subcommand.exists]
    return "\n".join(["Bruk: samlop UNDERKOMMANDO [valg]", "", *lines, "", "samlop UNDERKOMMANDO --help sier mer."])


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
