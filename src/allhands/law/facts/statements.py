"""Statements by people who may disagree, and the command line's whole input."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from allhands.kernel.findings import Finding, Level
from allhands.law.facts.age import with_age
from allhands.law.facts.declarations import FactDeclaration
from allhands.law.facts.known import Certainty, Disagreement, Facts, FactsError, Stated
from allhands.law.facts.reading import WrongValueError, check_text, parse_facts, read_instant, read_value
from allhands.law.values import JSON, FactValue, nearest_word

MAX_STATEMENTS = 5_000
_SUREST = (Certainty.SEEN, Certainty.TOLD, Certainty.GUESSED)
_CERTAINTIES = {certainty.value: certainty for certainty in Certainty}
_START = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessInput:
    """What to assess, and as of when."""

    as_of: datetime
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Who said what about which fact."""

    fact: str
    stated: Stated


def parse_input(raw: JSON, declarations: Mapping[str, FactDeclaration]) -> AssessInput:
    """`{"as_of", "facts": {…}}` or `{"as_of", "statements": […]}`, typed.

    Raises:
        FactsError: naming each field, what was wrong and what is allowed.
    """
    if not isinstance(raw, dict):
        raise _error("", "facts.wrong-type", 'the input is an object: {"as_of": "…", "facts": {…}}')
    _check_keys(raw)
    as_of = _read_as_of(raw.get("as_of"))
    facts, statements = raw.get("facts"), raw.get("statements")
    if (facts is None) is (statements is None):
        raise _error("facts", "facts.wrong-type", 'give either "facts" (an object) or "statements" (a list)')
    if statements is not None:
        return AssessInput(as_of=as_of, facts=_read_statements(statements, declarations, as_of))
    if not isinstance(facts, dict):
        raise _error("facts", "facts.wrong-type", "facts is an object: fact id to value")
    return AssessInput(as_of=as_of, facts=parse_facts(facts, declarations, as_of=as_of))


def _error(path: str, code: str, message: str) -> FactsError:
    return FactsError((Finding(path=path or "input", code=code, level=Level.ERROR, message=message),))


def _check_keys(raw: Mapping[str, JSON]) -> None:
    allowed = ("as_of", "facts", "statements")
    for key in raw:
        if key not in allowed:
            near = nearest_word(key, allowed)
            hint = f"; did you mean {near}?" if near else ""
            shown = "".join(letter for letter in key[:40] if letter.isprintable())
            raise _error(shown, "facts.unknown-key", f"this is not known here{hint}; allowed: {', '.join(allowed)}")


def _read_as_of(value: JSON) -> datetime:
    try:
        if value is None:
            raise WrongValueError("facts.missing", "this is missing; say as of when, such as 2026-11-24T02:00:00-06:00")
        return read_instant(value)
    except WrongValueError as wrong:
        raise _error("as_of", wrong.code, str(wrong)) from None


def _read_statements(raw: JSON, declarations: Mapping[str, FactDeclaration], as_of: datetime) -> Facts:
    if not isinstance(raw, list):
        raise _error(
            "statements", "facts.wrong-type", "statements is a list of {fact, value, informant, certainty, at}"
        )
    if len(raw) > MAX_STATEMENTS:
        raise _error("statements", "facts.too-long", f"{len(raw)} statements; at most {MAX_STATEMENTS} are allowed")
    findings: list[Finding] = []
    reader = _StatementReader(declarations, as_of, findings)
    read = [reader.read(item, f"statements[{number}]") for number, item in enumerate(raw)]
    if findings:
        raise FactsError(tuple(findings))
    return govern([statement for statement in read if statement is not None], declarations, as_of=as_of)


