"""Registers the slice with Django."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "allhands.alerts"
    label = "alerts"
    default_auto_field = "django.db.models.BigAutoField"
