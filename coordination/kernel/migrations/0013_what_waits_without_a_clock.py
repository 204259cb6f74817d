"""The desk finds what is open in an organ's hands and has no date."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("kernel", "0012_clocks_that_fell_due"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="matter",
            index=models.Index(fields=["holder"], name="matter_untimed", condition=Q(closed_at=None, next_due_at=None)),
        ),
    ]
