"""The four kinds of no. Anything else is a bug and must crash loudly."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Refused(Exception):
    """A rule says no. Shown to the person, with the reason and what to do next.

    Args:
        code: stable, documented, lower case with dashes.
        reason: one or two plain sentences; translated where it is raised.
        source: citation or policy id, when there is one.
        field: the input that was wrong, when there is one.
    """

    code: str
    reason: str
    source: str = ""
    field: str = ""

    def __str__(self) -> str:
        return self.reason


@dataclass
class Denied(Exception):
    """Access says no. Journalled outside the rolled-back transaction; reveals nothing about the record."""

    code: str

    def __str__(self) -> str:
        return self.code


class TryLater(Exception):
    """The outside world failed for now: the job runner tries again with backoff."""


class Permanent(Exception):
    """The outside world said never: stop, and show it to an operator."""
