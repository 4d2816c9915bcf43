"""Keeps assessments that were made before: the same library, facts and instant always decide the same."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from threading import Lock

from allhands.law.assess import assess
from allhands.law.assessment import Assessment
from allhands.law.facts.known import Facts
from allhands.law.library import Library


class AssessmentCache:
    """A bounded memory of assessments, the least recently used forgotten first. Safe between threads.

    Args:
        size: assessments kept; one takes about 100 kB.
    """

    def __init__(self, size: int = 256) -> None:
        self._size = size
        self._kept: OrderedDict[object, Assessment] = OrderedDict()
        self._lock = Lock()

    def assess(self, facts: Facts, library: Library, *, as_of: datetime, world: str = "live") -> Assessment:
        """The same as `allhands.law.assess`, from memory where it can be."""
        key = (library.sha256, facts.key, facts.disagreements, as_of, world)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        made = assess(facts, library, as_of=as_of, world=world)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return made
