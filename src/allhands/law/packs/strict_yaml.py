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
    """An open mapping or list while its children arrive."""

    __slots__ = ("container", "key", "path")

    def __init__(self, container: list[Yaml] | dict[str, Yaml], path: str) -> None:
        self.container = container
        self.key: str | None = None
        self.path = path


class _Builder:
    def __init__(self, name: str) -> None:
        self.name = name
        self.value: Yaml = None
        self.findings: list[Finding] = []
        self._open: list[_Frame] = []
        self._documents = 0

    def build(self, text: str) -> None:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            self._take(event)

    def _take(self, event: events.Event) -> None:
        if isinstance(event, events.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, events.MappingStartEvent):
            self._start({}, event)
        elif isinstance(event, events.SequenceStartEvent):
            self._start([], event)
        elif isinstance(event, events.CollectionEndEvent):
            self._open.pop()
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

    def _here(self) -> str:
        if not self._open:
            return self.name
        frame = self._open[-1]
        if isinstance(frame.container, list):
            return f"{frame.path}[{len(frame.container)}]"
        joint = ":" if frame.path == self.name else "."
        return f"{frame.path}{joint}{frame.key}" if frame.key is not None else frame.path

    def _start(self, container: list[Yaml] | dict[str, Yaml], event: events.CollectionStartEvent) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise _Refusal("pack.too-deep", f"line {_line(event)} nests deeper than {MAX_DEPTH} levels")
        self._refuse_tag(event)
        path = self._here()
        self._add(container)
        self._open.append(_Frame(container, path))

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
            raise _Refusal("pack.key-not-text", f"{frame.path} has a key that is a list or a mapping; keys are words")
        else:
            frame.container[frame.key] = value
            frame.key = None

    def _scalar(self, event: events.ScalarEvent) -> None:
        self._refuse_tag(event)
        if self._open and isinstance(self._open[-1].container, dict) and self._open[-1].key is None:
            self._key(event.value, _line(event))
            return
        plain = event.implicit[0] and not event.style
        self._add(self._resolve(event.value) if plain else event.value)

    def _key(self, key: str, line: int) -> None:
        frame = self._open[-1]
        if key in frame.container:
            self._find(self._here(), "pack.duplicate-key", f"line {line}: the key {key!r} stands here twice; keep one")
        frame.key = key

    def _resolve(self, text: str) -> Yaml:
        if text in _NULLS:
            return None
        if text.lower() in _LOOSE_BOOLEANS:
            return self._boolean(text)
        if _INTEGER.fullmatch(text) and len(text) < 19:
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
        return self._day(text) if _DAY.fullmatch(text) else text

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
