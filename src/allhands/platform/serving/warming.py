"""What a web process reads before it calls itself ready, in the background: the first of each takes seconds.

Slices say what they need; nothing is read in a process that only runs a command or a test.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from threading import Event, Thread
from typing import Final

from django.db import connections

_reads: Final[dict[str, Callable[[], object]]] = {}
_begun: Final = Event()
_done: Final = Event()


def register(name: str, read: Callable[[], object]) -> None:
    """Have something read when a web process starts.

    Args:
        read: keeps what it read by itself; may ask the database.
    """
    _reads[name] = read


def begin() -> None:
    """Read everything beside the first answers. For the start of a web process, once."""
    _begun.set()
    _done.clear()
    Thread(target=_read_all, name="warming", daemon=True).start()


def is_done() -> bool:
    """Whether nothing is being read any more; also where nothing was begun."""
    return _done.is_set() or not _begun.is_set()


def _read_all() -> None:
    """Ends as done whatever happens: what cannot be read is told by whoever asks for it, not by silence here."""
    try:
        for read in _reads.values():
            read()
    finally:
        connections.close_all()
        # What was read stays for good. The collector would walk it again and again: 0.2 s in which a page stands still.
        gc.collect()
        gc.freeze()
        _done.set()
