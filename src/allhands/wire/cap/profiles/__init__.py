"""Owns what a receiver asks beyond the standard: one module a profile, each a name, a version and a check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from allhands.wire.cap.profiles.cap12 import CAP12
from allhands.wire.cap.profiles.ipaws10 import IPAWS10
from allhands.wire.cap.profiles.profile import Profile

PROFILES: Final[Mapping[str, Profile]] = {profile.name: profile for profile in (CAP12, IPAWS10)}

__all__ = ["PROFILES", "Profile"]
