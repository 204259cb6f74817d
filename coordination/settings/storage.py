"""Where things are kept: PostgreSQL, the broker, files, static files, mail."""

import os
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import quote

import dj_database_url

from coordination.local.paths import ROOT, sockets, valkey_socket, var
from coordination.settings.base import MODE
from coordination.settings.env import Mode, flag, listing

APP_ROLE = os.environ.get("CSX_APP_ROLE", "csx_app")
OWNER_ROLE = "csx_owner"


def embedded_database(role: str) -> str:
    return f"postgres://{role}@{quote(str(sockets()), safe='')}/coordination"


def database_urls(environment: dict[str, str]) -> dict[str, str]:
    """The URLs by role. Without DATABASE_URL the embedded server; without an owner's URL the app role owns too."""
    app = environment.get("DATABASE_URL")
    if not app:
        return {"app": embedded_database(APP_ROLE), "owner": embedded_database(OWNER_ROLE)}
    return {"app": app, "owner": environment.get("DATABASE_OWNER_URL") or app}


def database(url: str) -> dict:
    """One entry of DATABASES. Tests give up durability, never constraints, to be quick."""
    parsed = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    if parsed.get("ENGINE") != "django.db.backends.postgresql":
        raise ValueError("DATABASE_URL must begin with postgres:// (the locks and triggers are PostgreSQL's).")
    options = parsed.setdefault("OPTIONS", {})
    options.setdefault("connect_timeout", 5)
    if MODE is Mode.TEST:
        options["options"] = "-c synchronous_commit=off"
        parsed["TEST"] = {"NAME": os.environ.get("CSX_TEST_DB", "test_coordination")}
    return parsed


# Tests make their database as its owner and step down to the app role where that matters (tests/conftest.py).
DATABASE_URLS = database_urls(dict(os.environ))
DATABASE_ROLE = os.environ.get("CSX_DB_ROLE") or ("owner" if MODE is Mode.TEST else "app")
DATABASES = {"default": database(DATABASE_URLS[DATABASE_ROLE])}

REDIS_URL = os.environ.get("REDIS_URL") or f"unix://{valkey_socket()}"

MEDIA_ROOT = var() / ("test-files" if MODE is Mode.TEST else "files")
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("CSX_STATIC") or var() / "static")
STATICFILES_DIRS = [ROOT / "static"]
STATICFILES = {
    Mode.TEST: "django.contrib.staticfiles.storage.StaticFilesStorage",
    Mode.DEMO: "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
    Mode.PRODUCTION: "whitenoise.storage.CompressedManifestStaticFilesStorage",
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATICFILES[MODE]},
}
# Tests serve static files from their sources: nothing has been collected then.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = MODE is Mode.TEST
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("EMAIL_FROM", "coordination@localhost")
if not parseaddr(DEFAULT_FROM_EMAIL)[1]:
    raise ValueError("EMAIL_FROM is no mail address.")
# Without a mail server the letters lie as files in var/mail, where a person can look at them.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = var() / "mail"

# Ways in which people are told beside the inbox: email, gateway (short messages or chat, by a signed POST).
NOTICE_CHANNELS = listing("NOTICE_CHANNELS") or ["email"]
NOTICE_GATEWAY_URL = os.environ.get("NOTICE_GATEWAY_URL", "")
NOTICE_GATEWAY_SECRET = os.environ.get("NOTICE_GATEWAY_SECRET", "")
if set(NOTICE_CHANNELS) - {"email", "gateway"}:
    raise ValueError("NOTICE_CHANNELS: choose among email and gateway, comma-separated.")
if "gateway" in NOTICE_CHANNELS and not (NOTICE_GATEWAY_URL and NOTICE_GATEWAY_SECRET):
    raise ValueError("NOTICE_CHANNELS has gateway: set NOTICE_GATEWAY_URL and NOTICE_GATEWAY_SECRET.")
