"""An alert's ways out: what leaves, for whom, and what became of it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from allhands.alerts.contracts import Language, MessageKind
from allhands.channels.contracts.deliveries import ChannelCondition
from allhands.kernel.findings import Finding


class Stamp(enum.Enum):
    """What is written across a copy that is fetched after its alert is over."""

    WITHDRAWN = "WITHDRAWN"
    EXPIRED = "EXPIRED"


class Way(enum.Enum):
    """A way out of an alert. Codes are stored; changing one is a migration."""

    IPAWS = "IPAWS"
    SIGNS = "SIGNS"
    SMS = "SMS"
    EMAIL = "EMAIL"
    PUSH = "PUSH"
    WEBHOOKS = "WEBHOOKS"
    FEEDS = "FEEDS"
    POSTERS = "POSTERS"
    CARDS = "CARDS"


SUBSCRIBER_WAYS = frozenset({Way.SMS, Way.EMAIL, Way.PUSH})
"""Ways that need subscribers; every other way knows its own recipients."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """How a way out stands now.

    Args:
        at: when it last worked or failed; None when it was never tried.
        code: of the last failed test.
        languages: those its artefacts are written in.
        limits: what binds the writer, by name: `characters`, `pages`, `recipients`.
    """

    way: Way
    condition: ChannelCondition
    at: datetime | None
    code: str
    languages: tuple[Language, ...]
    limits: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Artefact:
    """One file or text that leaves, as it leaves.

    Args:
        name: file name, unique in the transmission, such as `poster-letter-en.pdf`.
        media_type: such as `application/pdf`; `text/plain; charset=utf-8` for texts.
        languages: one, or both when they stand side by side.
        content: the bytes.
        text: the words in it: the text itself, or what a picture shows, for who cannot see it.
        length: how much of `limit` is used, in the way's own measure (septets, dots); None where nothing is counted.
        findings: too long, a letter that counts twice, letters written otherwise, what does not fit; an ERROR means
            that this artefact cannot leave.
    """

    way: Way
    name: str
    media_type: str
    languages: tuple[Language, ...]
    content: bytes
    text: str
    length: int | None = None
    limit: int | None = None
    findings: tuple[Finding, ...] = ()


class SendingState(enum.Enum):
    """Where one recipient's copy stands. Codes are stored; changing one is a migration.

    UNCERTAIN: written, and no answer came; no machine repeats it. UNCONFIRMED: an answer nobody here recognises.
    DELIVERED is the word of the systems after the first, never of a person. STOPPED: the preflight or a person said no.
    """

    WAITING = "WAITING"
    CLAIMED = "CLAIMED"
    ACCEPTED = "ACCEPTED"
    DELIVERED = "DELIVERED"
    SEEN = "SEEN"
    SIMULATED = "SIMULATED"
    NOT_CONFIGURED = "NOT_CONFIGURED"
    UNCERTAIN = "UNCERTAIN"
    UNCONFIRMED = "UNCONFIRMED"
    FAILED = "FAILED"
    STOPPED = "STOPPED"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupState:
    """Recipients of one way that belong together: subscribers, a sign, a webhook, one channel of IPAWS.

    Args:
        key: stable, such as `subscribers`, `sign:DMS-0417`, `CMAS`.
        label: as people read it; proper names only, words are the page's.
        recipients: how many copies.
        states: how many copies are in each state; states of none are left out.
        submitted, accepted, final, seen: how many copies ever reached each of the four facts. `final` is the last
            word of the systems after the first, good or bad.
        submitted_at: when the first copy was handed over.
        accepted_at: when the last acceptance came.
        code, words: what was said last, as received.
    """

    key: str
    label: str
    recipients: int
    states: Mapping[SendingState, int]
    submitted: int
    accepted: int
    final: int
    seen: int
    submitted_at: datetime | None
    accepted_at: datetime | None
    code: str
    words: str

    @property
    def unconfirmed(self) -> int:
        """Copies of which nobody but us says that they left."""
        open_states = (
            SendingState.WAITING, SendingState.CLAIMED, SendingState.UNCERTAIN, SendingState.UNCONFIRMED,
            SendingState.FAILED,
        )  # fmt: skip
        return sum(self.states.get(state, 0) for state in open_states)


@dataclass(frozen=True, slots=True, kw_only=True)
class WayState:
    """What became of a transmission on one way.

    Args:
        condition: how the way stood when the transmission was frozen: WORKS, SIMULATED or NOT_CONFIGURED.
        groups: those with unconfirmed copies first.
        artefacts: names, for `artefact`.
        fetched: how often a public address of it was read by others; None where nobody fetches.
    """

    way: Way
    kind: MessageKind
    condition: ChannelCondition
    created_at: datetime
    groups: tuple[GroupState, ...]
    artefacts: tuple[str, ...]
    fetched: int | None = None

    @property
    def unconfirmed(self) -> int:
        """Copies of all groups of which nobody but us says that they left."""
        return sum(group.unconfirmed for group in self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulCopies:
    """Copies of one group in one state about which a person must decide. No recipient is named.

    Args:
        code: of one of them, as received.
    """

    broadcast_id: str
    way: Way
    group: str
    label: str
    state: SendingState
    count: int
    since: datetime
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignTask:
    """A sign that a person sets or clears, and confirms.

    Args:
        multi: what to show, as MULTI; empty to clear it, or when nothing fits.
        text: the words line by line.
        is_composed: False when the sign's size is unknown or the text does not fit: read it out to the operator.
        spoken: what is read out then: headline, looks and what to do; empty when the sign shows its own text.
        contact: whose sign it is and how they are reached, as the table of signs has it.
        mark: `Exercise` or `Test`; empty when it is real.
    """

    sending_id: int
    label: str
    sign_type: str
    multi: str
    text: str
    is_composed: bool
    spoken: tuple[str, ...]
    contact: str
    is_cancel: bool
    mark: str
    since: datetime
    expires_at: datetime
