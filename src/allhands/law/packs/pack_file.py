"""Reads a pack's own description and its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from allhands.law import codes
from allhands.law.packs.fields import Fields
from allhands.law.packs.rule_file import read_review
from allhands.law.packs.strict_yaml import Yaml
from allhands.law.places import Place, place_problem
from allhands.law.rules import Applies, Review, Source
from allhands.law.values import Confidence, Number, Text

ELECTED_AGE = "ive_elected_age"  # 42 USC 675(8): pack.yaml may say it as `elected_age`, since every State has one
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackHeader:
    """What pack.yaml says; see `Pack` for the meaning of the fields."""

    id: str
    title: Text
    kind: str
    jurisdiction: str
    version: str
    applies: tuple[Applies, ...]
    worlds: frozenset[str]
    zone: str | None
    steward: str
    licence: str
    depends_on: tuple[str, ...]
    confidence: Confidence
    status: Text | None
    reviewed: Review | None
    settings: Mapping[str, Number | None]


def read_header(fields: Fields, folder_id: str) -> PackHeader:
    """The description of the pack in the folder whose path, with dots, is `folder_id`."""
    pack_id = fields.string("id")
    if pack_id and pack_id != folder_id:
        message = f"the id {pack_id!r} must be the folder's path with dots: {folder_id!r}"
        fields.error("pack.pack-id", message, fields.at("id"))
    header = PackHeader(
        id=pack_id or folder_id,
        title=fields.text("title"),
        kind=fields.code("kind", codes.PACK_KINDS, "pack.unknown-kind"),
        jurisdiction=fields.string("jurisdiction"),
        version=fields.string("version"),
        applies=tuple(_read_applies(fields)),
        worlds=_read_worlds(fields),
        zone=_read_zone(fields),
        steward=fields.optional_string("steward") or "",
        licence=fields.optional_string("licence") or "",
        depends_on=fields.strings("depends_on"),
        confidence=fields.confidence(),
        status=fields.text("status") if fields.has("status") else None,
        reviewed=read_review(fields) if fields.has("reviewed") else None,
        settings=_read_settings(fields),
    )
    fields.raw("status"), fields.raw("reviewed")
    fields.done()
    return header


def _read_applies(fields: Fields) -> Iterator[Applies]:
    raw = fields.raw("applies")
    items = raw if isinstance(raw, list) else [] if raw is None else [raw]
    for number, item in enumerate(items):
        path = f"{fields.at('applies')}[{number}]" if isinstance(raw, list) else fields.at("applies")
        inner = Fields(item, path, fields.findings)
        applies = Applies(
            always=inner.boolean("always", default=False),
            state=inner.optional_string("state"),
            nation=inner.optional_string("nation"),
        )
        inner.done()
        _check_applies(applies, inner)
        yield applies


def _check_applies(applies: Applies, inner: Fields) -> None:
    if [applies.always, applies.state is not None, applies.nation is not None].count(True) != 1:
        inner.error("pack.applies", "say one of always: true, state: XX, nation: code; several go into a list")
    problem = place_problem(Place(state=applies.state, nation=applies.nation))
    if problem is not None:
        inner.error("pack.unknown-place", problem[1], inner.at(problem[0]))


def _read_worlds(fields: Fields) -> frozenset[str]:
    worlds = frozenset(fields.strings("worlds"))
    for world in sorted(worlds - codes.WORLDS):
        message = f"{world!r} is no world; allowed: {', '.join(sorted(codes.WORLDS))}"
        fields.error("pack.unknown-code", message, fields.at("worlds"))
    return worlds or codes.WORLDS


def _read_zone(fields: Fields) -> str | None:
    zone = fields.optional_string("zone")
    if zone is None:
        return None
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        fields.error("pack.unknown-zone", f"{zone!r} is no time zone; use one like America/Chicago", fields.at("zone"))
        return None
    return zone


def _read_settings(fields: Fields) -> Mapping[str, Number | None]:
    inner = fields.optional_sub("settings")
    settings: dict[str, Number | None] = {}
    elected_age = fields.integer("elected_age", at_least=18)
    if elected_age is not None:
        settings[ELECTED_AGE] = elected_age
    if inner is None:
        return settings
    for key in inner.names():
        value = inner.raw(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            inner.error("pack.wrong-type", "a setting is a number, or null while it is not known", inner.at(key))
            value = None
        settings[key] = value
    return settings


def read_sources(value: Yaml, path: str, fields: Fields) -> dict[str, Source]:
    """Sources by id."""
    if value is None:
        return {}
    document = Fields(value, path, fields.findings)
    return {
        key: _read_source(key, Fields(document.raw(key), f"{path}:{key}", fields.findings)) for key in document.names()
    }


def _read_source(source_id: str, fields: Fields) -> Source:
    sha256 = fields.optional_string("sha256")
    if sha256 is not None and not _SHA256.fullmatch(sha256):
        fields.error("pack.wrong-value", "sha256 has 64 small hexadecimal digits, or is null", fields.at("sha256"))
    source = Source(
        id=source_id,
        citation=fields.string("citation"),
        title=fields.optional_string("title") or "",
        address=fields.optional_string("address"),
        read=fields.string("read"),
        confidence=fields.confidence(),
        retrieved_on=fields.day("retrieved_on"),
        sha256=sha256,
    )
    fields.done()
    return source
