"""What every command needs before it can work: a kept secret, and the database running."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from allhands.platform.database.connecting import app_address
from allhands.platform.database.errors import ServerError
from allhands.platform.database.server import EmbeddedServer, wait_until_ready

_DATABASE_SECONDS = 30.0


@contextmanager
def database() -> Iterator[EmbeddedServer | None]:
    """The database, answering. The embedded one is held until the end; None stands for a server of somebody else's.

    Raises:
        ServerError: with the next step.
    """
    if not settings.ALLHANDS_DATABASE_IS_EMBEDDED:
        wait_until_ready(app_address(), seconds=_DATABASE_SECONDS)
        yield None
        return
    with embedded() as server:
        wait_until_ready(app_address(), seconds=_DATABASE_SECONDS)
        yield server


def embedded() -> EmbeddedServer:
    """The embedded server of this node, not started."""
    if not settings.ALLHANDS_DATABASE_IS_EMBEDDED:
        raise ServerError("DATABASE_URL is set: the database is not ours to start or stop.")
    return EmbeddedServer(settings.ALLHANDS_DATA_DIR, wanted=settings.ALLHANDS_PG_BIN)


def keep_secret() -> None:
    """Make sure that every process of this node signs with the same key: the first one writes its own down."""
    if settings.ALLHANDS_SECRET_IS_KEPT:
        return
    file = Path(settings.ALLHANDS_DATA_DIR) / "secret_key"
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was faster
        settings.SECRET_KEY = file.read_text(encoding="ascii").strip()
        return
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(str(settings.SECRET_KEY).encode("ascii"))
