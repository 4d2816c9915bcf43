"""Registers the slice with Django."""

from django.apps import AppConfig


class LawbookConfig(AppConfig):
    name = "allhands.lawbook"
    label = "lawbook"
    default_auto_field = "django.db.models.BigAutoField"
