"""``samlop demo``: fills a database with invented people."""

from __future__ import annotations

import os
import sys
import time
from urllib.parse import urlsplit, urlunsplit

from samlop.site.arguments import NOT_UNDERSTOOD, Arguments, refuse

NATIONAL_DATABASE = "samlop_national"


def main(arguments: list[str]) -> int:
    """Fill the demo. Doing it again changes nothing; after an interruption the next run goes on."""
    parser = Arguments("demo", "Fyller databasen med oppdiktede mennesker. Bare i demomodus (SAMLOP_DEMO=1).")
    parser.add_argument(
        "--size", choices=("small", "national"), default="small", help="fire kommuner, eller hele landet"
    )
    parser.add_argument("--database", default="", help="navn på databasen (hele landet: samlop_national)")
    parser.add_argument("--municipalities", type=int, default=350, help="antall kommuner i hele landet (350)")
    parser.add_argument("--jobs", type=int, default=0, help="kommuner om gangen (antall prosessorer, høyst 4)")
    options = parser.parse_args(arguments)
    from samlop.site.environment import flag

    if not flag("SAMLOP_DEMO"):
        return refuse("not_demo", "SAMLOP_DEMO", "Demoen kan bare fylles i demomodus: sett SAMLOP_DEMO=1.")
    if not 4 <= options.municipalities <= 350:
        return refuse("invalid_number", "--municipalities", "Antall kommuner må være fra 4 til 350.")
    jobs = options.jobs or min(4, os.cpu_count() or 1)
    name = options.database or (NATIONAL_DATABASE if options.size == "national" else "")
    if name and not use_database(name):
        return NOT_UNDERSTOOD
    from samlop.site.cli import prepare

    prepare()
    _migrate()
    from samlop.site.demo import fill

    started = time.monotonic()
    try:
        made = fill.national(options.municipalities, jobs) if options.size == "national" else fill.small()
    except fill.NotOurs as trouble:
        return refuse("not_empty", "database", str(trouble))
    if not made:
        print("Demoen er allerede fylt. Ingenting er endret.")
        return 0
    print(f"Demoen er fylt: {made:,} rader på {time.monotonic() - started:.0f} sekunder.".replace(",", " "))
    return 0


def use_database(name: str) -> bool:
    """Point ``DATABASE_URL`` at another database on the same server, made if it is not there."""
    import psycopg
    from psycopg import sql

    from samlop.site import database

    if not name.replace("_", "").isalnum() or not name.isascii():
        refuse(
            "invalid_name", "--database", "Navnet på databasen kan bare ha bokstaver fra a til z, tall og understrek."
        )
        return False
    parts = urlsplit(database.ensure())
    with psycopg.connect(urlunsplit(parts), autocommit=True) as connection:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        if not there:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    # ``urlunsplit`` would drop the empty host of a socket address.
    os.environ["DATABASE_URL"] = f"{parts.scheme}://{parts.netloc}/{name}" + (f"?{parts.query}" if parts.query else "")
    return True


def _migrate() -> None:
    from django.core.management import call_command

    print("Bringer tabellene à jour …", file=sys.stderr)
    call_command("migrate", verbosity=0, interactive=False)
