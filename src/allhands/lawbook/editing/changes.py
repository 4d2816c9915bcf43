"""What changed between two versions of a pack: in words, rule by rule. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from allhands.law import Library
from allhands.lawbook.words import Part, rule_parts

_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of words. `how` is same, out or in."""

    how: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChange:
    """One line of a rule, before and after, word by word."""

    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """One rule that is new, gone or different. `how` is new, gone or changed."""

    rule_id: str
    title: str
    how: str
    parts: tuple[PartChange, ...]


def changes_of(pack_id: str, before: Library, after: Library, lang: str) -> tuple[RuleChange, ...]:
    """Every rule of a pack that reads differently, in the order of their ids."""
    old, new = _rules(pack_id, before, lang), _rules(pack_id, after, lang)
    return tuple(_compare(sorted(old.keys() | new.keys()), old, new))


def _rules(pack_id: str, library: Library, lang: str) -> dict[str, tuple[Part, ...]]:
    pack = next((one for one in library.packs if one.id == pack_id), None)
    return {rule.id: rule_parts(rule, pack, library, lang) for rule in pack.rules} if pack else {}


def _compare(
    ids: list[str], old: Mapping[str, tuple[Part, ...]], new: Mapping[str, tuple[Part, ...]]
) -> Iterator[RuleChange]:
    for rule_id in ids:
        was, now = {one.key: one for one in old.get(rule_id, ())}, {one.key: one for one in new.get(rule_id, ())}
        keys = list(dict.fromkeys([*now, *was]))
        parts = tuple(_part(key, was, now) for key in keys if _said(was, key) != _said(now, key))
        if parts:
            how = "changed" if was and now else "new" if now else "gone"
            title = (now or was)["title"].text
            yield RuleChange(rule_id=rule_id, title=title, how=how, parts=parts)


def _said(parts: Mapping[str, Part], key: str) -> str:
    return parts[key].text if key in parts else ""


def _part(key: str, was: Mapping[str, Part], now: Mapping[str, Part]) -> PartChange:
    before, after = pieces(_said(was, key), _said(now, key))
    return PartChange(label=(now.get(key) or was[key]).label, before=before, after=after)


def pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts, cut where they differ.

    Example:
        >>> [piece.text for piece in pieces("within 24 hours", "within 2 hours")[1] if piece.how == "in"]
        ['2']
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    left, right = [], []
    for code, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if b > a:
            left.append(Piece(how="same" if code == "equal" else "out", text="".join(old[a:b])))
        if d > c:
            right.append(Piece(how="same" if code == "equal" else "in", text="".join(new[c:d])))
    return tuple(left), tuple(right)
