"""Registers frames and components with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "allhands.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
