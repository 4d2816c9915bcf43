"""From the four answers to what the law says: one assessment for each place that may be meant. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from allhands import law
from allhands.directory.contracts import Asked, Cited, DutyLine, LawNote, Urgent, Where, Who
from allhands.directory.words import IN_PART, NO_PLACE, NOT_READ, NOW, STALE
from allhands.law import JSON, Text

Assess = Callable[[Mapping[str, JSON]], law.Assessment]

URGENT_FACTS: Mapping[Urgent, tuple[str, JSON]] = {
    Urgent.HARM: ("circumstances.imminent_danger", True),
    Urgent.TAKEN: ("child.believed_abducted", True),
    Urgent.HEALTH: ("child.health_need_within_24h", True),
    Urgent.SUICIDE: ("child.suicidal", True),
    Urgent.WEATHER: ("circumstances.dangerous_weather", True),
    Urgent.ONLINE: ("circumstances.meeting_online_contact", "today"),
}
IN_CARE = frozenset({Who.CARER, Who.CASEWORKER})
# Events that happen in the first hours. A clock that one of them starts is shown as if it started now.
STARTS_NOW = (
    "time.report_offered_at",
    "time.police_report_received_at",
    "time.agency_informed_at",
    "time.determined_missing_at",
    "time.police_determined_missing_at",
    "time.absence_discovered_at",
    "time.first_suspected_at",
    "time.report_form_completed_at",
    "time.minimum_data_complete_at",
    "time.last_contact_at",
    "time.last_seen_at",
    "time.shelter_entered_at",
)
NOT_LAW = ("core", "practice.")  # packs of facts and of good practice; pages about the law do not name them
FIRST_HOURS = 48  # a duty with a longer limit belongs to the full list, not to the minute in which somebody calls
# Acts that the caller can ask about tonight; others of the same clock stand on the full list.
FIRST_ACTS = (
    "accept_report",
    "enter_national_file",
    "report_to_police",
    "report_to_ncmec",
    "report_to_clearinghouse",
    "report_to_namus",
    "notify_tribe",
    "supervisor_notice",
    "report_abuse",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the law says for one place.

    Args:
        raised: what makes it urgent besides what was ticked; that one is told in the caller's own words.
    """

    place: Where
    assessment: law.Assessment
    raised: tuple[law.Reason, ...]


def facts_of(asked: Asked, place: Where | None) -> dict[str, JSON]:
    """The answers as facts of the packs. What was not answered states nothing."""
    facts: dict[str, JSON] = {}
    if asked.age is not None:
        facts["child.age_years"] = asked.age
    if asked.who in IN_CARE:
        facts["child.in_foster_care"] = True
    for code in asked.urgent - {Urgent.NONE}:
        fact, value = URGENT_FACTS[code]
        facts[fact] = value
    if place is not None:
        said = {"state": place.state, "county_fips": place.county_fips, "nation": place.nation}
        last_seen: dict[str, JSON] = {part: value for part, value in said.items() if value}
        if place.indian_country is not None:
            last_seen["indian_country"] = place.indian_country
        if last_seen:
            facts["place.last_seen"] = last_seen
    return facts


def judge(asked: Asked, assess: Assess) -> tuple[Judged, ...]:
    """One assessment for each place that may be meant; one for no place, when none was named."""
    places = asked.places or (Where(),)
    return tuple(_judge_at(place, asked, assess) for place in places)


def _judge_at(place: Where, asked: Asked, assess: Assess) -> Judged:
    found = assess(facts_of(asked, place))
    unticked = replace(asked, urgent=frozenset())
    apart = assess(facts_of(unticked, place)) if asked.urgent - {Urgent.NONE} else found
    return Judged(place=place, assessment=found, raised=apart.tier.reasons)


def started_now(judged: Judged, asked: Asked, assess: Assess, now: datetime) -> Mapping[str, datetime]:
    """When each duty would be due if its clock started at this moment; only for clocks of the first hours."""
    facts = facts_of(asked, judged.place if judged.place != Where() else None)
    stamp = now.isoformat()
    found = assess(facts | dict.fromkeys(STARTS_NOW, stamp))
    return {duty.rule_id: duty.due_at for duty in found.duties if duty.due_at is not None}


def duty_lines(judged: Iterable[Judged], due: Mapping[str, datetime] | None = None) -> tuple[DutyLine, ...]:
    """Every duty once, whichever of the places it holds for; those that apply first, each group by urgency."""
    found: dict[str, law.DutyResult] = {}
    for one in judged:
        for duty in one.assessment.duties:
            before = found.get(duty.rule_id)
            if before is None or (duty.applies is law.Verdict.TRUE and before.applies is not law.Verdict.TRUE):
                found[duty.rule_id] = duty
    ordered = sorted(found.values(), key=_urgency)
    return tuple(_line(duty, (due or {}).get(duty.rule_id)) for duty in ordered)


