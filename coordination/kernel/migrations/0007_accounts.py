"""What an account knows beside its person; and the administrators' log, which the database keeps as it was written."""

import django.contrib.auth.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

#: csx_refuse() is 0002's: it fires always, whoever asks.
GUARDED = """
CREATE TRIGGER csx_no_change BEFORE UPDATE OR DELETE ON django_admin_log
    FOR EACH STATEMENT EXECUTE FUNCTION csx_refuse();
ALTER TABLE django_admin_log ENABLE ALWAYS TRIGGER csx_no_change;
CREATE TRIGGER csx_no_truncate BEFORE TRUNCATE ON django_admin_log
    FOR EACH STATEMENT EXECUTE FUNCTION csx_refuse();
ALTER TABLE django_admin_log ENABLE ALWAYS TRIGGER csx_no_truncate;
"""
UNGUARDED = """
DROP TRIGGER csx_no_truncate ON django_admin_log;
DROP TRIGGER csx_no_change ON django_admin_log;
"""


def of_the_app_role(statement):
    """Runs `statement` for the application's role, where there is one that owns nothing."""

    def run(apps, schema_editor):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT quote_ident(rolname) FROM pg_roles WHERE rolname = %s AND rolname <> current_user",
                [settings.APP_ROLE],
            )
            for (role,) in cursor.fetchall():
                cursor.execute(statement.format(role=role))

    return run


class Migration(migrations.Migration):
    dependencies = [
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("axes", "0010_accessattemptexpiration"),
        ("kernel", "0006_sealing"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[],
            options={
                "verbose_name": "账号",
                "verbose_name_plural": "账号",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("kernel.user",),
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.AddField(
            model_name="user",
            name="duty",
            field=models.CharField(
                blank=True,
                choices=[("system", "系统管理员"), ("security", "安全管理员"), ("audit", "审计管理员")],
                max_length=12,
                verbose_name="管理职责",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="duty_county",
            field=models.ForeignKey(
                blank=True,
                help_text="留空为本平台全部县",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kernel.county",
                verbose_name="管理范围",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="initial_password_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="初始密码有效期至"),
        ),
        migrations.AddField(
            model_name="user",
            name="login_round",
            field=models.PositiveIntegerField(default=0, help_text="one more ends every session that is open"),
        ),
        migrations.AddField(
            model_name="user",
            name="must_change_password",
            field=models.BooleanField(default=False, verbose_name="须先修改密码"),
        ),
        migrations.CreateModel(
            name="FailedLogin",
            fields=[],
            options={
                "verbose_name": "登录失败记录",
                "verbose_name_plural": "登录失败记录",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("axes.accessfailurelog",),
        ),
        migrations.CreateModel(
            name="Login",
            fields=[],
            options={
                "verbose_name": "登录记录",
                "verbose_name_plural": "登录记录",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("axes.accesslog",),
        ),
        migrations.RunSQL(GUARDED, UNGUARDED),
        migrations.RunPython(
            of_the_app_role("REVOKE UPDATE, DELETE, TRUNCATE ON django_admin_log FROM {role}"),
            of_the_app_role("GRANT UPDATE, DELETE ON django_admin_log TO {role}"),
        ),
    ]
