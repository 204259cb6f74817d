"""Applications, middleware, templates, language, time: what is the same in every mode."""

from django.utils.translation import gettext_lazy as _

from coordination.local.paths import ROOT
from coordination.settings.env import Mode, flag, read_mode

MODE = read_mode()
BASE_DIR = ROOT
# Travelled time (coordination.kernel.now) moves every limit of every matter: for demonstration and tests alone.
TIME_TRAVEL = flag("CSX_TIME_TRAVEL", MODE is not Mode.PRODUCTION)
# The workflows of this installation, lowest floor first; each is an app with a flow.py.
WORKFLOWS = [
    "cases",
    "referrals",
    "assistance",
    "infosharing",
    "jointops",
    "complaints",
    "disputes",
    "supervision",
]

INSTALLED_APPS = [
    "coordination.kernel.apps.KernelConfig",
    *WORKFLOWS,
    *(["coordination.demo.apps.DemoConfig"] if MODE is not Mode.PRODUCTION else []),
    "coordination.local.apps.LocalConfig",
    "coordination.kernel.apps.DutiesConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "bootstrap",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "import_export",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "csp",
    "django_structlog",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "coordination.kernel.web.system.OldBrowser",
    "coordination.kernel.web.system.PlainAddress",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "coordination.kernel.web.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "coordination.kernel.web.gate.Gate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "coordination.kernel.mechanisms.kept.KeepRules",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "coordination.urls"
WSGI_APPLICATION = "coordination.wsgi.application"
ASGI_APPLICATION = "coordination.asgi.application"
AUTH_USER_MODEL = "kernel.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DEBUG = False

# Widgets come out of templates/drawn/ too: a select of thirty options is one template there, not thirty-one.
FORM_RENDERER = "coordination.kernel.templatetags.drawn.Widgets"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    {
        "NAME": "drawn",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "drawn"],
        "APP_DIRS": True,  # of django.forms: its widgets
        "OPTIONS": {
            "extensions": ["coordination.kernel.templatetags.drawn.Ours"],
            "trim_blocks": True,
            "lstrip_blocks": True,
        },
    },
]

# The law speaks Chinese, and its days are counted in one zone.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
