"""What may cross into and out of the channels."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from allhands.kernel.ids import AgencyId, DeliveryId, EpisodeId, MemberId


class Channel(enum.Enum):
    """A way out. Codes are stored; changing one is a migration."""

    EMAIL = "EMAIL"
    INBOX = "INBOX"


class DeliveryState(enum.Enum):
    """Where a delivery stands now. Codes are stored; changing one is a migration.

    ACCEPTED says only that the next system took it: nobody is known to have read it. SIMULATED never left this machine.
    UNCERTAIN: the bytes were written and no answer came. UNCONFIRMED: an answer came that we do not recognise.
    """

    WAITING = "WAITING"
    HELD = "HELD"
    CLAIMED = "CLAIMED"
    ACCEPTED = "ACCEPTED"
    SIMULATED = "SIMULATED"
    UNCERTAIN = "UNCERTAIN"
    UNCONFIRMED = "UNCONFIRMED"
    FAILED = "FAILED"
    BOUNCED = "BOUNCED"
    OPENED = "OPENED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    CANCELLED = "CANCELLED"


class Status(enum.Enum):
    """What happened to a delivery; appended, never edited. Codes are stored; changing one is a migration."""

    CLAIMED = "CLAIMED"
    SUBMITTED = "SUBMITTED"
    ACCEPTED = "ACCEPTED"
    POSTPONED = "POSTPONED"
    HELD = "HELD"
    SIMULATED = "SIMULATED"
    FAILED = "FAILED"
    UNCERTAIN = "UNCERTAIN"
    UNCONFIRMED = "UNCONFIRMED"
    BOUNCED = "BOUNCED"
    OPENED = "OPENED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    ARRIVED = "ARRIVED"
    SENT_AGAIN = "SENT_AGAIN"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of a delivery.

    Args:
        name: file name, unique in the delivery, such as `packet.pdf`.
        media_type: such as `application/pdf`.
        sensitivity: the highest class inside, P0 to P4.
    """

    name: str
    media_type: str
    content: bytes
    sensitivity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """Something to deliver once to one recipient. It is frozen as it is.

    Args:
        sender_agency: whose notice it is.
        sender_label: who sends it, as the recipient reads it ("Ruth Amundson, Prairie County Human Services").
        recipient_agency: empty only for an e-mail to someone who is no agency here.
        recipient_label: who gets it, as the sender reads it.
        address: e-mail address; empty for the inbox.
        body: plain text.
        sensitivity: the highest class in subject and body, P0 to P4. An e-mail may carry P0 and P1 only.
        refers_to: opaque id of the notice this delivers; deliveries of one notice share it.
        idempotency_key: queuing twice with one key delivers once.
        recipient_member: for the inbox: this person alone of the recipient agency; None for the whole agency.
    """

    channel: Channel
    sender_agency: AgencyId
    sender_label: str
    recipient_agency: AgencyId | None
    recipient_label: str
    address: str
    subject: str
    body: str
    sensitivity: str
    refers_to: str
    idempotency_key: str
    episode_id: EpisodeId | None
    parts: tuple[Part, ...] = ()
    recipient_member: MemberId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """One thing that happened.

    Args:
        code: short and stable, such as an SMTP code or `no-answer`.
        words: what the other system or the person said; may be empty.
        who: name of the person, "Allhands" for the machine.
    """

    status: Status
    at: datetime
    code: str
    words: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryView:
    """A delivery without its content. The four facts are kept apart; each is None until it is known.

    Args:
        submitted_at: handed to the next system.
        accepted_at: the next system said it took it.
        final_at: the last word of the systems after it: bounced or failed. Silence is not delivery.
        seen_at: a person opened it. E-mail never tells.
        acknowledged_at: a person confirmed receipt: this is proof.
        simulated: it never left this machine.
        statuses: oldest first.
    """

    id: DeliveryId
    channel: Channel
    refers_to: str
    episode_id: EpisodeId | None
    recipient_agency: AgencyId | None
    recipient_label: str
    address: str
    state: DeliveryState
    simulated: bool
    digest: str
    created_at: datetime
    submitted_at: datetime | None
    accepted_at: datetime | None
    final_at: datetime | None
    seen_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str
    statuses: tuple[StatusView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxLine:
    """One line of an agency's inbox."""

    id: DeliveryId
    subject: str
    sender_label: str
    received_at: datetime
    opened_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    """A file of an inbox item, without its bytes."""

    name: str
    media_type: str
    size_bytes: int
    digest: str
    sensitivity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxItem:
    """An inbox item, opened."""

    line: InboxLine
    refers_to: str
    body: str
    digest: str
    parts: tuple[PartLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Proof that a named person of the recipient confirmed receipt of these bytes."""

    delivery_id: DeliveryId
    acknowledged_at: datetime
    acknowledged_by: str
    digest: str


class NeedReason(enum.Enum):
    """Why a delivery waits for a person."""

    CLAIM_WITHOUT_OUTCOME = "CLAIM_WITHOUT_OUTCOME"
    UNCERTAIN = "UNCERTAIN"
    UNCONFIRMED = "UNCONFIRMED"
    FAILED = "FAILED"
    BOUNCED = "BOUNCED"
    NOT_CONFIGURED = "NOT_CONFIGURED"
    ANOTHER_WORLD = "ANOTHER_WORLD"
    WAITS_TOO_LONG = "WAITS_TOO_LONG"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsPerson:
    """A delivery that no machine may decide about, oldest first."""

    delivery: DeliveryView
    reason: NeedReason
    since: datetime


SUBSCRIBER = "subscriber"  # the label of a recipient whom no agency knows


class ChannelCondition(enum.Enum):
    """The state word of a channel. STALE: it worked, and the tests that should have come since did not."""

    WORKS = "WORKS"
    NOT_TESTED = "NOT_TESTED"
    STALE = "STALE"
    TEST_FAILED = "TEST_FAILED"
    NOT_CONFIGURED = "NOT_CONFIGURED"
    SIMULATED = "SIMULATED"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelState:
    """How a channel stands.

    Args:
        at: when it last worked or failed; None when it was never tried.
        code: of the last failed test.
        waiting: deliveries not sent yet.
    """

    channel: Channel
    condition: ChannelCondition
    at: datetime | None
    code: str
    waiting: int
