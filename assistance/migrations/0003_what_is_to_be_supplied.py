"""What a supplement asks for and by when."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assistance", "0002_what_has_come_back")]

    operations = [
        migrations.AddField(
            "assistance",
            "supplement_items",
            models.TextField("需要补充的材料", blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField("assistance", "supplement_by", models.DateField("补充材料期限", null=True)),
    ]
