"""What one reader may know of one child: facts by the door's policies, and nothing by which a hidden fact would show.

A duty, a reason of the tier or a line of the timeline can tell a fact without naming it ("report suspected
trafficking"). So whatever rests on a fact that the reader may not see is counted, never told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import get_args

from django.utils import timezone

from allhands.access import api as access
from allhands.access.contracts import (
    NO_RESPONSE,
    ORIGIN_OF_REGIME,
    Decision,
    EpisodeAccess,
    InformationClass,
    Purpose,
)
from allhands.agencies import api as agencies
from allhands.duties import proving
from allhands.duties.contracts import DocumentView, DutyView, TierView
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeView, FactLine, TimelineView
from allhands.kernel.actors import Actor, AgencyKind
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform import packs

_CLASSES: Mapping[str, InformationClass] = {name: name for name in get_args(InformationClass)}
# Facts that say what to do for the child, not why: a school may have them (practice 6.4).
INSTRUCTIONS = frozenset({"child.health_need_within_24h"})


# Walls of laws that protect even that somebody is a client (34 U.S.C. 11212, 12291; 42 U.S.C. 290dd-2).
SECRET_WALLS = frozenset(
    {"wall-basic-center", "wall-transitional-living", "wall-victim-services", "wall-substance-treatment",
     "wall-cybertip", "wall-tribal-only"}
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Knowing:
    """The limits of one reader in one episode.

    Args:
        of_others: classes the reader may see whoever stated them.
        of_ours: classes the reader may see when the reader's own agency stated them.
        hidden: facts of which somebody has said something the reader may not see.
        judged: each statement with what the policies said of it; what was not asked about goes by its class.
        record: consents, marks and glass that the answers rest on.
        door: what else is on record, and of whom `episode` is, for questions that no statement answers.
    """

    agency_id: AgencyId
    of_others: frozenset[InformationClass]
    of_ours: frozenset[InformationClass]
    hidden: frozenset[str] = field(default_factory=frozenset)
    judged: tuple[tuple[FactLine, Decision], ...] = ()
    record: access.Record = access.NOTHING_ON_RECORD
    door: Door | None = None
    episode: EpisodeAccess = NO_RESPONSE

    @cached_property
    def decided(self) -> Mapping[str, Decision]:
        """What the policies said, by statement."""
        return {line.statement_id: decision for line, decision in self.judged}

    @property
    def private_facts(self) -> tuple[str, ...]:
        """Facts that others may have stated and the reader may then not see."""
        declared = packs.library().facts.values()
        return tuple(fact.id for fact in declared if fact.sensitivity not in self.of_others)

    def sees(self, line: FactLine) -> bool:
        """Whether the reader may read this statement."""
        decision = self.decided.get(line.statement_id)
        if decision is not None:
            return decision.allowed
        return class_of(line.fact_id) in self._classes_of(line.agency_id)

    def may_ask(self, fact_id: str) -> bool:
        """Whether the reader may know of this fact at all: only what the reader's agency could state itself."""
        is_hidden = fact_id in self.hidden and fact_id not in self.secret
        return not is_hidden and class_of(fact_id) in self.of_ours

    def may_state(self, fact_id: str) -> bool:
        """Whether the reader's agency could state this fact itself, whatever others said of it."""
        return class_of(fact_id) in self.of_ours

    def may_tell(self, rule_id: str) -> bool:
        """Whether what this rule says gives no hidden fact away."""
        return not (packs.facts_behind(rule_id) & self.hidden)

    @property
    def secret(self) -> frozenset[str]:
        """Hidden facts of which not even the existence may show: that somebody is with a shelter, in treatment."""
        shut: dict[str, list[bool]] = {}
        for line, decision in self.judged:
            if not decision.allowed and line.says_something:
                shut.setdefault(line.fact_id, []).append(bool(SECRET_WALLS.intersection(decision.policy_ids)))
        return frozenset(fact for fact, walled in shut.items() if all(walled))

    def sees_duty(self, duty: DutyView) -> bool:
        """Whether the reader may be told of the duty: whoever owes it must."""
        return duty.agency_id == self.agency_id or self.may_tell(duty.rule_id)

    def told(self, duty: DutyView) -> DutyView:
        """The duty with the words of proofs, and the way to their papers, that the reader may have."""
        holders = tuple(proving.holders_in(duty))
        pieces = [access.Piece(fact_id="", sensitivity=kind, holder=one) for one, kind in holders]
        if self.door is None:
            allowed = [one.sensitivity in self._classes_of(one.holder) for one in pieces]
        else:
            asked = [replace(one, regime=self.door.regime_of(one.holder)) for one in pieces]
            found = access.decide_pieces(self.door.actor, self.episode, asked, self.record)
            allowed = [decision.allowed for decision in found]
        return proving.narrowed(duty, {one for one, may in zip(holders, allowed, strict=True) if may})

    def unheard(self, holders: Iterable[AgencyId]) -> frozenset[AgencyId]:
        """Those of these agencies whose words beside a duty (P1) this reader may not have: nor who speaks for them."""
        asked = tuple(set(holders) - {self.agency_id})
        if self.door is None:
            return frozenset(one for one in asked if proving.WORDS not in self._classes_of(one))
        pieces = [
            access.Piece(fact_id="", sensitivity=proving.WORDS, holder=one, regime=self.door.regime_of(one))
            for one in asked
        ]
        found = access.decide_pieces(self.door.actor, self.episode, pieces, self.record)
        return frozenset(one for one, decision in zip(asked, found, strict=True) if not decision.allowed)

    def _classes_of(self, holder: AgencyId | None) -> frozenset[InformationClass]:
        return self.of_ours if holder == self.agency_id else self.of_others

    def sees_news(self, item: TimelineView) -> bool:
        """Whether the sentence of this line gives no hidden fact away."""
        fact, rule = item.params.get("fact", ""), item.params.get("rule", "")
        return fact not in self.hidden and (not rule or self.may_tell(rule))

    def tier(self, tier: TierView | None) -> TierView | None:
        """The tier with the reasons that may be told; how fast to act is never hidden."""
        if tier is None or not self.hidden:
            return tier
        told = tuple(why for why in tier.reasons if self.may_tell(why.get("rule", "")))
        kept = (*told, NOT_YOURS) if len(told) < len(tier.reasons) else told
        return replace(tier, reasons=kept)


