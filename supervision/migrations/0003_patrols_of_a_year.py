"""The ledger of patrols is of a year."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("supervision", "0002_month_counts"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="patrol",
            index=models.Index(fields=["found_at"], name="patrol_found"),
        ),
    ]
