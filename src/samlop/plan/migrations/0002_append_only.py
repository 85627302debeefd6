from django.db import migrations

from samlop.core.sql import append_only


class Migration(migrations.Migration):
    dependencies = [("plan", "0001_initial")]

    operations = [append_only("plan_planversion")]
