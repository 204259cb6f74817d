"""The demonstration as an app: only so that `manage.py demo` is found. It has no tables and is absent in production."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "coordination.demo"
    label = "demo"
    verbose_name = _("演示")
