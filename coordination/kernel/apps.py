"""The ground floor as a Django app, and the admin with its own site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class KernelConfig(AppConfig):
    name = "coordination.kernel"
    label = "kernel"
    verbose_name = _("协同内核")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Read what the workflows declare, then let `manage.py check` prove it."""
        autodiscover_modules("documents", "reactions", "checks", "flow_checks")


class DutiesConfig(AdminConfig):
    default_site = "coordination.kernel.admin_site.Site"
