"""Of a million matters a list reads its own kind alone: who takes part says of which kind the matter is."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

#: Rows in one transaction.
BATCH = 20_000
FILL = """UPDATE kernel_participation p SET kind = m.kind FROM kernel_matter m
    WHERE m.id = p.matter_id AND p.kind = '' AND p.id > %s AND p.id <= %s"""


def fill(apps, schema_editor) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM kernel_participation")
        (last,) = cursor.fetchone()
        for first in range(0, last, BATCH):
            cursor.execute(FILL, [first, first + BATCH])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("kernel", "0013_what_waits_without_a_clock"),
    ]

    operations = [
        migrations.AddField(
            model_name="participation",
            name="kind",
            field=models.CharField(default="", max_length=24),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        AddIndexConcurrently(
            model_name="participation",
            index=models.Index(fields=["organ", "kind", "matter"], name="participation_kind"),
        ),
    ]
