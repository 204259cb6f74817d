"""`manage.py check --deploy --database default`: are the duties of administrators in different hands?"""

from django.core import checks
from django.db import connections
from django.db.models import Q

from coordination.kernel.duties import Duty
from coordination.kernel.organs import User

ALL_THREE = "The account %s is a superuser: it holds all three duties of administrators."
NO_SUPERUSER = "Appoint one person for each duty (`manage.py appoint`), then close the superuser's account."
BESIDE = "The account %s has permissions or groups of its own beside its duty."
NOBODY = "Nobody has the duty %r."
APPOINT = "`manage.py appoint <login> %s --name <name>` makes the account."


@checks.register(checks.Tags.database, deploy=True)
def separated_duties(app_configs, databases: list[str] | None = None, **kwargs) -> list[checks.CheckMessage]:
    """Warns of open accounts that hold more than one duty (kernel.W003, W004) and of duties that nobody has (W005)."""
    if "default" not in (databases or ()) or "kernel_user" not in connections["default"].introspection.table_names():
        return []
    active = User.objects.filter(is_active=True)
    own = active.filter(Q(user_permissions__isnull=False) | Q(groups__isnull=False)).distinct()
    held = set(active.filter(is_staff=True).values_list("duty", flat=True))
    return [
        *(_warning(ALL_THREE % user.username, NO_SUPERUSER, "W003") for user in active.filter(is_superuser=True)),
        *(_warning(BESIDE % user.username, "Take them away.", "W004") for user in own),
        *(_warning(NOBODY % str(duty), APPOINT % duty, "W005") for duty in Duty if duty not in held),
    ]


def _warning(words: str, hint: str, code: str) -> checks.Warning:
    return checks.Warning(words, hint=hint, id=f"kernel.{code}")
