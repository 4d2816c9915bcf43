"""Which packs speak for an episode: the places and nations that are known are looked at once, then every pack."""

from __future__ import annotations

from collections.abc import Mapping

from allhands.law.places import Place
from allhands.law.rules import Applies, Pack
from allhands.law.values import FactValue, Kleene

PLACE_FACTS = ("place.residence", "place.last_seen", "place.custody", "place.placement")
AFFILIATION = "child.tribal_affiliation"
SPEAKING_FACTS = (*PLACE_FACTS, AFFILIATION)
"""All that decides which packs speak for an episode."""


class Whereabouts:
    """The States and nations of one episode, and whether what is not known could still add one.

    Args:
        values: the facts of the episode.
        world: live, demo or drill.
    """

    def __init__(self, values: Mapping[str, FactValue], world: str) -> None:
        self._world = world
        self._states: set[str] = set()
        self._nations: set[str] = set()
        self._state_open = self._nation_open = False
        for fact in PLACE_FACTS:
            self._add(values.get(fact))
        affiliation = values.get(AFFILIATION)
        if isinstance(affiliation, tuple):
            self._nations.update(affiliation)
        else:
            self._nation_open = True

    def _add(self, place: FactValue | None) -> None:
        if not isinstance(place, Place):
            self._state_open = self._nation_open = True
            return
        state = place.known_state()
        if state is None:
            self._state_open = True
        else:
            self._states.add(state)
        if place.nation is not None:
            self._nations.add(place.nation)
        elif place.indian_country is not False:
            self._nation_open = True

    def bring(self, pack: Pack) -> Kleene:
        """Whether a pack speaks here; None when no known place or nation settles it."""
        if self._world not in pack.worlds:
            return False
        if not pack.applies:
            return pack.kind == "core"
        verdict: Kleene = False
        for applies in pack.applies:
            part = self._brings(applies)
            if part:
                return True
            if part is None:
                verdict = None
        return verdict

    def _brings(self, applies: Applies) -> Kleene:
        if applies.always or applies.state in self._states or applies.nation in self._nations:
            return True
        is_open = self._state_open if applies.state is not None else self._nation_open
        return None if is_open else False
