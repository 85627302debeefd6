from django.db import migrations

NEVER_AGAIN = (
    "case_id municipality_id kind section status data reasons references language replaces_id source prepared_by_id"
    " prepared_by_name prepared_at signed_by_id signed_by_name signed_by_title signed_at decided_on"
).split()
"""What can never change in a decision once it is signed; when it was sent, received and registered is noted later."""

SAME = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in NEVER_AGAIN)

REFUSE = f"""
CREATE FUNCTION samlop_decision_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Deletion after the retention period sets this for its own transaction; nothing else may.
    IF TG_OP = 'DELETE' THEN
        IF OLD.status = 'draft' OR current_setting('samlop.erase', true) = 'on' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'a signed decision stands' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.status = 'signed' AND ({SAME}) THEN
        RAISE EXCEPTION 'a signed decision stands' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER programme_decision_stands BEFORE UPDATE OR DELETE ON programme_decision
    FOR EACH ROW EXECUTE FUNCTION samlop_decision_stands();
"""  # noqa: S608 – names of columns, given above

BACK = "DROP TRIGGER programme_decision_stands ON programme_decision; DROP FUNCTION samlop_decision_stands();"


class Migration(migrations.Migration):
    dependencies = [("programme", "0002_decisions")]

    operations = [migrations.RunSQL(REFUSE, BACK)]
