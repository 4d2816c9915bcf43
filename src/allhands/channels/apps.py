"""Registers the slice with Django."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "allhands.channels"
    label = "channels"
    default_auto_field = "django.db.models.BigAutoField"
