"""A record whose content was erased says so itself, and no longer that it touches no secret (NW-4.25)."""

from django.db import migrations, models

ERASED = "erased"


def name_the_erased(apps, schema_editor) -> None:
    """Of those that were erased before: their papers and materials are shut with it."""
    records = apps.get_model("infosharing", "SharedRecord").objects
    records.filter(versions__erased_at__isnull=False).update(secret=ERASED)


class Migration(migrations.Migration):
    dependencies = [("infosharing", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="sharedrecord",
            name="secret",
            field=models.CharField(
                choices=[
                    ("none", "不涉及"),
                    ("trade", "涉及商业秘密"),
                    ("privacy", "涉及个人隐私"),
                    ("erased", "涉及国家秘密，内容已清除"),
                ],
                default="none",
                max_length=8,
                verbose_name="是否涉密",
            ),
        ),
        migrations.RunPython(name_the_erased, migrations.RunPython.noop),
    ]
