"""Data keys: made when a record first needs one, unwrapped to be used, wrapped anew, destroyed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import Q, QuerySet
from psycopg.errors import DeadlockDetected, LockNotAvailable

from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as
from allhands.platform.vault import shut_list
from allhands.platform.vault.envelope import KEY_BYTES
from allhands.platform.vault.models import DataKey, SealedKey
from allhands.platform.vault.wrapping import LocalKey, Program, Wrapper, WrappingFault, kept_key, parse_key


class Sealed(LookupError):
    """The record's key was destroyed: what it closed is gone for good."""


def current_wrapper() -> Wrapper:
    """The wrapper that new keys are wrapped with.

    Raises:
        WrappingFault: what is configured is no key.
    """
    if settings.ALLHANDS_VAULT_PROGRAM:
        return Program(settings.ALLHANDS_VAULT_PROGRAM, settings.ALLHANDS_VAULT_PROGRAM_KEY)
    if settings.ALLHANDS_VAULT_KEY:
        return parse_key(settings.ALLHANDS_VAULT_KEY)
    return kept_key(_kept_file())


_at_hand: ContextVar[dict[str, bytes] | None] = ContextVar("vault_keys_at_hand", default=None)


@contextmanager
def at_hand(record_ids: Iterable[str] = ()) -> Iterator[None]:
    """A block in which each record's key is asked of the database once; those named here all at once.

    For a block inside one transaction, no longer: a key destroyed elsewhere is at hand until the block ends.
    """
    outer = _at_hand.get()
    token = _at_hand.set({} if outer is None else outer)
    try:
        missing = set(record_ids) - (outer or {}).keys()
        if missing:
            _keep_at_hand({row.record_id: _unwrap(row) for row in _usable(missing)})
        yield
    finally:
        _at_hand.reset(token)


def key_for_writing(record_id: str, now: datetime) -> bytes:
    """The record's key; made now when it has none.

    Raises:
        Sealed: it was sealed or destroyed, and the record takes nothing more.
    """
    if (near := _at_hand.get()) and record_id in near:
        return near[record_id]
    try:
        return keys_for_reading([record_id])[record_id]
    except Sealed:
        if DataKey.objects.filter(pk=record_id).exists():
            raise
    DataKey.objects.bulk_create([_fresh(record_id, now)], ignore_conflicts=True)  # somebody else may have been faster
    return keys_for_reading([record_id])[record_id]


@contextmanager
def as_it_was(apps: Any, record_id: str, now: datetime) -> Iterator[None]:
    """A block in which the key of one record is at hand, found or made through the table as a migration knows it:
    today's model may name columns that are not there yet.
    """
    table = apps.get_model("platform_vault", "DataKey").objects
    row = table.filter(pk=record_id).first()
    if row is None:
        fresh = _fresh(record_id, now)
        row = table.create(record_id=record_id, wrapped=fresh.wrapped, wrapped_by=fresh.wrapped_by, made_at=now)
    with at_hand():
        _keep_at_hand({record_id: _unwrap(row)})
        yield


def make_key(record_id: str, now: datetime) -> None:
    """The key of a record that is being made in this very transaction, so that nobody can have made one before.

    Raises:
        IntegrityError: somebody has.
    """
    row = _fresh(record_id, now)
    row.save(force_insert=True)
    _keep_at_hand({record_id: _unwrap(row)})


def _fresh(record_id: str, now: datetime) -> DataKey:
    wrapper = current_wrapper()
    wrapped = wrapper.wrap(os.urandom(KEY_BYTES), record_id)
    return DataKey(record_id=record_id, wrapped=wrapped, wrapped_by=wrapper.name, made_at=now)


def keys_for_reading(record_ids: Iterable[str]) -> dict[str, bytes]:
    """The keys of several records.

    Raises:
        Sealed: one of them was sealed or destroyed, or never was.
    """
    wanted = set(record_ids)
    near = _at_hand.get() or {}
    found = {name: near[name] for name in wanted & near.keys()}
    if missing := wanted - found.keys():
        fresh = {row.record_id: _unwrap(row) for row in _usable(missing)}
        _keep_at_hand(fresh)
        found |= fresh
    if gone := sorted(wanted - found.keys()):
        raise Sealed(gone[0])
    return found


