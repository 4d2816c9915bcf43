"""The law here, side by side: does each definition hold, why, what would settle it; whose deadline governs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from allhands import law
from allhands.duties.presenting import Reader
from allhands.ui.components.source_line.presenter import Source, SourceLine, present_source
from allhands.ui.components.verdict_chip.presenter import Holds, Settle, TraceLine, VerdictChip

HOLDS = {
    law.Verdict.TRUE: Holds.APPLIES,
    law.Verdict.FALSE: Holds.APPLIES_NOT,
    law.Verdict.UNKNOWN: Holds.UNKNOWN,
}
# The deadlines that people compare first: to police, into the national file, to NCMEC, to the nation.
COMPARED = ("report_to_police", "enter_national_file", "report_to_ncmec", "notify_tribe")


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    title: str
    chip: VerdictChip


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One duty as a pack sets it; `governs` when no other is earlier."""

    title: str
    limit: str
    governs: bool
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PackColumn:
    """What one law says: its tests of "missing", its deadlines, and its other definitions."""

    pack: str
    version: str
    status: str
    stale: bool
    missing: tuple[Definition, ...]
    deadlines: tuple[Deadline, ...]
    others: tuple[Definition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    words: str
    shape: str
    holds: Holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """An alert that exists here and how far its needs are met."""

    title: str
    needs: tuple[Need, ...]
    met: int


def side_by_side(assessment: law.Assessment, reader: Reader, episode_id: str) -> tuple[PackColumn, ...]:
    """One column a pack that has anything to say."""
    columns = [_column(pack, assessment, reader, episode_id) for pack in assessment.packs]
    return tuple(column for column in columns if column.missing or column.deadlines or column.others)


def _column(pack: law.PackRef, assessment: law.Assessment, reader: Reader, episode_id: str) -> PackColumn:
    mine = [one for one in assessment.definitions if one.pack_id == pack.id]
    duties = [one for one in assessment.duties if one.pack_id == pack.id and one.action in COMPARED]
    questions = {one.fact: one for one in assessment.ask_next}
    ref = f"{pack.id} {pack.version}"
    return PackColumn(
        pack=pack.title.get(reader.lang),
        version=pack.version,
        status=pack.status.get(reader.lang) if pack.status else "",
        stale=pack.stale,
        missing=tuple(_definition(one, reader, questions, episode_id, ref) for one in mine if one.tests_missing),
        deadlines=tuple(
            Deadline(
                title=one.title.get(reader.lang),
                limit=one.due_words.get(reader.lang),
                governs=one.governs,
                sure=one.applies is law.Verdict.TRUE,
            )
            for one in duties
        ),
        others=tuple(_definition(one, reader, questions, episode_id, ref) for one in mine if not one.tests_missing),
    )


def _definition(
    one: law.DefinitionResult, reader: Reader, questions: dict[str, law.Question], episode_id: str, pack: str
) -> Definition:
    ask = next((questions[fact] for fact in one.missing if fact in questions), None)
    settle = (
        Settle(question=ask.question.get(reader.lang), href=f"/e/{episode_id}/facts/{ask.fact}")
        if ask and one.verdict is law.Verdict.UNKNOWN
        else None
    )
    title = one.title.get(reader.lang)
    chip = VerdictChip(
        holds=HOLDS[one.verdict],
        about=title,
        plain=one.plain.get(reader.lang),
        trace=(_trace(one.because, reader),),
        settle=settle,
        quote=one.source[0].quote if one.source else "",
        sources=tuple(sources(one.source, reader)),
        pack=pack,
    )
    return Definition(title=title, chip=chip)


def sources(found: Iterable[law.SourceRef], reader: Reader) -> list[SourceLine]:
    """Where a rule stands written and how it was read."""
    today = reader.now.astimezone(reader.zone).date()
    return [
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
    ]


def _trace(trace: law.Trace, reader: Reader) -> TraceLine:
    return TraceLine(
        text=trace.text.get(reader.lang),
        holds=HOLDS[trace.verdict],
        below=tuple(_trace(part, reader) for part in trace.parts),
    )


def criteria(assessment: law.Assessment, reader: Reader) -> tuple[Criterion, ...]:
    """The alerts that exist here, the nearest to being met first. We never issue one; we show what is missing."""
    made = [
        Criterion(
            title=one.title.get(reader.lang),
            needs=tuple(
                Need(
                    words=need.title.get(reader.lang),
                    shape=HOLDS[need.verdict].value,
                    holds=HOLDS[need.verdict],
                )
                for need in one.needs
            ),
            met=sum(need.verdict is law.Verdict.TRUE for need in one.needs),
        )
        for one in assessment.criteria
    ]
    return tuple(sorted(made, key=lambda one: (-(one.met / max(len(one.needs), 1)), one.title)))


def conflicts(assessment: law.Assessment, reader: Reader) -> tuple[str, ...]:
    """What does not agree, in words."""
    return tuple(one.text.get(reader.lang) for one in assessment.conflicts)
