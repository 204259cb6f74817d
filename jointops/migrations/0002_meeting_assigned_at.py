"""When what a meeting agreed last became somebody's task: of meetings held before, when their last task was given."""

from django.db import migrations, models
from django.db.models import Max


def known(apps, schema_editor):
    for meeting in apps.get_model("jointops", "Meeting").objects.annotate(last=Max("follow_ups__assigned_at")):
        if meeting.last:
            meeting.assigned_at = meeting.last
            meeting.save(update_fields=["assigned_at"])


class Migration(migrations.Migration):
    dependencies = [("jointops", "0001_initial")]

    operations = [
        migrations.AddField("meeting", "assigned_at", models.DateTimeField("最近一次布置时间", null=True)),
        migrations.RunPython(known, migrations.RunPython.noop),
    ]
