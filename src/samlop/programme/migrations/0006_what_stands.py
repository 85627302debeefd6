from importlib import import_module

from django.db import migrations

BEFORE = import_module("samlop.programme.migrations.0003_decisions_stand")
NEVER_AGAIN = [*BEFORE.NEVER_AGAIN, "before_samlop", "delegation_id"]
SAME = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in NEVER_AGAIN)

FUNCTION = f"""
CREATE OR REPLACE FUNCTION samlop_decision_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Deletion after the retention period sets this for its own transaction; nothing else may. A decision made before
    -- Samløp is only a copy of a paper that stands in an archive, and is taken out where it was written in wrongly.
    IF TG_OP = 'DELETE' THEN
        IF OLD.status = 'draft' OR OLD.before_samlop OR current_setting('samlop.erase', true) = 'on' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'a signed decision stands' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.status = 'signed' AND ({SAME}) THEN
        RAISE EXCEPTION 'a signed decision stands' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""  # noqa: S608 – names of columns, given above

FUNCTION_BEFORE = BEFORE.REFUSE.split("CREATE TRIGGER")[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("programme", "0005_before_samlop_and_delegation")]

    operations = [migrations.RunSQL(FUNCTION, FUNCTION_BEFORE)]
