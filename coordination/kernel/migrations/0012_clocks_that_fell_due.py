"""Supervision counts what fell due in a month out of one index; the desk counts a county without what is hidden."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("kernel", "0011_seal_what_was_plain"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="clock",
            index=models.Index(
                fields=["county", "overdue_at", "id"],
                name="clock_due",
                condition=Q(overdue_at__isnull=False),
            ),
        ),
        RemoveIndexConcurrently(model_name="clock", name="clock_county"),
        AddIndexConcurrently(
            model_name="clock",
            index=models.Index(
                F("county"),
                F("overdue_at").asc(nulls_last=True),
                name="clock_county",
                include=["state", "matter"],
                condition=Q(state__in=["running", "paused"]),
            ),
        ),
    ]
