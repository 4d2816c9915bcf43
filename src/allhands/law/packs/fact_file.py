"""Reads the files in which packs declare facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from allhands.law.codes import SENSITIVITIES
from allhands.law.facts.declarations import Choice, FactDeclaration, FactType
from allhands.law.packs.fields import Fields
from allhands.law.packs.strict_yaml import Yaml
from allhands.law.values import FactValue, Text

FACT_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_TYPES = tuple(kind.value for kind in FactType)
_UNITS = ("years", "months", "days", "hours", "cm", "kg", "count", "degrees_c")


def read_facts(document: Fields, pack_id: str) -> Iterator[FactDeclaration]:
    """Each declaration under `facts:`; what could not be read is left out, beside its finding."""
    for path, item in document.items("facts", required=True):
        declaration = _read_fact(Fields(item, path, document.findings), pack_id)
        if declaration is not None:
            yield declaration
    document.done()


def _read_fact(fields: Fields, pack_id: str) -> FactDeclaration | None:
    fact_id = fields.string("id")
    kind = fields.code("type", _TYPES, "pack.unknown-type")
    if not FACT_ID.fullmatch(fact_id) and fact_id:
        fields.error("pack.bad-id", f"{fact_id!r} is no fact id; write it like child.age_years", fields.at("id"))
    unit = fields.optional_string("unit")
    if unit is not None and unit not in _UNITS:
        fields.error(
            "pack.unknown-code", f"{unit!r} is not known as unit; allowed: {', '.join(_UNITS)}", fields.at("unit")
        )
    fact_type = FactType(kind) if kind in _TYPES else FactType.TEXT
    choices = tuple(_read_choices(fields))
    declaration = FactDeclaration(
        id=fact_id,
        pack_id=pack_id,
        type=fact_type,
        unit=unit,
        question=fields.text("question"),
        label=fields.text("label"),
        sensitivity=fields.code("sensitivity", SENSITIVITIES),
        choices=choices,
        many=fields.boolean("many", default=False),
        dangerous=_read_dangerous(fields, fact_type, choices),
        minimum=fields.integer("minimum"),
        maximum=fields.integer("maximum"),
        ask=fields.boolean("ask", default=False),
        future=fields.boolean("future", default=False),
    )
    fields.done()
    return declaration if fact_id and kind in _TYPES else None


def _read_choices(fields: Fields) -> Iterator[Choice]:
    for path, item in fields.items("choices"):
        inner = Fields(item, path, fields.findings)
        code = inner.string("code")
        en = inner.string("en")
        es = item.get("es") if isinstance(item, dict) else None
        inner.raw("es")
        if not isinstance(es, str) or not es.strip():
            inner.error("pack.missing-spanish", "the Spanish text (es) is missing", inner.at("es"))
            es = en
        inner.done()
        yield Choice(code=code, words=Text(en, es))


def _read_dangerous(fields: Fields, kind: FactType, choices: tuple[Choice, ...]) -> tuple[FactValue, ...]:
    raw = fields.raw("dangerous")
    values = raw if isinstance(raw, list) else [] if raw is None else [raw]
    found = []
    for value in values:
        if _fits(value, kind, choices):
            found.append(value)
        else:
            message = f"{value!r} cannot be a value of this fact, so it cannot be its dangerous one"
            fields.error("pack.wrong-value", message, fields.at("dangerous"))
    return tuple(value for value in found if isinstance(value, bool | int | float | str | date))


_ORDERED = (FactType.INTEGER, FactType.QUANTITY, FactType.DATE, FactType.INSTANT)
LOWEST, HIGHEST = "lowest", "highest"


def _fits(value: Yaml, kind: FactType, choices: tuple[Choice, ...]) -> bool:
    """Ordered facts may say `lowest` or `highest` instead of a value."""
    if kind in _ORDERED and value in (LOWEST, HIGHEST):
        return True
    if kind is FactType.BOOLEAN:
        return isinstance(value, bool)
    if kind is FactType.CODE:
        return not choices or value in [choice.code for choice in choices]
    return isinstance(value, int | float | str | date)
