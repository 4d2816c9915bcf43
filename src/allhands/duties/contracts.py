"""What may cross the border of the duties slice: frozen values, no ORM."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from allhands.access.contracts import InformationClass
from allhands.kernel.ids import AgencyId, DutyId, EpisodeId, NoticeId


class DutyState(enum.Enum):
    """OPEN until proof. PROVED_LATE is proved too, after its time. SUPERSEDED: the law no longer asks it here."""

    OPEN = "OPEN"
    PROVED = "PROVED"
    PROVED_LATE = "PROVED_LATE"
    WAIVED = "WAIVED"
    SUPERSEDED = "SUPERSEDED"


# What ends at the instant such a rule yields is a period: the earliest day of a hearing, the longest stay, the last day
# of keeping. Nobody must act by then, so it is no deadline on any page.
PERIOD_ACTIONS = frozenset({"other:wait-before-hearing", "other:end-of-stay", "other:preserve-cybertip"})


class Applies(enum.Enum):
    """Whether the rule asks this now; UNKNOWN waits for a fact and never counts as no."""

    TRUE = "TRUE"
    UNKNOWN = "UNKNOWN"


# Duties that no law asks: what somebody did here asks for an act here. The rules' own assessment leaves them alone.
HOUSE_PACK = "house"
HOUSE_ACT = "house:"


class Rung(enum.IntEnum):
    """The rungs of the escalation ladder, in percent of the time used."""

    NONE = 0
    HALF = 50
    NEAR = 80
    OVER = 100


class Sent(enum.Enum):
    """What became of the notice that asks for this duty, or tells of it."""

    NOT_SENT = "NOT_SENT"
    SENT = "SENT"
    FAILED = "FAILED"
    ACKNOWLEDGED = "ACKNOWLEDGED"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """One proof.

    Args:
        value: the number or word that proves.
        agency_id: whose member gave it; None for the platform.
        has_document: when a file lies beside it that the reader may have.
        is_under_nation_key: a file lies beside it that only the nation whose it is opens.
        is_told: False when its words are not the reader's: then they, and who gave and wrote them, are empty.
    """

    evidence_id: str
    kind: str
    value: str
    taken_by: str
    happened_at: datetime
    recorded_by: str
    recorded_at: datetime
    has_document: bool
    is_scanned: bool = False
    agency_id: AgencyId | None = None
    is_told: bool = True
    is_under_nation_key: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A file beside a proof.

    Args:
        agency_id: whose member attached it; None for the platform.
        sensitivity: its class of information, P0 to P4.
    """

    episode_id: EpisodeId
    agency_id: AgencyId | None
    sensitivity: InformationClass
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAtRest:
    """A paper without its bytes. `is_wanted`: its response still runs."""

    paper_id: str
    episode_id: EpisodeId
    is_wanted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyView:
    """One duty as people see it. Texts are {"en": …, "es": …}; instants aware UTC.

    Args:
        period_ends_at: the end of a wait, a stay or a time of keeping; such a duty has no `due_at`.
        is_told: False when why it was waived, and by whom, is not the reader's.
    """

    duty_id: DutyId
    episode_id: EpisodeId
    rule_id: str
    pack_id: str
    title: Mapping[str, str]
    plain: Mapping[str, str]
    actor_code: str
    recipient_code: str
    action: str
    agency_id: AgencyId | None
    applies: Applies
    state: DutyState
    starts_fact: str
    starts_when: Mapping[str, str]
    due_words: Mapping[str, str]
    clock_starts_at: datetime | None
    due_at: datetime | None
    period_ends_at: datetime | None
    governs: bool
    covered_by: str
    policy: bool
    evidence_kinds: tuple[str, ...]
    source: tuple[Mapping[str, str], ...]
    confidence: str
    rung: Rung
    sent: Sent
    sent_at: datetime | None
    settled_at: datetime | None
    settled_by: str
    reason: str
    evidence: tuple[EvidenceView, ...] = ()
    is_told: bool = True

    @property
    def act_path(self) -> str:
        """Where the act is done that alone proves a house duty; empty for what a law asks."""
        return self.action.removeprefix(HOUSE_ACT) if self.pack_id == HOUSE_PACK else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseDuty:
    """What something that happened here asks of an agency. Texts are {"en": …, "es": …}; instants aware UTC.

    Args:
        stem: begins with `house.`; one duty of a stem is open at a time, and a waiver holds for all of it.
        act_path: the page where the act is done.
        starts_when: what started the clock, in words.
        within: how long the act may take; a practice default of ours, never a law.
    """

    stem: str
    episode_id: EpisodeId
    agency_id: AgencyId
    title: Mapping[str, str]
    plain: Mapping[str, str]
    act_path: str
    starts_when: Mapping[str, str]
    due_words: Mapping[str, str]
    within: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvidence:
    """Proof as somebody hands it in.

    Args:
        kind: an evidence code of the rule packs, such as `police_report_number`.
        value: the number or words; empty only for a document.
        document: bytes of a file, or None. `media_type` is what the sender claims; we look for ourselves.
    """

    kind: str
    value: str
    taken_by: str
    happened_at: datetime
    document: bytes | None = None
    filename: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """A packet as it was frozen, and to whom."""

    notice_id: NoticeId
    episode_id: EpisodeId
    kind: str
    recipient_code: str
    recipient_agency_id: AgencyId | None
    made_at: datetime
    digest: str
    issued_at: datetime | None
    nobody: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderStep:
    """Who was told of a running clock, when, and at which rung.

    Args:
        agency_id: whose person that is; None when nobody on record was told.
    """

    rung: Rung
    at: datetime
    told: str
    role: str
    agency_id: AgencyId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TierView:
    """How fast to act. Level T1, T2 or T3; never lower. Each reason is {"rule": …, "en": …, "es": …}.

    Args:
        rules: the rules that raised it.
        lowered_by: the named person and the reason, when a supervisor lowered it and nothing new has come since.
    """

    level: str
    reasons: tuple[Mapping[str, str], ...]
    rules: frozenset[str] = frozenset()
    lowered_by: str = ""


class MoveKind(enum.Enum):
    """What another law does to one duty of an open episode. ENDS: no longer asked; it stays, superseded."""

    APPEARS = "APPEARS"
    MOVES = "MOVES"
    REWORDS = "REWORDS"
    ENDS = "ENDS"


@dataclass(frozen=True, slots=True, kw_only=True)
class LawMove:
    """One duty that another law would change.

    Args:
        before, after: when it is due under the law in force and under the other; None where there is no time.
    """

    rule_id: str
    title: Mapping[str, str]
    kind: MoveKind
    before: datetime | None
    after: datetime | None
