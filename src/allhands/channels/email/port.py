"""The port to the outside: what a mail client promises, and the answers it may give."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from allhands.channels.email.gone import About
from allhands.channels.email.letter import Letter
from allhands.kernel.errors import Permanent, TryLater

# Named moments of a sending, told as they pass; tests stop the process there.
Watch = Callable[[str], None]


def watch_nothing(_moment: str) -> None:
    """Nobody looks."""


class Outcome(enum.Enum):
    """What the mail server's last answer means. Only these; silence and strange answers have their own words."""

    ACCEPTED = "ACCEPTED"
    UNCERTAIN = "UNCERTAIN"
    UNCONFIRMED = "UNCONFIRMED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a letter whose bytes were written.

    Args:
        code: `smtp-250`, or `no-answer`.
        words: the server's own, shortened; they often hold its queue number.
    """

    outcome: Outcome
    code: str
    words: str


class Postponed(TryLater):
    """The letter was surely not taken; another try is safe."""

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(code)
        self.code, self.words = code, words


class NotTaken(Permanent):
    """The server will never take this letter. `about`: what it said so to."""

    def __init__(self, code: str, words: str = "", *, about: About = About.LETTER) -> None:
        super().__init__(code)
        self.code, self.words, self.about = code, words, about


class MailPort(Protocol):
    """A way to hand a letter to a mail server."""

    def send(self, letter: Letter, watch: Watch) -> Answer:
        """Hand it over once.

        Raises:
            Postponed: nothing was taken, try later.
            NotTaken: never.
        """
        ...

    def check(self) -> None:
        """Connect and sign in, send nothing.

        Raises:
            Postponed: it did not work now.
        """
        ...
