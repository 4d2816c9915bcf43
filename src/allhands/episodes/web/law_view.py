"""The law here, side by side: is the child "missing" in each, whose deadline governs, what would settle the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from allhands import law
from allhands.agencies.presenting import Reader
from allhands.duties.presenting import Knowing, act
from allhands.episodes.contracts import FactLine
from allhands.geo.states import STATE_NAMES
from allhands.platform import packs
from allhands.ui.components.source_line.presenter import Source, SourceLine, present_source
from allhands.ui.components.verdict_chip.presenter import Holds, Settle, TraceLine, VerdictChip

HOLDS = {
    law.Verdict.TRUE: Holds.APPLIES,
    law.Verdict.FALSE: Holds.APPLIES_NOT,
    law.Verdict.UNKNOWN: Holds.UNKNOWN,
}
# The deadlines that people compare first: to police, into the national file, to NCMEC, to the nation.
COMPARED = ("report_to_police", "enter_national_file", "report_to_ncmec", "notify_tribe")
# Questions shown beside the child; the rest come when one of these is answered.
MOST_ASKED = 3
_VERDICTS_IN_ORDER = (law.Verdict.TRUE, law.Verdict.UNKNOWN, law.Verdict.FALSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    title: str
    chip: VerdictChip


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """What one law says about one act; `limit` is empty when it says nothing. `governs`: no other law is earlier."""

    act: str
    limit: str = ""
    starts: str = ""
    governs: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LawCard:
    """One law with the same lines as every other, so that they compare.

    Args:
        status: a warning that goes with all it says.
        missing: its test of "missing"; the one that decides stands first.
        read: False when no pack of ours covers this place: then there is nothing to say but that.
    """

    name: str
    version: str = ""
    status: str = ""
    stale: bool = False
    missing: tuple[Definition, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    others: tuple[Definition, ...] = ()
    read: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    words: str
    holds: Holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """An alert that exists here and how far its needs are met."""

    title: str
    plain: str
    needs: tuple[Need, ...]
    met: int
    unknown: int
    settle: Settle | None
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question whose answer would settle something."""

    question: str
    href: str
    settles: int


