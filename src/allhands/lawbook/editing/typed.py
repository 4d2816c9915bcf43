"""From what somebody typed to the rule's file. What cannot be read is kept, for the lint to say so. Pure."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from datetime import date

from allhands.law.packs.strict_yaml import Yaml
from allhands.lawbook.editing.conditions import MAX_NODES, Node, write
from allhands.lawbook.editing.inputs import NO_LIMIT, UNITS
from allhands.lawbook.editing.paths import get, put
from allhands.lawbook.editing.permissions import LISTS, read_permission

Posted = Mapping[str, Sequence[str]]
_CHECKS = (
    "tests_missing", "then.clock.immediate", "then.clock.policy", "then.never_a_wait", "then.restricts", "then.wall",
)  # fmt: skip
_NAMED = {"criterion": ("then.needs", "title"), "permission": ("then.conditions", "words")}
_TEXTS = (
    "title.en", "title.es", "plain.en", "plain.es", "notes", "confidence", "reviewed.by", "then.actor", "then.action",
    "then.recipient", "then.clock.starts", "then.clock.starts_when.en", "then.clock.starts_when.es", "then.alert",
    "then.activator", "then.tier", "then.outcome",
)  # fmt: skip
_LINE = re.compile(r"c:(?P<prefix>\w+):(?P<place>[0-9.]*):kind")


def rule_of(posted: Posted, base: Mapping[str, Yaml]) -> dict[str, Yaml]:
    """The rule as typed; keys of `base` that the form does not show stay.

    Args:
        posted: name to everything sent under it.
    """
    value = copy.deepcopy(dict(base))
    kind = value.get("kind")
    listed = LISTS if kind == "permission" else {}
    for name in (name for name in _TEXTS if name in posted and name not in listed):
        put(value, name, one(posted, name).strip() or None)
    if "reviewed.on" in posted:
        put(value, "reviewed.on", _day(one(posted, "reviewed.on")))
    if kind == "duty":
        _duty(value, posted)
    if kind == "permission":
        read_permission(value, posted)
    for name in _CHECKS:
        if name in posted:  # each box has a hidden empty companion, so that an empty box is sent too
            put(value, name, True if "yes" in posted[name] else None)
    value["source"] = _rows(posted, "source", ("id", "pin", "quote"), lambda part, text: text or None)
    value["periods"] = _rows(posted, "periods", ("from", "to"), lambda part, text: _day(text)) or [_ALWAYS]
    _conditions(value, posted)
    if isinstance(kind, str) and kind in _NAMED:
        _named_rows(value, posted, *_NAMED[kind])
    return value


_ALWAYS: dict[str, Yaml] = {"from": None, "to": None}


def one(posted: Posted, name: str) -> str:
    """What was sent under a name, the last of it."""
    sent = posted.get(name) or ("",)
    return sent[-1]


def _duty(value: dict[str, Yaml], posted: Posted) -> None:
    if "then.clock.unit" in posted:
        unit, number = one(posted, "then.clock.unit"), one(posted, "then.clock.number").strip()
        for name in (*UNITS, NO_LIMIT):
            put(value, f"then.clock.{name}", None)
        is_bare = unit == NO_LIMIT and not number
        put(
            value,
            f"then.clock.{NO_LIMIT if is_bare else unit if unit in UNITS else 'hours'}",
            is_bare or _number(number),
        )
        put(value, "then.clock.repeat_every_days", _number(one(posted, "then.clock.repeat_every_days").strip()))
    if "then.evidence" in posted:
        chosen = [code for code in posted["then.evidence"] if code]
        stated = get(value, "then.evidence")
        if not isinstance(stated, list) or sorted(map(str, stated)) != sorted(chosen):
            put(value, "then.evidence", list[Yaml](chosen))  # boxes come by the alphabet; an untouched list stays


def _number(text: str) -> Yaml:
    """The number; text that is none stays, and the lint says what is expected."""
    if not text:
        return None
    if re.fullmatch(r"[0-9]{1,6}", text):
        return int(text)
    return float(text) if re.fullmatch(r"[0-9]{1,6}\.[0-9]{1,4}", text) else text


def _day(text: str) -> Yaml:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        return text.strip()


def _rows(posted: Posted, key: str, parts: tuple[str, ...], read: object) -> list[Yaml]:
    """The rows of a list; a row in which nothing stands is none."""
    found: list[Yaml] = []
    for number in range(50):
        names = {part: f"{key}[{number}].{part}" for part in parts}
        if not any(name in posted for name in names.values()):
            break
        assert callable(read)
        row = {part: read(part, one(posted, name).strip()) for part, name in names.items()}
        if any(item is not None for item in row.values()):
            kept = row if key == "periods" else {part: item for part, item in row.items() if item is not None}
            found.append(kept)
    return found


def _named_rows(value: dict[str, Yaml], posted: Posted, path: str, words: str) -> None:
    """Needs and conditions by row. One without a short name and words is taken away; a new one holds always."""
    listed = get(value, path)
    before = listed if isinstance(listed, list) else []
    if f"{path}[0].id" not in posted:
        return
    kept: list[Yaml] = []
    for number in range(len(before) + 1):
        fresh: dict[str, Yaml] = {"when": {"always": True}} if words == "title" else {}
        row = before[number] if number < len(before) else fresh
        name = f"{path}[{number}]"
        typed = [one(posted, f"{name}.{part}").strip() for part in ("id", f"{words}.en", f"{words}.es")]
        if any(typed) and isinstance(row, dict):
            said: Yaml = {lang: text for lang, text in zip(("en", "es"), typed[1:], strict=True) if text}
            kept.append({**row, "id": typed[0] or None, words: said})
    put(value, path, kept or None)


def _conditions(value: dict[str, Yaml], posted: Posted) -> None:
    for prefix, root in trees_of(posted).items():
        expression = write(tidy(root))
        if prefix == "when":
            value["applies_when"] = expression
        elif prefix == "after":
            put(value, "then.only_after", expression if root.below or root.kind != "group" else None)
        elif found := _OF_ROW.fullmatch(prefix):
            rows = get(value, f"then.{_ROWS_OF[found['list']]}")
            number, is_empty = int(found["number"]), root.kind == "group" and not root.below
            if isinstance(rows, list) and number < len(rows) and isinstance(row := rows[number], dict):
                row["when"] = expression
                if is_empty and found["list"] == "condition":  # only people can tell whether it holds
                    del row["when"]


_OF_ROW = re.compile(r"(?P<list>need|condition)(?P<number>[0-9]{1,3})")
_ROWS_OF = {"need": "needs", "condition": "conditions"}


def tidy(root: Node) -> Node:
    """A group of one line is that line: the form adds such a group only so that there is something to add to."""
    if root.kind == "group" and root.mode in ("all", "any") and len(root.below) == 1:
        return root.below[0]
    return root if root.below or root.kind != "group" else Node("always")


def trees_of(posted: Posted) -> dict[str, Node]:
    """The conditions that were sent, by the prefix of their inputs."""
    places: dict[str, dict[tuple[int, ...], Node]] = {}
    for name in list(posted):
        found = _LINE.fullmatch(name)
        if found and len(places.get(found["prefix"], {})) < MAX_NODES:
            place = tuple(int(step) for step in found["place"].split(".") if step)
            places.setdefault(found["prefix"], {})[place] = _line(posted, name.removesuffix("kind"))
    return {prefix: _grow(lines) for prefix, lines in places.items() if () in lines}


def _line(posted: Posted, start: str) -> Node:
    return Node(
        one(posted, f"{start}kind"),
        mode=one(posted, f"{start}mode"),
        subject=one(posted, f"{start}subject"),
        test=one(posted, f"{start}test"),
        values=tuple(text.strip() for text in posted.get(f"{start}value", ())),
        negated="yes" in posted.get(f"{start}not", ()),
    )


def _grow(lines: dict[tuple[int, ...], Node]) -> Node:
    for place in sorted(lines):
        parent = lines.get(place[:-1]) if place else None
        if parent is not None and parent.kind == "group":
            parent.below.append(lines[place])
    return lines[()]


def apply_act(trees: dict[str, Node], act: str, posted: Posted) -> None:
    """Do what a button says: `add:<prefix>:<place>` or `remove:<prefix>:<place>`. Anything else does nothing."""
    verb, _, rest = act.partition(":")
    prefix, _, place = rest.partition(":")
    way = [int(step) for step in place.split(".") if step.isdigit()]
    node = trees.get(prefix)
    parent: Node | None = None
    for step in way:
        if node is None or step >= len(node.below):
            return
        parent, node = node, node.below[step]
    if node is None:
        return
    if verb == "remove" and parent is not None:
        parent.below.remove(node)
    elif verb == "add" and node.kind == "group" and (wanted := one(posted, f"add:{prefix}:{place}")):
        node.below.append(new_line(wanted))


def new_line(wanted: str) -> Node:
    """A fresh line for what was chosen: a group, another rule, or a fact."""
    if wanted in ("all", "any", "none", "notall"):
        return Node("group", mode=wanted)
    if wanted == "rule":
        return Node("rule")
    return Node("test", subject=wanted, test="")
