from django.db import migrations

from samlop.core.sql import append_only

LOCKED = """
CREATE FUNCTION samlop_benefit_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Deletion after the retention period sets this for its own transaction; nothing else may.
    IF TG_OP = 'DELETE' AND current_setting('samlop.erase', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is locked', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER benefit_run_locked BEFORE UPDATE OR DELETE ON benefit_benefitrun
    FOR EACH ROW WHEN (OLD.status = 'approved') EXECUTE FUNCTION samlop_benefit_locked();
CREATE TRIGGER benefit_correction_locked BEFORE UPDATE OR DELETE ON benefit_correction
    FOR EACH ROW WHEN (OLD.state IN ('paid', 'elsewhere')) EXECUTE FUNCTION samlop_benefit_locked();
CREATE FUNCTION samlop_benefit_run_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM benefit_benefitrun WHERE id = NEW.run_id AND status = 'approved') THEN
        RAISE EXCEPTION 'the run is approved' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER benefit_statement_in_open_run BEFORE INSERT ON benefit_statement
    FOR EACH ROW EXECUTE FUNCTION samlop_benefit_run_is_open();
"""
BACK = """
DROP TRIGGER benefit_statement_in_open_run ON benefit_statement;
DROP FUNCTION samlop_benefit_run_is_open();
DROP TRIGGER benefit_correction_locked ON benefit_correction;
DROP TRIGGER benefit_run_locked ON benefit_benefitrun;
DROP FUNCTION samlop_benefit_locked();
"""


class Migration(migrations.Migration):
    dependencies = [("benefit", "0001_the_benefit")]

    operations = [
        append_only("benefit_statement"),
        append_only("benefit_payrollfile"),
        migrations.RunSQL(LOCKED, BACK),
    ]
