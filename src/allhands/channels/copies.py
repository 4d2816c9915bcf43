"""One recipient's copy of a broadcast: what an answer makes of it, when to try again, what a person may do. Pure."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from allhands.alerts.contracts import Language, MessageKind, TransmissionId
from allhands.channels.contracts import SendingState, Way
from allhands.kernel.errors import Refused

# Waits between tries of one copy. Webhooks' receivers are told the same schedule (docs/reference/webhooks.md).
BACKOFF = tuple(
    timedelta(seconds=seconds) for seconds in (5, 30, 120, 300, 900, 1800, 7200, 18_000, 36_000, 50_400, 72_000)
)
# A word that something was found must arrive also when the alert itself would have ended.
CANCEL_GRACE = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy that this worker alone may send.

    Args:
        address: e-mail address, E.164 number, push subscription, URL or host of a sign, by way.
        attempts: how often it was tried, this time included.
    """

    id: int
    group: str
    recipient_key: str
    address: str
    language: Language
    stop_url: str
    claimed_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A frozen artefact."""

    name: str
    media_type: str
    languages: tuple[str, ...]
    content: bytes
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A broadcast as a sender sees it: nothing in it can change. `files` are those that may leave."""

    id: str
    transmission_id: TransmissionId
    alert_id: str
    way: Way
    kind: MessageKind
    status: str
    world: str
    identifier: str
    expires_at: datetime
    created_at: datetime
    files: tuple[File, ...]

    def file(self, name: str) -> File | None:
        """The file of this name, None when it may not leave or is not there."""
        return next((file for file in self.files if file.name == name), None)

    def in_language(self, stem: str, language: str, ending: str) -> File | None:
        """`stem-<language>.ending`, in English when that language was not written."""
        return self.file(f"{stem}-{language}.{ending}") or self.file(f"{stem}-en.{ending}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a system behind the first one said about its share: one channel of IPAWS."""

    group: str
    label: str
    state: SendingState
    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of one copy.

    Args:
        state: WAITING means surely not taken, try again.
        submitted: bytes were handed to the next system.
        retry_after: the other side's own wish.
        provider_id: by which later receipts name the copy.
        is_gone: the address will never work again; who owns it is told.
    """

    state: SendingState
    code: str
    words: str = ""
    submitted: bool = True
    retry_after: timedelta | None = None
    provider_id: str = ""
    is_gone: bool = False
    parts: tuple[Part, ...] = field(default=())


def later(code: str, words: str = "", *, retry_after: timedelta | None = None) -> Told:
    """Surely not taken; another try is safe."""
    return Told(state=SendingState.WAITING, code=code, words=words, submitted=False, retry_after=retry_after)


def accepted(code: str, words: str = "", *, provider_id: str = "") -> Told:
    """The next system said that it took it."""
    return Told(state=SendingState.ACCEPTED, code=code, words=words, provider_id=provider_id)


def refused(code: str, words: str = "", *, is_gone: bool = False) -> Told:
    """The next system will never take it."""
    return Told(state=SendingState.FAILED, code=code, words=words, is_gone=is_gone)


def uncertain(words: str = "") -> Told:
    """Written, and no answer came."""
    return Told(state=SendingState.UNCERTAIN, code="no-answer", words=words)


def unconfirmed(code: str, words: str = "") -> Told:
    """An answer that we do not recognise."""
    return Told(state=SendingState.UNCONFIRMED, code=code, words=words)


class Sender(Protocol):
    """An open connection of one way out."""

    def send_all(self, copies: Sequence[Copy]) -> Iterator[tuple[Copy, Told]]:
        """Hands each over once and says what came of it, in any order, every copy exactly once."""
        ...


class OpenSender(Protocol):
    """Opens a connection for one broadcast."""

    def __call__(self, frozen: Frozen, /) -> AbstractContextManager[Sender]:
        """Raises TryLater when there is no connection now."""
        ...


def next_try(attempts: int, retry_after: timedelta | None, now: datetime) -> datetime:
    """When to try again after so many tries; the other side's wish counts when it is later."""
    wait = BACKOFF[min(attempts, len(BACKOFF)) - 1]
    return now + max(wait, retry_after or timedelta(0))


def last_moment(kind: MessageKind, expires_at: datetime) -> datetime:
    """After it, nothing of the broadcast leaves any more."""
    return expires_at + CANCEL_GRACE if kind is MessageKind.CANCEL else expires_at


class Decision(enum.Enum):
    """What a person decides about copies that no machine may decide about."""

    ARRIVED = "ARRIVED"
    SEND_AGAIN = "SEND_AGAIN"
    GIVE_UP = "GIVE_UP"


DECIDED: Mapping[Decision, SendingState] = {
    Decision.ARRIVED: SendingState.ACCEPTED,
    Decision.SEND_AGAIN: SendingState.WAITING,
    Decision.GIVE_UP: SendingState.STOPPED,
}
DOUBTFUL = (SendingState.CLAIMED, SendingState.UNCERTAIN, SendingState.UNCONFIRMED)
OPEN_TO_PERSON = (*DOUBTFUL, SendingState.FAILED)


def check_decision(decision: Decision, reason: str) -> None:
    """Raises Refused: `reason-missing`."""
    if not reason.strip():
        raise Refused("reason-missing", "Say in a few words how you know.", field="reason")


# What a later word of the provider makes of a copy. A word that is not here changes nothing and is kept.
FOLLOWS: Mapping[SendingState, frozenset[SendingState]] = {
    SendingState.DELIVERED: frozenset(
        {SendingState.CLAIMED, SendingState.ACCEPTED, SendingState.UNCERTAIN, SendingState.UNCONFIRMED}
    ),
    SendingState.FAILED: frozenset(
        {SendingState.CLAIMED, SendingState.ACCEPTED, SendingState.UNCERTAIN, SendingState.UNCONFIRMED}
    ),
    SendingState.ACCEPTED: frozenset({SendingState.CLAIMED, SendingState.UNCERTAIN, SendingState.UNCONFIRMED}),
    SendingState.SEEN: frozenset(
        {SendingState.WAITING, SendingState.CLAIMED, SendingState.ACCEPTED, SendingState.DELIVERED}
    ),
}
