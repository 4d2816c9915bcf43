"""What may cross between an alert and the ways out: a message as it was approved, with no key to anything mutable."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

from allhands.kernel.ids import AgencyId, EpisodeId, MemberId

TransmissionId = NewType("TransmissionId", str)
AlertId = NewType("AlertId", str)
Language = Literal["en", "es"]
LatLon = tuple[float, float]
"""Latitude, longitude in degrees, WGS 84, as CAP orders them."""


class MessageKind(enum.Enum):
    """What a transmission does. Values are CAP's `msgType`."""

    ALERT = "Alert"
    UPDATE = "Update"
    CANCEL = "Cancel"


class AlertStatus(enum.Enum):
    """How real it is. Values are CAP's `status`. Outside the live world nothing is ever Actual."""

    ACTUAL = "Actual"
    EXERCISE = "Exercise"
    TEST = "Test"


class EventCode(enum.Enum):
    """The event on the wire: child abduction (AMBER criteria), or missing and endangered person (89 FR 72724)."""

    CAE = "CAE"
    MEP = "MEP"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertText:
    """One language version, only P0 fields that were approved. Empty text means: not part of this alert.

    Args:
        headline: one line, such as "Missing: Maya, 14".
        age: in words of this language.
        clothing, vehicle, companion, last_seen_place: as the reader sees them.
        instruction: what to do, with the number to call.
    """

    headline: str
    name: str
    age: str
    description: str
    clothing: str
    last_seen_place: str
    last_seen_at: str
    vehicle: str
    companion: str
    instruction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """A circle on the ground."""

    centre: LatLon
    radius_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertArea:
    """Where it goes. Polygons are closed rings (first point repeated), exterior only.

    Args:
        words: the area in words, per language.
        county_fips: five digits each, of the alerting crosswalk.
        nations: ids of nations whose land is meant.
    """

    words: Mapping[Language, str]
    county_fips: tuple[str, ...]
    nations: tuple[str, ...]
    polygons: tuple[tuple[LatLon, ...], ...]
    circles: tuple[Circle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertPhoto:
    """A released picture, redrawn, without metadata.

    Args:
        jpeg: the bytes.
        alt: alternative text per language.
        is_drawn: it is a drawing of nobody; it carries the mark.
    """

    jpeg: bytes
    alt: Mapping[Language, str]
    is_drawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNumber:
    """The number on every artefact; only ever out of an agency's verified routes.

    Args:
        e164: `+17015550100`.
        shown: as people read it.
        name: whose it is, per language.
    """

    e164: str
    shown: str
    name: Mapping[Language, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An earlier transmission of the same alert, as CAP names it."""

    sender: str
    identifier: str
    sent_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertMessage:
    """One transmission's whole content. Two of the same digest are the same bytes on every way out.

    Args:
        identifier: opaque, unique; tells nothing about the child.
        sender: CAP sender, an address-like id of the issuing agency.
        sender_name: the agency as the public reads it.
        texts: one entry per language; "en" is always there.
        photo: None when none was released; the artefacts then say so in words, never with a silhouette.
        public_url: the page people are sent to; https in the live world.
        world: "live", "demo" or "drill"; anything but "live" is written on every artefact.
    """

    transmission_id: TransmissionId
    alert_id: AlertId
    identifier: str
    sender: str
    sender_name: str
    sent_at: datetime
    expires_at: datetime
    kind: MessageKind
    status: AlertStatus
    event: EventCode
    references: tuple[Reference, ...]
    texts: Mapping[Language, AlertText]
    area: AlertArea
    photo: AlertPhoto | None
    call: CallNumber
    public_url: str
    world: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """Whom a transmission reaches by e-mail, text message or web push, resolved once and frozen with the delivery.

    Args:
        key: opaque id of the subscription; a second delivery of one transmission to one key never leaves.
        address: e-mail address, E.164 number or push subscription, by channel.
        stop_url: one click ends it.
    """

    key: str
    address: str
    language: Language
    stop_url: str


# --- The ledger of requests and what became of an alert ---------------------------------------------------------------


class RequestState(enum.Enum):
    """ASKED waits for an answer; NONE is the ladder's end without an alert, with its reason."""

    ASKED = "ASKED"
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    NONE = "NONE"


class AlertState(enum.Enum):
    """DRAFT is being written; OFFERED waits for a second person; ENDED expired by itself."""

    DRAFT = "DRAFT"
    OFFERED = "OFFERED"
    RETURNED = "RETURNED"
    REFUSED = "REFUSED"
    LIVE = "LIVE"
    TAKEN_BACK = "TAKEN_BACK"
    ENDED = "ENDED"


class Rank(enum.Enum):
    """In which order agencies are asked. A NEIGHBOR's transmitter also reaches the land."""

    PRIMARY = "PRIMARY"
    BACKUP = "BACKUP"
    NEIGHBOR = "NEIGHBOR"


class Ending(enum.Enum):
    """Why an alert is taken back. FOUND shows thanks on the public page; the others show that it ended."""

    FOUND = "FOUND"
    WRONG = "WRONG"
    UNSAFE = "UNSAFE"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityView:
    """That an agency may issue alerts for a piece of land, and how fast it answers.

    Args:
        state, county_fips, nation: the land; a nation's has no state.
        answer_minutes: within which it says yes or no.
        sender: CAP sender, an address-like id.
        source: where that authority is written.
    """

    id: str
    agency_id: AgencyId
    state: str
    county_fips: str
    nation: str
    rank: Rank
    answer_minutes: int
    sender: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedLine:
    """One criterion as it stood when somebody asked: `TRUE`, `FALSE` or `UNKNOWN`."""

    id: str
    title: Mapping[str, str]
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """One line of the request ledger.

    Args:
        way: rule id of a criterion, or a rung of the ladder such as `local`.
        child: the child as the authority reads it, such as "Maya K., 14".
        authority_ids: who may issue for this land, in the order in which they are asked.
        appeals: the refused request this one appeals against.
    """

    request_id: str
    episode_id: EpisodeId
    way: str
    title: Mapping[str, str]
    child: str
    needs: tuple[NeedLine, ...]
    sources: tuple[Mapping[str, str], ...]
    land: Mapping[str, str]
    asked_by: str
    asked_agency_id: AgencyId
    asked_at: datetime
    words: str
    authority_ids: tuple[AgencyId, ...]
    answer_due_at: datetime | None
    state: RequestState
    decided_by: str
    decided_agency_id: AgencyId | None
    decided_at: datetime | None
    reason_codes: tuple[str, ...]
    reason: str
    appeals: str
    escalated_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertView:
    """An alert while it is written and afterwards.

    Args:
        code: the opaque end of its public address.
        draft: words, area and choices as last saved; see `drafting.Draft`.
        writer_ids: whoever changed the draft.
        transmission_id: the newest transmission; empty before the first.
    """

    alert_id: AlertId
    code: str
    episode_id: EpisodeId
    request: RequestView
    state: AlertState
    draft: Mapping[str, object]
    version: int
    written_by: str
    writer_ids: frozenset[MemberId]
    changed_at: datetime
    offered_at: datetime | None
    note: str
    transmission_id: str
    sent_at: datetime | None
    approved_by: str
    expires_at: datetime | None
    ended_at: datetime | None
    ending: str
    review_due_at: datetime | None
    reviewed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAlert:
    """What a stranger may read under the code of an alert; `message` is None once it is over."""

    code: str
    time_zone: str
    message: AlertMessage | None
    ending: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransmissionView:
    """One thing that left, without its bytes."""

    transmission_id: str
    number: int
    kind: MessageKind
    digest: str
    approved_by: str
    written_by: str
    single_person: bool
    sent_at: datetime
    expires_at: datetime
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDownView:
    """What must come down on one way, by when, and who says that it did."""

    id: str
    way: str
    made_at: datetime
    due_at: datetime
    done_at: datetime | None
    done_by: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """What a second person said of an alert that one person sent alone."""

    by: str
    at: datetime
    stands: bool
    words: str
