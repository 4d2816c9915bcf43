"""Registers the room with Django."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "allhands.platform.jobs"
    label = "platform_jobs"
    default_auto_field = "django.db.models.BigAutoField"