def _usable(record_ids: Iterable[str]) -> Iterable[DataKey]:
    return DataKey.objects.filter(pk__in=list(record_ids), destroyed_at__isnull=True, sealed_at__isnull=True)


def _keep_at_hand(found: dict[str, bytes]) -> None:
    near = _at_hand.get()
    if near is not None:
        near.update(found)


def _forget(record_id: str) -> None:
    (_at_hand.get() or {}).pop(record_id, None)


def shut_records() -> QuerySet[DataKey]:
    """The keys of records that are sealed or destroyed, for `Exists` and `exclude`."""
    return DataKey.objects.filter(Q(sealed_at__isnull=False) | Q(destroyed_at__isnull=False))


def seal(record_id: str, now: datetime, order_ref: str) -> None:
    """Move the record's key out of reach. What it closed reads as SEALED until `unseal`. The platform must be acting.

    Args:
        order_ref: the order that demands it, as its file names it.
    Raises:
        Sealed: it is sealed or destroyed already.
    """
    assert transaction.get_connection().in_atomic_block
    key_for_writing(record_id, now)  # a record that closed nothing yet can be sealed too
    row = DataKey.objects.select_for_update().get(pk=record_id)
    SealedKey.objects.create(
        record_id=record_id, wrapped=row.wrapped, wrapped_by=row.wrapped_by, sealed_at=now, order_ref=order_ref
    )
    row.wrapped, row.wrapped_by, row.sealed_at = b"", "", now
    row.save()
    _forget(record_id)
    transaction.on_commit(shut_list.remember, robust=True)


def unseal(record_id: str) -> None:
    """Bring a sealed key back. The platform must be acting; the database asks for the order that opens it.

    Raises:
        Sealed: there is no such key: it was destroyed, or never sealed.
    """
    assert transaction.get_connection().in_atomic_block
    kept = SealedKey.objects.select_for_update().filter(pk=record_id).first()
    if kept is None:
        raise Sealed(record_id)
    DataKey.objects.filter(pk=record_id).update(wrapped=kept.wrapped, wrapped_by=kept.wrapped_by, sealed_at=None)
    kept.delete()
    transaction.on_commit(shut_list.remember, robust=True)


def destroy(record_id: str, now: datetime, order_ref: str) -> None:
    """Make everything that the record's key closed unreadable for ever. Must be called in a transaction.

    A sealed key is destroyed where it lies, which needs the platform to be acting.

    Args:
        order_ref: the order or decision that demands it, as its file names it.
    """
    assert transaction.get_connection().in_atomic_block
    DataKey.objects.get_or_create(record_id=record_id, defaults={"wrapped": b"", "wrapped_by": "", "made_at": now})
    SealedKey.objects.filter(pk=record_id).update(wrapped=b"", wrapped_by="")
    DataKey.objects.filter(pk=record_id, destroyed_at__isnull=True).update(
        wrapped=b"", wrapped_by="", destroyed_at=now, order_ref=order_ref
    )
    _forget(record_id)
    transaction.on_commit(shut_list.remember, robust=True)


_LOCK_ATTEMPTS = 60
_ALONE = """
SET LOCAL lock_timeout = '2s';
LOCK TABLE platform_vault_datakey, platform_vault_sealedkey IN SHARE MODE;
"""
Progress = Callable[[int], None]
"""Is told how many keys were moved since it was told last."""


def wrap_anew(old: Wrapper, new: Wrapper, *, at_once: int = 500, tell: Progress | None = None) -> int:
    """Wrap every key that the old wrapper holds with the new one; safe to interrupt and to run again. How many."""
    tables: tuple[Any, ...] = (DataKey.objects, SealedKey.objects)  # alike in the two columns that move
    return sum(_wrap_table(table, old, new, at_once, tell) for table in tables)


