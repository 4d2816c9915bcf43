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
    ASK_ALERT = "ask_alert"
    WRITE_ALERT = "write_alert"
    VIEW_ALERT = "view_alert"
    DECIDE_ALERT = "decide_alert"
    APPROVE_ALERT = "approve_alert"
    TAKE_BACK_ALERT = "take_back_alert"
    ADMINISTER = "administer"
    OPERATE = "operate"


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
class AlertAccess:
    """An alert of an episode, or the request for one.

    Args:
        authority_ids: agencies that may issue alerts for its land.
        writer_ids: who wrote or changed its words; none of them approves it.
        is_emergency: nobody else can be reached, so that the writer sends alone and is reviewed.
    """

    episode: EpisodeAccess
    authority_ids: frozenset[AgencyId]
    writer_ids: frozenset[MemberId] = frozenset()
    is_emergency: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyAccess:
    """An agency's own affairs: its people, routes and tokens."""

    agency_id: AgencyId


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """This installation as a whole: where reports enter, and where operators work."""


Resource = EpisodeAccess | DutyAccess | OfferAccess | AlertAccess | AgencyAccess | Installation


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
