"""`manage.py check --database default`: may the application's role really only add to the journal?"""

from django.conf import settings
from django.core import checks
from django.db import connections

NO_ROLE = "There is no database role %r: only triggers, no missing rights, keep the journal from being changed."
TOO_MUCH = "The database role %r may %s on %s."
HINT = "Make the role, then migrate kernel to 0001 and forward again; or name another role in CSX_APP_ROLE."


@checks.register(checks.Tags.database)
def append_only(app_configs: object, databases: list[str] | None = None, **kwargs: object) -> list[checks.CheckMessage]:
    """Warns where the role is missing (kernel.W001) or has more rights than SELECT and INSERT (kernel.W002)."""
    return [fault for alias in databases or () for fault in _faults(alias)]


def _faults(alias: str) -> list[checks.CheckMessage]:
    role = settings.APP_ROLE
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            return [checks.Warning(NO_ROLE % role, hint=HINT, id="kernel.W001")]
        cursor.execute(
            "SELECT table_name, privilege FROM unnest(%s) AS table_name, unnest(%s) AS privilege "
            "WHERE to_regclass(table_name) IS NOT NULL AND has_table_privilege(%s, table_name, privilege)",
            [["kernel_entry", "kernel_checkpoint", "django_admin_log"], ["UPDATE", "DELETE", "TRUNCATE"], role],
        )
        return [
            checks.Warning(TOO_MUCH % (role, right, table), hint=HINT, id="kernel.W002")
            for table, right in cursor.fetchall()
        ]
