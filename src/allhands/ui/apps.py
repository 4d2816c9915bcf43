"""The Django application of the interface."""

from pathlib import Path

from django.apps import AppConfig

# Components keep their template beside their presenter. This directory belongs into TEMPLATES["DIRS"], so that a page
# writes {% include "components/clock/clock.html" with clock=clock only %}.
TEMPLATE_ROOT = Path(__file__).resolve().parent


class UiConfig(AppConfig):
    name = "allhands.ui"
    label = "ui"
    verbose_name = "Interface"
