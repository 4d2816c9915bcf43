"""HTTP to many people at once, on lines that never give one person's answer to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue

import httpx

from allhands.channels.copies import Copy, Told, later, unconfirmed
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
        # A line and the id last given on it; None is opened by the hand that takes it.
        self._idle: SimpleQueue[tuple[httpx.Client | None, str]] = SimpleQueue()
        for _ in range(_AT_ONCE):
            self._idle.put((None, ""))

    def close(self) -> None:
        """Hangs up on every line."""
        with suppress(Empty):
            while True:
                line, _ = self._idle.get_nowait()
                if line is not None:
                    line.close()

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
            try:
                line = line or open_http()
            except OSError as error:  # such as too many open files: one copy waits, the answers of the others count
                return later("line-not-opened", str(error)[:100])
            told = send(line, copy)
            given = told.provider_id
            return unconfirmed("answer-of-another", given) if given and given == last else told
        finally:
            # Put back first, whatever fails: a hand that finds no place would wait for ever.
            is_kept = bool(given) and given != last
            self._idle.put((line, given) if is_kept else (None, ""))
            if line is not None and not is_kept:
                line.close()
