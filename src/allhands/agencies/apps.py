"""Registers the slice with Django."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "allhands.agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allhands.agencies.sign_in import journal

        journal.connect()
