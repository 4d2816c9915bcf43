"""Reads a mapping field by field; whatever is wrong becomes a finding and a harmless stand-in value."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from allhands.kernel.findings import Finding, Level
from allhands.law.packs.strict_yaml import Yaml
from allhands.law.values import Confidence, Text, nearest_word


def nearest(word: str, known: Collection[str]) -> str:
    """`; did you mean "x"?` for a misspelt word, or nothing when none is near."""
    near = nearest_word(word, known)
    return f'; did you mean "{near}"?' if near else ""


def type_words(value: Yaml) -> str:
    """What a value is, in an author's words."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    names = {int: "a number", float: "a number", str: "text", list: "a list", dict: "a mapping", date: "a day"}
    return names.get(type(value), type(value).__name__)


class Fields:
    """One mapping of a pack file, read once. Call `done` last: keys nobody asked for are findings."""

    def __init__(self, value: Yaml, path: str, findings: list[Finding]) -> None:
        self.path = path
        self.findings = findings
        self._asked: set[str] = set()
        self._mapping: dict[str, Yaml] = {}
        if isinstance(value, dict):
            self._mapping = value
        else:
            self.error("pack.wrong-type", f"a mapping is expected here, not {type_words(value)}", path)

    def error(self, code: str, message: str, path: str | None = None) -> None:
        self.findings.append(Finding(path=path or self.path, code=code, level=Level.ERROR, message=message))

    def at(self, key: str) -> str:
        """The path of a key, as findings show it: `duties/x.yaml:then.clock`."""
        return f"{self.path}.{key}" if ":" in self.path else f"{self.path}:{key}"

    def has(self, key: str) -> bool:
        return self._mapping.get(key) is not None

    def names(self) -> tuple[str, ...]:
        return tuple(self._mapping)

    def raw(self, key: str) -> Yaml:
        self._asked.add(key)
        return self._mapping.get(key)

    def _required(self, key: str) -> Yaml:
        value = self.raw(key)
        if value is None:
            code = "pack.missing-source" if key == "source" else "pack.missing-key"
            self.error(code, f'"{key}" is missing', self.at(key))
        return value

    def _wrong(self, key: str, expected: str, value: Yaml) -> None:
        hint = "; put it in quotes" if expected == "text" and isinstance(value, int | float | date) else ""
        self.error("pack.wrong-type", f"{expected} is expected here, not {type_words(value)}{hint}", self.at(key))

    def string(self, key: str) -> str:
        value = self._required(key)
        if isinstance(value, str) and not value.strip():
            self.error("pack.missing-key", f'"{key}" is empty; write it, or leave an optional key out', self.at(key))
        elif value is not None and not isinstance(value, str):
            self._wrong(key, "text", value)
        return value if isinstance(value, str) else ""

    def optional_string(self, key: str) -> str | None:
        if self.raw(key) in (None, ""):
            return None
        return self.string(key)

    def code(self, key: str, allowed: Collection[str], finding: str = "pack.unknown-code") -> str:
        """A word of a closed list; anything else is a finding that names the nearest one."""
        word = self.string(key)
        if word and word not in allowed:
            some = (
                ", ".join(sorted(allowed))
                if len(allowed) <= 8
                else f"the list in docs/reference/pack-format.md ({key})"
            )
            self.error(
                finding, f"{word!r} is not known as {key}{nearest(word, allowed)}; allowed: {some}", self.at(key)
            )
        return word

    def boolean(self, key: str, *, default: bool) -> bool:
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self._wrong(key, "true or false", value)
            return default
        return value

    def integer(self, key: str, *, at_least: int | None = None) -> int | None:
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self._wrong(key, "a whole number", value)
            return None
        if at_least is not None and value < at_least:
            self.error("pack.out-of-range", f"{value} is too small; at least {at_least}", self.at(key))
            return None
        return value

    def day(self, key: str, *, required: bool = False) -> date | None:
        value = self._required(key) if required else self.raw(key)
        if isinstance(value, date) or value is None:
            return value
        if isinstance(value, int | float):
            message = f"{value} is a number, not a day; write year-month-day, for example 2026-11-23"
            self.error("pack.date-as-number", message, self.at(key))
        else:
            self._wrong(key, "a day (year-month-day, without quotes)", value)
        return None

    def text(self, key: str) -> Text:
        """Words in both languages; a missing Spanish text is a finding of its own."""
        value = self._required(key)
        return Text("", "") if value is None else read_text(value, self.at(key), self.findings)

    def strings(self, key: str) -> tuple[str, ...]:
        found = []
        for path, item in self.items(key):
            if isinstance(item, str):
                found.append(item)
            else:
                self.error("pack.wrong-type", f"text is expected here, not {type_words(item)}", path)
        return tuple(found)

    def items(self, key: str, *, required: bool = False) -> Iterator[tuple[str, Yaml]]:
        """Each entry of a list with its path."""
        value = self._required(key) if required else self.raw(key)
        if value is None:
            return
        if not isinstance(value, list):
            self._wrong(key, "a list", value)
            return
        for number, item in enumerate(value):
            yield f"{self.at(key)}[{number}]", item

    def sub(self, key: str) -> Fields | None:
        """The mapping under a key; None, with a finding, when it is missing."""
        value = self._required(key)
        return None if value is None else Fields(value, self.at(key), self.findings)

    def optional_sub(self, key: str) -> Fields | None:
        value = self.raw(key)
        return None if value is None else Fields(value, self.at(key), self.findings)

    def confidence(self) -> Confidence:
        word = self.code("confidence", ("A", "B", "C"))
        return Confidence(word) if word in ("A", "B", "C") else Confidence.C

    def done(self) -> None:
        for key in self._mapping:
            if key not in self._asked:
                allowed = ", ".join(sorted(self._asked))
                message = f'"{key}" is not known here{nearest(key, self._asked)}; allowed: {allowed}'
                self.error("pack.unknown-key", message, self.at(key))


def read_text(value: Yaml, path: str, findings: list[Finding]) -> Text:
    """`{en:, es:}` as a Text."""
    if not isinstance(value, dict):
        message = f"words in both languages are expected, {{en: …, es: …}}, not {type_words(value)}"
        code = "pack.missing-spanish" if isinstance(value, str) else "pack.wrong-type"
        findings.append(Finding(path=path, code=code, level=Level.ERROR, message=message))
        return Text("", "")
    fields = Fields(value, path, findings)
    en = fields.string("en")
    es = value.get("es")
    fields.raw("es")
    if not isinstance(es, str) or not es.strip():
        fields.error("pack.missing-spanish", "the Spanish text (es) is missing", fields.at("es"))
        es = en
    fields.done()
    return Text(en, es)
