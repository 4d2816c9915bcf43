"""Findings beside the inputs they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allhands.kernel.findings import Finding, Level
from allhands.lawbook.editing.faults import fault_words
from allhands.ui.components.error_summary.presenter import ErrorSummary, Problem
from allhands.ui.wording import Lang

_CONDITIONS = {"applies_when": "when", "then.only_after": "after"}
_ROW = re.compile(r"then\.(?P<list>needs|conditions)\[(?P<number>[0-9]+)\]\.when")
_ROWS = {"needs": "need", "conditions": "condition"}
_LIMITS = ("then.clock.hours", "then.clock.days", "then.clock.months", "then.clock.business_days", "then.clock.none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """Findings of one file by the input they belong to; `rest` belongs to none.

    Args:
        warnings: what is unfinished.
    """

    by_input: dict[str, tuple[str, ...]]
    rest: tuple[str, ...]
    warnings: tuple[str, ...]
    summary: ErrorSummary


def sort_findings(path: str, findings: Iterable[Finding], labels: Mapping[str, str], lang: Lang) -> Sorted:
    """The findings of a file.

    Args:
        labels: the name of each input on the page, and its label.
    """
    known = set(labels)
    by_input: dict[str, list[str]] = {}
    rest: list[str] = []
    warnings: list[str] = []
    problems: list[Problem] = []
    for finding in findings:
        file, _, place = finding.path.partition(":")
        if file != path:
            continue
        if finding.level is not Level.ERROR:
            warnings.append(fault_words(finding, lang))
            continue
        name, words = _input_for(place, known), fault_words(finding, lang)
        where = f"{labels[name]}: {words}" if name else words
        problem = Problem(words=where, field_id=f"f-{name}" if name else "")
        if problem in problems:  # empty, and therefore no word of the list: one thing to mend
            continue
        problems.append(problem)
        by_input.setdefault(name, []).append(words) if name else rest.append(words)
    return Sorted(
        by_input={name: tuple(words) for name, words in by_input.items()},
        rest=tuple(rest),
        warnings=tuple(warnings),
        summary=ErrorSummary(problems=tuple(problems)),
    )


def _input_for(place: str, known: set[str]) -> str:
    """The input whose path is the longest beginning of the finding's; conditions have one place for all of theirs."""
    for start, prefix in _CONDITIONS.items():
        if place.startswith(start):
            return f"c:{prefix}"
    of_row = _ROW.match(place)
    if of_row and f"c:{_ROWS[of_row['list']]}{of_row['number']}" in known:
        return f"c:{_ROWS[of_row['list']]}{of_row['number']}"
    if place in _LIMITS or place == "then.clock":
        place = "then.clock.number"
    while place:
        for candidate in (place, f"{place}.en", f"{place}.id", f"{place}.on", f"{place}[0].id", f"{place}[0].from"):
            if candidate in known:
                return candidate
        place = place.rpartition(".")[0]
    return ""
