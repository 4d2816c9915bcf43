"""The clock of one deadline: its state and its words. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from allhands.ui.wording import Hours, Lang, Moment, TimedText, clock_time, moment, since, until, when

# Due soon: 80 % of the time is used, or less than an hour is left. Source: screens guide 1.2.
SOON_SHARE = 0.8
SOON_LEFT = timedelta(minutes=60)


class ClockState(enum.Enum):
    """Values are the names of shapes and style classes."""

    NOT_STARTED = "not-started"
    OPEN = "open"
    SOON = "soon"
    OVERDUE = "overdue"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockTimes:
    """The facts of one clock.

    Args:
        starts_when: what starts it, as the rest of a sentence: "police receive the report".
        started_at: None until that has happened.
        due_at: None when the rule sets no limit or the clock has not started.
        immediate: the rule says "at once"; `due_at` may be None or equal `started_at`.
        stopped_at: when proof arrived or the duty was waived.
    """

    starts_when: str
    started_at: datetime | None = None
    due_at: datetime | None = None
    immediate: bool = False
    stopped_at: datetime | None = None

    @property
    def at_once(self) -> bool:
        """No later limit softens "at once"."""
        return self.immediate and (self.due_at is None or self.due_at == self.started_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A clock ready to draw."""

    state: ClockState
    text: TimedText
    due: Moment | None
    started: Moment | None
    starts_when: str

    @property
    def shape(self) -> str:
        return "proved" if self.state is ClockState.STOPPED else self.state.value


_STARTS = {"en": "Starts when {what}", "es": "Empieza cuando {what}"}
# First words that lose their capital inside a sentence; names and abbreviations keep it.
_OPENERS = frozenset(
    {"A", "An", "Any", "Each", "Someone", "The", "They", "Police", "Law", "Whoever", "Nobody"}
    | {"Alguien", "Cada", "Cualquier", "El", "La", "Las", "Los", "Se", "Un", "Una", "Nadie", "Quien"}
)
_NO_LIMIT = {"en": "No time limit", "es": "Sin plazo"}
_STOPPED = {"en": "Stopped {time}", "es": "Detenido {time}"}
_AT_ONCE = {
    "en": ("Due at once · since {time} (", " ago)"),
    "es": ("De inmediato · desde las {time} (hace ", ")"),
}
_OPEN = {"en": ("Due {time} (in ", ")"), "es": ("Vence {time} (en ", ")")}
_SOON = {"en": ("Due soon · {time} (in ", ")"), "es": ("Vence pronto · {time} (en ", ")")}
_OVERDUE = {"en": "Overdue by ", "es": "Atraso de "}


def read_state(times: ClockTimes, now: datetime) -> ClockState:
    """Where the clock stands."""
    if times.stopped_at is not None:
        return ClockState.STOPPED
    if times.started_at is None:
        return ClockState.NOT_STARTED
    if times.at_once:
        return ClockState.SOON
    if times.due_at is None:
        return ClockState.OPEN
    if now >= times.due_at:
        return ClockState.OVERDUE
    return ClockState.SOON if _is_soon(times.started_at, times.due_at, now) else ClockState.OPEN


def _is_soon(started_at: datetime, due_at: datetime, now: datetime) -> bool:
    left = due_at - now
    return left < SOON_LEFT or (now - started_at) >= SOON_SHARE * (due_at - started_at)


def present_clock(times: ClockTimes, *, now: datetime, zone: ZoneInfo, lang: Lang, hours: Hours = Hours.STAFF) -> Clock:
    """The clock as the page draws it."""

    def said(instant: datetime | None) -> Moment | None:
        return moment(instant, now=now, zone=zone, lang=lang, hours=hours) if instant else None

    state = read_state(times, now)
    return Clock(
        state=state,
        text=_text(times, state, now=now, zone=zone, lang=lang, hours=hours),
        due=said(None if times.at_once else times.due_at),
        started=said(times.started_at),
        starts_when=starts_words(times.starts_when, lang),
    )


def starts_words(what: str, lang: Lang) -> str:
    """ "Starts when police receive the report", from the rule's own words, which are a sentence of their own."""
    bare = what.strip().rstrip(".")
    for lead in ("when ", "When ", "cuando ", "Cuando "):
        bare = bare.removeprefix(lead)
    return _STARTS[lang].format(what=_within_sentence(bare)) if bare else ""


def _within_sentence(words: str) -> str:
    first = words.split(" ", 1)[0]
    return words[0].lower() + words[1:] if first in _OPENERS else words


def _text(
    times: ClockTimes, state: ClockState, *, now: datetime, zone: ZoneInfo, lang: Lang, hours: Hours
) -> TimedText:
    def told(instant: datetime) -> str:
        return when(instant, now=now, zone=zone, lang=lang, hours=hours, with_zone=False)

    if state is ClockState.STOPPED and times.stopped_at:
        return TimedText(before=_STOPPED[lang].format(time=told(times.stopped_at)))
    if times.started_at is None:
        return TimedText(before=starts_words(times.starts_when, lang))
    if times.at_once:
        before, after = _AT_ONCE[lang]
        time = clock_time(times.started_at, zone, lang, hours=hours)
        return since(times.started_at, now=now, lang=lang, before=before.format(time=time), after=after)
    if times.due_at is None:
        return TimedText(before=_NO_LIMIT[lang])
    if state is ClockState.OVERDUE:
        return since(times.due_at, now=now, lang=lang, before=_OVERDUE[lang])
    before, after = (_SOON if state is ClockState.SOON else _OPEN)[lang]
    return until(times.due_at, now=now, lang=lang, before=before.format(time=told(times.due_at)), after=after)
