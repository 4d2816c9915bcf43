"""Whose word a card is: its line as the policies ask for it, and a nation's steward, who speaks for one nation only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from allhands.access import models
from allhands.access.contracts import ConsentKind, MarkKind, Purpose
from allhands.agencies import api as agencies
from allhands.kernel.ids import AgencyId


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentLine:
    """A consent in force, as far as the policies ask.

    Args:
        by: the agency that explained it and wrote the answer down.
        is_for_its_writer: the same agency is the one it would open something to.
        is_clear: whoever agreed was checked not to be the person the child is hurt by.
    """

    consent_id: str
    kind: ConsentKind
    by: AgencyId
    is_for_its_writer: bool
    facts: frozenset[str]
    purpose: Purpose
    is_written: bool
    is_clear: bool


Whose = Mapping[str, frozenset[AgencyId]]
"""Each fact that is a nation's own, with the agencies that marked it so."""


def whose_own(cards: Mapping[str, Collection[ConsentLine]]) -> dict[str, Whose]:
    """By response; asked only where a steward has spoken, which is seldom."""
    spoken = [one for one, lines in cards.items() if any(line.kind is ConsentKind.STEWARD for line in lines)]
    found: dict[str, dict[str, frozenset[AgencyId]]] = {}
    rows = models.Mark.objects.filter(
        episode_id__in=spoken, kind=MarkKind.TRIBAL_ONLY.value, lifted_at__isnull=True
    ).values_list("episode_id", "fact_id", "agency_id")
    for episode_id, fact_id, agency_id in rows if spoken else ():
        facts = found.setdefault(episode_id, {})
        facts[fact_id] = facts.get(fact_id, frozenset()) | {AgencyId(agency_id)}
    return dict(found)


def within_nations(lines: Collection[ConsentLine], whose: Whose) -> tuple[ConsentLine, ...]:
    """A steward speaks for one nation: what another nation marked as its own waits for that one's word too."""
    spoken = {line.by for line in lines if line.kind is ConsentKind.STEWARD}
    if not spoken or not whose:
        return tuple(lines)
    nations = {one: frozenset(agencies.nations_of(one)) for one in spoken | frozenset().union(*whose.values())}
    kept = []
    for line in lines:
        if line.kind is ConsentKind.STEWARD:
            shut = {fact for fact in line.facts & whose.keys() if not _all_spoke(fact, lines, whose[fact], nations)}
            kept.append(replace(line, facts=line.facts - shut))
        else:
            kept.append(line)
    return tuple(kept)


def _all_spoke(
    fact: str,
    lines: Collection[ConsentLine],
    marked_by: Collection[AgencyId],
    nations: Mapping[AgencyId, frozenset[str]],
) -> bool:
    spoke = {line.by for line in lines if line.kind is ConsentKind.STEWARD and fact in line.facts}
    said = frozenset(nation for one in spoke for nation in nations[one])
    return all(one in spoke or nations[one] & said for one in marked_by)
