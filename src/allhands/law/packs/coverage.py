"""Reads packs/index.yaml: the public list of what is covered, how far, verified when and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from allhands.kernel.findings import Finding, Level
from allhands.law.codes import COVERAGES
from allhands.law.packs.fields import Fields, read_text
from allhands.law.packs.strict_yaml import Yaml, read_yaml
from allhands.law.values import Text

INDEX = "index.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageEntry:
    """How far one subject of one jurisdiction is covered, and what is known to be absent."""

    pack: str
    jurisdiction: str
    subject: Text
    coverage: str
    verified_on: date | None
    by: str
    gaps: tuple[Text, ...]


def read_coverage(root: Path) -> tuple[tuple[CoverageEntry, ...], tuple[Finding, ...]]:
    """The entries of the index under `root`, and what is wrong with it."""
    path = root / INDEX
    if not path.is_file():
        message = "there is no index.yaml here; it lists what is covered"
        return (), (Finding(path=INDEX, code="pack.no-index", level=Level.ERROR, message=message),)
    document = read_yaml(path.read_bytes(), INDEX)
    findings = list(document.findings)
    if document.value is None:
        return (), tuple(findings)
    fields = Fields(document.value, INDEX, findings)
    entries = tuple(_read_entries(fields))
    fields.done()
    return entries, tuple(findings)


def _read_entries(fields: Fields) -> Iterator[CoverageEntry]:
    for path, item in fields.items("entries", required=True):
        entry = Fields(item, path, fields.findings)
        yield CoverageEntry(
            pack=entry.string("pack"),
            jurisdiction=entry.string("jurisdiction"),
            subject=_words(entry.raw("subject"), entry.at("subject"), entry),
            coverage=entry.code("coverage", COVERAGES),
            verified_on=entry.day("verified_on"),
            by=entry.optional_string("by") or "",
            gaps=tuple(_read_gaps(entry)),
        )
        entry.done()


def _read_gaps(entry: Fields) -> Iterator[Text]:
    for path, item in entry.items("gaps"):
        yield _words(item, path, entry)


def _words(value: Yaml, path: str, entry: Fields) -> Text:
    """The index is read by maintainers: plain English is enough, both languages are welcome."""
    return Text(value, value) if isinstance(value, str) else read_text(value, path, entry.findings)
