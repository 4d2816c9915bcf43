"""The app's address for connections that Django does not make: listeners and life lines."""

from __future__ import annotations

from django.db import connections
from psycopg.conninfo import make_conninfo


def app_conninfo() -> str:
    """Where Django connects as the app, as libpq reads it."""
    given = connections["default"].settings_dict
    options = {name: value for name, value in given["OPTIONS"].items() if name != "pool"}
    return make_conninfo(
        host=given["HOST"],
        port=given["PORT"],
        dbname=given["NAME"],
        user=given["USER"],
        password=given["PASSWORD"] or None,
        **options,
    )
