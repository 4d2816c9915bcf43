"""Which records were sealed or destroyed, kept beside the key and not in the database: a backup that is brought back,
on this machine or a new one, must not open what an order had shut since. Ids only, no name, no court."""

from __future__ import annotations

import contextlib
import enum
import os
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as
from allhands.platform.logs import get_logger
from allhands.platform.vault.models import DataKey

_log = get_logger(__name__)
_NAME: Final = "shut_records"
_HEAD: Final = "allhands shut records 1"
_RECORD: Final = re.compile(r"[\w.:-]{1,64}", re.ASCII)


class How(enum.Enum):
    """Out of reach until an order opens it, or gone for good. Codes are stored."""

    SEALED = "sealed"
    DESTROYED = "destroyed"


@dataclass(frozen=True, slots=True)
class Shut:
    """How a record is shut, and by which order where the database says so; the file does not."""

    how: How
    order_ref: str = ""


ShutRecords = Mapping[str, Shut]


class ListFault(ValueError):
    """The file is no list of shut records."""


def in_database() -> dict[str, Shut]:
    """Every record whose key was sealed or destroyed. The platform must be acting."""
    rows = DataKey.objects.exclude(sealed_at__isnull=True, destroyed_at__isnull=True)
    return {
        row.record_id: Shut(How.DESTROYED, row.order_ref) if row.destroyed_at else Shut(How.SEALED)
        for row in rows.only("record_id", "destroyed_at", "order_ref")
    }


def merged(*lists: ShutRecords) -> dict[str, Shut]:
    """All of them in one: what is destroyed by one of them is destroyed, and the last that says so names the order."""
    found: dict[str, Shut] = {}
    for one in lists:
        for record, shut in one.items():
            if shut.how is How.DESTROYED or record not in found or found[record].how is How.SEALED:
                found[record] = shut
    return found


def remember() -> None:
    """Bring the file up to date. What is destroyed stays on it; what is sealed is what the database says.

    Not while a restore waits to be ended: the database then says what the backup opened.
    """
    if is_waiting():
        return
    with acting_as(SYSTEM):
        now, holds_records = in_database(), DataKey.objects.exists()
    with contextlib.suppress(OSError):  # a folder nobody may write to remembers nothing
        try:
            kept = kept_here()
        except ListFault:  # nothing is remembered until somebody mends it: what it held may stand nowhere else
            _log.error("vault.shut_records_damaged")
            return
        wanted = merged(now, {record: shut for record, shut in kept.items() if shut.how is How.DESTROYED})
        # A machine that never held a record does not know that nothing was shut.
        if _text(wanted) != _text(kept) or (holds_records and not is_kept_here()):
            _write(_file(), wanted)


def kept_here() -> dict[str, Shut]:
    """What this machine remembers.

    Raises:
        ListFault: somebody changed the file.
    """
    return read(_file()) if _file().exists() else {}


def is_kept_here() -> bool:
    """Whether this machine remembers anything, be it that nothing was shut."""
    return _file().exists()


def read(file: Path) -> dict[str, Shut]:
    """The list in a file, whole or not at all.

    Raises:
        ListFault: with the number of the first line that is wrong.
    """
    lines = file.read_text(encoding="ascii", errors="replace").splitlines()
    if not lines or lines[0] != _HEAD:
        raise ListFault(f"{file} is no list of shut records: its first line is not {_HEAD!r}.")
    found: dict[str, Shut] = {}
    for number, line in enumerate(lines[1:], 2):
        how, _, record = line.partition(" ")
        if how not in {one.value for one in How} or not _RECORD.fullmatch(record):
            raise ListFault(f"{file}, line {number}: this is not `sealed RECORD` or `destroyed RECORD`.")
        found[record] = Shut(How(how))
    return found


def keep_waiting(shut: ShutRecords) -> None:
    """Before a backup takes the place of what is there: what has to be shut in it, should we be stopped half way."""
    _write(_waiting(), shut)


def waiting() -> dict[str, Shut]:
    """What still has to be shut in a database that was brought back.

    Raises:
        ListFault: somebody changed the file.
    """
    return read(_waiting()) if _waiting().exists() else {}


def is_waiting() -> bool:
    """Whether a restore was begun and not ended."""
    return _waiting().exists()


def end_waiting() -> None:
    """It is shut, or nothing was brought back."""
    _waiting().unlink(missing_ok=True)


def _text(shut: ShutRecords) -> str:
    return "\n".join([_HEAD, *sorted(f"{one.how.value} {record}" for record, one in shut.items())]) + "\n"


def _write(file: Path, shut: ShutRecords) -> None:
    unfinished = file.with_name(f"{file.name}.{os.getpid()}-{threading.get_ident()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(_text(shut))
    unfinished.replace(file)


def _file() -> Path:
    return Path(settings.ALLHANDS_DATA_DIR) / _NAME


def _waiting() -> Path:
    return _file().with_name(f"{_NAME}.waiting")
