"""Registers the room with Django."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "allhands.platform.live"
    label = "platform_live"
    default_auto_field = "django.db.models.BigAutoField"
