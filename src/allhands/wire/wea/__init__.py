"""Owns the text of a wireless alert: which letters phones can show, how many fit, what to write instead."""

from allhands.wire.wea.alphabet import BASIC, EXTENDED, count_septets, is_supported
from allhands.wire.wea.decode import WeaError, decode
from allhands.wire.wea.encode import encode
from allhands.wire.wea.model import LONG_LIMIT, SHORT_LIMIT, WeaText
from allhands.wire.wea.suggest import Replacement, Suggestion, clusters, seen_as, suggest
from allhands.wire.wea.validate import MAX_LENGTH, validate

__all__ = [
    "BASIC",
    "EXTENDED",
    "LONG_LIMIT",
    "MAX_LENGTH",
    "SHORT_LIMIT",
    "Replacement",
    "Suggestion",
    "WeaError",
    "WeaText",
    "clusters",
    "count_septets",
    "decode",
    "encode",
    "is_supported",
    "seen_as",
    "suggest",
    "validate",
]
