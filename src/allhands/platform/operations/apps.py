"""Registers the room with Django."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "allhands.platform.operations"
    label = "platform_operations"
    default_auto_field = "django.db.models.BigAutoField"
