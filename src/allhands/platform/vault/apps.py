"""Registers the vault's table with Django."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "allhands.platform.vault"
    label = "platform_vault"
    default_auto_field = "django.db.models.BigAutoField"
