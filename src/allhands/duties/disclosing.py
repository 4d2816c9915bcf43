"""What a page, a packet or an API answer tells, written to the disclosure ledger in the words of the door."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from allhands.access import api as access
from allhands.access.contracts import (
    NO_RESPONSE,
    ORIGIN_OF_REGIME,
    Decision,
    DisclosureDoor,
    InformationClass,
    Recipient,
)
from allhands.agencies import api as agencies
from allhands.agencies.contracts import AgencyView
from allhands.duties.knowing import Knowing, class_of
from allhands.duties.packets import Packet, PacketKind
from allhands.duties.packets.fields import COMMANDS, FIELDS
from allhands.duties.packets.model import PacketField, Text
from allhands.episodes.contracts import EpisodeView, FactLine
from allhands.kernel.actors import SYSTEM, Actor, ActorKind, AgencyKind
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.database.acting import acting_as

# A recipient that is no agency here is held to the walls of its like; a parent to those that hold for everybody.
_STANDS_FOR = {
    PacketKind.POLICE: AgencyKind.LAW_ENFORCEMENT,
    PacketKind.NCMEC: AgencyKind.CLEARINGHOUSE,
    PacketKind.COURT: AgencyKind.COURT,
    PacketKind.ATTORNEY: AgencyKind.ADVOCATE,
    PacketKind.TRIBE: AgencyKind.TRIBAL_GOVERNMENT,
    PacketKind.PARENT: AgencyKind.ADVOCATE,
}
# What a recipient may have does not hang on taking part: the packet is what makes it take part.
_COMMANDED = frozenset(field.fact_id for field in FIELDS if field.commanded)


def tell_page(
    actor: Actor, episode: EpisodeView, statements: Iterable[FactLine], knowing: Knowing, now: datetime
) -> None:
    """Write down which facts of the case (P2 and above) this reader was shown; nothing when there were none.

    Args:
        statements: what the page is about: all of a child's, or those of one fact.
    """
    if actor.kind is ActorKind.SYSTEM:
        return
    about = tuple(statements)
    door = DisclosureDoor.API if actor.kind is ActorKind.TOKEN else DisclosureDoor.PAGE
    shown = [
        line
        for line in about
        # A page tells on its timeline what was said before, too; a program is given only what stands.
        if (line.current or door is DisclosureDoor.PAGE)
        and line.value is not None
        and class_of(line.fact_id) not in access.OPEN_CLASSES
        and knowing.sees(line)
    ]
    if not shown:
        return
    decisions = [knowing.decided[line.statement_id] for line in shown]
    facts = {line.fact_id for line in shown}
    release = replace(
        _learned(actor, episode.episode_id, door, facts, decisions),
        withheld=tuple({line.fact_id for line in about} & knowing.hidden),
        consents=tuple(one.consent_id for one in knowing.record.consents if one.facts & facts),
    )
    access.disclose(actor, release, now)


def tell_packet(
    actor: Actor, episode: EpisodeView, packet: Packet, knowing: Knowing, door: DisclosureDoor, now: datetime
) -> None:
    """Write down what of the case the sender's own people read in a packet, or took along with it."""
    told = {one.fact_id for one in told_in(packet)}
    facts = {fact for fact in told - knowing.hidden if class_of(fact) not in access.OPEN_CLASSES}
    if not facts:
        return
    decided = [decision for line, decision in knowing.judged if line.fact_id in facts and decision.allowed]
    release = replace(
        _learned(actor, episode.episode_id, door, facts, decided),
        withheld=tuple(told & knowing.hidden),
        refers_to=packet.notice_id,
    )
    access.disclose(actor, release, now)


def tell_paper(
    actor: Actor,
    episode_id: EpisodeId,
    evidence_id: str,
    sensitivity: InformationClass,
    decision: Decision,
    now: datetime,
) -> None:
    """Write down that somebody took along the file beside a proof. It is of no fact: what is in it we do not read."""
    release = replace(
        _learned(actor, episode_id, DisclosureDoor.EXPORT, (), ()),
        classes=(sensitivity,),
        policies=decision.policy_ids,
        refers_to=evidence_id,
    )
    access.disclose(actor, release, now)


def _learned(
    actor: Actor, episode_id: EpisodeId, door: DisclosureDoor, facts: Collection[str], decisions: Collection[Decision]
) -> access.Release:
    """What this reader learned, on which grounds; each page and file adds what only it knows."""
    return access.Release(
        episode_id=episode_id,
        door=door,
        to_label=actor.label,
        to_agency=actor.agency_id,
        to_member=actor.member_id,
        facts=tuple(facts),
        classes=tuple(class_of(fact) for fact in facts),
        policies=_policies(decisions),
        emergency=any("break-glass" in decision.policy_ids for decision in decisions),
    )


