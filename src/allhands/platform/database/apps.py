"""Registers the room with Django."""

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "allhands.platform.database"
    label = "platform_database"
    default_auto_field = "django.db.models.BigAutoField"
