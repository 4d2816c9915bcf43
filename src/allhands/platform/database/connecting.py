"""The app's address for connections that Django does not make: listeners and life lines."""

from __future__ import annotations

from django.db import connections

from allhands.platform.database.address import Address


def app_address() -> Address:
    """Where Django connects as the app."""
    given = connections["default"].settings_dict
    options = tuple((name, str(value)) for name, value in given["OPTIONS"].items() if name != "pool")
    return Address(
        host=given["HOST"],
        port=int(given["PORT"]),
        name=given["NAME"],
        user=given["USER"],
        password=given["PASSWORD"],
        options=options,
    )