NOT_YOURS = {"en": "for a reason that is not yours to see", "es": "por un motivo que no le corresponde ver"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What is on record beside the classes, for one reader in several responses, read at once.

    Args:
        regimes: agencies whose own law goes with what they state, and which law.
    """

    actor: Actor
    records: Mapping[EpisodeId, access.Record]
    regimes: Mapping[AgencyId, str]

    @property
    def marked_facts(self) -> frozenset[str]:
        """Facts that somebody marked in any of the responses."""
        return frozenset(fact for record in self.records.values() for fact in record.marks)

    @property
    def walled_agencies(self) -> frozenset[AgencyId]:
        """Agencies of others from which nothing goes by its class alone."""
        return frozenset(self.regimes) - {self.actor.agency_id}

    def piece(self, line: FactLine) -> access.Piece:
        """The statement as the policies know it."""
        holder = line.agency_id
        return access.Piece(
            fact_id=line.fact_id,
            sensitivity=class_of(line.fact_id),
            holder=holder,
            regime=self.regime_of(holder),
            instruction=line.fact_id in INSTRUCTIONS,
        )

    def regime_of(self, holder: AgencyId | None) -> str:
        """The law that goes with what this agency states; empty for none."""
        return self.regimes.get(holder, "") if holder else ""


def at_the_door(actor: Actor, found: Iterable[EpisodeView], now: datetime) -> Door:
    """What is on record for this reader in each of these responses."""
    responses = tuple(found)
    owners = {one.episode_id: one.owner_agency_id for one in responses}
    nations = {one.episode_id: frozenset(tie.nation for tie in one.child.tribes if tie.nation) for one in responses}
    records = access.records_of(actor.agency_id, actor.member_id, nations, now) if nations else {}
    if actor.agency_kind is AgencyKind.TRIBAL_GOVERNMENT:
        day = now.date()
        agreed = {one for one in set(owners.values()) if agencies.has_agreement(actor.agency_id, one, day)}
        records = {one: replace(record, agreement=owners[one] in agreed) for one, record in records.items()}
    return Door(actor=actor, records=records, regimes=agencies.agencies_under(ORIGIN_OF_REGIME))


def know(
    actor: Actor,
    episode: EpisodeView,
    statements: Iterable[FactLine],
    now: datetime | None = None,
    *,
    purpose: Purpose = Purpose.RESPONSE,
) -> Knowing:
    """What this reader may know of this episode.

    Args:
        statements: all that was said, or at least everything above P1.
        now: the instant of the request; taken here when the caller has no other use for it.
        purpose: what it is wanted for; counting and federal reports must say so.
    """
    door = at_the_door(actor, [episode], now or timezone.now())
    return narrow(limits_of(actor, episode, purpose), episode, statements, door, purpose)


def judge_paper(actor: Actor, episode: EpisodeView, paper: DocumentView, now: datetime) -> Decision:
    """What the policies say of a file beside a proof: by its class, and by the law its holder lives under."""
    door = at_the_door(actor, [episode], now)
    holder = paper.agency_id
    piece = access.Piece(fact_id="", sensitivity=paper.sensitivity, holder=holder, regime=door.regime_of(holder))
    [decision] = access.decide_pieces(actor, episodes.access_of(episode), [piece], door.records[episode.episode_id])
    return decision


def limits_of(actor: Actor, episode: EpisodeView, purpose: Purpose = Purpose.RESPONSE) -> Knowing:
    """The classes alone. They are the same for every response the reader's agency takes part in."""
    door = episodes.access_of(episode)
    agency_id = actor.agency_id
    return Knowing(
        agency_id=agency_id,
        of_others=access.visible_classes(actor, door, purpose=purpose),
        of_ours=access.visible_classes(actor, door, stated_by=agency_id, purpose=purpose),
    )


def nothing(actor: Actor) -> Knowing:
    """The limits where there is no response to know of."""
    return Knowing(agency_id=actor.agency_id, of_others=frozenset(), of_ours=frozenset())


def narrow(
    limits: Knowing,
    episode: EpisodeView,
    statements: Iterable[FactLine],
    door: Door,
    purpose: Purpose = Purpose.RESPONSE,
) -> Knowing:
    """The limits with what they hide in one episode."""
    said: Sequence[FactLine] = tuple(statements)
    record = door.records.get(episode.episode_id, access.NOTHING_ON_RECORD)
    response = episodes.access_of(episode)
    decisions = access.decide_pieces(door.actor, response, [door.piece(line) for line in said], record, purpose)
    judged = tuple(zip(said, decisions, strict=True))
    hidden = frozenset(line.fact_id for line, decision in judged if line.says_something and not decision.allowed)
    return replace(limits, hidden=hidden, judged=judged, record=record, door=door, episode=response)


def class_of(fact_id: str) -> InformationClass:
    """A fact no pack declares any more is held as the most private."""
    declared = packs.library().facts.get(fact_id)
    return _CLASSES[declared.sensitivity] if declared else "P4"
