"""What may cross the border of the law book: frozen values, no ORM."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from allhands.duties.contracts import LawMove
from allhands.kernel.ids import EpisodeId, MemberId
from allhands.law import Text


class DraftState(enum.Enum):
    """OPEN: being written. ASKED: a second reader has it. The last two are ends."""

    OPEN = "OPEN"
    ASKED = "ASKED"
    PUBLISHED = "PUBLISHED"
    DISCARDED = "DISCARDED"


class DraftStep(enum.Enum):
    """What happened to a draft as a whole."""

    STARTED = "STARTED"
    ASKED = "ASKED"
    RETURNED = "RETURNED"
    PUBLISHED = "PUBLISHED"
    DISCARDED = "DISCARDED"
    REBASED = "REBASED"


class Origin(enum.Enum):
    """Where a release comes from: written here, or taken from another installation."""

    HERE = "HERE"
    ELSEWHERE = "ELSEWHERE"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFileView:
    """One file of a draft.

    Args:
        text: as it is now; None when the draft takes the file away.
        base_text: as the pack had it when the draft began; None for a new file.
        revision: counts saves; a save must name the one it began from.
        saved_by: who saved it last, in words; empty for a file nobody touched.
    """

    path: str
    text: str | None
    base_text: str | None
    revision: int
    saved_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One step of a draft, with its reason where one was given."""

    step: DraftStep
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """A draft of one pack.

    Args:
        title: the pack's name as the draft has it; its id where the draft's description cannot be read.
        base_version: version of the pack it began from; empty for a new pack.
        revision: grows with every save of any file.
        writer_ids: the hats that saved something.
        takes_effect_at: asked for by the writer; None while nobody has asked for a reader.
    """

    id: str
    pack_id: str
    title: Text
    state: DraftState
    base_version: str
    revision: int
    writer_ids: frozenset[MemberId]
    started_by: str
    started_at: datetime
    takes_effect_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseView:
    """A published version of a pack.

    Args:
        sha256: over its archive.
        draft_id: what was written for it; empty for one that another installation published.
        done_at: instant at which all open episodes had been looked at again; None before.
    """

    id: str
    pack_id: str
    version: str
    sha256: str
    origin: Origin
    takes_effect_at: datetime
    published_at: datetime
    written_by: str
    read_by: str
    key: str
    draft_id: str = ""
    looked: int = 0
    total: int = 0
    changed: int = 0
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCount:
    """In how many open episodes one duty would appear, get another time, change its words, or be asked no longer."""

    rule_id: str
    title: Mapping[str, str]
    appears: int
    moves: int
    rewords: int
    ends: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewView:
    """What a draft would change for whom, worked out without changing anything.

    Args:
        revision: the draft's revision it was worked out for.
        looked: open episodes looked at, of `total`.
        affected: episodes whose duties would change.
        left_out: open episodes that are not in it, because the child's nation stopped counting.
        done_at: None while it runs.
        fault: why it could not be worked out, as a code; empty when all is well.
    """

    id: str
    revision: int
    asked_at: datetime
    total: int
    looked: int
    affected: int
    left_out: int
    rules: tuple[RuleCount, ...]
    done_at: datetime | None
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeMoves:
    """The duties of one episode that would change; only for an agency that takes part in it."""

    episode_id: EpisodeId
    moves: tuple[LawMove, ...]
