"""Facts with who said so: the dangerous value first when two disagree, unknown as unknown, nothing beyond the door."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from allhands import law
from allhands.agencies.presenting import Reader
from allhands.duties import api as duties
from allhands.duties.presenting import Knowing
from allhands.episodes.contracts import EpisodeView, FactLine, Json
from allhands.episodes.web.values import in_words
from allhands.platform import packs
from allhands.ui.components.fact_line import presenter as ui
from allhands.ui.components.fact_line.presenter import Known, Said

# Shown even when nobody has said anything: what every response needs, and the tribe that is asked of every child.
ALWAYS = (
    "time.last_seen_at",
    "place.last_seen",
    "description.last_seen_place",
    "description.clothing",
    "child.health_need_within_24h",
    "child.tribal_affiliation",
    "description.photo_available",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What stands open, what is folded away, and how many facts are not the reader's to see."""

    open: tuple[ui.FactLine, ...]
    more: tuple[ui.FactLine, ...]


def lines(
    episode: EpisodeView, statements: Sequence[FactLine], knowing: Knowing, reader: Reader, *, may_edit: bool
) -> Facts:
    """Every fact this reader may see, disagreements first, and the place of those that are not the reader's to see."""
    by_fact: dict[str, list[FactLine]] = {}
    for statement in statements:
        if knowing.sees(statement):
            by_fact.setdefault(statement.fact_id, []).append(statement)
    # What somebody said and this reader may not see keeps its place, unless that it was said is itself protected.
    kept = (knowing.hidden - knowing.secret) - by_fact.keys()
    order = list(dict.fromkeys([*ALWAYS, *by_fact, *sorted(kept)]))
    declared = packs.library().facts
    made = [
        (fact, _line(episode, declared[fact], by_fact.get(fact, []), knowing, reader, may_edit, is_kept=fact in kept))
        for fact in order
        if fact in declared
    ]
    first = [line for _fact, line in made if line.state is Known.DISAGREEMENT]
    always = [line for fact, line in made if fact in ALWAYS and line.state is not Known.DISAGREEMENT]
    rest = [line for fact, line in made if fact not in ALWAYS and line.state is not Known.DISAGREEMENT]
    return Facts(open=(*first, *always), more=tuple(rest))


def standing(statements: Iterable[FactLine], fact_id: str) -> list[FactLine]:
    """What is said of a fact and not superseded."""
    return [line for line in statements if line.fact_id == fact_id and line.current]


def said(line: FactLine, reader: Reader) -> Said:
    """One statement with who, when and how sure."""
    return Said(
        value=value_of(line, reader),
        informant=line.informant,
        at=reader.moment(line.stated_at),
        certainty=ui.Certainty(line.certainty.value.lower()),
    )


def value_of(line: FactLine, reader: Reader) -> str:
    """What was said, in words; or that nobody knows it, or nobody here may read it."""
    if line.annex is not None:
        return _("Kept under the nation's own key")
    if line.value is None:
        return _("Not known yet")
    return in_words(line.fact_id, line.value, lang=reader.lang, zone=reader.zone, now=reader.now)


def _line(
    episode: EpisodeView,
    declared: law.FactDeclaration,
    told: list[FactLine],
    knowing: Knowing,
    reader: Reader,
    may_edit: bool,
    *,
    is_kept: bool,
) -> ui.FactLine:
    label = declared.label.get(reader.lang)
    if is_kept or (not told and not knowing.may_state(declared.id)):
        why = reverse("why", args=[episode.episode_id, declared.id])
        return ui.FactLine(label=label, state=Known.NOT_YOURS, belongs_to=_("those who stated it"), why_href=why)
    ask = reverse("fact", args=[episode.episode_id, declared.id]) if may_edit else ""
    kept = [one for one in told if one.current and one.annex is not None]  # nobody can say whether it agrees
    current = [one for one in told if one.current and one.value is not None]
    if not current and not kept:
        return ui.FactLine(label=label, state=Known.UNKNOWN if told else Known.NOT_ASKED, ask_href=ask)
    ordered = [*(_governing_first(current, reader) if current else ()), *reversed(kept)]
    disagree = len({str(one.value) for one in ordered if one.annex is None}) > 1
    earlier = [one for one in reversed(told) if not one.current]
    return ui.FactLine(
        label=label,
        state=Known.DISAGREEMENT if disagree else Known.CORRECTED if earlier else Known.KNOWN,
        said=said(ordered[0], reader),
        others=tuple(said(one, reader) for one in ordered[1:] if disagree or one.annex is not None),
        earlier=tuple(said(one, reader) for one in earlier),
        ask_href=ask,
    )


def _governing_first(told: list[FactLine], reader: Reader) -> list[FactLine]:
    """The last word of each informant, the one by which the law room judges at the top."""
    last = {one.informant: one for one in sorted(told, key=lambda one: one.stated_at)}
    if len(last) == 1:
        return list(last.values())
    raw: dict[str, Json] = {"as_of": reader.now.isoformat(), "statements": duties.said(last.values())}
    disagreements = law.parse_input(raw, packs.library().facts).facts.disagreements
    using = {one.informant for found in disagreements for one in found.stated if one.value == found.governs}
    latest_first = sorted(last.values(), key=lambda one: one.stated_at, reverse=True)
    return sorted(latest_first, key=lambda one: one.informant not in using)
