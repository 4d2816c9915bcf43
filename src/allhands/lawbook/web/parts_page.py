"""The parts of a draft that are not rules: its sources, its description, and the public list of what was not read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from allhands.access import api as access
from allhands.kernel.errors import Refused
from allhands.law.packs.strict_yaml import Yaml, read_yaml
from allhands.lawbook import checking, queries
from allhands.lawbook.actions.drafts import EditedMeanwhile, SaveFile, save_file
from allhands.lawbook.contracts import DraftState
from allhands.lawbook.editing.form import Choices, Input
from allhands.lawbook.editing.paths import get, put
from allhands.lawbook.editing.typed import Posted, one
from allhands.lawbook.pack_text import write_yaml
from allhands.lawbook.tree import COVERAGE
from allhands.lawbook.web.finding_words import sort_findings
from allhands.lawbook.web.rule_page import form_page, show_both
from allhands.lawbook.words import READ
from allhands.platform.web.asking import require_actor
from allhands.ui.wording import as_lang

_ID = re.compile(r"[^a-z0-9]+")
_NEW = "new"
Mapping = dict[str, Yaml]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One input of such a part: its path below the part, its words, how it is typed."""

    path: str
    label: str | Promise
    kind: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    heading: str
    inputs: tuple[Input, ...]


_OF_SOURCE = (
    Asked(path="citation", label=_("Citation, such as N.D.C.C. 12-68-02")),
    Asked(path="title", label=_("What it is called")),
    Asked(path="address", label=_("Address of the page")),
    Asked(path="read", label=_("What was read of it: whole, which part, which copy")),
    Asked(path="confidence", label=_("How it was read"), kind="level"),
    Asked(path="retrieved_on", label=_("Read on (year-month-day)"), kind="day"),
)
_OF_PACK = (
    Asked(path="title.en", label=_("Name in English")),
    Asked(path="title.es", label=_("Name in Spanish")),
    Asked(path="status.en", label=_("Warning shown with all of it, in English (may stay empty)")),
    Asked(path="status.es", label=_("The same in Spanish")),
    Asked(path="zone", label=_("Time zone in which its days are counted")),
    Asked(path="steward", label=_("Who keeps it")),
    Asked(path="confidence", label=_("How most of it was read"), kind="level"),
    Asked(path="reviewed.on", label=_("Last compared with its sources on (year-month-day)"), kind="day"),
    Asked(path="reviewed.by", label=_("By whom")),
)
_OF_ENTRY = (
    Asked(path="subject.en", label=_("Subject in English")),
    Asked(path="subject.es", label=_("Subject in Spanish")),
    Asked(path="coverage", label=_("How far it is read"), kind="coverage"),
    Asked(path="verified_on", label=_("Verified on (year-month-day)"), kind="day"),
    Asked(path="by", label=_("Verified by")),
    Asked(path="gaps", label=_("What was not read: one thing a line, English | Spanish"), kind="gaps"),
)
_COVERAGES: tuple[tuple[str, str | Promise], ...] = (
    ("none", _("not read")),
    ("partial", _("read in part")),
    ("complete", _("read as far as we know")),
)


