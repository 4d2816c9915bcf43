"""The door that the web server opens."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application
from django.core.handlers.asgi import ASGIHandler

from allhands.platform.serving import warming

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allhands.config.settings")

application = get_asgi_application()


def start_web_process() -> ASGIHandler:
    """The application, with maps and packs being read beside the first answers."""
    warming.begin()
    return application
