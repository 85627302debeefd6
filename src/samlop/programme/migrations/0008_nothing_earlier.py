from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programme", "0007_register_year_and_more_norwegian")]

    operations = [
        migrations.AddField(
            model_name="coursefacts",
            name="nothing_earlier_on",
            field=models.DateField(blank=True, null=True),
        ),
    ]
