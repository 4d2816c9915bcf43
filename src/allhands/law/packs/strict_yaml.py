"""YAML as packs may use it: no surprises in types, no aliases, no tags, no key twice.

Built from the event stream of libyaml, so that depth and size are bounded before anything is built.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import yaml
from yaml import events

from allhands.kernel.findings import Finding, Level
from allhands.law.values import JSON

Yaml: TypeAlias = "bool | int | float | str | date | list[Yaml] | dict[str, Yaml] | None"

MAX_BYTES = 512_000  # the longest pack file we know is a tenth of this
MAX_DEPTH = 40  # rules nest eight deep; libyaml itself gives up much later

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_LOOSE_BOOLEANS = frozenset({"yes", "no", "on", "off", "y", "n", "true", "false"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file's content with everything that was wrong with its YAML."""

    value: Yaml
    findings: tuple[Finding, ...]


def read_yaml(data: bytes, name: str) -> Document:
    """The content of a pack file; `value` is None when the file could not be read at all.

    Args:
        name: the file's name as findings should show it.
    """
    if len(data) > MAX_BYTES:
        return _unreadable(name, "pack.too-large", f"the file has {len(data)} bytes; at most {MAX_BYTES} are read")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _unreadable(name, "pack.not-utf8", f"byte {error.start} is not UTF-8; save the file as UTF-8")
    builder = _Builder(name)
    try:
        builder.build(text)
    except yaml.YAMLError as error:
        return _unreadable(name, "pack.yaml-syntax", f"this is not YAML: {' '.join(str(error).split())}")
    except _Refusal as refusal:
        return _unreadable(name, refusal.code, str(refusal))
    return Document(value=builder.value, findings=tuple(builder.findings))


def _unreadable(name: str, code: str, message: str) -> Document:
    return Document(value=None, findings=(Finding(path=name, code=code, level=Level.ERROR, message=message),))


def _line(event: events.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 0


class _Refusal(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class _Frame:
    """An open mapping or list while its children arrive.

    Args:
        where: its own place in the one that holds it; paths are put together only when there is a finding.
    """

    __slots__ = ("container", "key", "where")

    def __init__(self, container: list[Yaml] | dict[str, Yaml], where: str | int) -> None:
        self.container = container
        self.key: str | None = None
        self.where = where


class _Builder:
    def __init__(self, name: str) -> None:
        self.name = name
        self.value: Yaml = None
        self.findings: list[Finding] = []
        self._open: list[_Frame] = []
        self._documents = 0

    def build(self, text: str) -> None:
        scalar, take = self._scalar, self._take
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if type(event) is events.ScalarEvent:  # two of three events
                scalar(event)
            else:
                take(event)

    def _take(self, event: events.Event) -> None:
        if isinstance(event, events.CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, events.MappingStartEvent):
            self._start({}, event)
        elif isinstance(event, events.SequenceStartEvent):
            self._start([], event)
        elif isinstance(event, events.AliasEvent):
            line = _line(event)
            raise _Refusal(
                "pack.alias", f"line {line} uses the alias *{event.anchor}; write the value out, aliases are refused"
            )
        elif isinstance(event, events.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise _Refusal("pack.several-documents", "a pack file holds one document; remove the second ---")

    def _find(self, path: str, code: str, message: str) -> None:
        self.findings.append(Finding(path=path, code=code, level=Level.ERROR, message=message))

    def _place(self) -> str | int:
        """Where in the innermost open container the next value goes."""
        if not self._open:
            return ""
        frame = self._open[-1]
        return len(frame.container) if isinstance(frame.container, list) else frame.key or ""

    def _path(self, *last: str | int) -> str:
        path = self.name
        for where in (*(frame.where for frame in self._open), *last):
            if isinstance(where, int):
                path += f"[{where}]"
            elif where:
                path += f"{':' if path == self.name else '.'}{where}"
        return path

    def _here(self) -> str:
        return self._path(self._place())

    def _start(self, container: list[Yaml] | dict[str, Yaml], event: events.CollectionStartEvent) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise _Refusal("pack.too-deep", f"line {_line(event)} nests deeper than {MAX_DEPTH} levels")
        self._refuse_tag(event)
        where = self._place()
        self._add(container)
        self._open.append(_Frame(container, where))

    def _refuse_tag(self, event: events.CollectionStartEvent | events.ScalarEvent) -> None:
        if event.tag is not None and event.tag != "!":
            line = _line(event)
            raise _Refusal("pack.tag", f"line {line} uses the tag {event.tag}; tags are refused, write a plain value")

    def _add(self, value: Yaml) -> None:
        if not self._open:
            self.value = value
            return
        frame = self._open[-1]
        if isinstance(frame.container, list):
            frame.container.append(value)
        elif frame.key is None:
            raise _Refusal("pack.key-not-text", f"{self._path()} has a key that is a list or a mapping; keys are words")
        else:
            frame.container[frame.key] = value
            frame.key = None

    def _scalar(self, event: events.ScalarEvent) -> None:
        if event.tag is not None:
            self._refuse_tag(event)
        frame = self._open[-1] if self._open else None
        if frame is not None and frame.key is None and type(frame.container) is dict:
            self._key(event.value, event)
            return
        value: Yaml = event.value
        if not event.style and event.implicit[0]:
            value = self._resolve(event.value)
        self._add(value)

    def _key(self, key: str, event: events.ScalarEvent) -> None:
        frame = self._open[-1]
        if key in frame.container:
            message = f"line {_line(event)}: the key {key!r} stands here twice; keep one"
            self._find(self._here(), "pack.duplicate-key", message)
        frame.key = key

    def _resolve(self, text: str) -> Yaml:
        if text[:1].isalpha():
            return self._word(text)
        if text in _NULLS:
            return None
        if _INTEGER.fullmatch(text) and len(text) < 19:
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
        return self._day(text) if _DAY.fullmatch(text) else text

    def _word(self, text: str) -> Yaml:
        if len(text) > 5:  # longer than any word that means yes, no or nothing
            return text
        if text in _NULLS:
            return None
        return self._boolean(text) if text.lower() in _LOOSE_BOOLEANS else text

    def _boolean(self, text: str) -> Yaml:
        if text not in ("true", "false"):
            message = (
                f"{text!r} reads as yes or no to some and as text to others; write true or false, or put it in quotes"
            )
            self._find(self._here(), "pack.yes-no-boolean", message)
        return text.lower() in ("true", "yes", "on", "y")

    def _day(self, text: str) -> Yaml:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._find(self._here(), "pack.impossible-date", f"{text} is no day of the calendar; write year-month-day")
            return None


def as_json(value: Yaml) -> JSON:
    """The same value as JSON has it: days become text."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
