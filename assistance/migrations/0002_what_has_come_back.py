"""An original that has come back is not awaited again, and a return day without an original means nothing."""

from django.db import migrations, models

CAME_BACK = """UPDATE assistance_consultedarchive a SET returned = true FROM assistance_assistance m
    WHERE a.matter_id = m.matter_ptr_id AND a.how = 'lent' AND m.returned_at IS NOT NULL"""
NOTHING_LENT = """UPDATE assistance_assistance m SET return_by = NULL WHERE m.return_by IS NOT NULL AND NOT EXISTS
    (SELECT FROM assistance_consultedarchive a WHERE a.matter_id = m.matter_ptr_id AND a.how = 'lent')"""


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="consultedarchive",
            name="returned",
            field=models.BooleanField(default=False, verbose_name="已归还"),
        ),
        migrations.RunSQL(CAME_BACK, migrations.RunSQL.noop),
        migrations.RunSQL(NOTHING_LENT, migrations.RunSQL.noop),
    ]
