"""``samlop backup FILE`` and ``samlop restore FILE``: the whole database in one file, and back into an empty one."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from samlop.site import database
from samlop.site.arguments import Arguments
from samlop.site.embedded import DatabaseTrouble, programs


def backup(arguments: list[str]) -> int:
    """Write a consistent copy while people work; the file appears whole or not at all."""
    parser = Arguments(
        "backup", "Skriver hele databasen til en fil, også mens noen arbeider. Fila kan leses av eieren alene."
    )
    parser.add_argument("file", metavar="FIL", help="fila som skal skrives; den må ikke finnes fra før")
    target = Path(parser.parse_args(arguments).file)
    if target.exists():
        raise DatabaseTrouble(f"{target} finnes fra før. Velg et annet navn; ingenting er skrevet.")
    half = target.with_name(f".{target.name}.halv")
    half.unlink(missing_ok=True)
    os.close(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={half}", "--dbname", _address())
        with half.open("rb") as file:
            os.fsync(file.fileno())
        half.rename(target)
    finally:
        half.unlink(missing_ok=True)
    print(f"Sikkerhetskopien er skrevet: {target} ({target.stat().st_size / 1_000_000:.1f} MB)")
    return 0


def restore(arguments: list[str]) -> int:
    """Fill an empty database from a copy, whole or not at all, and bring its tables up to date."""
    parser = Arguments(
        "restore", "Legger en sikkerhetskopi tilbake i en tom database. Feiler noe, er databasen tom som før."
    )
    parser.add_argument("file", metavar="FIL", help="fila fra samlop backup")
    source = Path(parser.parse_args(arguments).file)
    if not source.is_file():
        raise DatabaseTrouble(f"{source} finnes ikke.")
    address = _address()
    if _has_tables(address):
        raise DatabaseTrouble(
            "Databasen er ikke tom, og ingenting er endret. Lag en ny, tom database og pek DATABASE_URL på den "
            "(den innebygde: stopp Samløp og gi mappa var/postgres et annet navn)."
        )
    _run(
        "pg_restore",
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        "--dbname",
        address,
        str(source),
    )
    from samlop.site.cli import prepare

    prepare()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    print("Sikkerhetskopien er lagt tilbake. Kjør samlop check journal for å kontrollere at journalene er hele.")
    return 0


def _address() -> str:
    url = database.ensure()
    if urlsplit(url).scheme not in {"postgres", "postgresql"}:
        raise DatabaseTrouble("DATABASE_URL must begin with postgresql://")
    return url


def _has_tables(address: str) -> bool:
    query = "SELECT EXISTS (SELECT FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace)"
    with psycopg.connect(address, connect_timeout=10) as connection:
        row = connection.execute(query).fetchone()
    return bool(row and row[0])


def _run(program: str, *arguments: str) -> None:
    """Run PostgreSQL's own program: the machine's for another server (it may be newer), else the one in the wheel."""
    found = shutil.which(program) if not os.environ.get("SAMLOP_EMBEDDED") else None
    done = subprocess.run([found or str(programs() / program), *arguments], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise DatabaseTrouble(f"{program} feilet, og ingenting er endret.\n{done.stderr.strip()[-1500:]}")
