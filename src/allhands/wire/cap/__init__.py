"""Owns CAP 1.2: alerts as values, read from 1.0 to 1.2, written as 1.2, judged, signed. Never sends one."""

from allhands.wire.cap.check import Checked, CheckedFeed, check, check_any
from allhands.wire.cap.decode import Decoded, decode
from allhands.wire.cap.encode import encode
from allhands.wire.cap.errors import CapError
from allhands.wire.cap.feed import Feed, FeedEntry, FeedKind, decode_feed
from allhands.wire.cap.model import (
    Alert,
    Area,
    CapVersion,
    Category,
    Certainty,
    Circle,
    Info,
    LonLat,
    MsgType,
    Reference,
    Resource,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
    ValuePair,
)
from allhands.wire.cap.profiles import PROFILES, Profile
from allhands.wire.cap.signature import SignatureRefused, Verified, sign, verify
from allhands.wire.cap.validate import validate

__all__ = [
    "PROFILES",
    "Alert",
    "Area",
    "CapError",
    "CapVersion",
    "Category",
    "Certainty",
    "Checked",
    "CheckedFeed",
    "Circle",
    "Decoded",
    "Feed",
    "FeedEntry",
    "FeedKind",
    "Info",
    "LonLat",
    "MsgType",
    "Profile",
    "Reference",
    "Resource",
    "ResponseType",
    "Scope",
    "Severity",
    "SignatureRefused",
    "Status",
    "Urgency",
    "ValuePair",
    "Verified",
    "check",
    "check_any",
    "decode",
    "decode_feed",
    "encode",
    "sign",
    "validate",
    "verify",
]