Parted = tuple[tuple[FactLine, ...], dict[str, Text]]
"""The statements that may go on to be judged by class, and why each fact of the others stays behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walls:
    """What walls keep from each recipient of one response, whatever its class; read once for all packets."""

    records: Mapping[AgencyId, access.Record]
    regimes: Mapping[AgencyId, str]

    def part(self, statements: Iterable[FactLine], kind: PacketKind, receiver: AgencyView | None) -> Parted:
        """What passes to one recipient and what does not."""
        said = tuple(statements)
        recipient = _recipient(receiver) if receiver else Recipient(agency_id=AgencyId(""), kind=_STANDS_FOR[kind])
        record = self.records.get(recipient.agency_id, access.NOTHING_ON_RECORD)
        pieces = [self._piece(line) for line in said]
        # As if a statute named everything: then every class but P4 passes, and what is still shut, a wall shuts.
        every = frozenset(piece.fact_id for piece in pieces)
        decisions = access.decide_pieces(recipient, NO_RESPONSE, pieces, record, commanded=every)
        walled = [
            (line, decision)
            for line, decision in zip(said, decisions, strict=True)
            if not decision.allowed and decision.policy_ids
        ]
        kept = frozenset(line.statement_id for line, _decision in walled)
        reasons = {
            line.fact_id: Text(en=why.reason, es=why.reason_es) for line, why in walled if line.value is not None
        }
        return tuple(line for line in said if line.statement_id not in kept), reasons

    def _piece(self, line: FactLine) -> access.Piece:
        return access.Piece(
            fact_id=line.fact_id,
            sensitivity=class_of(line.fact_id),
            holder=line.agency_id,
            regime=self.regimes.get(line.agency_id, "") if line.agency_id else "",
        )


def walls_of(episode_id: EpisodeId, receivers: Iterable[AgencyView], now: datetime) -> Walls:
    """The walls of one response towards these agencies."""
    ids = {one.id for one in receivers}
    return Walls(records=access.records_for(ids, episode_id, now), regimes=agencies.agencies_under(ORIGIN_OF_REGIME))


def first_walls(owner: AgencyView) -> Walls:
    """The walls of a response that began in this very transaction: its owner alone has spoken, nobody has consented."""
    return Walls(records={}, regimes={owner.id: owner.regime.value})


def packet_release(packet: Packet, receiver: AgencyView, sender: AgencyId, now: datetime) -> access.Release:
    """What this packet tells its recipient, by which policies and rules, and what was at hand and stays."""
    sent = {one.fact_id: one.sensitivity for one in told_in(packet)}
    episode_id = EpisodeId(packet.episode_id)
    record = access.records_for([receiver.id], episode_id, now)[receiver.id]
    rules = frozenset(one.rule_id for one in packet.deadlines)
    commanded = _COMMANDED if rules & COMMANDS.get(packet.kind, frozenset()) else frozenset()
    pieces = [access.Piece(fact_id=fact, sensitivity=class_of(fact)) for fact in sent]
    decisions = access.decide_pieces(_recipient(receiver), NO_RESPONSE, pieces, record, commanded=commanded)
    return access.Release(
        episode_id=episode_id,
        door=DisclosureDoor.PACKET,
        to_label=packet.recipient,
        to_agency=receiver.id,
        from_agency=sender,
        facts=tuple(sent),
        classes=tuple(sent.values()),
        policies=_policies(decisions),
        rules=tuple(rules),
        withheld=tuple(one.fact_id for one in packet.left_out),
        consents=tuple(one.consent_id for one in record.consents if one.facts & sent.keys()),
        refers_to=packet.notice_id,
    )


def told_in(packet: Packet) -> Iterable[PacketField]:
    """The fields of a packet that say something."""
    said = (one for section in packet.sections for one in section.fields)
    return [one for one in (*packet.names, *said) if one.said]


def is_held_back(packet: Packet, receiver: AgencyId, now: datetime) -> bool:
    """Whether a packet that did not leave yet never will: asked of every agency's cards, as the platform."""
    with acting_as(SYSTEM):
        return has_lost_consent(packet, receiver, now)


def has_lost_consent(packet: Packet, receiver: AgencyId, now: datetime) -> bool:
    """Whether a consent to something that stands in the packet was taken back or ran out since it was made.

    Whoever acts hears of the cards that are theirs to see, and of no others.
    """
    told = {one.fact_id for one in told_in(packet)}
    return access.lost_consent_since(EpisodeId(packet.episode_id), receiver, told, packet.as_of, now)


def _recipient(agency: AgencyView) -> Recipient:
    return Recipient(agency_id=agency.id, kind=agency.kind, regime=agency.regime.value)


def _policies(decisions: Iterable[Decision]) -> tuple[str, ...]:
    return tuple({policy for decision in decisions for policy in decision.policy_ids})
