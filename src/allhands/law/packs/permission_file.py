"""Reads what a permission rule says: who may tell whom what, for which purpose, under which conditions."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from allhands.law import codes
from allhands.law.packs.expression_file import ExpressionReader
from allhands.law.packs.fields import Fields, nearest, read_text
from allhands.law.rules import Condition, Exempt, PermissionTerms
from allhands.law.sharing_words import DATA_CLASSES, PARTIES, PURPOSES


def read_permission(then: Fields, reader: ExpressionReader) -> PermissionTerms:
    """The terms of a permission; a permit or a denial names no conditions."""
    outcome = then.code("outcome", codes.OUTCOMES)
    conditions = tuple(_read_conditions(then, reader))
    if bool(conditions) is not (outcome == "conditions"):
        message = "the outcome conditions needs at least one condition; permit and deny have none"
        then.error("pack.wrong-value", message, then.at("conditions"))
    wall = then.boolean("wall", default=False)
    return PermissionTerms(
        holders=_codes(then, "holder", PARTIES),
        data_classes=_codes(then, "data_class", DATA_CLASSES),
        recipients=_codes(then, "recipient", PARTIES),
        purposes=_codes(then, "purpose", PURPOSES),
        exempt=_read_exempt(then),
        outcome=outcome,
        restricts=then.boolean("restricts", default=False) or wall or outcome == "deny",
        wall=wall,
        conditions=conditions,
        minimum=then.strings("minimum"),
    )


def _codes(fields: Fields, key: str, known: Collection[str], *, required: bool = True) -> tuple[str, ...]:
    """One code or a list of codes of a closed list."""
    raw = fields.raw(key)
    found = fields.strings(key) if isinstance(raw, list) else (fields.string(key),) if raw or required else ()
    for code in found:
        if code and code not in known:
            message = f"{code!r} is not known as {key}{nearest(code, known)}; allowed: {', '.join(sorted(known))}"
            fields.error("pack.unknown-code", message, fields.at(key))
    return found


def _read_exempt(then: Fields) -> Exempt:
    inner = then.optional_sub("except")
    if inner is None:
        return Exempt()
    exempt = Exempt(
        recipients=_codes(inner, "recipient", PARTIES, required=False),
        purposes=_codes(inner, "purpose", PURPOSES, required=False),
        data_classes=_codes(inner, "data_class", DATA_CLASSES, required=False),
    )
    inner.done()
    return exempt


def _read_conditions(then: Fields, reader: ExpressionReader) -> Iterator[Condition]:
    for path, item in then.items("conditions"):
        fields = Fields(item, path, then.findings)
        when = fields.raw("when")
        yield Condition(
            id=fields.string("id"),
            text=read_text(fields.raw("words"), fields.at("words"), then.findings),
            when=None if when is None else reader.read(when, fields.at("when")),
        )
        fields.done()
