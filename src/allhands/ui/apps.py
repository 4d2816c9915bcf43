<<<<<<< HEAD
"""Registers frames and components with Django."""

from django.apps import AppConfig

=======
"""The Django application of the interface."""

from pathlib import Path

from django.apps import AppConfig

# Components keep their template beside their presenter. This directory belongs into TEMPLATES["DIRS"], so that a page
# writes {% include "components/clock/clock.html" with clock=clock only %}.
TEMPLATE_ROOT = Path(__file__).resolve().parent

>>>>>>> ui

class UiConfig(AppConfig):
    name = "allhands.ui"
    label = "ui"
<<<<<<< HEAD
    default_auto_field = "django.db.models.BigAutoField"
=======
    verbose_name = "Interface"
>>>>>>> ui
