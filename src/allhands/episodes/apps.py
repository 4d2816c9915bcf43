"""Registers the slice with Django."""

from django.apps import AppConfig


class EpisodesConfig(AppConfig):
    name = "allhands.episodes"
    label = "episodes"
    default_auto_field = "django.db.models.BigAutoField"
