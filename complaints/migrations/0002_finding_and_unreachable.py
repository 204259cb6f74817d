from django.db import migrations, models


def tell_apart(apps, schema_editor):
    """Of whom nobody could tell: until now these items stood as told, without a day on which it was done."""
    items = apps.get_model("complaints", "ComplaintItem").objects
    items.filter(state="told", told_at=None).update(state="unreachable")


def take_together(apps, schema_editor):
    apps.get_model("complaints", "ComplaintItem").objects.filter(state="unreachable").update(state="told")


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="complaintitem",
            name="finding",
            field=models.CharField(
                blank=True,
                choices=[("none", "未发现违法行为"), ("handled", "情况属实，已作处理")],
                default="",
                max_length=10,
                verbose_name="核实结论",
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="complaintitem",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "待确定办理方式"),
                    ("in_hand", "本单位办理中"),
                    ("to_refer", "待移送"),
                    ("sent", "已移送，待交接"),
                    ("disputed", "管辖异议处理中"),
                    ("passed_on", "已告知乡镇，待受理"),
                    ("taken", "接办单位办理中"),
                    ("resulted", "已有结果，待告知"),
                    ("told", "已告知结果"),
                    ("unreachable", "联系方式不详，无法告知"),
                ],
                default="open",
                max_length=12,
                verbose_name="状态",
            ),
        ),
        migrations.RunPython(tell_apart, take_together, elidable=True),
    ]
