"""How a command gets at Django and the database, and how it says no."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from allhands.platform.database.server import EmbeddedServer


@contextmanager
def kind_errors() -> Iterator[None]:
    """Say what is wrong in one sentence and exit 1. A bug still crashes loudly."""
    from django.core.exceptions import ImproperlyConfigured

    from allhands.kernel.errors import Denied, Permanent, Refused, TryLater
    from allhands.platform.database.errors import ServerError

    try:
        yield
    except (ServerError, ImproperlyConfigured, Refused, Denied, Permanent, TryLater) as error:
        typer.echo(f"allhands: {error}", err=True)
        raise typer.Exit(1) from error


@contextmanager
def faults_as_codes() -> Iterator[None]:
    """End a process that runs for months with a line of codes: the words of an error may quote what someone typed."""
    from allhands.platform.database.errors import ServerError
    from allhands.platform.logs import get_logger

    try:
        yield
    except ServerError:
        raise
    except Exception as error:  # noqa: BLE001  one of the three doors
        get_logger("allhands.cli").critical("process.fault", exc_info=error)
        raise typer.Exit(1) from None


@contextmanager
def django_ready() -> Iterator[None]:
    """Django set up, with this node's kept secret. The law's commands never come here."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allhands.config.settings")
    with kind_errors():
        import django

        from allhands.platform.serving import node

        node.keep_secret()
        gc.disable()  # nothing that is imported goes away: to look through it again and again is a tenth of the start
        django.setup()
        gc.freeze()
        gc.enable()
        yield


@contextmanager
def database_ready() -> Iterator[EmbeddedServer | None]:
    """Django set up and the database answering; None when the server is somebody else's."""
    with django_ready():
        from allhands.platform.serving import node

        with node.database() as server, _tables_asked_after():
            yield server


@contextmanager
def _tables_asked_after() -> Iterator[None]:
    """A table that is not there may only wait for `allhands migrate`: then that is said. Anything else is a bug."""
    from django.db import connection
    from django.db.utils import ProgrammingError

    try:
        yield
    except ProgrammingError:
        from allhands.platform.serving import migrations

        connection.close()  # the failed transaction with it
        migrations.require_applied()
        raise
