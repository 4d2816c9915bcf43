"""What may cross the border of the episodes slice: frozen values, no ORM."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from allhands.kernel.ids import AgencyId, ChildId, EpisodeId, MemberId, StatementId

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


class Certainty(enum.Enum):
    """How sure the informant is. SEEN with own eyes, TOLD by somebody, GUESSED."""

    SEEN = "SEEN"
    TOLD = "TOLD"
    GUESSED = "GUESSED"


class EpisodeState(enum.Enum):
    """OPEN until the child is back; RETURNED opens the care after return; CLOSED ends the episode."""

    OPEN = "OPEN"
    RETURNED = "RETURNED"
    CLOSED = "CLOSED"


class OfferState(enum.Enum):
    """A hand-off is OFFERED until somebody answers in writing; the giver may withdraw it before that."""

    OFFERED = "OFFERED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


class NameKind(enum.Enum):
    LEGAL = "LEGAL"
    OTHER = "OTHER"
    TRIBAL = "TRIBAL"
    NICKNAME = "NICKNAME"


class TribeStatus(enum.Enum):
    """What is known of the child's tie to a nation. NOT_ASKED is never the same as UNKNOWN_ASKED."""

    ENROLLED = "ENROLLED"
    ELIGIBLE = "ELIGIBLE"
    DESCENDANT = "DESCENDANT"
    SELF_IDENTIFIED = "SELF_IDENTIFIED"
    UNKNOWN_ASKED = "UNKNOWN_ASKED"
    NOT_ASKED = "NOT_ASKED"


class ReportChannel(enum.Enum):
    WIZARD = "WIZARD"
    CALL = "CALL"
    API = "API"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStatement:
    """Something somebody says about the child.

    Args:
        value: JSON as the fact's declaration asks; None means "asked, and the informant does not know".
        stated_at: when it was said, aware.
    """

    fact_id: str
    value: Json
    informant: str
    certainty: Certainty
    stated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewName:
    kind: NameKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTribe:
    """A tie to a nation. `nation` is empty when the child was asked about and nothing is known."""

    nation: str
    status: TribeStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCommand:
    """One report of a missing child, as it reaches the house.

    Args:
        call_name: the name the child uses; what every page shows first.
        statements: everything else that was said, names, birthday and nations among it.
        child_id: set when the reporter chose a child already known here.
        owner_email: who owns the episode when software reports; empty for the agency's own order. A person who
            reports owns it without saying so.
        idempotency_key: same key and same content answer with the first report; same key and other content is refused.
    """

    call_name: str
    statements: tuple[NewStatement, ...]
    reporter_name: str = ""
    reporter_relation: str = ""
    reporter_phone: str = ""
    channel: ReportChannel
    idempotency_key: str
    child_id: ChildId | None = None
    owner_email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """The answer to a report. `created` is False when the same report was already here."""

    episode_id: EpisodeId
    child_id: ChildId
    received_at: datetime
    created: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """One statement as people read it.

    Args:
        current: False when a later one superseded it.
        agency_id: whose member wrote it down; None for the platform.
        annex: value and informant, sealed to a nation's own key. `value` is then None: nobody here can read it, and
            law judges without it.
    """

    statement_id: StatementId
    fact_id: str
    value: Json
    informant: str
    certainty: Certainty
    stated_at: datetime
    recorded_by: str
    supersedes: StatementId | None = None
    current: bool = True
    agency_id: AgencyId | None = None
    annex: bytes | None = None

    @property
    def says_something(self) -> bool:
        """False when somebody said that they do not know."""
        return self.value is not None or self.annex is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildView:
    child_id: ChildId
    call_name: str
    names: tuple[NewName, ...]
    tribes: tuple[NewTribe, ...]
    born_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoView:
    """A picture of the child. `taken_on` is None when nobody knows when it was taken."""

    photo_id: str
    content: bytes
    media_type: str
    taken_on: date | None
    added_at: datetime
    added_by: str
    is_scanned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoAtRest:
    """A picture without its bytes.

    Args:
        episode_ids: every record of the child.
        is_wanted: a response of the child still runs, which may need the picture.
    """

    photo_id: str
    episode_ids: tuple[EpisodeId, ...]
    is_wanted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFile:
    """A picture or a paper that only a nation opens.

    Args:
        kind: photo or paper.
        of: the child's id for a picture, the episode's for a paper; with kind and id it is what the box belongs to.
    """

    kind: str
    of: str
    file_id: str
    added_at: datetime
    annex: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    offer_id: str
    episode_id: EpisodeId
    from_agency_id: AgencyId
    to_agency_id: AgencyId
    offered_by: str
    offered_at: datetime
    answer_due_at: datetime
    reason: str
    state: OfferState
    answered_by: str = ""
    answered_at: datetime | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeView:
    """An episode with its owner, who is never empty."""

    episode_id: EpisodeId
    child: ChildView
    state: EpisodeState
    owner_agency_id: AgencyId
    owner_member_id: MemberId
    owner_since: datetime
    opened_at: datetime
    missing_since: datetime | None
    returned_at: datetime | None
    party_agency_ids: frozenset[AgencyId]
    offer: OfferView | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRecord:
    """A response as whoever keeps records needs it: no name, also when it is sealed."""

    episode_id: EpisodeId
    owner_agency_id: AgencyId
    state: EpisodeState
    closed_at: datetime | None
    is_sealed: bool


# What is appended to a timeline: the code of the sentence, and ids and codes that fill it.
TimelineLine: TypeAlias = tuple[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """One thing that happened. `code` names the sentence; `params` fill it; nothing is ever erased."""

    at: datetime
    code: str
    by: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What others did since the reader last looked: the newest of it, and how many things in all."""

    newest: TimelineView
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarChild:
    """Might be the same child. Says nothing the reporter did not type, but whether an episode is open.

    Args:
        matched: which typed things agree, such as ("name", "date of birth").
        visible: the reporter's agency already takes part, so that the child may be named and chosen.
    """

    child_id: ChildId
    episode_id: EpisodeId | None
    matched: tuple[str, ...]
    visible: bool
    owner_agency_id: AgencyId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """What somebody began to type, kept on the server."""

    draft_id: str
    answers: Mapping[str, Json]
    saved_at: datetime
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferAnswered:
    """Told to listeners in the same transaction when a hand-off was answered in writing."""

    episode_id: EpisodeId
    offer_id: str
    accepted: bool
    words: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """An episode that was made in this very transaction: all there is of it, so that nobody needs to read it back."""

    episode: EpisodeView
    statements: tuple[FactLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsChanged:
    """Told to listeners in the same transaction when what is known of an episode changes.

    Args:
        fresh: given when these are the first facts of an episode that is made by the same act.
    """

    episode_id: EpisodeId
    at: datetime
    fresh: Fresh | None = None
