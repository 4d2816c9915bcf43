"""Facts with who said so: the dangerous value first when two disagree, unknown as unknown, nothing beyond the door."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from allhands import law
from allhands.duties.presenting import Reader
from allhands.episodes.contracts import EpisodeView, FactLine
from allhands.episodes.web.values import in_words
from allhands.platform import packs
from allhands.ui.components.fact_line import presenter as ui
from allhands.ui.components.fact_line.presenter import Known, Said
from allhands.ui.wording import moment

# Shown even when nobody has said anything: what every response needs, and the tribe that is asked of every child.
ALWAYS = (
    "time.last_seen_at",
    "place.last_seen",
    "description.clothing",
    "child.health_need_within_24h",
    "child.in_foster_care",
    "child.tribal_affiliation",
    "description.photo_available",
)


def lines(
    episode: EpisodeView, statements: Sequence[FactLine], reader: Reader, classes: frozenset[str]
) -> tuple[ui.FactLine, ...]:
    """Every fact this reader may see, and the place of those that are not the reader's to see."""
    by_fact: dict[str, list[FactLine]] = {}
    for statement in statements:
        by_fact.setdefault(statement.fact_id, []).append(statement)
    order = [*ALWAYS, *(fact for fact in by_fact if fact not in ALWAYS)]
    declared = packs.library().facts
    return tuple(
        _line(episode, declared[fact], by_fact.get(fact, []), reader, classes) for fact in order if fact in declared
    )


def _line(
    episode: EpisodeView,
    declared: law.FactDeclaration,
    said: list[FactLine],
    reader: Reader,
    classes: frozenset[str],
) -> ui.FactLine:
    label = declared.label.get(reader.lang)
    if declared.sensitivity not in classes:
        return ui.FactLine(label=label, state=Known.NOT_YOURS, belongs_to=_("those who treat or represent the child"))
    ask = f"/e/{episode.episode_id}/facts/{declared.id}"
    standing = [one for one in said if one.current and one.value is not None]
    if not standing:
        state = Known.UNKNOWN if said else Known.NOT_ASKED
        return ui.FactLine(label=label, state=state, ask_href=ask)
    ordered = _by_danger(standing, declared)
    values = {str(one.value) for one in ordered}
    earlier = [one for one in reversed(said) if not one.current]
    state = Known.DISAGREEMENT if len(values) > 1 else Known.CORRECTED if earlier else Known.KNOWN
    return ui.FactLine(
        label=label,
        state=state,
        said=_said(ordered[0], reader),
        others=tuple(_said(one, reader) for one in ordered[1:]) if len(values) > 1 else (),
        earlier=tuple(_said(one, reader) for one in earlier),
        ask_href=ask,
    )


def _by_danger(said: list[FactLine], declared: law.FactDeclaration) -> list[FactLine]:
    """The more dangerous value first; without an order of danger the latest."""
    rank = {str(value): place for place, value in enumerate(declared.dangerous)}
    latest_first = sorted(said, key=lambda one: one.stated_at, reverse=True)
    return sorted(latest_first, key=lambda one: rank.get(str(one.value), len(rank)))


def _said(one: FactLine, reader: Reader) -> Said:
    return Said(
        value=in_words(one.fact_id, one.value, lang=reader.lang, zone=reader.zone, now=reader.now),
        informant=one.informant,
        at=moment(one.stated_at, now=reader.now, zone=reader.zone, lang=reader.lang),
        certainty=ui.Certainty(one.certainty.value.lower()),
    )
