"""Reads one rule file."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import date

from allhands.law.packs.expression_file import ExpressionReader
from allhands.law.packs.fields import Fields
from allhands.law.packs.terms_file import read_terms
from allhands.law.rules import Citation, Period, Review, Rule, RuleKind

MAX_QUOTE = 600  # characters; statutes do write such sentences, but nobody reads longer ones on a screen
FOLDERS = {
    "definitions": RuleKind.DEFINITION,
    "duties": RuleKind.DUTY,
    "criteria": RuleKind.CRITERION,
    "permissions": RuleKind.PERMISSION,
    "thresholds": RuleKind.THRESHOLD,
}
RULE_ID = re.compile(r"[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+")
_SHORT_FORMS = frozenset(
    {
        "sec", "no", "art", "inc", "etc", "subd", "subsec",
        "par", "ch", "stat", "rev", "ann", "cal", "dept",
        "pub", "seq", "cf", "vs", "dr", "mr", "mrs", "ms",
        "jr", "sr", "st", "col", "gen", "div", "tit", "fed",
        "reg",
    }
)  # fmt: skip
_SENTENCE_END = re.compile(r"(?P<word>[\w)\]’']+)[.!?][\"”’')\]]*\s+[\"“(\[]?[A-ZÁÉÍÓÚÑ]")


def read_rule(fields: Fields, pack_id: str, folder: str, reader: ExpressionReader) -> Rule | None:
    """The rule of one file; None when even its kind cannot be told."""
    rule_id = fields.string("id")
    _check_id(rule_id, pack_id, fields)
    kind = _read_kind(fields, folder)
    if kind is None or not rule_id:
        return None
    rule = Rule(
        id=rule_id,
        pack_id=pack_id,
        kind=kind,
        title=fields.text("title"),
        tests_missing=_read_tests_missing(fields, kind),
        when=reader.read(fields.raw("applies_when"), fields.at("applies_when")),
        terms=read_terms(fields, kind, reader),
        periods=tuple(_read_periods(fields)),
        citations=tuple(_read_citations(fields)),
        confidence=fields.confidence(),
        reviewed=read_review(fields),
        notes=fields.optional_string("notes") or "",
        plain=fields.text("plain"),
        path=fields.path,
    )
    fields.done()
    return rule


def _check_id(rule_id: str, pack_id: str, fields: Fields) -> None:
    if not rule_id:
        return
    if not RULE_ID.fullmatch(rule_id):
        fields.error(
            "pack.bad-id", f"{rule_id!r} is no rule id; write it like {pack_id}.duty-tell-the-court", fields.at("id")
        )
    if rule_id.rpartition(".")[0] != pack_id:
        message = f"{rule_id!r} must be the pack's id {pack_id!r}, a dot and one last part"
        fields.error("pack.id-outside-pack", message, fields.at("id"))
    stem = fields.path.rpartition("/")[2].removesuffix(".yaml")
    last = rule_id.rpartition(".")[2]
    if stem != last:
        fields.error("pack.file-name", f"the file is named {stem}.yaml but the rule is {last!r}; make them the same")


def _read_kind(fields: Fields, folder: str) -> RuleKind | None:
    word = fields.code("kind", [kind.value for kind in RuleKind], "pack.unknown-kind")
    try:
        kind = RuleKind(word)
    except ValueError:
        return None
    if FOLDERS.get(folder) is not kind:
        fields.error("pack.wrong-folder", f"a {word} does not belong into {folder}/", fields.at("kind"))
    return kind


def _read_tests_missing(fields: Fields, kind: RuleKind) -> bool:
    tests = fields.boolean("tests_missing", default=False)
    if fields.has("tests_missing") and kind is not RuleKind.DEFINITION:
        fields.error("pack.unknown-key", "tests_missing belongs to definitions only", fields.at("tests_missing"))
    return tests


def _read_periods(fields: Fields) -> Iterator[Period]:
    read = []
    for path, item in fields.items("periods", required=True):
        inner = Fields(item, path, fields.findings)
        period = Period(start=inner.day("from"), end=inner.day("to"))
        inner.done()
        if period.start and period.end and period.end <= period.start:
            inner.error(
                "pack.period-backwards", f"the period ends on {period.end}, not after it starts on {period.start}"
            )
        read.append(period)
        yield period
    _check_overlap(read, fields)
    if not read:
        fields.error("pack.missing-key", "periods needs at least one {from:, to:}", fields.at("periods"))


def _check_overlap(periods: list[Period], fields: Fields) -> None:
    ordered = sorted(periods, key=lambda period: period.start or date.min)
    for earlier, later in itertools.pairwise(ordered):
        if earlier.end is None or earlier.end > (later.start or date.min):
            message = (
                f"the period from {later.start} starts before the one from {earlier.start} has ended; close it first"
            )
            fields.error("pack.overlapping-period", message, fields.at("periods"))


def _read_citations(fields: Fields) -> Iterator[Citation]:
    count = 0
    for path, item in fields.items("source", required=True):
        count += 1
        inner = Fields(item, path, fields.findings)
        citation = Citation(
            source_id=inner.string("id"),
            pin=inner.optional_string("pin") or "",
            quote=inner.optional_string("quote") or "",
        )
        inner.done()
        if is_longer_than_a_sentence(citation.quote):
            message = f"the quote is longer than one sentence (or {MAX_QUOTE} characters); keep the operative sentence"
            inner.error("pack.quote-too-long", message, inner.at("quote"))
        yield citation
    if fields.has("source") and not count:
        fields.error(
            "pack.missing-source", "the list of sources is empty; name the text this rule rests on", fields.at("source")
        )


def is_longer_than_a_sentence(quote: str) -> bool:
    """Whether a second sentence begins; short forms such as "Sec. 5" and single letters end none.

    Example:
        >>> is_longer_than_a_sentence("See Sec. 5 of 42 U.S.C. Code.")
        False
        >>> is_longer_than_a_sentence("It is law. It is read.")
        True
    """
    ends = (match["word"].lower() for match in _SENTENCE_END.finditer(quote))
    return len(quote) > MAX_QUOTE or any(len(word) > 1 and word not in _SHORT_FORMS for word in ends)


def read_review(fields: Fields) -> Review | None:
    """`{on:, by:}` under `reviewed`."""
    inner = fields.sub("reviewed")
    if inner is None:
        return None
    on, by = inner.day("on", required=True), inner.string("by")
    inner.done()
    return Review(on=on, by=by) if on is not None else None
