"""Registers the slice with Django."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "allhands.duties"
    label = "duties"
    default_auto_field = "django.db.models.BigAutoField"
