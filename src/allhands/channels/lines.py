"""HTTP to many people at once, on lines that never give one person's answer to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue

import httpx

from allhands.channels.copies import Copy, Told, unconfirmed
from allhands.channels.outgoing_http import open_http

# The other side answers after a tenth of a second: one after the other, a hundred thousand would take the night. Its
# limits are kept by its own 429.
_AT_ONCE = 8


@contextmanager
def open_lines() -> Iterator[Lines]:
    """Lines for one broadcast."""
    lines = Lines()
    try:
        yield lines
    finally:
        lines.close()


class Lines:
    """So many hands, each with a line of its own.

    A side that answers once too often leaves a stale answer on a line, which would be taken for the next person's. It
    bears the id of the last one; a no bears none and would end somebody else. So a line is kept only after an answer
    that named an id not yet given on it; where a side names no ids, each copy has a new line.
    """

    def __init__(self) -> None:
        self._idle: SimpleQueue[tuple[httpx.Client, str]] = SimpleQueue()  # a line, and the id last given on it
        for _ in range(_AT_ONCE):
            self._idle.put((open_http(), ""))

    def close(self) -> None:
        """Hangs up on every line."""
        for _ in range(_AT_ONCE):
            self._idle.get()[0].close()

    def send_all(
        self, copies: Sequence[Copy], send: Callable[[httpx.Client, Copy], Told]
    ) -> Iterator[tuple[Copy, Told]]:
        """Each copy once, and what came of it; in order."""

        def by_hand(copy: Copy) -> Told:
            return self._send(copy, send)

        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="lines") as hands:
            yield from zip(copies, hands.map(by_hand, copies), strict=True)

    def _send(self, copy: Copy, send: Callable[[httpx.Client, Copy], Told]) -> Told:
        line, last = self._idle.get()
        given = ""
        try:
            told = send(line, copy)
            given = told.provider_id
            return unconfirmed("answer-of-another", given) if given and given == last else told
        finally:
            if not given or given == last:
                line.close()
                line, given = open_http(), ""
            self._idle.put((line, given))
