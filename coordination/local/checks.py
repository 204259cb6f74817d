"""What `manage.py check` says about the settings of this installation."""

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage


def owner_url(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """The journal is append-only only while the web process cannot alter its table."""
    urls = settings.DATABASE_URLS
    if urls["app"] != urls["owner"]:
        return []
    hint = "Set DATABASE_OWNER_URL to the role that migrates and DATABASE_URL to a role without ownership."
    return [checks.Warning("DATABASE_OWNER_URL is not set: the app role owns the journal.", hint=hint, id="local.W001")]


def time_travel(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """In production nobody moves the clock by which limits are counted."""
    if settings.MODE != "production" or not settings.TIME_TRAVEL:
        return []
    return [checks.Error("CSX_TIME_TRAVEL is on in production.", hint="Unset CSX_TIME_TRAVEL.", id="local.E001")]
