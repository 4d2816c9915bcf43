"""A CAP 1.2 alert as a value, in the standard's order. Clauses are those of OASIS CAP-v1.2-os, section 3.2."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime


class CapVersion(enum.Enum):
    """The namespaces we read. Only 1.2 is written."""

    V1_0 = "http://www.incident.com/cap/1.0"
    V1_1 = "urn:oasis:names:tc:emergency:cap:1.1"
    V1_2 = "urn:oasis:names:tc:emergency:cap:1.2"


class Status(enum.Enum):
    """How to handle the alert (3.2.1 status)."""

    ACTUAL = "Actual"
    EXERCISE = "Exercise"
    SYSTEM = "System"
    TEST = "Test"
    DRAFT = "Draft"


class MsgType(enum.Enum):
    """What the alert does to those before it (3.2.1 msgType)."""

    ALERT = "Alert"
    UPDATE = "Update"
    CANCEL = "Cancel"
    ACK = "Ack"
    ERROR = "Error"


class Scope(enum.Enum):
    """For whom the alert is meant (3.2.1 scope)."""

    PUBLIC = "Public"
    RESTRICTED = "Restricted"
    PRIVATE = "Private"


class Category(enum.Enum):
    """The kind of event (3.2.2 category)."""

    GEO = "Geo"
    MET = "Met"
    SAFETY = "Safety"
    SECURITY = "Security"
    RESCUE = "Rescue"
    FIRE = "Fire"
    HEALTH = "Health"
    ENV = "Env"
    TRANSPORT = "Transport"
    INFRA = "Infra"
    CBRNE = "CBRNE"
    OTHER = "Other"


class ResponseType(enum.Enum):
    """What people are asked to do (3.2.2 responseType)."""

    SHELTER = "Shelter"
    EVACUATE = "Evacuate"
    PREPARE = "Prepare"
    EXECUTE = "Execute"
    AVOID = "Avoid"
    MONITOR = "Monitor"
    ASSESS = "Assess"
    ALL_CLEAR = "AllClear"
    NONE = "None"


class Urgency(enum.Enum):
    """How soon to act (3.2.2 urgency)."""

    IMMEDIATE = "Immediate"
    EXPECTED = "Expected"
    FUTURE = "Future"
    PAST = "Past"
    UNKNOWN = "Unknown"


class Severity(enum.Enum):
    """How bad (3.2.2 severity)."""

    EXTREME = "Extreme"
    SEVERE = "Severe"
    MODERATE = "Moderate"
    MINOR = "Minor"
    UNKNOWN = "Unknown"


class Certainty(enum.Enum):
    """How sure (3.2.2 certainty). CAP 1.0's "Very Likely" is read as LIKELY, as 1.2 asks."""

    OBSERVED = "Observed"
    LIKELY = "Likely"
    POSSIBLE = "Possible"
    UNLIKELY = "Unlikely"
    UNKNOWN = "Unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuePair:
    """A named value of somebody's code list: eventCode, parameter, geocode."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LonLat:
    """A WGS 84 point in degrees. CAP text writes latitude first; only decode and encode turn the order."""

    lon: float
    lat: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """A point and how far around it (3.2.4 circle)."""

    center: LonLat
    radius_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An earlier message, by its three parts (3.2.1 references). `sent_at` is absent in CAP 1.0 only."""

    sender: str
    identifier: str
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A file that goes with the text (3.2.3). Empty text means the element is absent."""

    description: str
    mime_type: str
    size_bytes: int | None = None
    uri: str = ""
    deref_uri: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Where (3.2.4).

    Args:
        polygons: rings, closed, at least four points each.
        altitude_ft: above mean sea level; alone it is the exact height, with a ceiling the floor.
    """

    description: str
    polygons: tuple[tuple[LonLat, ...], ...] = ()
    circles: tuple[Circle, ...] = ()
    geocodes: tuple[ValuePair, ...] = ()
    altitude_ft: float | None = None
    ceiling_ft: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """The event in one language (3.2.2). Empty text means the element is absent; instants are aware."""

    language: str = ""
    categories: tuple[Category, ...]
    event: str
    response_types: tuple[ResponseType, ...] = ()
    urgency: Urgency
    severity: Severity
    certainty: Certainty
    audience: str = ""
    event_codes: tuple[ValuePair, ...] = ()
    effective_at: datetime | None = None
    onset_at: datetime | None = None
    expires_at: datetime | None = None
    sender_name: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    web: str = ""
    contact: str = ""
    parameters: tuple[ValuePair, ...] = ()
    resources: tuple[Resource, ...] = ()
    areas: tuple[Area, ...] = ()

    def parameter_values(self, name: str) -> tuple[str, ...]:
        """Every value of one parameter, in order: repeated parameters all count."""
        return tuple(pair.value for pair in self.parameters if pair.name == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One message (3.2.1).

    Args:
        sent_at: aware; its offset is kept, because IPAWS asks for the local one.
        scope: None only when a CAP 1.0 document left it out.
    """

    identifier: str
    sender: str
    sent_at: datetime
    status: Status
    msg_type: MsgType
    source: str = ""
    scope: Scope | None
    restriction: str = ""
    addresses: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    note: str = ""
    references: tuple[Reference, ...] = ()
    incidents: tuple[str, ...] = ()
    infos: tuple[Info, ...] = ()
