"""Where laws disagree: each conflict case as a table, one row a jurisdiction. Public; no account, no trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from allhands.law import (
    ConflictAnswer,
    ConflictCase,
    ConflictRow,
    ConflictTable,
    Library,
    Verdict,
    conflict_table,
    is_old,
    load_conflict_cases,
)
from allhands.law.rules import DutyTerms
from allhands.lawbook import checking, coverage
from allhands.lawbook.words import READ, limit_words
from allhands.platform import packs
from allhands.ui.components.source_line.presenter import cite
from allhands.ui.wording import Lang, as_lang, full

_UTC = ZoneInfo("UTC")
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # read from then, a day says its year
_SHAPES = {Verdict.TRUE: "applies", Verdict.FALSE: "applies-not", Verdict.UNKNOWN: "unknown"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one rule of one law answers. `shape` is the name of a shape."""

    shape: str
    verdict: str
    title: str
    limit: str
    due: str
    sources: tuple[str, ...]
    how: str
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LawRow:
    name: str
    pack_id: str
    says: str
    answers: tuple[Answer, ...]
    gaps: tuple[str, ...]
    status: str
    stale: bool


@require_safe
def list_conflicts(request: HttpRequest) -> HttpResponse:
    """Every case by its question."""
    lang = as_lang(get_language())
    found = [
        (case.id, case.title.get(lang), case.question.get(lang), len(case.rows)) for case in _cases(packs.library())
    ]
    return render(request, "lawbook/conflicts.html", {"cases": found})


@require_safe
def show_conflict(request: HttpRequest, case_id: str) -> HttpResponse:
    """One case, each law's answer beside the others'."""
    library, lang = packs.library(), as_lang(get_language())
    cases = _cases(library)
    place = next((number for number, case in enumerate(cases) if case.id == case_id), None)
    if place is None:
        raise Http404
    case, table = cases[place], _table(library, case_id)
    context = {
        "case": case,
        "title": case.title.get(lang),
        "question": case.question.get(lang),
        "situation": case.situation.get(lang),
        "lesson": case.lesson.get(lang),
        "rows": [_row(row, library, lang) for row in table.rows],
        "as_of": full(case.as_of, now=_LONG_AGO, zone=_UTC, lang=lang),
        "before": cases[place - 1].id if place else "",
        "after": cases[place + 1].id if place + 1 < len(cases) else "",
    }
    return render(request, "lawbook/conflict.html", context)


def _cases(library: Library) -> tuple[ConflictCase, ...]:
    return _load(checking.root_in_force(), library)


@lru_cache(maxsize=2)
def _load(root: Path, library: Library) -> tuple[ConflictCase, ...]:
    return load_conflict_cases(root, library)


@lru_cache(maxsize=100)
def _table(library: Library, case_id: str) -> ConflictTable:
    """Judged once: the same case and packs always answer the same."""
    return conflict_table(next(case for case in _cases(library) if case.id == case_id), library)


_VERDICTS: dict[tuple[str, Verdict], Callable[[], str]] = {
    ("duty", Verdict.TRUE): lambda: _("Must be done"),
    ("duty", Verdict.FALSE): lambda: _("Not asked here"),
    ("criterion", Verdict.TRUE): lambda: _("Alert possible"),
    ("criterion", Verdict.FALSE): lambda: _("No alert"),
}
_OTHERS: dict[Verdict, Callable[[], str]] = {
    Verdict.TRUE: lambda: _("Yes"),
    Verdict.FALSE: lambda: _("No"),
    Verdict.UNKNOWN: lambda: _("Not known yet"),
}


def _row(row: ConflictRow, library: Library, lang: Lang) -> LawRow:
    # The case is judged as of its own day; how old the reading is counts from today.
    oldest = coverage.oldest_reading(library.pack(row.pack_id))
    return LawRow(
        name=row.title.get(lang),
        pack_id=row.pack_id,
        says=row.says.get(lang),
        answers=tuple(_answer(answer, library, lang) for answer in row.answers),
        gaps=tuple(gap.get(lang) for gap in row.gaps),
        status=row.status.get(lang) if row.status else "",
        stale=oldest is not None and is_old(oldest, timezone.now().date()),
    )


def _answer(answer: ConflictAnswer, library: Library, lang: Lang) -> Answer:
    words = _VERDICTS.get((answer.kind, answer.verdict), _OTHERS[answer.verdict])
    terms = library.rule(answer.rule_id).terms
    is_owed = isinstance(terms, DutyTerms) and answer.verdict is not Verdict.FALSE
    is_wait = isinstance(terms, DutyTerms) and not terms.never_a_wait
    return Answer(
        shape=_SHAPES[answer.verdict],
        verdict=words(),
        title=answer.title.get(lang),
        limit=limit_words(terms, lang) if isinstance(terms, DutyTerms) and is_owed else "",
        due=_instant(answer.due_at, lang) if answer.due_at and is_wait else "",
        sources=tuple(dict.fromkeys(cite(one.citation, one.pin) for one in answer.source)),
        how=READ[answer.confidence.value].get(lang),
        differs=not answer.holds,
    )


def _instant(instant: datetime, lang: Lang) -> str:
    """The cases speak in UTC, and so do their answers: they compare laws of several zones."""
    return full(instant, now=instant, zone=_UTC, lang=lang)
