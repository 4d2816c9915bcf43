"""How the house logs: one JSON object a line on stderr, ids and codes only."""

from __future__ import annotations

LOGGING: dict[str, object] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"codes": {"()": "allhands.platform.logs.CodesFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "codes"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Each request is counted in /metrics; its path could hold what someone typed.
        "django.request": {"level": "CRITICAL"},
        "django.server": {"level": "CRITICAL"},
        "procrastinate": {"level": "WARNING"},
        # One line a request, and its address may hold a subscriber's number or key.
        "httpx": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
        "psycopg.pool": {"level": "ERROR"},
    },
}