class _StatementReader:
    def __init__(self, declarations: Mapping[str, FactDeclaration], as_of: datetime, findings: list[Finding]) -> None:
        self._declarations, self._as_of, self._findings = declarations, as_of, findings

    def read(self, item: JSON, path: str) -> Statement | None:
        """The statement; None when its value is null (not known) or cannot be."""
        if not isinstance(item, dict):
            self._find(path, "facts.wrong-type", "a statement is an object {fact, value, informant, certainty, at}")
            return None
        for key in item:
            if key not in ("fact", "value", "informant", "certainty", "at"):
                self._find(path, "facts.unknown-key", "allowed in a statement: fact, value, informant, certainty, at")
        fact = self._text(item, "fact", path)
        informant = self._text(item, "informant", path)
        certainty = self._certainty(item.get("certainty"), path)
        at = self._at(item.get("at"), path)
        value = self._value(fact, item.get("value"), path)
        if value is None:
            return None
        return Statement(fact=fact, stated=Stated(value=value, informant=informant, certainty=certainty, at=at))

    def _find(self, path: str, code: str, message: str) -> None:
        self._findings.append(Finding(path=path, code=code, level=Level.ERROR, message=message))

    def _text(self, item: Mapping[str, JSON], key: str, path: str) -> str:
        value = item.get(key)
        try:
            if not isinstance(value, str) or not value.strip():
                raise WrongValueError("facts.missing", "this is missing; text in quotes is needed")
            return check_text(value, 200)
        except WrongValueError as wrong:
            self._find(f"{path}.{key}", wrong.code, str(wrong))
            return ""

    def _certainty(self, value: JSON, path: str) -> Certainty:
        certainty = _CERTAINTIES.get(value) if isinstance(value, str) else None
        if certainty is None:
            self._find(f"{path}.certainty", "facts.unknown-choice", f"allowed: {', '.join(_CERTAINTIES)}")
        return certainty or Certainty.GUESSED

    def _at(self, value: JSON, path: str) -> datetime | None:
        try:
            at = read_instant(value) if value is not None else None
            if at is not None and at > self._as_of:
                raise WrongValueError("facts.in-the-future", f"{at:%Y-%m-%d %H:%M} UTC lies after the assessment")
        except WrongValueError as wrong:
            self._find(f"{path}.at", wrong.code, str(wrong))
            return None
        return at

    def _value(self, fact: str, value: JSON, path: str) -> FactValue | None:
        if not fact:
            return None
        where = f"{path}.value" if fact in self._declarations else f"{path}.fact"
        return read_value(fact, value, self._declarations, as_of=self._as_of, path=where, findings=self._findings)


def govern(statements: list[Statement], declarations: Mapping[str, FactDeclaration], *, as_of: datetime) -> Facts:
    """One value a fact: the latest of each informant, and among informants the more dangerous.

    Where no value is more dangerous, the surer statement governs, then the later one. Disagreements are kept.
    """
    values: dict[str, FactValue] = {}
    disagreements = []
    for fact, stated in _latest(statements):
        governing = _choose(stated, declarations[fact])
        values[fact] = governing.value
        if any(other.value != governing.value for other in stated):
            disagreements.append(Disagreement(fact=fact, stated=tuple(stated), governs=governing.value))
    return with_age(values, tuple(disagreements), as_of=as_of)


def _latest(statements: list[Statement]) -> Iterator[tuple[str, list[Stated]]]:
    """For each fact, the last word of each informant."""
    by_fact: dict[str, dict[str, Stated]] = {}
    for statement in sorted(statements, key=lambda statement: statement.stated.at or _START):
        by_fact.setdefault(statement.fact, {})[statement.stated.informant] = statement.stated
    return ((fact, list(stated.values())) for fact, stated in by_fact.items())


def _choose(stated: list[Stated], declaration: FactDeclaration) -> Stated:
    order = _danger_order(declaration)
    return min(
        stated, key=lambda one: (order(one.value), _SUREST.index(one.certainty), -(one.at or _START).timestamp())
    )


def _danger_order(declaration: FactDeclaration) -> Callable[[FactValue], float]:
    """A number for each value: the smaller, the more dangerous."""
    dangerous = declaration.dangerous
    if dangerous == ("lowest",):
        return _as_number
    if dangerous == ("highest",):
        return lambda value: -_as_number(value)
    return lambda value: min((_rank(part, dangerous) for part in _parts(value)), default=len(dangerous))


def _parts(value: FactValue) -> tuple[FactValue, ...]:
    return value if isinstance(value, tuple) else (value,)


def _rank(value: FactValue, dangerous: tuple[FactValue, ...]) -> int:
    return dangerous.index(value) if value in dangerous else len(dangerous)


def _as_number(value: FactValue) -> float:
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, int | float):
        return float(value)
    return float(value.toordinal()) if hasattr(value, "toordinal") else 0.0
