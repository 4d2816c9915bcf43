"""Registers the room with Django."""

from django.apps import AppConfig


class CountsConfig(AppConfig):
    name = "allhands.platform.counts"
    label = "platform_counts"
    default_auto_field = "django.db.models.BigAutoField"
