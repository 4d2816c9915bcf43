"""Registers the tree's tables with Django."""

from django.apps import AppConfig


class ProofConfig(AppConfig):
    name = "allhands.platform.proof"
    label = "platform_proof"
    default_auto_field = "django.db.models.BigAutoField"
