"""Public pages: whose law was read, and what it says. No account, no trace."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from allhands.law import Library, Pack, Rule, RuleKind, is_old
from allhands.law.packs.coverage import CoverageEntry, read_coverage
from allhands.law.rules import DutyTerms
from allhands.lawbook import checking, coverage
from allhands.lawbook.coverage import READING_WORDS, TOPIC_WORDS, Line, Reading, Topic
from allhands.lawbook.web import map_picture
from allhands.lawbook.words import READ as READ_WORDS
from allhands.lawbook.words import Condition, condition_of, limit_words, period_words
from allhands.platform import packs
from allhands.ui.components.source_line.presenter import Source, SourceLine, months_between, present_source
from allhands.ui.wording import Lang, as_lang, date_words


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicCell:
    label: str
    words: str
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """One row of the table."""

    name: str
    href: str
    pattern: str
    reading: str
    read_on: str
    stale: bool
    cells: tuple[TopicCell, ...]
    gaps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEntry:
    """One rule as anybody may read it."""

    name: str
    title: str
    plain: str
    limit: str
    periods: str
    how: str
    reviewed: str
    when: Condition
    quotes: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    stale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleGroup:
    heading: str
    rules: tuple[RuleEntry, ...]


@require_safe
def show_coverage(request: HttpRequest) -> HttpResponse:
    """The map and the table of what was read."""
    lang, today = as_lang(get_language()), timezone.now().date()
    lines = coverage.lines_of(packs.library(), entries_in_force(), today, settings.ALLHANDS_WORLD)
    rows = [_row(line, today, lang) for line in lines]
    words = {line.code: f"{row.name}: {row.reading}" for line, row in zip(lines, rows, strict=True)}
    hrefs = {line.code: reverse("law-pack", args=[line.pack_id]) for line in lines if line.pack_id}
    context = {
        "map": map_picture.draw(lines, words, hrefs),
        "legend": [(reading.value, words.get(lang)) for reading, words in READING_WORDS.items()],
        "topics": [TOPIC_WORDS[topic].get(lang) for topic in Topic],
        "states": [row for row, line in zip(rows, lines, strict=True) if not line.is_nation],
        "nations": [row for row, line in zip(rows, lines, strict=True) if line.is_nation],
        "read": sum(line.reading is not Reading.NOTHING for line in lines if not line.is_nation),
        "of": sum(not line.is_nation for line in lines),
        "federal": packs.library().pack("us.federal"),
    }  # fmt: skip
    return render(request, "lawbook/coverage.html", context)


def entries_in_force() -> tuple[CoverageEntry, ...]:
    """The public list of what is covered, of the packs in force."""
    return _entries(checking.root_in_force())


@lru_cache(maxsize=4)
def _entries(root: Path) -> tuple[CoverageEntry, ...]:
    entries, _findings = read_coverage(root)
    return entries


def _row(line: Line, today: date, lang: Lang) -> CoverageRow:
    return CoverageRow(
        name=line.title.get(lang),
        href=reverse("law-pack", args=[line.pack_id]) if line.pack_id else "",
        pattern=line.reading.value,
        reading=READING_WORDS[line.reading].get(lang),
        read_on=date_words(line.reviewed_on, today, lang) if line.reviewed_on else _("not read"),
        stale=line.stale,
        cells=tuple(
            TopicCell(
                label=TOPIC_WORDS[one.topic].get(lang),
                words=_("%(count)s rules") % {"count": one.rules} if one.rules != 1 else _("1 rule"),
                pattern=one.reading.value,
            )
            if one.rules
            else TopicCell(label=TOPIC_WORDS[one.topic].get(lang), words=_("no rule"), pattern=Reading.NOTHING.value)
            for one in line.topics
        ),
        gaps=line.gaps,
    )


_HEADINGS: tuple[tuple[RuleKind, Callable[[], str]], ...] = (
    (RuleKind.DEFINITION, lambda: _("What the words mean")),
    (RuleKind.DUTY, lambda: _("Who must do what")),
    (RuleKind.CRITERION, lambda: _("Alerts")),
    (RuleKind.PERMISSION, lambda: _("Who may tell whom")),
    (RuleKind.THRESHOLD, lambda: _("Urgency")),
)


@require_safe
def show_pack(request: HttpRequest, pack_id: str) -> HttpResponse:
    """Everything we read of one jurisdiction, and what we did not."""
    library = packs.library()
    pack = next((one for one in library.packs if one.id == pack_id), None)
    if pack is None or settings.ALLHANDS_WORLD not in pack.worlds or pack.kind == "core":
        raise Http404
    lang, today = as_lang(get_language()), timezone.now().date()
    oldest = coverage.oldest_reading(pack)
    context = {
        "pack": pack,
        "title": pack.title.get(lang),
        "status": pack.status.get(lang) if pack.status else "",
        "how": READ_WORDS[pack.confidence.value].get(lang),
        "read_on": date_words(oldest, today, lang) if oldest else "",
        "stale_months": months_between(oldest, today) if oldest and is_old(oldest, today) else 0,
        "groups": tuple(_groups(pack, library, today, lang)),
        "gaps": [_gap(entry, lang) for entry in entries_in_force() if entry.pack == pack.id and entry.gaps],
        "below_federal": pack.kind in ("state", "tribe"),
    }
    return render(request, "lawbook/pack.html", context)


def _gap(entry: CoverageEntry, lang: Lang) -> tuple[str, tuple[str, ...]]:
    return entry.subject.get(lang), tuple(gap.get(lang) for gap in entry.gaps)


def _groups(pack: Pack, library: Library, today: date, lang: Lang) -> Iterable[RuleGroup]:
    for kind, heading in _HEADINGS:
        rules = tuple(_entry(rule, pack, library, today, lang) for rule in pack.rules if rule.kind is kind)
        if rules:
            yield RuleGroup(heading=heading(), rules=rules)


def _entry(rule: Rule, pack: Pack, library: Library, today: date, lang: Lang) -> RuleEntry:
    sources = tuple(
        present_source(
            Source(
                citation=pack.sources[citation.source_id].citation,
                pin=citation.pin,
                address=pack.sources[citation.source_id].address or "",
                level=pack.sources[citation.source_id].confidence.value,
                read_on=pack.sources[citation.source_id].retrieved_on or (rule.reviewed.on if rule.reviewed else None),
            ),
            today=today,
            lang=lang,
        )
        for citation in rule.citations
    )
    reviewed = rule.reviewed
    return RuleEntry(
        name=rule.id.rpartition(".")[2],
        title=rule.title.get(lang),
        plain=rule.plain.get(lang),
        limit=limit_words(rule.terms, lang) if isinstance(rule.terms, DutyTerms) else "",
        periods="; ".join(period_words(period, lang) for period in rule.periods if period.start or period.end),
        how=READ_WORDS[rule.confidence.value].get(lang),
        reviewed=date_words(reviewed.on, today, lang) if reviewed else "",
        when=condition_of(rule.when, library, lang),
        quotes=tuple(citation.quote for citation in rule.citations if citation.quote),
        sources=sources,
        stale=_("stale") if reviewed and is_old(reviewed.on, today) else "",
    )
