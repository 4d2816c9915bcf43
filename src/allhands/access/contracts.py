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
    PROVISION = "provision"
    OPERATE = "operate"
    DRAFT_LAW = "draft_law"
    PUBLISH_LAW = "publish_law"
    SEE_FIELD = "see_field"
    RECEIVE_FIELD = "receive_field"
    PUBLISH_FIELD = "publish_field"
    CARRY_FIELD = "carry_field"
    WRITE_CONSENT = "write_consent"
    ASK_FIELD = "ask_field"
    MARK_FIELD = "mark_field"
    BREAK_GLASS = "break_glass"
    SECOND_GLASS = "second_glass"
    REVIEW_GLASS = "review_glass"
    VIEW_LEDGER = "view_ledger"
    RECALL_COPY = "recall_copy"
    STEWARD = "steward"
    DECIDE_OBJECTION = "decide_objection"
    TRY_POLICIES = "try_policies"
    KEEP_RECORDS = "keep_records"


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


class MarkKind(enum.Enum):
    """What a person may mark a fact with by hand: a law it came under, or the nation's word."""

    RHYA_BCP = "RHYA_BCP"
    RHYA_TLP = "RHYA_TLP"
    VAWA = "VAWA"
    HIPAA = "HIPAA"
    PART2 = "PART2"
    FERPA = "FERPA"
    CYBERTIP = "CYBERTIP"
    TRIBAL_ONLY = "TRIBAL_ONLY"


class NationKeyState(enum.Enum):
    """WAITING for the second person. At most one of a nation is IN_FORCE; a later one ends it."""

    WAITING = "WAITING"
    IN_FORCE = "IN_FORCE"
    ENDED = "ENDED"
    WITHDRAWN = "WITHDRAWN"


class SealingState(enum.Enum):
    """WAITING for the second person; RUNNING until nothing is left; ENDED before that when the nation's key ended."""

    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    ENDED = "ENDED"
    WITHDRAWN = "WITHDRAWN"


class ConsentState(enum.Enum):
    """DRAFT until somebody answers. NOT_NOW is an answer that may be asked again. STOPPED: taken back."""

    DRAFT = "DRAFT"
    AGREED = "AGREED"
    NOT_NOW = "NOT_NOW"
    DECLINED = "DECLINED"
    STOPPED = "STOPPED"
    ENDED = "ENDED"


class HowGiven(enum.Enum):
    """How the answer was given: typed by themself, signed on paper, read aloud and witnessed, an order or decision."""

    TYPED = "TYPED"
    PAPER = "PAPER"
    READ_ALOUD = "READ_ALOUD"
    ORDER = "ORDER"


class AbuserCheck(enum.Enum):
    """Whether whoever agrees for a child is the person the child is hurt by (34 U.S.C. 12291(b)(2)). CONCERN stops."""

    NOT_ASKED = "NOT_ASKED"
    CLEAR = "CLEAR"
    CONCERN = "CONCERN"


class DisclosureDoor(enum.Enum):
    """Through which door somebody learned it. ALERT: everybody whom an alert reached, and whoever reads its page."""

    PACKET = "PACKET"
    PAGE = "PAGE"
    API = "API"
    EXPORT = "EXPORT"
    ALERT = "ALERT"


class LeaseState(enum.Enum):
    """RUNNING until it ends or is called back; CONFIRMED when the holder says that no copy is left."""

    RUNNING = "RUNNING"
    RECALLED = "RECALLED"
    CONFIRMED = "CONFIRMED"


class GlassState(enum.Enum):
    """WAITING for a second person, OPEN with one, EXPIRED when none came in time, CLOSED at its end."""

    WAITING = "WAITING"
    OPEN = "OPEN"
    EXPIRED = "EXPIRED"
    CLOSED = "CLOSED"


class AskState(enum.Enum):
    WAITING = "WAITING"
    ANSWERED = "ANSWERED"


class ObjectionKind(enum.Enum):
    """What the person named asks for."""

    NOT_MISSING = "NOT_MISSING"
    REMOVE_PHOTO = "REMOVE_PHOTO"
    CORRECT = "CORRECT"


class ObjectionState(enum.Enum):
    """SPLIT: the two who decide disagree, and a third looks at it. RECEIVED and FIRST_HEARD wait for somebody."""

    RECEIVED = "RECEIVED"
    FIRST_HEARD = "FIRST_HEARD"
    SPLIT = "SPLIT"
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"


class IdentityCheck(enum.Enum):
    """How the agency made sure it heard the person themself. None of these asks where they are."""

    CALLED_SAFE_NUMBER = "CALLED_SAFE_NUMBER"
    THROUGH_ADVOCATE = "THROUGH_ADVOCATE"
    CAME_IN = "CAME_IN"
    KNOWN_ANSWERS = "KNOWN_ANSWERS"
    NOT_POSSIBLE = "NOT_POSSIBLE"


class SuppressionKind(enum.Enum):
    """PHOTO_EXACT and PHOTO_LOOK are fingerprints of a picture; RECORD one of a name with birthday or without."""

    PHOTO_EXACT = "PHOTO_EXACT"
    PHOTO_LOOK = "PHOTO_LOOK"
    RECORD = "RECORD"


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


# For readers whom the policies know by what they are, not by a part in the response: recipients, everybody.
NO_RESPONSE = EpisodeAccess(episode_id=EpisodeId(""), owner_agency_id=AgencyId(""), party_agency_ids=frozenset())


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
class LawDraftAccess:
    """A draft of a rule pack that waits for its second reader.

    Args:
        writer_ids: every hat of everybody who wrote in it.
        nation_agency_ids: agencies that serve the nation whose law it is; None when it is no nation's law.
    """

    draft_id: str
    writer_ids: frozenset[MemberId]
    nation_agency_ids: frozenset[AgencyId] | None


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


Resource = EpisodeAccess | DutyAccess | OfferAccess | AlertAccess | AgencyAccess | Installation | LawDraftAccess


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
