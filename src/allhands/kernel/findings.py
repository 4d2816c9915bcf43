"""What a judge of a document or a pack found, with its place."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field


class Level(enum.Enum):
    """How much a finding matters: only ERROR refuses."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark about one place in a document.

    Args:
        path: where, in the document's own terms (`duties/x.yaml:then.clock`, `/alert/info[1]/expires`).
        code: stable and documented, such as `pack.unknown-key`.
        message: English, for people; clear, kind, says what is allowed.
        source: clause or rule that demands it.
    """

    path: str
    code: str
    level: Level
    message: str
    source: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
