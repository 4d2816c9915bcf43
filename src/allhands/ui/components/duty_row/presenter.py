"""One duty as a row: bar (proof), chip (time), words, at most one act. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from allhands.ui.components.clock.presenter import Clock, ClockState, ClockTimes, present_clock
from allhands.ui.wording import Hours, Lang, Rounding, TimedText, since, span, until, when


class ProofState(enum.Enum):
    """The nine states of a duty. Values are names of shapes and style classes. Source: screens guide 1.2."""

    NOT_STARTED = "not-started"
    OPEN = "open"
    SOON = "soon"
    OVERDUE = "overdue"
    SENT = "sent"
    FAILED = "failed"
    PROVED = "proved"
    PROVED_LATE = "proved-late"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """It left; nobody has confirmed it."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """It did not arrive. `call` is a phone number from the directory, or empty."""

    at: datetime
    call: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """Evidence is attached. `words` say which: "number seen by Ruth"."""

    at: datetime
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived:
    """A named person took it away, with a reason."""

    by: str
    reason: str


Proof = Sent | Failed | Proved | Waived


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """The one thing to do.

    Args:
        label: short ("Do it"); the duty's title is added for those who listen.
        post: a form that posts instead of a link; the include then needs `csrf_token=csrf_token` too.
        primary: filled; on most pages only one act is.
    """

    label: str
    href: str
    post: bool = False
    primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What a slice knows about one duty.

    Args:
        title: an act with a verb and the child where it helps: "Tell NCMEC about Maya K.".
        actor, recipient: names as the reader knows them ("you", "Sgt. Cole"); recipient may be empty.
        covers: later duties this one also meets, by title.
        assumed: what was taken as true although not known, in words.
        source: citation, short.
        is_new: changed since the reader last opened it.
    """

    title: str
    href: str
    actor: str
    times: ClockTimes
    recipient: str = ""
    proof: Proof | None = None
    covers: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    source: str = ""
    act: Act | None = None
    is_new: bool = False


_BARS = {
    ProofState.NOT_STARTED: "none",
    ProofState.PROVED: "proved",
    ProofState.PROVED_LATE: "proved-late",
    ProofState.WAIVED: "waived",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow:
    """A duty ready to draw."""

    duty: Duty
    state: ProofState
    chip: TimedText
    clock: Clock

    @property
    def bar(self) -> str:
        """The proof bar: missing (red), proved, proved-late, waived, none."""
        return _BARS.get(self.state, "missing")


def read_proof(duty: Duty, now: datetime) -> ProofState:
    """Which of the nine states the duty is in. A deadline that is near or past outweighs "sent": only proof ends it."""
    match duty.proof:
        case Proved(at=at):
            late = duty.times.due_at is not None and not duty.times.at_once and at > duty.times.due_at
            return ProofState.PROVED_LATE if late else ProofState.PROVED
        case Waived():
            return ProofState.WAIVED
        case Failed():
            return ProofState.FAILED
        case Sent():
            clock = ProofState(_clock_state(duty, now).value)
            presses = clock is ProofState.OVERDUE or (clock is ProofState.SOON and not duty.times.at_once)
            return clock if presses else ProofState.SENT
        case None:
            return ProofState(_clock_state(duty, now).value)
        case unreachable:
            assert_never(unreachable)


def _clock_state(duty: Duty, now: datetime) -> ClockState:
    return present_clock(duty.times, now=now, zone=ZoneInfo("UTC"), lang="en").state


def present_duty(duty: Duty, *, now: datetime, zone: ZoneInfo, lang: Lang, hours: Hours = Hours.STAFF) -> DutyRow:
    """The duty as a row."""
    state = read_proof(duty, now)
    return DutyRow(
        duty=duty,
        state=state,
        chip=_Chip(duty=duty, now=now, zone=zone, lang=lang, hours=hours).words(state),
        clock=present_clock(duty.times, now=now, zone=zone, lang=lang, hours=hours),
    )


_WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "open": "No proof yet · due {time} (in ",
        "no limit": "No proof yet · no time limit",
        "soon": "Due soon · {time} (in ",
        "at once": "Due at once · since {time} (",
        "ago": " ago)",
        "overdue": "Overdue by ",
        "late or soon, sent": " · sent {time}",
        "sent": "Sent {time}, waiting for proof",
        "failed": "Did not arrive. Call {call}",
        "failed, no number": "Did not arrive. Send it another way",
        "proved": "Proved {time}",
        "late": "Proved, {span} late",
        "waived": "Waived by {by}: {reason}",
    },
    "es": {
        "open": "Sin prueba todavía · vence {time} (en ",
        "no limit": "Sin prueba todavía · sin plazo",
        "soon": "Vence pronto · {time} (en ",
        "at once": "De inmediato · desde {time} (hace ",
        "ago": ")",
        "overdue": "Atraso de ",
        "late or soon, sent": " · enviado {time}",
        "sent": "Enviado {time}, falta la prueba",
        "failed": "No llegó. Llame al {call}",
        "failed, no number": "No llegó. Envíelo de otra manera",
        "proved": "Comprobado {time}",
        "late": "Comprobado, {span} tarde",
        "waived": "Dispensado por {by}: {reason}",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chip:
    duty: Duty
    now: datetime
    zone: ZoneInfo
    lang: Lang
    hours: Hours

    def words(self, state: ProofState) -> TimedText:
        match self.duty.proof:
            case Proved(at=at, words=words):
                return TimedText(before=self._proved(state, at) + (f" · {words}" if words else ""))
            case Waived(by=by, reason=reason):
                return TimedText(before=self._say("waived", by=by, reason=reason))
            case Failed(call=call):
                return TimedText(before=self._say("failed", call=call) if call else self._say("failed, no number"))
            case Sent(at=at) if state is ProofState.SENT:
                return TimedText(before=self._say("sent", time=self._time(at)))
            case _:
                return self._open(state)

    def _proved(self, state: ProofState, at: datetime) -> str:
        due_at = self.duty.times.due_at
        if state is ProofState.PROVED_LATE and due_at:
            return self._say("late", span=span(at - due_at, self.lang, rounding=Rounding.UP))
        return self._say("proved", time=self._time(at))

    def _open(self, state: ProofState) -> TimedText:
        times = self.duty.times
        clock = present_clock(times, now=self.now, zone=self.zone, lang=self.lang, hours=self.hours)
        if times.started_at is None:
            return clock.text
        if times.at_once:
            before = self._say("at once", time=self._time(times.started_at))
            return since(times.started_at, now=self.now, lang=self.lang, before=before, after=self._say("ago"))
        if times.due_at is None:
            return TimedText(before=self._say("no limit"))
        if state is ProofState.OVERDUE:
            return since(times.due_at, now=self.now, lang=self.lang, before=self._say("overdue"), after=self._sent())
        before = self._say("soon" if state is ProofState.SOON else "open", time=self._time(times.due_at))
        return until(times.due_at, now=self.now, lang=self.lang, before=before, after=f"){self._sent()}")

    def _sent(self) -> str:
        sent = self.duty.proof
        return self._say("late or soon, sent", time=self._time(sent.at)) if isinstance(sent, Sent) else ""

    def _time(self, instant: datetime) -> str:
        """The time alone when it is today, as the word patterns have it; else with the day."""
        words = when(instant, now=self.now, zone=self.zone, lang=self.lang, hours=self.hours, with_zone=False)
        return words.removeprefix("today ").removeprefix("hoy ")

    def _say(self, key: str, **values: str) -> str:
        return _WORDS[self.lang][key].format(**values)
