"""The few words the door needs about a record, and the answer it gives."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from allhands.kernel.actors import AgencyKind
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
    SEE_FIELD = "see_field"
    RECEIVE_FIELD = "receive_field"
    PUBLISH_FIELD = "publish_field"
    CARRY_FIELD = "carry_field"


class Purpose(enum.Enum):
    """What somebody wants a piece of information for. Codes are stored; changing one is a migration.

    RESPONSE: to find the child and keep the child safe now. CARE: after return. COURT: for a court's own proceeding.
    STATISTICS: counting and federal exports (secondary use). OTHER: anything else, which nothing permits.
    """

    RESPONSE = "RESPONSE"
    CARE = "CARE"
    COURT = "COURT"
    STATISTICS = "STATISTICS"
    OTHER = "OTHER"


class ConsentKind(enum.Enum):
    """Who agreed, or what stands in the place of agreement. Codes are stored and are the words of the policies.

    YOUTH_ALONE: an adult, or a minor who may decide this alone under the law that the record names.
    MANDATED: a report that state or tribal law commands.
    """

    YOUTH = "YOUTH"
    YOUTH_ALONE = "YOUTH_ALONE"
    GUARDIAN = "GUARDIAN"
    AGENCY = "AGENCY"
    COURT = "COURT"
    STEWARD = "STEWARD"
    MANDATED = "MANDATED"


class Origin(enum.Enum):
    """A law that a piece of information carries with it wherever it goes. Codes are stored; policies speak them."""

    RHYA_BCP = "RHYA_BCP"
    RHYA_TLP = "RHYA_TLP"
    VAWA = "VAWA"
    HIPAA = "HIPAA"
    PART2 = "PART2"
    FERPA = "FERPA"
    CYBERTIP = "CYBERTIP"


# What an agency of this regime states carries the law with it. A school that speaks itself decides under its own
# emergency rule (20 U.S.C. 1232g(b)(1)(I)); what it gave to others for their work is marked FERPA by hand.
ORIGIN_OF_REGIME: Mapping[str, Origin] = {
    origin.value: origin for origin in (Origin.RHYA_BCP, Origin.RHYA_TLP, Origin.VAWA, Origin.HIPAA, Origin.PART2)
}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAccess:
    """One piece of information about a child, as the door needs to know it. Never its value.

    Args:
        sensitivity: its class.
        holder: agency that stated it; None for the platform itself.
        origins: laws it carries with it.
        tribal_only: marked by a nation as its own.
        instruction: says what to do, not why.
        suspended: the child's nation has stopped secondary use.
    """

    sensitivity: InformationClass
    holder: AgencyId | None = None
    origins: frozenset[Origin] = frozenset()
    tribal_only: bool = False
    instruction: bool = False
    suspended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a question about a field is asked for, and what is on record for it.

    Args:
        consents: kinds of consent that hold now and cover this field for this reader.
        agreement: the child's nation and the owner of the response have an agreement on records.
        emergency: glass was broken, and a second person confirmed it.
        commanded: a statute names the field as content of the report it commands.
    """

    purpose: Purpose = Purpose.RESPONSE
    consents: frozenset[ConsentKind] = frozenset()
    agreement: bool = False
    emergency: bool = False
    commanded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """An agency that a packet goes to."""

    agency_id: AgencyId
    kind: AgencyKind
    regime: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicReader:
    """Everybody: what a poster, a feed or an alert shows."""


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
