"""Whose law we have read, how well, and when: counted from the packs themselves. Pure."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from allhands.law import Library, Pack, Rule, RuleKind, Text, is_old
from allhands.law.packs.coverage import CoverageEntry
from allhands.law.rules import DutyTerms
from allhands.law.states import STATE_FIPS


class Topic(enum.Enum):
    """The questions people ask of a law. A rule belongs to the first that fits."""

    MISSING = "missing"
    POLICE = "police"
    CARE = "care"
    SCHOOL = "school"
    ALERTS = "alerts"
    OTHER = "other"


TOPIC_WORDS: Mapping[Topic, Text] = {
    Topic.MISSING: Text("Who counts as missing", "A quién se considera desaparecido"),
    Topic.POLICE: Text("Police: report and entry", "Policía: reporte y registro"),
    Topic.CARE: Text("Duties of care agencies", "Deberes de las agencias de cuidado"),
    Topic.SCHOOL: Text("School", "Escuela"),
    Topic.ALERTS: Text("Alerts", "Alertas"),
    Topic.OTHER: Text("Others who must act", "Otros que deben actuar"),
}
_CARE = frozenset({"child_welfare_agency", "care_provider", "caregiver", "shelter"})
_POLICE = frozenset({"law_enforcement", "tribal_police", "fbi", "state_clearinghouse"})


class Reading(enum.Enum):
    """How well something was read. The values name the patterns of the map."""

    OWN_TEXT = "own"
    PART = "part"
    SUMMARY = "summary"
    NOTHING = "nothing"


READING_WORDS: Mapping[Reading, Text] = {
    Reading.OWN_TEXT: Text("Read in its own text", "Leída en su propio texto"),
    Reading.PART: Text("Read in part or in an older copy", "Leída en parte o en una copia anterior"),
    Reading.SUMMARY: Text("Known from a summary only", "Conocida solo por un resumen"),
    Reading.NOTHING: Text("Not read; federal law still applies", "Sin leer; la ley federal sí se aplica"),
}
_OF_CONFIDENCE = {"A": Reading.OWN_TEXT, "B": Reading.PART, "C": Reading.SUMMARY}
_WORST_FIRST = (Reading.SUMMARY, Reading.PART, Reading.OWN_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicReading:
    """What was read of one topic: so many rules, the least sure of them read like this."""

    topic: Topic
    rules: int
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One jurisdiction of the list.

    Args:
        code: a State's two letters, or a nation's code.
        pack_id: empty where no pack exists.
        reviewed_on: the oldest comparison of one of its rules with its source; None when nothing was read.
        stale: that was more than twelve months ago.
        gaps: how many things are written down as not read.
    """

    code: str
    title: Text
    pack_id: str
    is_nation: bool
    reading: Reading
    topics: tuple[TopicReading, ...]
    rules: int
    reviewed_on: date | None
    stale: bool
    gaps: int


def lines_of(library: Library, entries: Iterable[CoverageEntry], today: date, world: str) -> tuple[Line, ...]:
    """Every State and territory, and every nation that has a pack; the oldest reading first."""
    gaps: dict[str, int] = {}
    for entry in entries:
        gaps[entry.pack] = gaps.get(entry.pack, 0) + len(entry.gaps)
    packs = [pack for pack in library.packs if world in pack.worlds and pack.kind in ("state", "tribe")]
    found = [_line(pack, gaps.get(pack.id, 0), today) for pack in packs]
    known = {line.code for line in found}
    found += [_unread(code) for code in STATE_FIPS if code not in known]
    return tuple(sorted(found, key=lambda line: (line.reviewed_on or date.min, line.title.en)))


def _unread(code: str) -> Line:
    return Line(
        code=code, title=Text(code, code), pack_id="", is_nation=False, reading=Reading.NOTHING, rules=0,
        topics=tuple(TopicReading(topic=topic, rules=0, reading=Reading.NOTHING) for topic in Topic),
        reviewed_on=None, stale=False, gaps=1,
    )  # fmt: skip


def _line(pack: Pack, gaps: int, today: date) -> Line:
    oldest = oldest_reading(pack)
    code = next((applies.state or applies.nation for applies in pack.applies if not applies.always), "") or ""
    return Line(
        code=code,
        title=pack.title,
        pack_id=pack.id,
        is_nation=pack.kind == "tribe",
        reading=_best_known(pack),
        topics=tuple(_topic(topic, pack.rules) for topic in Topic),
        rules=len(pack.rules),
        reviewed_on=oldest,
        stale=oldest is not None and is_old(oldest, today),
        gaps=gaps,
    )


def oldest_reading(pack: Pack) -> date | None:
    """The day on which the rule that was looked at longest ago was compared with its source; None without a rule."""
    return min((rule.reviewed.on for rule in pack.rules if rule.reviewed), default=None)


def _best_known(pack: Pack) -> Reading:
    """How most of a pack's rules were read; on a tie the less sure."""
    if not pack.rules:
        return Reading.NOTHING
    counts = dict.fromkeys(_WORST_FIRST, 0)
    for rule in pack.rules:
        counts[_OF_CONFIDENCE[rule.confidence.value]] += 1
    return max(_WORST_FIRST, key=lambda reading: counts[reading])


def _topic(topic: Topic, rules: Iterable[Rule]) -> TopicReading:
    readings = [_OF_CONFIDENCE[rule.confidence.value] for rule in rules if topic_of(rule) is topic]
    worst = min(readings, key=_WORST_FIRST.index, default=Reading.NOTHING)
    return TopicReading(topic=topic, rules=len(readings), reading=worst)


def topic_of(rule: Rule) -> Topic:
    """The topic of a rule."""
    if rule.kind is RuleKind.DEFINITION:
        return Topic.MISSING
    if rule.kind is RuleKind.CRITERION:
        return Topic.ALERTS
    terms = rule.terms
    if not isinstance(terms, DutyTerms):
        return Topic.OTHER
    if "school" in (terms.actor, terms.recipient) or terms.action == "notify_school":
        return Topic.SCHOOL
    if terms.actor in _CARE:
        return Topic.CARE
    return Topic.POLICE if terms.actor in _POLICE else Topic.OTHER
