"""Registers the room with Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "allhands.platform.web"
    label = "platform_web"
    default_auto_field = "django.db.models.BigAutoField"
