"""What one reader may know of one child: facts by the door's classes, and nothing by which a hidden fact would show.

A duty, a reason of the tier or a line of the timeline can tell a fact without naming it ("report suspected
trafficking"). So whatever rests on a fact that the reader may not see is counted, never told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from allhands.access import api as access
from allhands.access.contracts import InformationClass
from allhands.duties.contracts import DutyView, TierView
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeView, FactLine, TimelineView
from allhands.kernel.actors import Actor
from allhands.kernel.ids import AgencyId
from allhands.platform import packs


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowing:
    """The limits of one reader in one episode.

    Args:
        of_others: classes the reader may see whoever stated them.
        of_ours: classes the reader may see when the reader's own agency stated them.
        hidden: facts of which somebody has said something the reader may not see.
    """

    agency_id: AgencyId
    of_others: frozenset[InformationClass]
    of_ours: frozenset[InformationClass]
    hidden: frozenset[str] = field(default_factory=frozenset)

    @property
    def private_facts(self) -> tuple[str, ...]:
        """Facts that others may have stated and the reader may then not see."""
        declared = packs.library().facts.values()
        return tuple(fact.id for fact in declared if fact.sensitivity not in self.of_others)

    def sees(self, line: FactLine) -> bool:
        """Whether the reader may read this statement."""
        return _class_of(line.fact_id) in (self.of_ours if line.agency_id == self.agency_id else self.of_others)

    def may_ask(self, fact_id: str) -> bool:
        """Whether the reader may know of this fact at all: only what the reader's agency could state itself."""
        return fact_id not in self.hidden and _class_of(fact_id) in self.of_ours

    def may_tell(self, rule_id: str) -> bool:
        """Whether what this rule says gives no hidden fact away."""
        return not (packs.facts_behind(rule_id) & self.hidden)

    def sees_duty(self, duty: DutyView) -> bool:
        """Whether the reader may be told of the duty: whoever owes it must."""
        return duty.agency_id == self.agency_id or self.may_tell(duty.rule_id)

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


def know(actor: Actor, episode: EpisodeView, statements: Iterable[FactLine]) -> Knowing:
    """What this reader may know of this episode.

    Args:
        statements: all that was said, or at least everything above P1.
    """
    limits = limits_of(actor, episode)
    return narrow(limits, statements)


def limits_of(actor: Actor, episode: EpisodeView) -> Knowing:
    """The classes alone. They are the same for every response the reader's agency takes part in."""
    door = episodes.access_of(episode)
    agency_id = actor.agency_id
    return Knowing(
        agency_id=agency_id,
        of_others=access.visible_classes(actor, door),
        of_ours=access.visible_classes(actor, door, stated_by=agency_id),
    )


def nothing(actor: Actor) -> Knowing:
    """The limits where there is no response to know of."""
    return Knowing(agency_id=actor.agency_id, of_others=frozenset(), of_ours=frozenset())


def narrow(limits: Knowing, statements: Iterable[FactLine]) -> Knowing:
    """The limits with what they hide in one episode."""
    hidden = frozenset(line.fact_id for line in statements if line.value is not None and not limits.sees(line))
    return Knowing(agency_id=limits.agency_id, of_others=limits.of_others, of_ours=limits.of_ours, hidden=hidden)


def _class_of(fact_id: str) -> str:
    """A fact no pack declares any more is held as the most private."""
    declared = packs.library().facts.get(fact_id)
    return declared.sensitivity if declared else "P4"
