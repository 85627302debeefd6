"""Backup and restore, really tried: into another database, with people, journal and guards as they were."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from samlop.site import backup, cli
from samlop.site.embedded import DatabaseTrouble
from tests.house import House

pytestmark = pytest.mark.django_db(transaction=True)


def address(name: str) -> str:
    given = connection.settings_dict
    return f"postgresql://{given['USER']}@/{name}?host={quote(given['HOST'], safe='')}"


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch, house: House) -> str:
    """An empty database on the same server; the program is pointed at the full one."""
    name = f"restored_{os.getpid()}"
    with psycopg.connect(address("postgres"), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')  # type: ignore[call-overload]
        server.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
    monkeypatch.setenv("DATABASE_URL", address(connection.settings_dict["NAME"]))
    monkeypatch.setenv("SAMLOP_EMBEDDED", "1")
    monkeypatch.setattr(cli, "prepare", lambda: None)
    yield name  # type: ignore[misc]
    with psycopg.connect(address("postgres"), autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[call-overload]


def test_a_copy_brings_everything_back(empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "samlop.copy"
    assert backup.backup([str(file)]) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    monkeypatch.setenv("DATABASE_URL", address(empty))
    monkeypatch.setattr("django.core.management.call_command", lambda *_, **__: None)
    assert backup.restore([str(file)]) == 0
    with psycopg.connect(address(connection.settings_dict["NAME"])) as old, psycopg.connect(address(empty)) as new:
        for table in ("people_user", "people_membership", "cases_case", "cases_teammember", "django_migrations"):
            count = f"SELECT count(*) FROM {table}"
            assert old.execute(count).fetchone() == new.execute(count).fetchone()  # type: ignore[call-overload]
        columns = "role, title, valid_from, valid_to, user_id, unit_id"
        again = (
            f"INSERT INTO people_membership (id, {columns}) SELECT gen_random_uuid(), {columns} FROM people_membership"
        )
        with pytest.raises(psycopg.errors.ExclusionViolation):
            new.execute(again)  # type: ignore[call-overload]


def test_a_database_with_something_in_it_is_left_alone(empty: str, tmp_path: Path) -> None:
    file = tmp_path / "samlop.copy"
    backup.backup([str(file)])
    with pytest.raises(DatabaseTrouble, match="ikke tom, og ingenting er endret"):
        backup.restore([str(file)])


def test_a_file_that_is_there_is_not_overwritten(empty: str, tmp_path: Path) -> None:
    file = tmp_path / "samlop.copy"
    file.write_text("the only copy")
    with pytest.raises(DatabaseTrouble, match="finnes fra før"):
        backup.backup([str(file)])
    assert file.read_text() == "the only copy"


def test_a_broken_copy_leaves_the_database_empty(empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "samlop.copy"
    backup.backup([str(file)])
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) * 2 // 3])
    monkeypatch.setenv("DATABASE_URL", address(empty))
    with pytest.raises(DatabaseTrouble, match="pg_restore feilet"):
        backup.restore([str(file)])
    assert not backup._has_tables(address(empty))


def test_a_copy_that_fails_leaves_no_half_file(empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", address("no_such_database"))
    with pytest.raises(DatabaseTrouble, match="pg_dump feilet"):
        backup.backup([str(tmp_path / "samlop.copy")])
    assert list(tmp_path.iterdir()) == []
