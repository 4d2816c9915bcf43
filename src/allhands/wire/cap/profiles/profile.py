"""What every profile is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from allhands.wire.cap.model import Alert, CapVersion
from allhands.wire.reports import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A named set of further rules.

    Args:
        document: the text that sets the rules.
        check: writes what is wrong with an alert; `path` is where it stands.
    """

    name: str
    version: str
    document: str
    check: Callable[[Alert, CapVersion, Report, str], None]
