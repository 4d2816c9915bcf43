"""A library as plain data: objects grouped by class and height, each field a column, references as numbers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from allhands.law.compiled.shapes import SHAPES, Contents, fields_of
from allhands.law.expressions.leaves import Setting
from allhands.law.library import Chapter, Library
from allhands.law.places import Place
from allhands.law.values import JSON, FactValue

_FIELDS = {cls: fields_of(shape) for cls, shape in SHAPES}
_NUMBER = {cls: number for number, (cls, _) in enumerate(SHAPES)}


def encode(library: Library) -> list[JSON]:
    """The leaves from which `decode` builds an equal library: its contents, then one chapter a pack, in order."""
    contents = Contents(
        facts=library.facts,
        packs=library.packs,
        rule_ids=[list(index.rule_ids) for index in library.indexes],
        sha256=library.sha256,
    )
    return [_leaf(contents), *(_leaf(index.chapter.get()) for index in library.indexes)]


def _leaf(item: Contents | Chapter) -> JSON:
    """Batches that need nothing from another leaf; the item itself is the last object."""
    writer = _Writer()
    writer.put(item)
    return writer.batches()


def tagged(value: FactValue) -> JSON:
    """A fact's value that knows its type again."""
    if isinstance(value, Place):
        return ["place", value.state, value.county_fips, value.nation, value.indian_country]
    if isinstance(value, datetime):
        return ["instant", value.isoformat()]
    if isinstance(value, date):
        return ["day", value.isoformat()]
    return ["codes", *value] if isinstance(value, tuple) else value


class _Writer:
    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._rows: list[
            tuple[int, int, list[Any]]
        ] = []  # height, class, fields with references as provisional numbers

    def put(self, item: Any) -> int:
        """The provisional number of an object; equal objects are kept once."""
        height = 0
        row: list[Any] = []
        for name, kind in _FIELDS[type(item)]:
            value, needs = self._field(getattr(item, name), kind)
            height = max(height, needs)
            row.append(value)
        key = f"{_NUMBER[type(item)]} {json.dumps(row)}"
        if key not in self._known:
            self._known[key] = len(self._rows)
            self._rows.append((height, _NUMBER[type(item)], row))
        return self._known[key]

    def _field(self, value: Any, kind: str) -> tuple[Any, int]:
        """The written value, and the least height of an object that holds it."""
        if kind == "o":
            return self._one(value)
        if kind == "O":
            return self._several(value)
        if kind == "M":
            numbers, height = self._several(tuple(value.values()))
            return [list(value), numbers], height
        if kind == "K":
            written = {rule_kind.value: self._several(several) for rule_kind, several in value.items()}
            return {key: numbers for key, (numbers, _) in written.items()}, max(top for _, top in written.values())
        if kind == "b" and isinstance(value, Setting):
            number, height = self._one(value)
            return [number], height
        return _PLAIN[kind](value), 0

    def _one(self, value: Any) -> tuple[int, int]:
        if value is None:
            return -1, 0
        number = self.put(value)
        return number, self._rows[number][0] + 1

    def _several(self, values: tuple[Any, ...]) -> tuple[list[int], int]:
        numbers = [self.put(value) for value in values]
        return numbers, max((self._rows[number][0] + 1 for number in numbers), default=0)

    def batches(self) -> JSON:
        """Every batch as class number and columns, lower objects first."""
        groups: dict[tuple[int, int], list[int]] = defaultdict(list)
        for provisional, (height, number, _) in enumerate(self._rows):
            groups[(height, number)].append(provisional)
        ordered = [(key[1], groups[key]) for key in sorted(groups)]
        final = {old: new for new, old in enumerate(old for _, members in ordered for old in members)}
        written: list[JSON] = []
        for number, members in ordered:
            kinds = [kind for _, kind in _FIELDS[SHAPES[number][0]]]
            rows = [self._rows[member][2] for member in members]
            columns: list[JSON] = [
                [_renumber(row[place], kind, final) for row in rows] for place, kind in enumerate(kinds)
            ]
            written.append([number, len(members), columns])
        return written


def _renumber(value: Any, kind: str, final: Mapping[int, int]) -> JSON:
    if kind == "o":
        return final.get(value, -1)
    if kind == "O":
        return [final[number] for number in value]
    if kind == "M":
        return [value[0], [final[number] for number in value[1]]]
    if kind == "K":
        return {key: [final[number] for number in numbers] for key, numbers in value.items()}
    if kind == "b" and isinstance(value, list):
        return [final[value[0]]]
    plain: JSON = value
    return plain


_PLAIN: Mapping[str, Callable[[Any], JSON]] = {
    "p": lambda value: value,
    "c": lambda value: value.value,
    "k": lambda value: value.value,
    "f": lambda value: value.value,
    "d": lambda value: None if value is None else value.toordinal(),
    "v": tagged,
    "V": lambda values: [tagged(value) for value in values],
    "s": list,
    "S": sorted,
    "m": dict,
    "b": lambda value: value,
    "B": tagged,
}
