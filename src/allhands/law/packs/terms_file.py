"""Reads what follows when a rule holds: the `then` of duties, criteria, permissions and thresholds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from allhands.law import codes
from allhands.law.packs.expression_file import ExpressionReader
from allhands.law.packs.fields import Fields
from allhands.law.packs.permission_file import read_permission
from allhands.law.rules import (
    Clock,
    CriterionTerms,
    DutyTerms,
    Need,
    RuleKind,
    Terms,
    ThresholdTerms,
)
from allhands.law.values import Number, Text


def read_terms(rule: Fields, kind: RuleKind, reader: ExpressionReader) -> Terms:
    """The terms of a rule; None for a definition and for what could not be read."""
    if kind is RuleKind.DEFINITION:
        if rule.raw("then"):
            rule.error("pack.unknown-key", "a definition has no terms; leave `then` out", rule.at("then"))
        return None
    then = rule.sub("then")
    if then is None:
        return None
    terms = _read_kind(then, kind, reader)
    then.done()
    return terms


def _read_kind(then: Fields, kind: RuleKind, reader: ExpressionReader) -> Terms:
    if kind is RuleKind.DUTY:
        return _read_duty(then, reader)
    if kind is RuleKind.CRITERION:
        return _read_criterion(then, reader)
    if kind is RuleKind.PERMISSION:
        return read_permission(then, reader)
    return ThresholdTerms(tier=then.code("tier", codes.TIERS[:2], "pack.unknown-tier"))


def _read_duty(then: Fields, reader: ExpressionReader) -> DutyTerms:
    clock = then.sub("clock")
    only_after = then.raw("only_after")
    evidence = then.strings("evidence")
    for code in evidence:
        if code not in codes.EVIDENCE:
            message = f"{code!r} is not known as evidence; allowed: {', '.join(sorted(codes.EVIDENCE))}"
            then.error("pack.unknown-evidence", message, then.at("evidence"))
    return DutyTerms(
        actor=then.code("actor", codes.ACTORS, "pack.unknown-actor"),
        recipient=then.code("recipient", codes.ACTORS, "pack.unknown-actor"),
        action=_read_action(then),
        clock=_read_clock(clock) if clock is not None else _NO_CLOCK,
        evidence=evidence,
        never_a_wait=then.boolean("never_a_wait", default=False),
        only_after=None if only_after is None else reader.read(only_after, then.at("only_after")),
    )


def _read_action(then: Fields) -> str:
    action = then.string("action")
    if action.startswith("other:") and re.fullmatch(codes.OTHER_ACTION, action):
        return action
    return then.code("action", codes.ACTIONS, "pack.unknown-action")


_NO_CLOCK = Clock(starts_fact="", starts_when=Text("", ""), limit_words=Text("", ""), immediate=False, policy=False)


def _read_clock(fields: Fields) -> Clock:
    numbers = {
        "days": fields.integer("days", at_least=1),
        "months": fields.integer("months", at_least=1),
        "business_days": fields.integer("business_days", at_least=1),
    }
    hours = _read_hours(fields)
    no_limit = fields.boolean("none", default=False)
    immediate = fields.boolean("immediate", default=False)
    repeat = fields.integer("repeat_every_days", at_least=1)
    stated = [number for number in (hours, *numbers.values()) if number is not None]
    if len(stated) + no_limit > 1 or not (stated or no_limit or immediate or repeat):
        message = (
            "say the limit once: one of hours, days, months, business_days, none: true (immediate may stand beside it)"
        )
        fields.error("pack.clock-limit", message)
    clock = Clock(
        starts_fact=fields.string("starts"),
        starts_when=fields.text("starts_when"),
        limit_words=_limit_words(hours, numbers, immediate=immediate, repeat=repeat),
        immediate=immediate,
        policy=fields.boolean("policy", default=False),
        hours=hours,
        days=numbers["days"],
        months=numbers["months"],
        business_days=numbers["business_days"],
        repeat_every_days=repeat,
    )
    fields.done()
    return clock


def _read_hours(fields: Fields) -> Number | None:
    raw = fields.raw("hours")
    if isinstance(raw, float) and raw > 0:
        return raw
    return fields.integer("hours", at_least=0)


_UNITS = {
    "hours": (Text("hour", "hora"), Text("hours", "horas")),
    "days": (Text("day", "día"), Text("days", "días")),
    "months": (Text("month", "mes"), Text("months", "meses")),
    "business_days": (Text("working day", "día hábil"), Text("working days", "días hábiles")),
}


def _limit_words(hours: Number | None, numbers: dict[str, int | None], *, immediate: bool, repeat: int | None) -> Text:
    limit = _within_words({"hours": hours, **numbers})
    if limit is None:
        limit = Text("no time limit in the text", "el texto no fija plazo")
        if immediate:
            limit = Text("at once", "de inmediato")
    elif immediate:
        limit = Text(f"at once, and {limit.en} at the latest", f"de inmediato y, a más tardar, {limit.es}")
    if repeat is not None:
        limit = Text(f"{limit.en}; again every {repeat} days", f"{limit.es}; de nuevo cada {repeat} días")
    return limit


def _within_words(limits: dict[str, Number | None]) -> Text | None:
    for unit, number in limits.items():
        if number is not None:
            word = _UNITS[unit][0 if number == 1 else 1]
            return Text(f"within {number} {word.en}", f"en un plazo de {number} {word.es}")
    return None


def _read_criterion(then: Fields, reader: ExpressionReader) -> CriterionTerms:
    return CriterionTerms(
        alert=then.code("alert", codes.ALERTS),
        activator=then.code("activator", codes.ACTORS, "pack.unknown-actor"),
        needs=tuple(_read_needs(then, reader)),
    )


def _read_needs(then: Fields, reader: ExpressionReader) -> Iterator[Need]:
    for path, item in then.items("needs", required=True):
        fields = Fields(item, path, then.findings)
        when = reader.read(fields.raw("when"), fields.at("when"))
        yield Need(id=fields.string("id"), title=fields.text("title"), when=when)
        fields.done()
