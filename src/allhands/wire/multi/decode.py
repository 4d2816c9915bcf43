"""A MULTI string to its message and everything wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from allhands.kernel.findings import Finding, Level
from allhands.wire.errors import CodecError
from allhands.wire.multi.model import Item, JustifyLine, JustifyPage, Message, Text
from allhands.wire.multi.tags import BadTagValue, find_tag
from allhands.wire.reports import Report

# dmsMaxMultiStringLength is 1,500 on large signs; a longer string is some other text.
MAX_LENGTH: Final = 10_000


class MultiError(CodecError):
    """The octets are no MULTI text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A tag with its brackets, a doubled bracket, or the text between; `position` counts from 0."""

    source: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The message without what is wrong, and what was wrong. Codes are NTCIP's dmsMultiSyntaxError names."""

    message: Message
    findings: tuple[Finding, ...]


def tokens(text: str) -> Iterator[Token]:
    """The string cut at the edges of its tags; every character is in exactly one token."""
    position = 0
    while position < len(text):
        length = _length(text, position)
        yield Token(source=text[position : position + length], position=position)
        position += length


def _length(text: str, start: int) -> int:
    if text.startswith(("[[", "]]"), start):
        return 2
    opened = text[start] == "["
    for end in range(start, len(text)):
        if text[end] == "[" and end > start:
            return end - start
        if text[end] == "]":
            return end + 1 - start if opened else max(end - start, 1)
    return len(text) - start


def decode(data: str | bytes) -> Decoded:
    """Reads one string. Tags are case-blind, brackets in text are doubled.

    Raises:
        MultiError: far too long to be one. Octets are taken as Latin-1, as signs do.
    """
    if len(data) > MAX_LENGTH:
        words = f"{len(data):,} characters; signs take some 1,500 at most."
        raise MultiError(Finding(path="@0", code="multi.too-long", level=Level.ERROR, message=words), unreadable=False)
    text = data if isinstance(data, str) else data.decode("latin-1")
    report = Report("multi", "NTCIP 1203 v03 6.4")
    items = [item for token in tokens(text) if (item := _item(token, report)) is not None]
    message = Message(items=tuple(items))
    _remark(text, message, report)
    return Decoded(message=message, findings=report.findings())


def _item(token: Token, report: Report) -> Item | None:
    source, at = token.source, f"@{token.position}"
    if source in {"[[", "]]"}:
        return Text(text=source[0])
    if source[0] == "[" and source[-1] == "]":
        return _tag_item(source[1:-1], report, at)
    if source[0] in "[]":
        report.error(at, "unsupported-tag", f"“{source[:20]}” is half a tag. A bracket in the text is written twice.")
        return None
    if any(not 0 < ord(letter) <= 255 for letter in source):
        report.error(at, "other", "A sign knows characters 1 to 255 only; write plain letters.")
        return None
    return Text(text=source)


def _tag_item(content: str, report: Report, at: str) -> Item | None:
    tag = find_tag(content)
    if tag is None:
        report.error(at, "unsupported-tag", f"[{content[:20]}] is no MULTI tag.")
        return None
    groups = tag.form.fullmatch(content[len(tag.name) :])
    try:
        if groups is None:
            raise BadTagValue
        item = tag.make(groups)
    except BadTagValue:
        report.error(at, "unsupported-tag-value", f"[{content[:30]}] has a value that [{tag.name}] does not allow.")
        return None
    if isinstance(item, JustifyLine | JustifyPage) and item.code == 1:
        report.warn(at, "deprecated", f"[{content}] means “other” and is gone since version 2; signs differ on it.")
    return item


def _remark(text: str, message: Message, report: Report) -> None:
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in text):
        report.warn("@0", "control-character", "The text holds a control character that no sign font draws.")
    if message.is_blank and not report.has_errors:
        report.info("@0", "blank", "The message shows nothing: the sign goes dark.")
