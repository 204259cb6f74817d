"""The interface for programs: who may ask how often, how refusals are told, which hosts may be called."""

import os

from coordination.settings.base import MODE
from coordination.settings.env import Mode, listing

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "coordination.kernel.api.tokens.PersonalToken",
        "coordination.kernel.api.tokens.VerifiedSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["coordination.kernel.api.rate.Rate"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "coordination.kernel.api.problems.problem",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Township and county enforcement coordination",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    # Without the hook for enumerations: choices stand where they are asked for, one word differs from step to step.
    "POSTPROCESSING_HOOKS": ["coordination.kernel.api.base.announce_refusals"],
}
# Calls a minute of one person; counted in the database, for all processes together.
API_RATE = int(os.environ.get("CSX_API_RATE", "300"))
# The hosts (or host:port) that webhooks may call; none unless they are named.
WEBHOOK_HOSTS = listing("WEBHOOK_HOSTS")
WEBHOOK_SCHEMES = ("https",) if MODE is Mode.PRODUCTION else ("https", "http")
