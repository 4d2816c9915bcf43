"""One rule of a draft as a form: the law's text, the rule in words and choices, what is wrong beside each field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from allhands.access import api as access
from allhands.kernel.errors import Refused
from allhands.law import Library
from allhands.law.packs.rule_file import FOLDERS
from allhands.law.packs.strict_yaml import Yaml, read_yaml
from allhands.lawbook import checking, queries
from allhands.lawbook.actions.drafts import EditedMeanwhile, SaveFile, save_file
from allhands.lawbook.contracts import DraftFileView, DraftState, DraftView
from allhands.lawbook.editing.conditions import Node, root_of
from allhands.lawbook.editing.inputs import sections_of, with_faults
from allhands.lawbook.editing.paths import get
from allhands.lawbook.editing.typed import Posted, apply_act, one, rule_of, trees_of
from allhands.lawbook.pack_text import write_yaml
from allhands.lawbook.web.condition_rows import MODES, Row, fact_choices, rows_of
from allhands.lawbook.web.finding_words import Sorted, sort_findings
from allhands.platform import packs
from allhands.platform.web.asking import require_actor
from allhands.ui.components.error_summary.presenter import ErrorSummary, Problem
from allhands.ui.wording import Lang, as_lang

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def edit_rule(request: HttpRequest, draft_id: str, folder: str, name: str) -> HttpResponse:
    """Show the rule, or save what was typed."""
    actor = require_actor(request)
    access.check_draft_law(actor)
    draft, path = queries.get_draft(draft_id), f"{folder}/{name}.yaml"
    files = queries.list_files(draft_id)
    known = files.get(path)
    if folder not in FOLDERS or known is None or known.text is None:
        raise Http404
    if request.method != "POST":
        return _page(request, draft, known, _mapping(known.text), {})
    posted: Posted = dict(request.POST.lists())
    typed = rule_of(posted, _mapping(known.text))
    act = one(posted, "do")
    if act.startswith(("add:", "remove:")):
        trees = trees_of(posted)
        apply_act(trees, act, posted)
        return _page(request, draft, known, typed, trees, revision=_revision(posted))
    try:
        command = SaveFile(draft_id=draft_id, path=path, text=write_yaml(typed), revision=_revision(posted))
        save_file(actor, command, timezone.now())
    except EditedMeanwhile as meanwhile:
        return show_both(request, draft, path, write_yaml(typed), meanwhile)
    except Refused as refused:
        return _page(request, draft, known, typed, trees_of(posted), refused=refused, revision=_revision(posted))
    return redirect(request.path)


def _revision(posted: Posted) -> int:
    text = one(posted, "revision")
    return int(text) if text.isdigit() and len(text) < 9 else 0


def _mapping(text: str | None) -> dict[str, Yaml]:
    value = read_yaml((text or "").encode(), "rule").value
    return value if isinstance(value, dict) else {}


def _page(
    request: HttpRequest,
    draft: DraftView,
    file: DraftFileView,
    value: dict[str, Yaml],
    trees: dict[str, Node],
    *,
    refused: Refused | None = None,
    revision: int | None = None,
) -> HttpResponse:
    lang = as_lang(get_language())
    texts = queries.texts_of(draft.id)
    checked = checking.check(draft.pack_id, texts | {file.path: write_yaml(value)})
    library = checked.library or packs.library()
    sections = sections_of(value, library, _sources(texts), lang)
    conditions = _conditions(value, trees, library, lang)
    labels = {one.name: one.label for section in sections for one in section.inputs}
    labels |= {f"c:{prefix}": heading for prefix, heading, _row in conditions}
    # Nobody has typed anything into a rule that was only just begun: what is missing is told after the first save.
    is_blank = file.base_text is None and file.revision == 1 and revision is None
    found = sort_findings(file.path, () if is_blank else checked.findings, labels, lang)
    context = {
        "draft": draft,
        "file": file,
        "name": file.path.rpartition("/")[2].removesuffix(".yaml"),
        "folder": file.path.partition("/")[0],
        "title": _title(value, lang) or file.path.rpartition("/")[2].removesuffix(".yaml"),
        "sections": [with_faults(section, found.by_input) for section in sections],
        "conditions": [
            (prefix, heading, row, found.by_input.get(f"c:{prefix}", ())) for prefix, heading, row in conditions
        ],
        "modes": MODES,
        "facts": fact_choices(library.facts.values(), lang),
        "found": found,
        "summary": _summary(found, refused),
        "revision": file.revision if revision is None else revision,
        "is_open": draft.state is DraftState.OPEN,
        "unsaved": revision is not None,
    }
    return render(request, "lawbook/rule.html", context, status=409 if refused else 200)


def _summary(found: Sorted, refused: Refused | None) -> ErrorSummary:
    if refused is None:
        return found.summary
    return replace(found.summary, problems=(Problem(words=refused.reason), *found.summary.problems))


def _title(value: dict[str, Yaml], lang: Lang) -> str:
    title = value.get("title")
    words = title.get(lang) if isinstance(title, dict) else None
    return words if isinstance(words, str) else ""


def _sources(texts: checking.Texts) -> dict[str, str]:
    known = _mapping(texts.get("sources.yaml"))
    return {key: f"{source.get('citation', key)}" if isinstance(source, dict) else key for key, source in known.items()}


def _conditions(
    value: dict[str, Yaml], trees: dict[str, Node], library: Library, lang: Lang
) -> list[tuple[str, str, Row]]:
    """Each expression of the rule as a tree: the one typed, or else the one saved."""
    found = [("when", _("Applies when"), value.get("applies_when"))]
    if value.get("kind") == "duty":
        found.append(("after", _("The clock waits until"), get(value, "then.only_after") or {"all": []}))
    found += _row_conditions(value, "need", "then.needs", "title", lang)
    found += _row_conditions(value, "condition", "then.conditions", "words", lang)
    return [
        (prefix, heading, rows_of(trees.get(prefix) or root_of(saved), prefix, library, lang))
        for prefix, heading, saved in found
    ]


def _row_conditions(
    value: dict[str, Yaml], prefix: str, path: str, words: str, lang: Lang
) -> Iterator[tuple[str, str, Yaml]]:
    """The conditions of each need or condition that has been saved; empty where only people can tell."""
    rows = get(value, path)
    for number, row in enumerate(rows if isinstance(rows, list) else []):
        if isinstance(row, dict):
            said = row.get(words)
            title = said.get(lang) if isinstance(said, dict) else None
            heading = _("“%(title)s” holds when") % {"title": title or row.get("id") or number + 1}
            yield f"{prefix}{number}", heading, row.get("when") or {"all": []}


@require_POST
def remove_rule(request: HttpRequest, draft_id: str, folder: str, name: str) -> HttpResponse:
    """Take a rule away from the draft, or bring one back that was; the law in force keeps it until publication."""
    actor = require_actor(request)
    access.check_draft_law(actor)
    path = f"{folder}/{name}.yaml"
    known = queries.list_files(draft_id).get(path)
    if folder not in FOLDERS or known is None:
        raise Http404
    text = known.base_text if request.POST.get("do") == "bring-back" else None
    try:
        save_file(actor, SaveFile(draft_id=draft_id, path=path, text=text, revision=known.revision), timezone.now())
    except Refused as refused:
        return _page(request, queries.get_draft(draft_id), known, _mapping(known.text), {}, refused=refused)
    return redirect("law-draft", draft_id)


def show_both(request: HttpRequest, draft: DraftView, path: str, mine: str, meanwhile: EditedMeanwhile) -> HttpResponse:
    """Two people saved the same file: both texts, and a choice. Nothing is lost."""
    context = {
        "draft": draft,
        "path": path,
        "mine": mine,
        "theirs": meanwhile.theirs or "",
        "saved_by": meanwhile.saved_by,
        "revision": meanwhile.revision,
        "reason": meanwhile.reason,
    }
    return render(request, "lawbook/both.html", context, status=409)


@form_page
def settle(request: HttpRequest, draft_id: str) -> HttpResponse:
    """What should stand after two people saved the same file."""
    actor = require_actor(request)
    path, text = request.POST.get("path", ""), request.POST.get("text", "")
    if request.method != "POST" or path not in queries.list_files(draft_id):
        raise Http404
    revision = _revision(dict(request.POST.lists()))
    draft = queries.get_draft(draft_id)
    try:
        save_file(actor, SaveFile(draft_id=draft_id, path=path, text=text, revision=revision), timezone.now())
    except EditedMeanwhile as again:
        return show_both(request, draft, path, text, again)
    return redirect("law-draft", draft_id)
