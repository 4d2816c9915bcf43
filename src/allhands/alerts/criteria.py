"""The ways of one child's place, judged from what the person who asks may know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from allhands.alerts import ladder
from allhands.duties import api as duties
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeView, FactLine
from allhands.geo import places
from allhands.kernel.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What asking starts from.

    Args:
        place: state, county and nation where the child was last seen, as far as known.
        land: the same in words, by language.
        child: "Maya K., 14".
        statements: those this actor may read.
    """

    rungs: tuple[ladder.Rung, ...]
    place: Mapping[str, str]
    land: Mapping[str, str]
    child: str
    statements: tuple[FactLine, ...]


def scene_of(actor: Actor, episode: EpisodeView) -> Scene:
    """The ways, the land and the child."""
    statements = episodes.statements_of(episode.episode_id)
    knowing = duties.know(actor, episode, statements)
    assessment = duties.explain(episode.episode_id, but_for=knowing.hidden)
    place = duties.place_of(statements)
    words = places.describe(
        state=place.get("state", ""), county_fips=place.get("county_fips", ""), nation=place.get("nation", "")
    )
    return Scene(
        rungs=ladder.rungs(assessment.criteria if assessment else ()),
        place=place,
        land={"en": words.en, "es": words.es},
        child=_child(episode, statements),
        statements=tuple(one for one in statements if one.fact_id not in knowing.hidden),
    )


def _child(episode: EpisodeView, statements: tuple[FactLine, ...]) -> str:
    ages = [one.value for one in statements if one.current and one.fact_id == "child.age_years"]
    age = next((f"{value:g}" for value in reversed(ages) if isinstance(value, (int, float))), "")
    return ", ".join(part for part in (episode.child.call_name, age) if part)
