"""Registers the slice with Django."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "allhands.agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"
