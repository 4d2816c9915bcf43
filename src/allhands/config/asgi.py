"""The door that the web server opens."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from allhands.platform.serving import warming
from allhands.platform.web.bodies import App, bounded
from allhands.platform.web.heading import headed

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allhands.config.settings")

application = headed(bounded(get_asgi_application()))


def start_web_process() -> App:
    """The application, with maps and packs being read beside the first answers."""
    warming.begin()
    return application
