"""Django's entry to the episodes slice."""

from django.apps import AppConfig


class EpisodesConfig(AppConfig):
    name = "allhands.episodes"
    label = "episodes"
    default_auto_field = "django.db.models.BigAutoField"
