"""Database objects that Django's models cannot say: tables that only grow."""

from __future__ import annotations

from django.db.migrations.operations import RunSQL

REFUSE_CHANGE = RunSQL(
    """
    CREATE FUNCTION samlop_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        -- Deletion after the retention period sets this for its own transaction; nothing else may.
        IF TG_OP = 'DELETE' AND current_setting('samlop.erase', true) = 'on' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    "DROP FUNCTION samlop_refuse_change()",
)


def append_only(table: str) -> RunSQL:
    """The table's rows can be added, never changed or deleted."""
    return RunSQL(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION samlop_refuse_change()",
        f"DROP TRIGGER {table}_append_only ON {table}",
    )
