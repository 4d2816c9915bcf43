"""The few words the door needs about a record, and the answer it gives."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Literal

from allhands.kernel.ids import AgencyId, EpisodeId, MemberId

InformationClass = Literal["P0", "P1", "P2", "P3", "P4"]
"""P0 poster, P1 response, P2 case, P3 restricted, P4 privileged (DESIGN, the door)."""


class Action(enum.Enum):
    """What somebody wants to do. Values are the action names of the Cedar policies."""

    REPORT = "report"
    VIEW_EPISODE = "view_episode"
    EDIT_FACTS = "edit_facts"
    PROVE_DUTY = "prove_duty"
    WAIVE_DUTY = "waive_duty"
    OFFER = "offer"
    ANSWER_OFFER = "answer_offer"
    ADMINISTER = "administer"
    OPERATE = "operate"
    DRAFT_LAW = "draft_law"
    PUBLISH_LAW = "publish_law"


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeAccess:
    """Who is in the response to one child.

    Args:
        party_agency_ids: agencies that take part, the one a hand-off is offered to included; the owner need not be.
    """

    episode_id: EpisodeId
    owner_agency_id: AgencyId
    party_agency_ids: frozenset[AgencyId]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyAccess:
    """A duty of an episode.

    Args:
        owed_by: agency that owes it; None when nobody has told us which, and then the owner of the episode acts.
    """

    episode: EpisodeAccess
    owed_by: AgencyId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferAccess:
    """A hand-off that waits for an answer from one agency."""

    episode: EpisodeAccess
    offered_to: AgencyId


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyAccess:
    """An agency's own affairs: its people, routes and tokens."""

    agency_id: AgencyId


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """This installation as a whole: where reports enter, and where operators work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LawDraftAccess:
    """A draft of a rule pack that waits for its second reader.

    Args:
        writer_ids: every hat of everybody who wrote in it.
        nation_agency_ids: agencies that serve the nation whose law it is; None when it is no nation's law.
    """

    draft_id: str
    writer_ids: frozenset[MemberId]
    nation_agency_ids: frozenset[AgencyId] | None


Resource = EpisodeAccess | DutyAccess | OfferAccess | AgencyAccess | Installation | LawDraftAccess


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Yes or no, and by which policies.

    Args:
        policy_ids: the determining policies; empty when no policy speaks, which means no.
        cites: what each determining policy rests on, same order.
        reason: their plain sentences in English; empty when no policy speaks.
        reason_es: the same in Spanish.
    """

    allowed: bool
    policy_ids: tuple[str, ...]
    cites: tuple[str, ...]
    reason: str
    reason_es: str
