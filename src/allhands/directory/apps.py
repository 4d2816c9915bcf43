"""Registers the slice with Django."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "allhands.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"