def first_hours(judged: Iterable[Judged]) -> tuple[DutyLine, ...]:
    """The duties that apply for sure and count in the first hours, the governing one of each act."""
    wanted = {
        duty.rule_id
        for one in judged
        for duty in one.assessment.duties
        if duty.applies is law.Verdict.TRUE
        and duty.governs
        and duty.action in FIRST_ACTS
        and duty.clock.starts_fact in STARTS_NOW
        and (duty.clock.hours is None or duty.clock.hours <= FIRST_HOURS)
    }
    return tuple(line for line in duty_lines(judged) if line.rule_id in wanted)


def no_wait_of(judged: Iterable[Judged]) -> DutyLine | None:
    """The law that forbids to make anyone wait, best read first; None when none we read covers this child."""
    lines = [line for line in duty_lines(judged) if line.action == "accept_report" and line.applies]
    return min(lines, key=lambda line: (line.source[0].level if line.source else "Z", line.rule_id), default=None)


def _urgency(duty: law.DutyResult) -> tuple[bool, bool, float, str]:
    clock = duty.clock
    hours = clock.hours if clock.hours is not None else (0 if clock.immediate else 10_000)
    return (duty.applies is not law.Verdict.TRUE, clock.starts_fact not in STARTS_NOW, float(hours), duty.rule_id)


def _line(duty: law.DutyResult, due: datetime | None) -> DutyLine:
    return DutyLine(
        rule_id=duty.rule_id,
        pack_id=duty.pack_id,
        who=duty.actor,
        recipient=duty.recipient,
        action=duty.action,
        title=duty.title,
        plain=duty.plain,
        within=NOW if duty.never_a_wait else duty.due_words,
        source=cited(duty.source),
        applies=duty.applies is law.Verdict.TRUE,
        missing=duty.missing,
        covered=duty.covered_by is not None,
        stale=duty.stale,
        due_if_now=None if duty.never_a_wait else due,
    )


def cited(sources: Iterable[law.SourceRef]) -> tuple[Cited, ...]:
    """The sources as the directory shows them."""
    return tuple(
        Cited(
            citation=source.citation,
            pin=source.pin,
            address=source.address or "",
            level=source.confidence.value,
            read_on=source.read_on,
        )
        for source in sources
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How far the law of a place was read.

    Args:
        packs: jurisdiction code (`US-ND`, `TRIBE-navajo`) to how far: complete, partial or none.
        states, nations: names by code.
    """

    packs: Mapping[str, str]
    states: Mapping[str, Text]
    nations: Mapping[str, Text]


def law_notes(judged: Iterable[Judged], reading: Reading) -> tuple[LawNote, ...]:
    """What must be said about the law of these places, each once."""
    notes: dict[tuple[str, str], LawNote] = {}
    for one in judged:
        for note in (*_coverage(one.place, reading), *_packs(one.assessment)):
            notes.setdefault((note.code, note.text.en), note)
    return tuple(notes.values())


def _coverage(place: Where, reading: Reading) -> Iterable[LawNote]:
    if not place.state and not place.nation:
        yield LawNote(code="no-place", text=NO_PLACE)
    if place.state:
        yield from _how_far(f"US-{place.state}", reading.states[place.state], "not-read", reading)
    if place.nation:
        name_of = reading.nations.get(place.nation, Text(en=place.nation, es=place.nation))
        yield from _how_far(f"TRIBE-{place.nation}", name_of, "nation-not-read", reading)


def _how_far(jurisdiction: str, name: Text, code: str, reading: Reading) -> Iterable[LawNote]:
    match reading.packs.get(jurisdiction, "none"):
        case "none":
            yield LawNote(code=code, text=fill(NOT_READ, place=name))
        case "partial":
            yield LawNote(code="in-part", text=fill(IN_PART, place=name))


def _packs(assessment: law.Assessment) -> Iterable[LawNote]:
    for pack in assessment.packs:
        if pack.id.startswith(NOT_LAW):
            continue
        if pack.status is not None:
            yield LawNote(code="status", text=pack.status)
        if pack.stale:
            yield LawNote(code="stale", text=fill(STALE, pack=pack.title))


def fill(words: Text, **parts: Text) -> Text:
    """The words with each part in its own language."""
    return Text(
        en=words.en.format(**{name: part.en for name, part in parts.items()}),
        es=words.es.format(**{name: part.es for name, part in parts.items()}),
    )
