"""A library back from its batches. Works column by column: setting slots from C is what makes it fast."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, TypeVar

from allhands.law.collecting import uncollected
from allhands.law.compiled.shapes import SHAPES, Contents, fields_of
from allhands.law.facts.declarations import FactType
from allhands.law.later import Later
from allhands.law.library import Chapter, Library, PackIndex
from allhands.law.places import Place
from allhands.law.rules import Pack, RuleKind
from allhands.law.values import Confidence

T = TypeVar("T")
Column = list[Any]
_CLASSES = tuple((cls, fields_of(shape)) for cls, shape in SHAPES)


def decode(leaves: Sequence[bytes]) -> Library:
    """The library that was encoded, each leaf as JSON. Chapters stay text until they are asked for.

    Raises:
        ValueError, TypeError, KeyError, IndexError, AttributeError: the data is none that `encode` writes.
    """
    contents = _read(leaves[0], Contents)
    pairs = zip(contents.packs, contents.rule_ids, leaves[1:], strict=True)
    indexes = tuple(_closed(pack, rule_ids, leaf) for pack, rule_ids, leaf in pairs)
    return Library(facts=contents.facts, indexes=indexes, sha256=contents.sha256)


def _closed(pack: Pack, rule_ids: list[str], leaf: bytes) -> PackIndex:
    chapter = Later(lambda: _read(leaf, Chapter))
    object.__setattr__(pack, "body", Later(lambda: chapter.get().body))  # the head was made without it
    return PackIndex(pack=pack, rule_ids=tuple(rule_ids), chapter=chapter)


def _read(leaf: bytes, wanted: type[T]) -> T:
    with uncollected():
        found = _decode_leaf(json.loads(leaf))
    if not isinstance(found, wanted):
        raise TypeError(f"the leaf holds no {wanted.__name__}")
    return found


def _decode_leaf(batches: Any) -> object:
    """The last object of one leaf; raises as `decode` does."""
    objects: list[Any] = []
    for number, count, columns in batches:
        cls, fields = _CLASSES[number]
        made = [cls.__new__(cls) for _ in range(count)]
        for (name, kind), column in zip(fields, columns, strict=True):
            values = column if kind == "p" else _READERS[kind](column, objects)
            if len(values) != count:
                raise ValueError("a column is shorter than its batch")
            deque(map(getattr(cls, name).__set__, made, values), maxlen=0)
        objects.extend(made)
    last: object = objects[-1]
    return last


def _value(written: Any) -> Any:
    if not isinstance(written, list):
        return written
    tag, *parts = written
    if tag == "place":
        return Place(state=parts[0], county_fips=parts[1], nation=parts[2], indian_country=parts[3])
    if tag == "instant":
        return datetime.fromisoformat(parts[0])
    return date.fromisoformat(parts[0]) if tag == "day" else tuple(parts)


def _one(column: Column, objects: list[Any]) -> Column:
    return [None if number < 0 else objects[number] for number in column]


def _several(column: Column, objects: list[Any]) -> Column:
    return [tuple([objects[number] for number in numbers]) for numbers in column]


def _mapping(column: Column, objects: list[Any]) -> Column:
    return [
        MappingProxyType(dict(zip(keys, [objects[number] for number in numbers], strict=True)))
        for keys, numbers in column
    ]


def _by_kind(column: Column, objects: list[Any]) -> Column:
    return [
        MappingProxyType(
            {RuleKind(key): tuple([objects[number] for number in numbers]) for key, numbers in row.items()}
        )
        for row in column
    ]


def _bound(column: Column, objects: list[Any]) -> Column:
    return [objects[bound[0]] if isinstance(bound, list) else bound for bound in column]


_CONFIDENCES = {one.value: one for one in Confidence}
_RULE_KINDS = {one.value: one for one in RuleKind}
_FACT_TYPES = {one.value: one for one in FactType}
_READERS: Mapping[str, Callable[[Column, list[Any]], Column]] = {
    "c": lambda column, _: [_CONFIDENCES[word] for word in column],
    "k": lambda column, _: [_RULE_KINDS[word] for word in column],
    "f": lambda column, _: [_FACT_TYPES[word] for word in column],
    "d": lambda column, _: [None if day is None else date.fromordinal(day) for day in column],
    "v": lambda column, _: [_value(written) for written in column],
    "V": lambda column, _: [tuple([_value(written) for written in row]) for row in column],
    "o": _one,
    "O": _several,
    "s": lambda column, _: [tuple(row) for row in column],
    "S": lambda column, _: [frozenset(row) for row in column],
    "m": lambda column, _: [MappingProxyType(row) for row in column],
    "M": _mapping,
    "K": _by_kind,
    "b": _bound,
    "B": lambda column, _: [_value(written) for written in column],
}
