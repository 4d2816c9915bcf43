"""The answers of a draft, flat as a form sends them, read as statements. Pure.

A draft keeps every keystroke, wrong ones too, under these names:

- `<fact>` the value as typed; `?` in any of its inputs, or `<fact>.unknown`, is "I don't know";
- `<fact>.date`, `<fact>.time` for an instant; `<fact>.` and one of `places.PARTS` for a place;
- `<fact>.who` and `<fact>.sure`, or `<page>.who` and `<page>.sure` for all facts asked on one page: the informant and
  the certainty; without them the caller, TOLD;
- `reporter_name`, `reporter_relation`, `reporter_phone`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from allhands import law
from allhands.episodes.contracts import Certainty, Json, NewStatement
from allhands.episodes.folding import fold
from allhands.episodes.identity import LONGEST_NAME, NAME_FACTS
from allhands.episodes.intake import days, faults, measures, places
from allhands.episodes.intake.days import UnreadableError
from allhands.kernel.findings import Finding, Level

UNKNOWN_WORDS = frozenset({"?", "¿?", "unknown", "don't know", "i don't know", "dk", "no sé", "no se", "no lo sé"})
YES, NO = frozenset({"yes", "true", "y", "sí", "si", "s"}), frozenset({"no", "false", "n"})
REPLACED = "\N{REPLACEMENT CHARACTER}"

# A list that can never be complete: a name that is not on it is kept as it was told, under the second fact.
OPEN_LISTS: Mapping[str, tuple[str, str]] = {"child.tribal_affiliation": ("other-nation", "child.tribal_nation_other")}

Answers = Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who tells, in which zone and language, when: what an answer means depends on it.

    Args:
        pages: fact id to the page it is asked on, for the informant of a whole page.
        invented_places: whether the counties of the demo world exist.
    """

    name: str
    zone: ZoneInfo
    now: datetime
    lang: str = "en"
    pages: Mapping[str, str] = field(default_factory=dict)
    invented_places: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the answers say, and what could not be read. Nothing typed is dropped: the draft still has it.

    Args:
        findings: `path` is the fact, or the name of the input where only the informant is wrong.
    """

    statements: tuple[NewStatement, ...]
    findings: tuple[Finding, ...]


def read(answers: Answers, declarations: Mapping[str, law.FactDeclaration], caller: Caller) -> Read:
    """Every answered fact as a statement, in the order of the declarations."""
    reader = _Reader(answers, caller)
    statements: dict[str, NewStatement] = {}
    findings: dict[str, Finding] = {}
    for fact_id, declared in declarations.items():
        if not is_answered(answers, declared):
            continue
        try:
            for statement in reader.statements(declared):
                if statement.fact_id in declarations:
                    statements[statement.fact_id] = statement
        except UnreadableError as wrong:
            findings[fact_id] = _finding(fact_id, wrong, caller.lang)
        try:
            reader.informant(fact_id)
        except UnreadableError as wrong:
            name = reader.name_of_informant(fact_id)
            findings.setdefault(name, _finding(name, wrong, caller.lang))
    return Read(statements=tuple(statements.values()), findings=tuple(findings.values()))


def is_answered(answers: Answers, declared: law.FactDeclaration) -> bool:
    """Whether anything was answered, "I don't know" included."""
    return is_unknown(answers, declared.id) or any(text_of(answers, name) for name in input_names(declared))


def is_unknown(answers: Answers, fact_id: str) -> bool:
    """Whether the answer was "I don't know": its box, or `?` and nothing else."""
    if text_of(answers, f"{fact_id}.unknown"):
        return True
    parts = ("", ".date", ".time", *(f".{part}" for part in places.PARTS))
    typed = [text for part in parts if (text := text_of(answers, f"{fact_id}{part}"))]
    return bool(typed) and all(is_unknown_word(text) for text in typed)


def is_unknown_word(text: str) -> bool:
    """Whether a text alone says "I don't know"."""
    return text.casefold() in UNKNOWN_WORDS


def input_names(declared: law.FactDeclaration) -> tuple[str, ...]:
    """The names of the form fields that make up the value."""
    match declared.type.value:
        case "instant":
            return (f"{declared.id}.date", f"{declared.id}.time")
        case "place":
            return tuple(f"{declared.id}.{part}" for part in places.PARTS)
        case _:
            return (declared.id,)


def text_of(answers: Answers, name: str) -> str:
    """What was typed under a name, without spaces around it; several answers with commas between."""
    value = answers.get(name)
    if isinstance(value, list):
        return ",".join(str(part).strip() for part in value if str(part).strip())
    return value.strip() if isinstance(value, str) else ""


def typed_list(answers: Answers, name: str) -> list[str]:
    """The separate answers under a name that takes several."""
    value = answers.get(name)
    if isinstance(value, list):
        return [text.strip() for text in value if isinstance(text, str) and text.strip()]
    return [text.strip() for text in text_of(answers, name).split(",") if text.strip()]


def check_letters(text: str, most: int) -> str:
    """The same text.

    Raises:
        UnreadableError: `facts.too-long`, `facts.control-character`.
    """
    if len(text) > most:
        raise UnreadableError("facts.too-long", most=str(most))
    if REPLACED in text or any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t\r" for sign in text):
        raise UnreadableError("facts.control-character")
    return text


def _finding(path: str, wrong: UnreadableError, lang: str) -> Finding:
    message = faults.words(wrong.code, lang, {"most": "", "least": "", **wrong.params})
    return Finding(path=path, code=wrong.code, level=Level.ERROR, message=message, params=wrong.params)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one fact after another from one set of answers."""

    answers: Answers
    caller: Caller

    def statements(self, declared: law.FactDeclaration) -> Iterator[NewStatement]:
        """The statement of a fact; two, when a name outside an open list was told."""
        if is_unknown(self.answers, declared.id):
            if self._has_value(declared):
                raise UnreadableError("answer.both")
            yield self._statement(declared.id, None)
            return
        most = LONGEST_NAME if declared.id in NAME_FACTS else faults.LONGEST_TEXT
        for name in input_names(declared):
            check_letters(text_of(self.answers, name), most)
        value = self._value(declared)
        other = OPEN_LISTS.get(declared.id)
        if other and isinstance(value, list):
            yield from self._open_list(declared, value, *other)
        else:
            yield self._statement(declared.id, value)

    def informant(self, fact_id: str) -> str:
        """Who says so.

        Raises:
            UnreadableError: the name is too long or holds a hidden sign.
        """
        told = self._told(fact_id, "who")
        return check_letters(told, LONGEST_NAME).strip() or self.caller.name

    def name_of_informant(self, fact_id: str) -> str:
        """The input in which the informant of a fact was typed."""
        own = f"{fact_id}.who"
        return own if text_of(self.answers, own) else f"{self.caller.pages.get(fact_id, fact_id)}.who"

    def _told(self, fact_id: str, what: str) -> str:
        page = self.caller.pages.get(fact_id, "")
        return text_of(self.answers, f"{fact_id}.{what}") or (text_of(self.answers, f"{page}.{what}") if page else "")

    def _statement(self, fact_id: str, value: Json) -> NewStatement:
        sure = self._told(fact_id, "sure").upper()
        try:
            informant = self.informant(fact_id)
        except UnreadableError:
            informant = self.caller.name
        return NewStatement(
            fact_id=fact_id,
            value=value,
            informant=informant,
            certainty=Certainty(sure) if sure in Certainty.__members__ else Certainty.TOLD,
            stated_at=self.caller.now,
        )

    def _has_value(self, declared: law.FactDeclaration) -> bool:
        typed = (text_of(self.answers, name) for name in input_names(declared))
        return any(text and not is_unknown_word(text) for text in typed)

    def _value(self, declared: law.FactDeclaration) -> Json:
        text = text_of(self.answers, declared.id)
        match declared.type.value:
            case "boolean":
                return _yes_or_no(text)
            case "integer":
                return measures.read_whole(text)
            case "quantity":
                return measures.read_quantity(text, declared.unit)
            case "date" | "instant":
                return self._time(declared, text)
            case "place":
                return self._place(declared.id)
            case "code":
                return self._code(declared, text)
            case _:
                return text

    def _time(self, declared: law.FactDeclaration, text: str) -> str:
        caller = self.caller
        if declared.type.value == "date":
            today = caller.now.astimezone(caller.zone).date()
            return days.read_birthday(text, today=today, lang=caller.lang).isoformat()
        day, clock = self._part(declared.id, "date"), self._part(declared.id, "time")
        return days.read_moment(day, clock, now=caller.now, zone=caller.zone, lang=caller.lang).isoformat()

    def _place(self, fact_id: str) -> dict[str, Json]:
        return places.read_place(
            lambda part: self._part(fact_id, part),
            lang=self.caller.lang,
            invented=self.caller.invented_places,
        )

    def _part(self, fact_id: str, part: str) -> str:
        """One input of several; `?` in it leaves that part open, not the whole."""
        text = text_of(self.answers, f"{fact_id}.{part}")
        return "" if is_unknown_word(text) else text

    def _code(self, declared: law.FactDeclaration, text: str) -> Json:
        if not declared.many:
            return code_named(declared, text) or text
        found = [code_named(declared, name) or name for name in typed_list(self.answers, declared.id)]
        return list(dict.fromkeys(found))

    def _open_list(
        self, declared: law.FactDeclaration, value: list[Json], code: str, other_fact: str
    ) -> Iterator[NewStatement]:
        known = [name for name in value if name in declared.codes()]
        told = [str(name) for name in value if name not in declared.codes()]
        yield self._statement(declared.id, [*known, *([code] if told and code not in known else [])])
        if told and not text_of(self.answers, other_fact):
            yield self._statement(other_fact, ", ".join(told))


def code_named(declared: law.FactDeclaration, text: str) -> str:
    """The code of a choice, by its code or its words in either language; empty when no choice has that name."""
    if text in declared.codes():
        return text
    wanted = fold(text)
    named = ((choice.code, choice.words) for choice in declared.choices)
    return next((code for code, words in named if wanted and wanted in {fold(words.en), fold(words.es)}), "")


def _yes_or_no(text: str) -> bool:
    if text.casefold() not in YES | NO:
        raise UnreadableError("answer.yes-or-no")
    return text.casefold() in YES
