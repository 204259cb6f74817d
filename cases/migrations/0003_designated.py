from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_source_number"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="designated",
            field=models.BooleanField(default=False, verbose_name="经争议处理确定由本单位管辖"),
        ),
    ]
