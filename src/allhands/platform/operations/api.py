"""Where rooms tell the operator's page what they have."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLine:
    """One way out, as the operator sees it.

    Args:
        name: translated, such as "E-mail".
        state: `works`, `not-tested`, `stale`, `test-failed`, `not-configured` or `simulated`.
        tested_at: when that was found out; None when it never was.
    """

    name: str
    state: str
    tested_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskLine:
    """Something that waits for a person.

    Args:
        text: translated: what is stuck and what the person should do. Ids and codes only, no names.
        href: the page where it is done; empty when there is none.
    """

    text: str
    href: str = ""


_channels: list[Callable[[], Iterable[ChannelLine]]] = []
_asks: list[Callable[[datetime], Iterable[AskLine]]] = []


def register_channels(provider: Callable[[], Iterable[ChannelLine]]) -> None:
    """Add a source of channel states; called from `AppConfig.ready`."""
    if provider not in _channels:
        _channels.append(provider)


def register_asks(provider: Callable[[datetime], Iterable[AskLine]]) -> None:
    """Add a source of things that need a person; called with the present instant."""
    if provider not in _asks:
        _asks.append(provider)


def list_channels() -> tuple[ChannelLine, ...]:
    """Every way out, those that fail first."""
    lines = [line for provider in _channels for line in provider()]
    return tuple(sorted(lines, key=lambda line: (line.state != "test-failed", line.state == "not-configured")))


def list_asks(now: datetime) -> tuple[AskLine, ...]:
    """Everything that waits for a person."""
    return tuple(line for provider in _asks for line in provider(now))
