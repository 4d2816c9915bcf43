"""The answers of a draft, flat as a form sends them, read as statements.

A draft keeps every keystroke, wrong ones too, under these names:

- `<fact>` the value as typed; `?` or `<fact>.unknown` = "I don't know";
- `<fact>.date`, `<fact>.time` for an instant; `<fact>.state`, `.county_fips`, `.nation`, `.indian_country` for a place;
- `<fact>.who` the informant and `<fact>.sure` the certainty; without them the caller, TOLD;
- `call_name`, `reporter_name`, `reporter_relation`, `reporter_phone`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from allhands import law
from allhands.episodes.contracts import Certainty, Json, NewStatement
from allhands.kernel.findings import Finding, Level

UNKNOWN_WORDS = frozenset({"?", "unknown", "don't know", "no sé"})
PLACE_PARTS = ("state", "county_fips", "nation", "indian_country")

Answers = Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who tells, in which zone, when: what an answer means depends on it."""

    name: str
    zone: ZoneInfo
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the answers say, and what could not be read. Nothing typed is dropped: the draft still has it."""

    statements: tuple[NewStatement, ...]
    findings: tuple[Finding, ...]


class Unreadable(ValueError):
    """An answer that cannot be read; the text tells what would be."""


def read(answers: Answers, declarations: Mapping[str, law.FactDeclaration], caller: Caller) -> Read:
    """Every answered fact as a statement, in the order of the declarations."""
    statements: list[NewStatement] = []
    findings: list[Finding] = []
    for fact_id, declared in declarations.items():
        if not is_answered(answers, declared):
            continue
        try:
            statements.append(_statement(answers, declared, caller))
        except Unreadable as error:
            findings.append(Finding(path=fact_id, code="answer.unreadable", level=Level.ERROR, message=str(error)))
    return Read(statements=tuple(statements), findings=tuple(findings))


def is_answered(answers: Answers, declared: law.FactDeclaration) -> bool:
    """Whether anything was answered, "I don't know" included."""
    return is_unknown(answers, declared.id) or any(_text(answers, name) for name in input_names(declared))


def is_unknown(answers: Answers, fact_id: str) -> bool:
    """Whether the answer was "I don't know"."""
    return bool(_text(answers, f"{fact_id}.unknown")) or _text(answers, fact_id).casefold() in UNKNOWN_WORDS


def input_names(declared: law.FactDeclaration) -> tuple[str, ...]:
    """The names of the form fields that make up the value."""
    match declared.type.value:
        case "instant":
            return (f"{declared.id}.date", f"{declared.id}.time")
        case "place":
            return tuple(f"{declared.id}.{part}" for part in PLACE_PARTS)
        case _:
            return (declared.id,)


def _statement(answers: Answers, declared: law.FactDeclaration, caller: Caller) -> NewStatement:
    value = None if is_unknown(answers, declared.id) else _value(answers, declared, caller)
    sure = _text(answers, f"{declared.id}.sure").upper()
    return NewStatement(
        fact_id=declared.id,
        value=value,
        informant=_text(answers, f"{declared.id}.who") or caller.name,
        certainty=Certainty(sure) if sure in Certainty.__members__ else Certainty.TOLD,
        stated_at=caller.now,
    )


def _value(answers: Answers, declared: law.FactDeclaration, caller: Caller) -> Json:
    match declared.type.value:
        case "boolean":
            return _yes_or_no(_text(answers, declared.id))
        case "integer":
            return _whole_number(_text(answers, declared.id))
        case "quantity":
            return _number(_text(answers, declared.id))
        case "date":
            return _date(_text(answers, declared.id)).isoformat()
        case "instant":
            return _instant(answers, declared.id, caller)
        case "place":
            return _place(answers, declared.id)
        case _ if declared.many:
            return _list(answers, declared.id)
        case _:
            return _text(answers, declared.id)


def _yes_or_no(text: str) -> bool:
    known = {"yes": True, "no": False, "true": True, "false": False, "sí": True, "si": True}
    if text.casefold() not in known:
        raise Unreadable("Choose yes, no or I don't know.")
    return known[text.casefold()]


def _whole_number(text: str) -> int:
    if not text.lstrip("-").isdecimal():
        raise Unreadable("Write a number in digits, for example 14.")
    return int(text)


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise Unreadable("Write a number in digits, for example 160.") from None


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable("Write the date as year-month-day, for example 2026-11-24.") from None


def _instant(answers: Answers, fact_id: str, caller: Caller) -> str:
    """The instant in the caller's zone. A time without a day means today, or yesterday when that is still to come."""
    day_text, time_text = _text(answers, f"{fact_id}.date"), _text(answers, f"{fact_id}.time")
    if not time_text:
        raise Unreadable("Add the time, as near as anyone knows: 14:05.")
    try:
        clock = time.fromisoformat(time_text)
    except ValueError:
        raise Unreadable("Write the time with 24 hours, for example 14:05.") from None
    today = caller.now.astimezone(caller.zone).date()
    day = _date(day_text) if day_text else today
    moment = datetime.combine(day, clock.replace(tzinfo=None), caller.zone)
    if not day_text and moment > caller.now:
        moment = datetime.combine(date.fromordinal(day.toordinal() - 1), clock.replace(tzinfo=None), caller.zone)
    return moment.isoformat()


def _place(answers: Answers, fact_id: str) -> dict[str, Json]:
    parts: dict[str, Json] = {}
    for part in PLACE_PARTS:
        text = _text(answers, f"{fact_id}.{part}")
        if text and part == "indian_country":
            parts[part] = _yes_or_no(text)
        elif text:
            parts[part] = text.upper() if part == "state" else text
    return parts


def _list(answers: Answers, fact_id: str) -> list[Json]:
    value = answers.get(fact_id)
    if isinstance(value, list):
        return [text for text in value if isinstance(text, str) and text.strip()]
    return [text.strip() for text in _text(answers, fact_id).split(",") if text.strip()]


def _text(answers: Answers, name: str) -> str:
    value = answers.get(name)
    if isinstance(value, list):
        return ",".join(str(part) for part in value)
    return value.strip() if isinstance(value, str) else ""
