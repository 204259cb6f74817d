"""What leaves the platform is written in the language that its reader has chosen for his screens."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0016_a_list_is_read_out_of_its_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(default="zh-hans", editable=False, max_length=12, verbose_name="语言"),
        ),
    ]
