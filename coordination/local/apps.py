"""Registers the checks of the installation's settings."""

from django.apps import AppConfig
from django.core.checks import register

from coordination.local import checks


class LocalConfig(AppConfig):
    name = "coordination.local"
    label = "local"

    def ready(self) -> None:
        register(checks.owner_url)
        register(checks.time_travel)
