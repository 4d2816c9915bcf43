"""Tells PostgreSQL who acts, so that row security can look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from allhands.kernel.actors import Actor

_Setting = tuple[str, str, str]
_WRITE = (
    "SELECT set_config('allhands.actor_member', %s, true), "
    "set_config('allhands.actor_agency', %s, true), set_config('allhands.actor_kind', %s, true)"
)
_READ = (
    "SELECT coalesce(current_setting('allhands.actor_member', true), ''), "
    "coalesce(current_setting('allhands.actor_agency', true), ''), "
    "coalesce(current_setting('allhands.actor_kind', true), '')"
)


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """A transaction in which row security sees the actor.

    Inside another transaction it is a savepoint, and whoever acted before acts again afterwards: an error rolls the
    settings back with everything else, success sets them back.
    """
    is_nested = connection.in_atomic_block
    wanted = (actor.member_id, actor.agency_id, actor.kind.value)
    with transaction.atomic():
        before = _read() if is_nested else None
        if before != wanted:
            _write(wanted)
        yield
        if before is not None and before != wanted:
            _write(before)


def _read() -> _Setting:
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        row = cursor.fetchone()
    assert row is not None
    return (row[0], row[1], row[2])


def _write(setting: _Setting) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, setting)
