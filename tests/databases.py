"""The databases of the tests: migrated once, copied for each worker, and emptied after a test that saved for real.

Migrating an empty database takes many times as long as copying one that has been. The migrated one stays on the server
as ``test_<name>_migrated`` with a mark of what it was made from; when a migration has changed, it is made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase

_ONE_AT_A_TIME = 0x5A_4D_4C_50
"""The number of the lock that workers hold while they look for the migrated database, make it and copy it."""


def made_from() -> str:
    """A mark of everything that decides what a migrated database holds."""
    digest = hashlib.sha256(" ".join(version(name) for name in ("django", "procrastinate")).encode())
    digest.update(repr(settings.CACHES).encode())
    for app in apps.get_app_configs():
        digest.update(app.label.encode())
        for file in sorted((Path(app.path) / "migrations").glob("*.py")):
            digest.update(file.name.encode() + file.read_bytes())
    digest.update((Path(apps.get_app_config("core").path) / "sql.py").read_bytes())  # written into migrations
    return digest.hexdigest()


def copied(*, verbosity: int, anew: bool) -> Iterator[None]:
    """Make this worker's database, a copy of the migrated one, and drop it afterwards."""
    creation, name = connection.creation, connection.settings_dict["NAME"]
    own, migrated = creation._get_test_db_name(), f"test_{name}_migrated"
    with creation._nodb_cursor() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])  # let go when the cursor's connection closes
        if anew or _mark(server, migrated) != made_from():
            _migrate(server, migrated, verbosity)
        server.execute(f'DROP DATABASE IF EXISTS "{own}"')
        server.execute(f'CREATE DATABASE "{own}" TEMPLATE "{migrated}"')
    _point_to(own)
    yield
    creation.destroy_test_db(name, verbosity)


def _mark(server: Any, database: str) -> str | None:
    """What the database says it was made from; none where it is not there or was left half made."""
    server.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [database])
    found = server.fetchone()
    return found[0] if found else None


def _migrate(server: Any, database: str, verbosity: int) -> None:
    name, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    before = test["NAME"]
    test["NAME"] = database
    try:
        connection.creation.create_test_db(verbosity=verbosity, autoclobber=True, serialize=False)
    finally:
        test["NAME"] = before
        _point_to(name)
    server.execute(f"COMMENT ON DATABASE \"{database}\" IS '{made_from()}'")


def _point_to(database: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = database


class Emptier:
    """Empties the database after a test that saved for real: only the tables that hold something.

    Django truncates all tables, with rows or without, and then fills in its lists of content types and permissions
    anew; with our number of tables that takes longer than most of the tests. What a migrated database holds from the
    first is left alone – and if a test has changed how much that is, Django's way is gone after all.
    """

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            tables = sorted(connection.introspection.table_names(cursor))
            self._holding = " UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT FROM \"{t}\")" for t in tables)
            self._first = self._full(cursor)
            self._counted = ", ".join(f'(SELECT count(*) FROM "{table}")' for table in sorted(self._first))
            self._counts = self._count(cursor)
            cursor.execute(
                "SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal"
            )
            self._guarded = {table for (table,) in cursor.fetchall()}

    def empty(self) -> bool:
        """Delete every row that tests have saved; false where Django's way is needed."""
        with transaction.atomic(), connection.cursor() as cursor:
            if self._count(cursor) != self._counts:
                return False
            full = sorted(self._full(cursor) - self._first)
            if not full:
                return True
            guarded = [table for table in full if table in self._guarded]  # what stands may not be deleted otherwise
            for table in guarded:
                cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
            # One statement: links between the tables are looked at when all of them are empty.
            deleted = ", ".join(f'd{number} AS (DELETE FROM "{table}")' for number, table in enumerate(full))
            cursor.execute(f"WITH {deleted} SELECT 1")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in guarded:
                cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
        return True

    def _full(self, cursor: Any) -> set[str]:
        cursor.execute(self._holding)
        return {table for (table,) in cursor.fetchall()}

    def _count(self, cursor: Any) -> Any:
        cursor.execute(f"SELECT {self._counted}")
        return cursor.fetchone()

    def take_over(self, patch: Any) -> None:
        """Put this in the place of Django's way."""
        truncate = TransactionTestCase._fixture_teardown

        def teardown(case: TransactionTestCase) -> None:
            if case.available_apps is not None or case.serialized_rollback or not self.empty():
                truncate(case)

        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
