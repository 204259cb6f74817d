"""Keys, passwords, cookies, transport, content policy: strict in production, the same code on a desk without TLS."""

import os
from datetime import timedelta

from csp.constants import NONE, SELF

from coordination.settings.base import MODE
from coordination.settings.env import Mode, flag, listing, secret

SECRET_KEY = secret("CSX_SECRET_KEY", MODE)
# A demo that is not told its name answers this machine alone: a mode forgotten in production serves nobody.
LOCAL = ("localhost", "127.0.0.1", "testserver")
ALLOWED_HOSTS = listing("CSX_ALLOWED_HOSTS", () if MODE is Mode.PRODUCTION else LOCAL)
CSRF_TRUSTED_ORIGINS = listing("CSX_TRUSTED_ORIGINS")


def public_url() -> str:
    """Where notices and the codes on documents lead: what is given, else the first host over TLS, else this desk."""
    given = os.environ.get("CSX_PUBLIC_URL")
    if given:
        return given.rstrip("/")
    if MODE is Mode.PRODUCTION and ALLOWED_HOSTS:
        return f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
    return f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}"


PUBLIC_URL = public_url()

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
    {"NAME": "coordination.kernel.accounts.MixedCharacters"},
]
# A password that an administrator has made opens the account for so long, to choose one's own.
INITIAL_PASSWORD_DAYS = int(os.environ.get("CSX_INITIAL_PASSWORD_DAYS", "7"))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if MODE is Mode.TEST:  # an argon2 hash costs 50 ms by design, a test makes hundreds of users
    PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"

# So many wrong passwords lock the account at this address for so many minutes. Kept in the database: a lock must
# outlive a stopped Redis. Trying on during a lock does not lengthen it.
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_FAILURE_LIMIT = int(os.environ.get("CSX_LOGIN_TRIES", "5"))
AXES_COOLOFF_TIME = timedelta(minutes=int(os.environ.get("CSX_LOCK_MINUTES", "15")))
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "coordination.kernel.web.login.locked"
AXES_IPWARE_PROXY_COUNT = int(os.environ.get("CSX_PROXIES", "0"))
OTP_TOTP_ISSUER = "执法协作"

# A session ends when it has been left alone, and at the latest after a working day. Its row outlives it by a day, so
# that what was being typed then is still known to be its owner's.
SESSION_IDLE_SECONDS = 60 * int(os.environ.get("CSX_SESSION_MINUTES", "30"))
SESSION_LONGEST_SECONDS = 3600 * int(os.environ.get("CSX_SESSION_HOURS", "10"))
SESSION_COOKIE_AGE = SESSION_LONGEST_SECONDS + 24 * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# TLS is the rule in production. CSX_TLS=0 is for a server that is reached through a terminal on the same machine.
TLS = flag("CSX_TLS", MODE is Mode.PRODUCTION)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = TLS
if flag("CSX_BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],  # Bootstrap's ticks and arrows are data: images
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
