"""Registers the slice with Django."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "allhands.keeping"
    label = "keeping"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put it on the navigation line of those who keep records."""
        from allhands.keeping.web import frame

        frame.register()
