"""Which question would settle most."""

from __future__ import annotations

from collections import defaultdict

from allhands.law.assessment import Question
from allhands.law.expressions.scene import Levers, strength
from allhands.law.judge import Judge
from allhands.law.places import Place
from allhands.law.speaking import AFFILIATION, PLACE_FACTS


class Asked:
    """Counts, rule by rule, what each unknown fact could settle."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._settles: defaultdict[str, int] = defaultdict(int)
        self._strength: defaultdict[str, int] = defaultdict(int)

    def note(self, levers: Levers) -> None:
        """Counts one unsettled rule."""
        settles, strengths = self._settles, self._strength
        for fact, bits in levers.items():
            settles[fact] += bits > 0
            strengths[fact] += strength(bits)

    def questions(self) -> tuple[Question, ...]:
        """Facts that may be asked of a reporter, the one that settles most first."""
        self._count_packs()
        facts = self._judge.library.facts
        open_facts = [fact for fact in self._settles if fact in facts and facts[fact].ask]
        open_facts.sort(key=lambda fact: (-self._settles[fact], -self._strength[fact], fact))
        return tuple(
            Question(fact=fact, question=facts[fact].question, settles=self._settles[fact]) for fact in open_facts
        )

    def _count_packs(self) -> None:
        """While no place is known, a place also settles which packs speak; so does the child's nation."""
        values = self._judge.facts.values
        if not any(isinstance(values.get(fact), Place) for fact in PLACE_FACTS):
            local = sum(any(way.state for way in pack.applies) for pack in self._judge.undecided)
            for fact in PLACE_FACTS:
                self._settles[fact] += local
        if AFFILIATION not in values:
            self._settles[AFFILIATION] += sum(any(way.nation for way in pack.applies) for pack in self._judge.undecided)