class LawView:
    """What the law says of one child, for one reader, from the facts this reader may know."""

    def __init__(
        self, assessment: law.Assessment, episode_id: str, knowing: Knowing, reader: Reader, *, may_edit: bool
    ) -> None:
        self._assessment = assessment
        self._episode_id = episode_id
        self._knowing = knowing
        self._reader = reader
        self._may_edit = may_edit

    def asks(self) -> tuple[Ask, ...]:
        """The answers that would settle most."""
        found = [one for one in self._assessment.ask_next if self._knowing.may_ask(one.fact)]
        return tuple(
            Ask(question=one.question.get(self._reader.lang), href=self._href(one.fact), settles=one.settles)
            for one in found[:MOST_ASKED]
        )

    def cards(self, statements: Iterable[FactLine]) -> tuple[LawCard, ...]:
        """One card a law that has anything to say, then the places whose law nobody has read."""
        cards = [self._card(pack) for pack in self._assessment.packs]
        told = [card for card in cards if card.missing or any(line.limit for line in card.deadlines) or card.others]
        return (*told, *(LawCard(name=name, read=False) for name in _unread(statements, self._reader)))

    def criteria(self) -> tuple[Criterion, ...]:
        """The alerts that exist here, the nearest to being met first. We never issue one; we show what is missing."""
        made = [self._criterion(one) for one in self._assessment.criteria]
        return tuple(sorted(made, key=lambda one: (-(one.met / max(len(one.needs), 1)), one.title)))

    def conflicts(self) -> tuple[str, ...]:
        """What does not agree, in words."""
        return tuple(one.text.get(self._reader.lang) for one in self._assessment.conflicts)

    def _href(self, fact: str) -> str:
        return reverse("fact", args=[self._episode_id, fact]) if self._may_edit else ""

    def _card(self, pack: law.PackRef) -> LawCard:
        lang = self._reader.lang
        mine = [one for one in self._assessment.definitions if one.pack_id == pack.id]
        tests = sorted(
            (one for one in mine if one.tests_missing), key=lambda one: _VERDICTS_IN_ORDER.index(one.verdict)
        )
        ref = f"{pack.id} {pack.version}"
        return LawCard(
            name=pack.title.get(lang),
            version=pack.version,
            status=pack.status.get(lang) if pack.status else "",
            stale=pack.stale,
            missing=tuple(self._definition(one, ref) for one in tests),
            deadlines=tuple(self._deadline(pack.id, action) for action in COMPARED),
            others=tuple(self._definition(one, ref) for one in mine if not one.tests_missing),
        )

    def _deadline(self, pack_id: str, action: str) -> Deadline:
        words = act(action, "", "")
        found = [one for one in self._assessment.duties if one.pack_id == pack_id and one.action == action]
        if not found:
            return Deadline(act=words)
        first = min(found, key=_strictness)
        lang = self._reader.lang
        return Deadline(
            act=words,
            limit=first.clock.limit_words.get(lang),
            starts=first.clock.starts_when.get(lang),
            governs=first.governs,
            sure=first.applies is law.Verdict.TRUE,
        )

    def _definition(self, one: law.DefinitionResult, pack: str) -> Definition:
        lang = self._reader.lang
        title = one.title.get(lang)
        chip = VerdictChip(
            holds=HOLDS[one.verdict],
            about=title,
            plain=one.plain.get(lang),
            trace=(self._trace(one.because),),
            settle=self._settle(one.missing) if one.verdict is law.Verdict.UNKNOWN else None,
            quote=one.source[0].quote if one.source else "",
            sources=sources(one.source, self._reader),
            pack=pack,
        )
        return Definition(title=title, chip=chip)

    def _settle(self, missing: Sequence[str]) -> Settle | None:
        """The most decisive question this reader may ask."""
        declared = packs.library().facts
        fact = next((one for one in missing if one in declared and self._knowing.may_ask(one)), None)
        if fact is None:
            return None
        return Settle(question=declared[fact].question.get(self._reader.lang), href=self._href(fact))

    def _trace(self, trace: law.Trace) -> TraceLine:
        return TraceLine(
            text=trace.text.get(self._reader.lang),
            holds=HOLDS[trace.verdict],
            below=tuple(self._trace(part) for part in trace.parts),
        )

    def _criterion(self, one: law.CriterionResult) -> Criterion:
        lang = self._reader.lang
        open_needs = [fact for need in one.needs for fact in need.missing]
        return Criterion(
            title=one.title.get(lang),
            plain=one.plain.get(lang),
            needs=tuple(Need(words=need.title.get(lang), holds=HOLDS[need.verdict]) for need in one.needs),
            met=sum(need.verdict is law.Verdict.TRUE for need in one.needs),
            unknown=sum(need.verdict is law.Verdict.UNKNOWN for need in one.needs),
            settle=self._settle(open_needs),
            sources=sources(one.source, self._reader),
        )


def _strictness(one: law.DutyResult) -> tuple[bool, float, bool, str]:
    """What a law asks most strictly of one act: what surely applies first, then the shorter time, then what governs."""
    clock = one.clock
    hours = 0.0 if clock.immediate and clock.hours is None else float(clock.hours or (clock.days or 9999) * 24)
    return (one.applies is not law.Verdict.TRUE, hours, not one.governs, one.rule_id)


def sources(found: Iterable[law.SourceRef], reader: Reader) -> tuple[SourceLine, ...]:
    """Where a rule stands written and how it was read."""
    today = reader.now.astimezone(reader.zone).date()
    return tuple(
        present_source(
            Source(
                citation=one.citation,
                pin=one.pin,
                address=one.address or "",
                level=one.confidence.value,
                read_on=one.read_on,
            ),
            today=today,
            lang=reader.lang,
        )
        for one in found
    )


def _unread(statements: Iterable[FactLine], reader: Reader) -> list[str]:
    """States and nations this child has to do with, of which no pack of ours speaks."""
    covered = {pack.jurisdiction for pack in packs.library().packs}
    names: dict[str, str] = {}
    for line in statements:
        place = line.value if line.current and line.fact_id.startswith("place.") else None
        if isinstance(place, dict):
            state, nation = str(place.get("state") or ""), str(place.get("nation") or "")
            if state and f"US-{state}" not in covered:
                names[state] = STATE_NAMES.get(state, state)
            if nation and f"TRIBE-{nation}" not in covered:
                words = packs.choice_words("child.tribal_affiliation", nation)
                names[nation] = words.get(reader.lang) if words else nation
    return sorted(names.values())
