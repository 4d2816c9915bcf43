"""Some duties of an episode judged by another law, the rest of an earlier assessment standing."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime

from allhands.kernel.instants import require_aware
from allhands.law.asking import Asked
from allhands.law.assess import pack_refs
from allhands.law.assessment import DutyResult, PackRef
from allhands.law.collecting import uncollected
from allhands.law.duties import duty_results
from allhands.law.facts.known import Facts
from allhands.law.json_form import amendment_json
from allhands.law.judge import Judge
from allhands.law.library import Library
from allhands.law.rules import RuleKind
from allhands.law.turning import holds_until
from allhands.law.values import JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What an assessment says of these rules under another law, as a whole assessment would say it.

    Args:
        rules: the duties that were judged; those of them that are FALSE are not among `duties`.
        holds_until: of the whole assessment.
    """

    as_of: datetime
    world: str
    packs: tuple[PackRef, ...]
    rules: AbstractSet[str]
    duties: tuple[DutyResult, ...]
    holds_until: datetime | None

    def to_json(self, lang: str = "en") -> dict[str, JSON]:
        """The amendment as plain data, in one language; its parts have the shape of an assessment's."""
        return amendment_json(self, lang)


def amend(
    facts: Facts, library: Library, *, as_of: datetime, rules: AbstractSet[str], world: str = "live"
) -> Amendment:
    """These duties judged alone.

    Args:
        rules: duties, with every other that asks the same act of the same actor for the same recipient: which of them
            governs is decided among them. `Difference.duties` is such a set.
    Raises:
        ValueError: `as_of` names no offset from UTC.
    """
    judge = Judge(library, facts, as_of=require_aware(as_of).astimezone(UTC), world=world)
    with uncollected(), closing(judge):
        speaking = [(pack, rule) for pack, rule in judge.speaking(RuleKind.DUTY) if rule.id in rules]
        return Amendment(
            as_of=judge.as_of,
            world=world,
            packs=pack_refs(judge),
            rules=rules,
            duties=duty_results(speaking, judge, Asked(judge)),
            holds_until=holds_until(judge),
        )
