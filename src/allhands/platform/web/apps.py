"""Registers the room with Django."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class WebConfig(AppConfig):
    name = "allhands.platform.web"
    label = "platform_web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the settings checked by `allhands check`."""
        import_module(settings.ALLHANDS_CHECKS)
