"""Conditions as choices instead of code: a tree of groups and tests that a form can show and give back. Pure.

Every tree that a pack can hold survives the way there and back. What the choices cannot say is kept as it was written
and shown in words (`Kept`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from allhands.law import FactDeclaration, FactType
from allhands.law.packs.strict_yaml import Yaml

MAX_NODES = 120
GROUPS = ("all", "any", "none", "notall")
NUMBER_TESTS = ("at_least", "above", "at_most", "below")
TIME_TESTS = ("before", "after")
AS_OF = "as_of"
_PLACE_PARTS = ("state", "county_fips", "nation")


@dataclass(slots=True)
class Node:
    """One line of the form.

    Args:
        kind: group, test, rule, always or kept.
        mode: of a group: all, any, none or notall.
        subject: the fact of a test, or the rule.
        test: is, is_not, one_of, has, at_least, above, at_most, below, before, after, within, less_than, known, place.
        values: what it is compared with, as typed.
        negated: the line must not hold.
        below: the lines of a group.
    """

    kind: str
    mode: str = ""
    subject: str = ""
    test: str = ""
    values: tuple[str, ...] = ()
    negated: bool = False
    below: list[Node] = field(default_factory=list)


def tests_of(fact: FactDeclaration) -> tuple[str, ...]:
    """The tests that make sense for a fact."""
    if fact.type is FactType.BOOLEAN:
        return ("is", "is_not", "known")
    if fact.type in (FactType.INTEGER, FactType.QUANTITY):
        return (*NUMBER_TESTS, "is", "known")
    if fact.type is FactType.CODE:
        return ("has", "known") if fact.many else ("one_of", "known")
    if fact.type in (FactType.DATE, FactType.INSTANT):
        return (*TIME_TESTS, "within", "less_than", "known")
    return ("place", "known") if fact.type is FactType.PLACE else ("is", "known")


def root_of(value: Yaml) -> Node:
    """The tree of an expression; its root is always a group, so that something can be added to it."""
    node = _node(value)
    return node if node.kind == "group" and not node.negated else Node("group", mode="all", below=[node])


def _node(value: Yaml) -> Node:
    if isinstance(value, dict) and len(value) == 1:
        operator, operand = next(iter(value.items()))
        reader = _READERS.get(operator)
        node = reader(operator, operand) if reader else None
        if node is not None and write(node) == value:
            return node
    return Node("kept", values=(json.dumps(value, default=_json_day),))


def _json_day(value: object) -> str:
    if isinstance(value, date):
        return f"day:{value.isoformat()}"
    raise TypeError(type(value).__name__)


def _group(operator: str, operand: Yaml) -> Node | None:
    if not isinstance(operand, list):
        return None
    return Node("group", mode=operator, below=[_node(part) for part in operand])


def _not(_operator: str, operand: Yaml) -> Node | None:
    inner = _node(operand)
    if inner.kind == "group":
        modes = {"all": "notall", "any": "none"}
        return Node("group", mode=modes[inner.mode], below=inner.below) if inner.mode in modes else None
    if inner.negated or (inner.kind == "test" and inner.test == "is_not"):
        return None
    inner.negated = True
    return inner


def _test(test: str, *keys: str) -> Callable[[str, Yaml], Node | None]:
    def read(_operator: str, operand: Yaml) -> Node | None:
        if not isinstance(operand, dict) or not isinstance(operand.get("fact"), str):
            return None
        values = tuple(_text(operand.get(key)) for key in keys)
        return Node("test", subject=str(operand["fact"]), test=test, values=values)

    return read


def _text(value: Yaml) -> str:
    if isinstance(value, dict) and isinstance(value.get("setting"), str):
        return f"setting:{value['setting']}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def _equals(operator: str, operand: Yaml) -> Node | None:
    node = _test("is", "value")(operator, operand)
    if node is not None and isinstance(operand, dict) and operand.get("value") is False:
        node.test, node.values = "is_not", ()
    return node


def _true(_operator: str, operand: Yaml) -> Node | None:
    return Node("test", subject=operand, test="is") if isinstance(operand, str) else None


def _known(_operator: str, operand: Yaml) -> Node | None:
    return Node("test", subject=operand, test="known") if isinstance(operand, str) else None


def _rule(_operator: str, operand: Yaml) -> Node | None:
    return Node("rule", subject=operand) if isinstance(operand, str) else None


def _always(_operator: str, _operand: Yaml) -> Node:
    return Node("always")


def _one_of(_operator: str, operand: Yaml) -> Node | None:
    node = _test("one_of")("in", operand)
    listed = operand.get("values") if isinstance(operand, dict) else None
    if node is None or not isinstance(listed, list):
        return None
    node.values = tuple(_text(one) for one in listed)
    return node


def _order(operator: str, operand: Yaml) -> Node | None:
    key = "other" if isinstance(operand, dict) and operand.get("other") is not None else "instant"
    return _test(operator, key)(operator, operand)


def _within(operator: str, operand: Yaml) -> Node | None:
    is_open = isinstance(operand, dict) and "less_than_hours" in operand
    test, key = ("less_than", "less_than_hours") if is_open else ("within", "hours")
    return _test(test, key, "of")(operator, operand)


def _place(operator: str, operand: Yaml) -> Node | None:
    return _test("place", *_PLACE_PARTS, "indian_country")(operator, operand)


_READERS: Mapping[str, Callable[[str, Yaml], Node | None]] = {
    "all": _group, "any": _group, "not": _not, "equals": _equals, "true": _true, "in": _one_of,
    "contains": _test("has", "value"), **{name: _test(name, "value") for name in NUMBER_TESTS},
    "before": _order, "after": _order, "within": _within, "known": _known, "rule": _rule, "place": _place,
    "always": _always,
}  # fmt: skip


def write(node: Node) -> Yaml:
    """The expression of a tree, as packs write it."""
    if node.kind == "kept":
        return _kept(node.values[0] if node.values else "")
    if node.kind == "group":
        below: list[Yaml] = [write(part) for part in node.below]
        if node.mode in ("none", "notall"):
            return {"not": {"any" if node.mode == "none" else "all": below}}
        return {node.mode: below}
    plain: Yaml = {"always": True} if node.kind == "always" else _plain(node)
    return {"not": plain} if node.negated else plain


def _kept(text: str) -> Yaml:
    try:
        return _with_days(json.loads(text))
    except (ValueError, RecursionError):
        return {}


def _with_days(value: Yaml) -> Yaml:
    if isinstance(value, dict):
        return {key: _with_days(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_days(item) for item in value]
    if isinstance(value, str) and value.startswith("day:"):
        return date.fromisoformat(value.removeprefix("day:"))
    return value


def _plain(node: Node) -> Yaml:
    first = node.values[0] if node.values else ""
    if node.kind == "rule":
        return {"rule": node.subject}
    if node.test == "known":
        return {"known": node.subject}
    if node.test == "is" and not node.values:
        return {"true": node.subject}
    writer = _WRITERS.get(node.test)
    body: dict[str, Yaml] = writer(node) if writer else {"value": _value(first)}
    operators = {"is": "equals", "is_not": "equals", "one_of": "in", "has": "contains", "less_than": "within"}
    return {operators.get(node.test, node.test): {"fact": node.subject, **body}}


def _value(text: str) -> Yaml:
    """A typed value: a number where it is one, a setting where it names one."""
    if text.startswith("setting:"):
        return {"setting": text.removeprefix("setting:")}
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text) if "." in text else text
    except ValueError:
        return text


def _moment(text: str) -> dict[str, Yaml]:
    if text == AS_OF:
        return {"instant": AS_OF}
    try:
        return {"instant": date.fromisoformat(text)}
    except ValueError:
        is_fact = "." in text and ":" not in text
        return {"other" if is_fact else "instant": text}


def _hours(key: str, node: Node) -> dict[str, Yaml]:
    of = node.values[1] if len(node.values) > 1 else ""
    return {"of": of, key: _value(node.values[0] if node.values else "")}


def _place_body(node: Node) -> dict[str, Yaml]:
    parts = dict(zip((*_PLACE_PARTS, "indian_country"), node.values, strict=False))
    body: dict[str, Yaml] = {key: parts[key] for key in _PLACE_PARTS if parts.get(key)}
    if parts.get("indian_country") in ("yes", "no"):
        body["indian_country"] = parts["indian_country"] == "yes"
    return body


_WRITERS: Mapping[str, Callable[[Node], dict[str, Yaml]]] = {
    "is_not": lambda node: {"value": False},
    "one_of": lambda node: {"values": list(node.values)},
    "has": lambda node: {"value": node.values[0] if node.values else ""},
    "before": lambda node: _moment(node.values[0] if node.values else ""),
    "after": lambda node: _moment(node.values[0] if node.values else ""),
    "within": lambda node: _hours("hours", node),
    "less_than": lambda node: _hours("less_than_hours", node),
    "place": _place_body,
}


def walk(node: Node, place: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Node]]:
    """Every line with the way to it, in reading order."""
    yield place, node
    for number, part in enumerate(node.below):
        yield from walk(part, (*place, number))
