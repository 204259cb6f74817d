"""What matters are found by; those that there are get their row."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from coordination.kernel.search import fill


def fill_all(apps, schema_editor) -> None:
    matters = apps.get_model("kernel", "Matter").objects.select_related("item", "place").order_by("pk")
    fill(matters.iterator(1000), apps.get_model("kernel", "SearchWords"))


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_guards")]

    operations = [
        migrations.CreateModel(
            name="SearchWords",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="searched",
                        serialize=False,
                        to="kernel.matter",
                    ),
                ),
                ("words", models.TextField()),
                ("pieces", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
            ],
            options={
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["pieces"], name="search_pieces")],
            },
        ),
        migrations.RunPython(fill_all, migrations.RunPython.noop, elidable=True),
    ]
