"""What somebody asks in a test."""

from __future__ import annotations

from datetime import UTC, datetime

from allhands.directory.contracts import Form

NOW = datetime(2026, 11, 24, 8, 5, tzinfo=UTC)


def form(urgent: tuple[str, ...] = (), /, **typed: str) -> Form:
    return Form(one=lambda name: typed.get(name, ""), urgent=urgent)
