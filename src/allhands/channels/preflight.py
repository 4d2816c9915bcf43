"""Asks whoever owns an alert, right before each copy leaves, whether it shall still go. Slices register at start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from allhands.alerts.contracts import TransmissionId

Preflight = Callable[[TransmissionId, datetime], str]
"""Empty to go; else why not: `not-wanted`, `expired`, `out-of-sequence`, or another code of small letters, dashes."""

_asked: list[Preflight] = []


def register_preflight(asked: Preflight) -> None:
    """Ask this function before each batch of copies leaves. Registering twice counts once.

    It runs inside the transaction that claims the copies, so that a take-back committed before is always heard.
    """
    if asked not in _asked:
        _asked.append(asked)


def why_not(transmission_id: TransmissionId, now: datetime) -> str:
    """The first reason not to send, or empty."""
    return next((reason for ask in tuple(_asked) if (reason := ask(transmission_id, now))), "")
