"""Which elements each CAP version has, in which order, how often. Tables, not subclasses.

Source: cap11.xsd and cap12.xsd of OASIS (in schema/); CAP 1.0 as published at incident.com in 2004.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from allhands.wire.cap.model import (
    CapVersion,
    Category,
    Certainty,
    MsgType,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
)

SIGNATURE: Final = "{http://www.w3.org/2000/09/xmldsig#}Signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """One element a parent may hold, in its place."""

    name: str
    required: bool
    many: bool


def _children(text: str) -> tuple[Child, ...]:
    """`name` once, `name?` at most once, `name*` any number, `name+` at least one."""
    return tuple(
        Child(name=word.rstrip("?*+"), required=word[-1] not in "?*", many=word[-1] in "*+") for word in text.split()
    )


_PAIR = "valueName value"
_ALERT = (
    "identifier sender sent status msgType source? scope restriction? addresses? code* note? references? "
    "incidents? info*"
)
_INFO = (
    "language? category+ event responseType* urgency severity certainty audience? eventCode* effective? onset? "
    "expires? senderName? headline? description? instruction? web? contact? parameter* resource* area*"
)
_AREA = "areaDesc polygon* circle* geocode* altitude? ceiling?"

GRAMMAR: Final[Mapping[CapVersion, Mapping[str, tuple[Child, ...]]]] = {
    CapVersion.V1_0: {
        "alert": _children(_ALERT.replace("msgType ", "msgType password? ").replace("scope ", "scope? ")),
        "info": _children(_INFO.replace("category+", "category*").replace("responseType* ", "")),
        "resource": _children("resourceDesc mimeType? size? uri? digest?"),
        "area": _children(_AREA),
    },
    CapVersion.V1_1: {
        "alert": _children(_ALERT),
        "info": _children(_INFO),
        "resource": _children("resourceDesc mimeType? size? uri? derefUri? digest?"),
        "area": _children(_AREA),
        "eventCode": _children(_PAIR),
        "parameter": _children(_PAIR),
        "geocode": _children(_PAIR),
    },
    CapVersion.V1_2: {
        "alert": _children(_ALERT),
        "info": _children(_INFO),
        "resource": _children("resourceDesc mimeType size? uri? derefUri? digest?"),
        "area": _children(_AREA),
        "eventCode": _children(_PAIR),
        "parameter": _children(_PAIR),
        "geocode": _children(_PAIR),
    },
}

# The words each coded element may hold in 1.2; `WORDS_LESS` takes away what an older version did not have yet.
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "status": tuple(item.value for item in Status),
    "msgType": tuple(item.value for item in MsgType),
    "scope": tuple(item.value for item in Scope),
    "category": tuple(item.value for item in Category),
    "responseType": tuple(item.value for item in ResponseType),
    "urgency": tuple(item.value for item in Urgency),
    "severity": tuple(item.value for item in Severity),
    "certainty": tuple(item.value for item in Certainty),
}
WORDS_LESS: Final[Mapping[CapVersion, frozenset[tuple[str, str]]]] = {
    CapVersion.V1_0: frozenset({("status", "Draft"), ("category", "CBRNE"), ("certainty", "Observed")}),
    CapVersion.V1_1: frozenset({("responseType", "Avoid"), ("responseType", "AllClear")}),
    CapVersion.V1_2: frozenset(),
}


def words_of(version: CapVersion, element: str) -> tuple[str, ...]:
    """What a coded element may say in a version."""
    return tuple(word for word in WORDS[element] if (element, word) not in WORDS_LESS[version])
