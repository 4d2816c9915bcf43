"""Owns the SAME header as text. Never audio: 47 CFR 11.45(a) forbids the codes and their sound outside real use."""

from allhands.wire.same.decode import Decoded, SameError, decode
from allhands.wire.same.encode import encode
from allhands.wire.same.model import IssueTime, Location, SameHeader, valid_periods
from allhands.wire.same.tables import (
    EVENT_NAMES,
    LOCATION_NAMES,
    ORIGINATORS,
    STATE_NAMES,
    is_known_location,
    location_name,
)
from allhands.wire.same.validate import validate

__all__ = [
    "EVENT_NAMES",
    "LOCATION_NAMES",
    "ORIGINATORS",
    "STATE_NAMES",
    "Decoded",
    "IssueTime",
    "Location",
    "SameError",
    "SameHeader",
    "decode",
    "encode",
    "is_known_location",
    "location_name",
    "valid_periods",
    "validate",
]
