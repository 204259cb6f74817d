from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("supervision", "0004_accountability_of_a_year"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="situation",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_shared", "不共享或不按要求共享行政执法信息"),
                    ("leaked", "违反规定泄露行政执法信息，造成严重后果"),
                    ("destroyed", "故意毁损，随意删除、修改行政执法共享信息"),
                    ("other", "其他违反规定，造成严重后果"),
                ],
                default="",
                max_length=12,
                verbose_name="违反信息共享规定的情形",
            ),
            preserve_default=False,
        ),
    ]
