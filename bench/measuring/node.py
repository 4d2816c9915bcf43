"""A node of its own for one measurement: embedded PostgreSQL as in production, migrated, with the demo county."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allhands.kernel.actors import Actor
    from allhands.platform.database.server import EmbeddedServer


@contextmanager
def own_node(wanted: Path | None = None) -> Iterator[EmbeddedServer]:
    """Django set up as the app role on a fresh database that keeps what it commits; everything is gone afterwards.

    Args:
        wanted: folder of PostgreSQL programs to use instead of the wheel's.

    PostgreSQL runs with the settings of production: fsync, full_page_writes and synchronous_commit are on.
    """
    folder = Path(tempfile.mkdtemp(prefix="allhands-bench-"))
    folder.chmod(0o755)  # PostgreSQL's own user must walk to it when we are root
    for name in [name for name in os.environ if name.startswith(("ALLHANDS_", "DATABASE_"))]:
        del os.environ[name]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "allhands.config.settings",
        "ALLHANDS_WORLD": "demo",
        "ALLHANDS_DATA_DIR": str(folder),
        "ALLHANDS_SECRET_KEY": "only-for-a-measurement-" + "x" * 40,
    }
    import django

    django.setup()
    from allhands.platform.database.server import EmbeddedServer
    from allhands.platform.serving import migrations

    server = EmbeddedServer(folder, wanted=wanted)
    try:
        server.start()
        migrations.apply()
        _load_county()
        yield server
    finally:
        from django.db import connections

        connections.close_all()
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _load_county() -> None:
    from django.utils import timezone

    from allhands.agencies.demo import load as loader

    loader.load(timezone.now())


def caseworker() -> Actor:
    """The person of the demo county who reports."""
    from allhands.agencies import api as agencies
    from allhands.agencies.demo.load import member_id
    from allhands.kernel.ids import MemberId

    return agencies.actor_for_member(MemberId(member_id("ruth", "prairie-human-services", "CASEWORKER")))


def copy_database(server: EmbeddedServer, name: str) -> None:
    """A second database that starts where the first one stands now."""
    import psycopg
    from django.db import connections
    from psycopg import sql

    from allhands.platform.database import roles
    from allhands.platform.database.address import NAME

    connections.close_all()
    roles.create_database(server.superuser, name, template=NAME, grants=False)
    with psycopg.connect(server.superuser.named(name).conninfo(), autocommit=True) as connection:
        connection.execute(sql.SQL("VACUUM ANALYZE"))
    with psycopg.connect(server.superuser.named(NAME).conninfo(), autocommit=True) as connection:
        connection.execute(sql.SQL("VACUUM ANALYZE"))
