"""Refusals that were recorded for an organ off the platform were kept as the recorder's: the day's task counts anew."""

from django.db import migrations


def forget(apps, schema_editor) -> None:
    apps.get_model("supervision", "MonthCount").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("supervision", "0005_situation_of_sharing"),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
