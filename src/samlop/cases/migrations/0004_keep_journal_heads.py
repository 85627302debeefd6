"""The database keeps each case's journal head itself, for one entry and for many at once (also for COPY).

One statement for all the entries of a statement, so that bulk loading stays fast. A head only ever grows.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

KEEP_HEADS = RunSQL(
    [
        """
        CREATE FUNCTION cases_keep_journal_head() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO cases_journalhead (id, case_id, municipality_id, length, hash)
            SELECT DISTINCT ON (case_id) gen_random_uuid(), case_id, municipality_id, seq, hash
            FROM added ORDER BY case_id, seq DESC
            ON CONFLICT (case_id) DO UPDATE SET length = EXCLUDED.length, hash = EXCLUDED.hash
            WHERE cases_journalhead.length < EXCLUDED.length;
            RETURN NULL;
        END $$
        """,
        """
        CREATE TRIGGER cases_journalentry_head AFTER INSERT ON cases_journalentry
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION cases_keep_journal_head()
        """,
    ],
    [
        "DROP TRIGGER cases_journalentry_head ON cases_journalentry",
        "DROP FUNCTION cases_keep_journal_head()",
    ],
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_heads_and_suspicions")]

    operations = [KEEP_HEADS]
