"""Short texts: leave out the least useful until it fits, write what phones cannot show otherwise, and say so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from allhands.kernel.findings import Finding, Level
from allhands.wire import wea


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a short text.

    Args:
        name: of the field, for the writer.
        give_up: which goes first when there is no room: the highest; 0 never goes.
    """

    name: str
    text: str
    give_up: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The text and how it came about. `length` is in septets."""

    text: str
    length: int
    findings: tuple[Finding, ...]


Measure = Callable[[str], int]


def septets(text: str) -> int:
    """How many places the text takes on a phone; a letter no phone has counts one."""
    counted = wea.count_septets(text)
    return len(text) if counted is None else counted


def fit_pieces(pieces: Sequence[Piece], limit: int, path: str) -> Fitted:
    """The pieces as one text in the letters every phone has, without those for which there is no room.

    A piece that never goes and still does not fit gives the ERROR `text.too-long`; nothing is cut in the middle.
    """
    kept = [piece for piece in pieces if piece.text]
    plainly = {piece: plain(piece.text) for piece in kept}  # each once, not once for every piece that is left out
    findings: list[Finding] = []
    while septets(_join(kept, plainly)) > limit and any(piece.give_up for piece in kept):
        loser = max(kept, key=lambda piece: piece.give_up)
        kept.remove(loser)
        findings.append(_finding(path, "left-out", Level.WARNING, f"No room for {loser.name}: it was left out."))
    text = _join(kept, plainly)
    findings += _replaced([piece.text for piece in kept], path)
    findings += _counted_twice(text, path)
    length = septets(text)
    if length > limit:
        findings.append(_finding(path, "too-long", Level.ERROR, f"The text takes {length} places; {limit} fit."))
    return Fitted(text=text, length=length, findings=tuple(findings))


def plain(text: str) -> str:
    """The text in letters that every phone has."""
    return " ".join(wea.suggest(text).text.split())


def _join(pieces: Sequence[Piece], plainly: Mapping[Piece, str]) -> str:
    return " ".join(plainly[piece] for piece in pieces)


def _replaced(texts: Sequence[str], path: str) -> list[Finding]:
    changed = {(change.original, change.replacement) for text in texts for change in wea.suggest(text).replacements}
    return [
        _finding(
            path,
            "transliterated",
            Level.WARNING,
            f"“{original}” is not on every phone: “{instead}” is written." if instead.strip() else
            f"“{original}” is not on every phone and is left out.",
        )
        for original, instead in sorted(changed)
    ]  # fmt: skip


def _counted_twice(text: str, path: str) -> list[Finding]:
    return [
        _finding(path, "counts-twice", Level.INFO, f"“{letter}” takes two places.")
        for letter in sorted(set(text) & set(wea.EXTENDED))
    ]


def _finding(path: str, code: str, level: Level, message: str) -> Finding:
    return Finding(path=path, code=f"text.{code}", level=level, message=message, source="3GPP TS 23.038")
