"""View models of the directory's pages: frozen, with words instead of codes and texts of two languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from allhands.directory import words
from allhands.directory.acting import Card, Line, Row
from allhands.directory.contracts import Answer, Asked, Call, Cited, DutyLine, LineState, Urgent, Who
from allhands.duties.presenting import who as who_words
from allhands.geo.states import STATE_NAMES, STATE_NAMES_ES
from allhands.law import Text
from allhands.platform import packs
from allhands.ui.components.call_line.presenter import CallLine, CallState
from allhands.ui.components.source_line.presenter import Source, SourceLine, present_source
from allhands.ui.wording import Lang, date_words, when

_STATE_WORDS: dict[Lang, Mapping[str, str]] = {"en": STATE_NAMES, "es": STATE_NAMES_ES}
_FIRST_LINES = 2  # of a row of a card; the rest is folded, so that a thumb reaches the next row
_STATES = {
    LineState.VERIFIED: CallState.VERIFIED,
    LineState.UNVERIFIED: CallState.VERIFIED,
    LineState.OLD: CallState.OLD,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCall:
    """Args: warning: said when the number was not compared with its source; tells: what becomes of what one says."""

    line: CallLine
    what: str
    tells: str
    warning: str
    origin: str
    is_911: bool
    is_fictional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDuty:
    """Args: due: when it would be due if its clock started now; questions: would settle whether it applies."""

    who: str
    words: str
    within: str
    due: str
    applies: bool
    covered: bool
    questions: tuple[str, ...]
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    code: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """The four questions, with what was typed and what was wrong with it."""

    who: tuple[Choice, ...]
    age: str
    where: str
    near: str
    states: tuple[Choice, ...]
    county: str
    nation: str
    urgent: tuple[Choice, ...]
    faults: dict[str, str]
    hidden: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNote:
    """Args: shown_first: changes what the reader may rely on, so that it stands beside the answer."""

    words: str
    shown_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    """The answer in one language."""

    danger: bool
    because: str
    first: ShownCall
    calls: tuple[ShownCall, ...]
    several: str
    others: tuple[ShownCall, ...]
    say: tuple[str, ...]
    no_wait: ShownDuty | None
    have: tuple[str, ...]
    duties: tuple[ShownDuty, ...]
    open_duties: int
    notes: tuple[ShownNote, ...]
    packs: str
    places: tuple[str, ...]


def show_form(asked: Asked, hidden: tuple[tuple[str, str], ...], lang: Lang, *, where: str = "") -> FormPage:
    """The form as it was sent; nothing typed is lost.

    Args:
        where: the one place that a link named by its codes, as somebody would type it.
    """
    typed = dict(asked.typed)
    return FormPage(
        who=tuple(Choice(code=one.value, words=words.WHO[one].get(lang), chosen=asked.who is one) for one in Who),
        age=typed.get("age", ""),
        where=typed.get("where", "") or (where if not asked.troubles else ""),
        near=typed.get("near", ""),
        states=tuple(
            Choice(code=code, words=name, chosen=typed.get("state", "").upper() == code)
            for code, name in sorted(_STATE_WORDS[lang].items(), key=lambda item: item[1])
        ),
        county=typed.get("county", ""),
        nation=typed.get("nation", ""),
        urgent=tuple(
            Choice(code=one.value, words=words.URGENT[one].get(lang), chosen=one in asked.urgent) for one in Urgent
        ),
        faults={_SHOWN_AT.get(one.field, one.field): one.text.get(lang) for one in reversed(asked.troubles)},
        hidden=hidden,
    )


def show_answer(answer: Answer, places: tuple[str, ...], lang: Lang) -> AnswerPage:
    """The answer in words."""
    today = answer.made_at.date()
    calls = tuple(show_call(call, today, lang) for call in answer.calls)
    return AnswerPage(
        danger=answer.danger,
        because="; ".join(_lower(reason.get(lang)) for reason in answer.because[:MOST_REASONS]),
        first=calls[0],
        calls=calls[1:],
        several=words.IF_NO.get(lang) if _is_several(answer) else "",
        others=tuple(show_call(call, today, lang) for call in answer.others),
        say=tuple(sentence.get(lang) for sentence in answer.say),
        no_wait=show_duty(answer.no_wait, answer.made_at, lang) if answer.no_wait else None,
        have=tuple(one.get(lang) for one in answer.have),
        duties=tuple(show_duty(line, answer.made_at, lang) for line in answer.duties),
        open_duties=answer.open_duties,
        notes=tuple(ShownNote(words=one.text.get(lang), shown_first=one.code in SAID_FIRST) for one in answer.notes),
        packs="; ".join(title.get(lang) for title in answer.packs),
        places=places,
    )


def _is_several(answer: Answer) -> bool:
    return len(answer.asked.places) > 1 or sum(call.code == "police" for call in answer.calls) > 1


def _lower(text: str) -> str:
    text = text.rstrip(".")
    return text[:1].lower() + text[1:] if not text[1:2].isupper() else text


def show_call(call: Call, today: date, lang: Lang) -> ShownCall:
    """One number in words."""
    state = CallState.CLOSED if call.is_open is False else _STATES[call.state]
    is_911 = call.code == "911"
    day = date_words(call.verified_on, today, lang) if call.verified_on else ""
    is_route = call.origin in _NO_LINE
    return ShownCall(
        line=CallLine(
            name=call.name.get(lang),
            shown=call.shown,
            tel=call.tel,
            hours=call.hours.get(lang),
            verified=day if is_route else "",
            read="" if is_route else day,
            state=state,
        ),
        what=call.what.get(lang) if call.what else "",
        tells="" if is_route else (call.tells or words.TELLS_UNKNOWN).get(lang),
        warning=words.UNVERIFIED.get(lang) if call.state is LineState.UNVERIFIED else "",
        origin=call.origin.get(lang),
        is_911=is_911,
        is_fictional=call.is_fictional,
    )


# Codes of a link and the rounded position have no field of their own; their fault stands at the words for the place.
_SHOWN_AT = dict.fromkeys(("near", "county", "nation"), "where")
MOST_QUESTIONS = 2
MOST_REASONS = 2  # who is frightened reads two; the others are in the answer for programs
SAID_FIRST = frozenset({"not-read", "nation-not-read", "stale"})
# 911 and agencies are no help lines: what they do with a report is what the answer tells.
_NO_LINE = (words.FROM_AGENCY, Text(en="", es=""))


def show_duty(line: DutyLine, now: datetime, lang: Lang, *, zone: ZoneInfo | None = None) -> ShownDuty:
    """One duty in words. Without a zone no clock time is said."""
    due = when(line.due_if_now, now=now, zone=zone, lang=lang) if line.due_if_now and zone else ""
    return ShownDuty(
        who=who_words(line.who),
        words=line.plain.get(lang),
        within=line.within.get(lang),
        due=due,
        applies=line.applies,
        covered=line.covered,
        questions=() if line.applies else tuple(_questions(line.missing, lang)),
        sources=show_sources(line.source, now.date(), lang),
    )


def _questions(facts: tuple[str, ...], lang: Lang) -> Iterator[str]:
    """The questions that would settle an open duty, the most decisive first."""
    for fact in facts[:MOST_QUESTIONS]:
        declared = packs.library().facts.get(fact)
        if declared is not None:
            yield declared.question.get(lang)


def show_sources(sources: Iterable[Cited], today: date, lang: Lang) -> tuple[SourceLine, ...]:
    """Each citation once, however many sentences of it a rule rests on."""
    shown = (
        present_source(
            Source(citation=one.citation, pin=one.pin, address=one.address, level=one.level, read_on=one.read_on),
            today=today,
            lang=lang,
        )
        for one in sources
    )
    return tuple(dict.fromkeys(shown))


def show_said(asked: Asked, lang: Lang) -> tuple[str, ...]:
    """What was answered, for the person who takes it over."""
    said = [words.WHO[asked.who].get(lang)] if asked.who else []
    if asked.age is not None:
        said.append(words.YEARS.get(lang).format(age=asked.age))
    said += [words.URGENT[code].get(lang) for code in Urgent if code in asked.urgent]
    return tuple(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    who: str
    words: str
    until: str
    needs: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    calls: tuple[ShownCall, ...]
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """Args: more: the lines after the first, folded."""

    code: str
    title: str
    lines: tuple[ShownLine, ...]
    more: tuple[ShownLine, ...]
    said: tuple[str, ...]
    calls: tuple[ShownCall, ...]
    gap: str
    ask: tuple[ShownCall, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCard:
    rows: tuple[ShownRow, ...]
    notes: tuple[str, ...]


def show_card(card: Card, now: datetime, lang: Lang) -> ShownCard:
    """The card in one language."""
    return ShownCard(
        rows=tuple(_show_row(row, now.date(), lang) for row in card.rows),
        notes=tuple(note.text.get(lang) for note in card.notes),
    )


def _show_row(row: Row, today: date, lang: Lang) -> ShownRow:
    lines = tuple(_show_line(line, today, lang) for line in row.lines)
    first = len(lines) if len(lines) <= _FIRST_LINES + 1 else _FIRST_LINES  # one line more is no shorter folded
    return ShownRow(
        code=row.code,
        title=row.title.get(lang),
        lines=lines[:first],
        more=lines[first:],
        said=tuple(one.get(lang) for one in row.said),
        calls=tuple(show_call(call, today, lang) for call in row.calls),
        gap=row.gap.get(lang) if row.gap else "",
        ask=tuple(show_call(call, today, lang) for call in row.ask) if row.gap else (),
    )


def _show_line(line: Line, today: date, lang: Lang) -> ShownLine:
    return ShownLine(
        who=who_words(line.who) if line.who else "",
        words=line.words.get(lang),
        until=line.until.get(lang) if line.until else "",
        needs=tuple(need.get(lang) for need in line.needs),
        sources=show_sources(line.source, today, lang),
        calls=tuple(show_call(call, today, lang) for call in line.calls),
        sure=line.sure,
    )