def _wrap_table(table: Any, old: Wrapper, new: Wrapper, at_once: int, tell: Progress | None) -> int:
    moved = 0
    while True:
        with acting_as(SYSTEM):
            rows = list(table.select_for_update().filter(wrapped_by=old.name).order_by("record_id")[:at_once])
            for row in rows:
                row.wrapped = new.wrap(old.unwrap(bytes(row.wrapped), row.record_id), row.record_id)
                row.wrapped_by = new.name
            table.bulk_update(rows, ["wrapped", "wrapped_by"])
        if not rows:
            return moved
        moved += len(rows)
        if tell is not None:
            tell(len(rows))


def rotate(tell: Progress | None = None) -> int:
    """Wrap every key with the current wrapper, and with a fresh one where the key lies in the data folder. How many.

    Sealed keys too: an order may open them years later.

    Raises:
        WrappingFault: a key was closed by one that is not known any more; what was moved until then stays moved.
    """
    if not settings.ALLHANDS_VAULT_PROGRAM and not settings.ALLHANDS_VAULT_KEY:
        _renew_kept_key()
    new, moved = current_wrapper(), 0
    while names := _names_settled() - {new.name}:
        moved += sum(wrap_anew(_earlier(name), new, tell=tell) for name in sorted(names))
    return moved


def _names_settled() -> set[str]:
    """The names in use once everybody who was writing a key is done: what they have not committed was closed with the
    key of before, and whoever deletes that key because nobody uses it any more would lose their record."""
    for _attempt in range(_LOCK_ATTEMPTS):
        try:
            with acting_as(SYSTEM), connection.cursor() as cursor:
                cursor.execute(_ALONE)
                return _names_in_use()
        except OperationalError as error:  # somebody writes for long; those who waited behind us go first
            if not isinstance(error.__cause__, (LockNotAvailable, DeadlockDetected)):
                raise
    raise WrappingFault("Something has been writing records for minutes. Run the command again when it is done.")


def _names_in_use() -> set[str]:
    with acting_as(SYSTEM):
        names = {
            name
            for model in (DataKey, SealedKey)
            for name in model.objects.values_list("wrapped_by", flat=True).distinct()
        }
    return names - {""}


def list_missing() -> tuple[str, ...]:
    """Names of the keys that records are closed with and that this process does not have: after a restore without the
    key, or on a second machine with a key of its own.
    """
    return tuple(name for name in sorted(_names_in_use() - {current_wrapper().name}) if not _has(name))


def _has(name: str) -> bool:
    try:
        _earlier(name)
    except WrappingFault:
        return False
    return True


def _renew_kept_key() -> None:
    file, old = _kept_file(), _kept_file().with_suffix(".old")
    kept_key(file)
    if _names_in_use() - {kept_key(file).name} and old.exists():
        return  # an earlier rotation did not finish: finish that one
    old.unlink(missing_ok=True)
    os.link(file, old)
    file.unlink()
    kept_key(file)


def _kept_file() -> Path:
    return Path(settings.ALLHANDS_DATA_DIR) / "vault_key"


def _unwrap(row: DataKey) -> bytes:
    return _unwrap_bytes(bytes(row.wrapped), row.wrapped_by, row.record_id)


# A board shows many records, and with a key program each key costs a process: 32 bytes for each are cheap beside it.
@lru_cache(maxsize=20_000)
def _unwrap_bytes(wrapped: bytes, wrapped_by: str, record_id: str) -> bytes:
    """Remembered by what the row holds, so that a destroyed or rotated key is never answered from memory."""
    wrapper = current_wrapper()
    return (wrapper if wrapped_by == wrapper.name else _earlier(wrapped_by)).unwrap(wrapped, record_id)


def _earlier(name: str) -> Wrapper:
    """A key that is being rotated away from still opens what it closed."""
    old = _kept_file().with_suffix(".old")
    kept = [old.read_text(encoding="ascii")] if old.exists() else []
    for text in [*settings.ALLHANDS_VAULT_OLD_KEYS, *kept]:
        key: LocalKey = parse_key(text)
        if key.name == name:
            return key
    raise WrappingFault(f"The record was closed with the key {name}. Put it into ALLHANDS_VAULT_OLD_KEYS.")
