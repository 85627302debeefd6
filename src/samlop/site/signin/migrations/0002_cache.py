"""The table behind Django's cache (used one-time codes, read by every process and machine); what may be lost is there."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("signin", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE signin_cache (
                cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL
            );
            CREATE INDEX signin_cache_expires ON signin_cache (expires);
            """,
            "DROP TABLE signin_cache",
        )
    ]