@form_page
def edit_sources(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The texts that the rules rest on."""

    def groups(value: Mapping, lang: str) -> list[Group]:
        found = [
            _group(str(get(source, "citation") or key), key, source, _OF_SOURCE, lang) for key, source in value.items()
        ]
        return [*found, _group(str(_("One more source")), _NEW, {}, _OF_SOURCE, lang)]

    return _part(request, draft_id, "sources.yaml", str(_("Sources")), groups, _typed_sources)


def _typed_sources(value: Mapping, posted: Posted) -> Mapping:
    found: Mapping = {}
    for key in (*value, _NEW):
        old = value.get(key)
        source = _typed(dict(old) if isinstance(old, dict) else {}, key, _OF_SOURCE, posted)
        if key != _NEW:
            found[key] = source
        elif citation := source.get("citation"):
            name = _ID.sub("-", str(citation).lower()).strip("-")[:50] or "source"
            found[name if name not in value else f"{name}-{len(value)}"] = source
    return found


@form_page
def edit_gaps(request: HttpRequest, draft_id: str) -> HttpResponse:
    """What the public list says of this pack."""

    def groups(value: Mapping, lang: str) -> list[Group]:
        entries = value.get("entries")
        listed = entries if isinstance(entries, list) else []
        return [
            _group(str(number + 1), f"entries[{number}]", one, _OF_ENTRY, lang) for number, one in enumerate(listed)
        ]

    def typed(value: Mapping, posted: Posted) -> Mapping:
        entries = value.get("entries")
        listed = entries if isinstance(entries, list) else []
        kept = [
            _typed(dict(one), f"entries[{number}]", _OF_ENTRY, posted) if isinstance(one, dict) else one
            for number, one in enumerate(listed)
        ]
        return {**value, "entries": kept}

    return _part(request, draft_id, COVERAGE, str(_("What was not read")), groups, typed)


@form_page
def edit_pack(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The description of the pack."""

    def groups(value: Mapping, lang: str) -> list[Group]:
        return [_group(str(_("The pack")), "", value, _OF_PACK, lang)]

    def typed(value: Mapping, posted: Posted) -> Mapping:
        copy = {key: dict(part) if isinstance(part, dict) else part for key, part in value.items()}
        return _typed(copy, "", _OF_PACK, posted)

    return _part(request, draft_id, "pack.yaml", str(_("The pack")), groups, typed)


def _part(
    request: HttpRequest,
    draft_id: str,
    path: str,
    title: str,
    groups: Callable[[Mapping, str], list[Group]],
    typed: Callable[[Mapping, Posted], Mapping],
) -> HttpResponse:
    actor, lang = require_actor(request), as_lang(get_language())
    access.check_draft_law(actor)
    draft, refused = queries.get_draft(draft_id), None
    file = queries.list_files(draft_id).get(path)
    raw = read_yaml(((file.text if file else "") or "{}").encode(), path).value
    value: Mapping = raw if isinstance(raw, dict) else {}
    if request.method == "POST":
        posted: Posted = dict(request.POST.lists())
        value = typed(value, posted)
        text, revision = write_yaml(value), one(posted, "revision")
        command = SaveFile(draft_id=draft_id, path=path, text=text, revision=int(revision) if revision.isdigit() else 0)
        try:
            save_file(actor, command, timezone.now())
            return redirect(request.path)
        except EditedMeanwhile as meanwhile:
            return show_both(request, draft, path, text, meanwhile)
        except Refused as error:
            refused = error
    shown = groups(value, lang)
    findings = checking.check(draft.pack_id, queries.texts_of(draft_id) | {path: write_yaml(value)}).findings
    found = sort_findings(path, findings, {one.name: one.label for group in shown for one in group.inputs}, lang)
    context = {
        "draft": draft,
        "title": title,
        "groups": [_with_faults(group, found.by_input) for group in shown],
        "summary": found.summary,
        "rest": found.rest,
        "refused": refused,
        "revision": file.revision if file else 0,
        "is_open": draft.state is DraftState.OPEN,
    }
    return render(request, "lawbook/part.html", context, status=409 if refused else 200)


def _with_faults(group: Group, faults: dict[str, tuple[str, ...]]) -> Group:
    return replace(group, inputs=tuple(replace(one, faults=faults.get(one.name, ())) for one in group.inputs))


def _group(heading: str, start: str, value: Yaml, asked: Iterable[Asked], lang: str) -> Group:
    return Group(heading=heading, inputs=tuple(_input(one, start, value, lang) for one in asked))


def _name(start: str, path: str) -> str:
    return f"{start}.{path}" if start else path


def _input(asked: Asked, start: str, value: Yaml, lang: str) -> Input:
    stated = get(value, asked.path)
    text = "" if stated is None else stated.isoformat() if isinstance(stated, date) else str(stated)
    kind, choices = asked.kind, _choices(asked.kind, lang)
    if kind == "gaps":
        text = "\n".join(_gap_line(gap) for gap in stated) if isinstance(stated, list) else ""
    drawn = {"level": "choose", "coverage": "choose", "gaps": "long"}.get(kind, kind)
    return Input(name=_name(start, asked.path), label=str(asked.label), kind=drawn, values=(text,), choices=choices)


def _choices(kind: str, lang: str) -> Choices:
    if kind == "level":
        return tuple((level, words.get(lang)) for level, words in READ.items())
    return tuple((code, str(words)) for code, words in _COVERAGES) if kind == "coverage" else ()


def _gap_line(gap: Yaml) -> str:
    return f"{gap.get('en', '')} | {gap.get('es', '')}" if isinstance(gap, dict) else str(gap)


def _typed(value: Mapping, start: str, asked: Iterable[Asked], posted: Posted) -> Mapping:
    for one_asked in asked:
        name = _name(start, one_asked.path)
        if name in posted:
            put(value, one_asked.path, _read(one_asked.kind, one(posted, name).strip()))
    for key in [key for key, part in value.items() if part == {}]:
        del value[key]
    return value


def _read(kind: str, text: str) -> Yaml:
    if kind == "gaps":
        return [_gap(line) for line in text.splitlines() if line.strip()]
    if kind == "day" and text:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text or None


def _gap(line: str) -> Yaml:
    en, bar, es = line.partition("|")
    return {"en": en.strip(), "es": es.strip()} if bar else en.strip()
