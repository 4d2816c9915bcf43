"""Registers the slice with Django, for its words in other languages."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "allhands.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
