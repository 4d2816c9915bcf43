"""A draft as a whole: its rules, what is wrong, what changed in words, what changes for whom, and its two people."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from allhands.access import api as access
from allhands.agencies import api as agencies
from allhands.duties.contracts import MoveKind
from allhands.episodes import api as episodes
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.findings import Level
from allhands.law import Library
from allhands.law.packs.rule_file import FOLDERS
from allhands.law.packs.strict_yaml import read_yaml
from allhands.lawbook import checking, queries, tasks
from allhands.lawbook.actions import drafts, effect, review
from allhands.lawbook.contracts import DraftFileView, DraftState, DraftView, EpisodeMoves, PreviewView
from allhands.lawbook.editing.changes import RuleChange, changes_of
from allhands.lawbook.web.draft_faults import lines_of
from allhands.lawbook.web.times import told
from allhands.platform import packs
from allhands.platform.jobs import api as jobs
from allhands.platform.web.asking import require_actor
from allhands.ui.wording import as_lang, full

_SHOWN = 60  # findings on the page; a pack of no use to anybody has hundreds


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLink:
    folder: str
    name: str
    title: str
    state: str
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One line of what changes for one child.

    Args:
        how: the kind of the move, or WAITS for a limit that changes while its clock has not started.
    """

    how: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildMoves:
    name: str
    href: str
    moves: tuple[Move, ...]


@require_safe
def show_draft(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The draft."""
    return page_of(request, draft_id)


def page_of(request: HttpRequest, draft_id: str, *, refused: Refused | None = None) -> HttpResponse:
    """The draft, with why something was refused."""
    actor, lang = require_actor(request), as_lang(get_language())
    access.check_draft_law(actor)
    draft = queries.get_draft(draft_id)
    texts = queries.texts_of(draft_id)
    checked = checking.check(draft.pack_id, texts)
    preview = queries.find_preview(draft_id)
    rules = _rules(draft, checked, lang)
    kind = review.kind_of(draft_id)
    titles = {f"{one.folder}/{one.name}.yaml": one.title for one in rules}
    unfinished = [one for one in checked.findings if one.level is not Level.ERROR]
    context = {
        "draft": draft,
        "state": draft.state.value,
        "rules": rules,
        "touched": [one for one in rules if one.state != "same" or one.errors],
        "groups": _groups(rules),
        "folders": sorted(FOLDERS),
        "errors": lines_of(checked.errors[:_SHOWN], draft_id, titles, lang),
        "warnings": lines_of(unfinished[:_SHOWN], draft_id, titles, lang),
        "changes": _changes(draft, checked, lang),
        "title": draft.title.get(lang),
        "steps": [(told(one.at, actor, lang), one) for one in queries.list_steps(draft_id)],
        "takes_effect": told(draft.takes_effect_at, actor, lang) if draft.takes_effect_at else "",
        "typed": request.POST,
        "preview": preview,
        "preview_fresh": preview is not None and preview.revision == draft.revision,
        # A number that was worked out before still holds the children of a nation that stopped counting since.
        "preview_stopped": preview is not None and access.stopped_since(preview.asked_at),
        "children": _children(actor, preview, lang) if preview and preview.done_at else (),
        "may_publish": access.can(access.check_publish_law, actor, queries.access_to(draft, kind)),
        "moved": _base_moved(draft),
        "refused": refused,
    }
    return render(request, "lawbook/draft.html", context, status=409 if refused else 200)


def _base_moved(draft: DraftView) -> str:
    """The version that came into force after the draft began; empty when none did."""
    current = {pack.id: pack.version for pack in packs.library().packs}.get(draft.pack_id, "")
    return current if current != draft.base_version else ""


def _rules(draft: DraftView, checked: checking.Checked, lang: str) -> list[RuleLink]:
    found = []
    for path, file in queries.list_files(draft.id).items():
        folder, _slash, rest = path.partition("/")
        if folder not in FOLDERS or (file.text is None and file.base_text is None):
            continue
        value = read_yaml((file.text or file.base_text or "").encode(), path).value
        title = value.get("title") if isinstance(value, dict) else None
        words = title.get(lang) if isinstance(title, dict) else None
        own = [one.level for one in checked.findings if one.path.partition(":")[0] == path]
        found.append(
            RuleLink(
                folder=folder,
                name=rest.removesuffix(".yaml"),
                title=words if isinstance(words, str) and words else rest.removesuffix(".yaml"),
                state=_state(file),
                errors=own.count(Level.ERROR),
                warnings=len(own) - own.count(Level.ERROR),
            )
        )
    return sorted(found, key=lambda one: (one.folder, one.title.lower()))


def _groups(rules: Iterable[RuleLink]) -> list[tuple[str, list[RuleLink]]]:
    """The rules that stay as they are, by kind: a federal pack has more than anybody wants to scroll past."""
    kinds = {
        "definitions": _("Definitions"),
        "duties": _("Duties"),
        "criteria": _("Alerts"),
        "permissions": _("Who may tell whom"),
        "thresholds": _("Urgency"),
    }
    kept = [one for one in rules if one.state == "same" and not one.errors]
    found = [(words, [one for one in kept if one.folder == folder]) for folder, words in kinds.items()]
    return [(words, group) for words, group in found if group]


def _state(file: DraftFileView) -> str:
    if file.text is None:
        return "gone"
    return "same" if file.text == file.base_text else "new" if file.base_text is None else "changed"


def _changes(draft: DraftView, checked: checking.Checked, lang: str) -> tuple[RuleChange, ...]:
    """In words, against the packs in force, or once published against those it replaced; nothing while unreadable."""
    before: Library | None = packs.library()
    if draft.state is DraftState.PUBLISHED:
        earlier = {path: file.base_text for path, file in queries.list_files(draft.id).items()}
        before = checking.check(draft.pack_id, earlier).library if draft.base_version else None
    return changes_of(draft.pack_id, before, checked.library, lang) if before and checked.library else ()


def _children(actor: Actor, preview: PreviewView, lang: str) -> tuple[ChildMoves, ...]:
    """The children of the reader's own agency, by name; the others are in the counts."""
    zone, now = agencies.zone_of(actor), timezone.now()
    found = []
    for one in queries.list_moves(preview.id):
        try:
            episode = episodes.get_episode(actor, one.episode_id)
        except Denied:
            continue
        found.append(
            ChildMoves(name=episode.child.call_name, href=f"/e/{one.episode_id}", moves=_moves(one, now, zone, lang))
        )
    return tuple(found)


def _moves(one: EpisodeMoves, now: datetime, zone: ZoneInfo, lang: str) -> tuple[Move, ...]:
    def words(at: datetime | None) -> str:
        return full(at, now=now, zone=zone, lang=as_lang(lang)) if at else _("no time")

    return tuple(
        Move(
            how="WAITS" if move.kind is MoveKind.MOVES and not (move.before or move.after) else move.kind.value,
            title=move.title.get(lang, ""),
            before=words(move.before),
            after=words(move.after),
        )
        for move in one.moves
    )


def _act(request: HttpRequest, draft_id: str, act: Callable[[Actor, datetime], object]) -> HttpResponse:
    """Do it and show the draft again; a refusal is shown there, and nothing is lost."""
    try:
        act(require_actor(request), timezone.now())
    except Refused as refused:
        return page_of(request, draft_id, refused=refused)
    return redirect("law-draft", draft_id)


@require_POST
def ask(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Ask for a second reader."""

    def act(actor: Actor, now: datetime) -> None:
        review.ask_reader(actor, draft_id, _instant(request.POST.get("takes_effect_on", ""), actor), now)

    return _act(request, draft_id, act)


def _instant(text: str, actor: Actor) -> datetime | None:
    """The beginning of a day where the writer works; None for an empty field."""
    if not text.strip():
        return None
    try:
        return datetime.combine(date.fromisoformat(text.strip()), time(), agencies.zone_of(actor))
    except ValueError as error:
        words = _("“%(text)s” is no day. Write year-month-day, for example 2027-01-01.")
        raise Refused("law-effect-day", words % {"text": text[:40]}, field="takes_effect_on") from error


@require_POST
def take_back(request: HttpRequest, draft_id: str) -> HttpResponse:
    return _act(request, draft_id, lambda actor, now: review.take_back(actor, draft_id, now))


@require_POST
def send_back(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Return the draft with a reason."""
    reason = request.POST.get("reason", "")
    return _act(request, draft_id, lambda actor, now: review.return_draft(actor, draft_id, reason, now))


@require_POST
def publish(request: HttpRequest, draft_id: str) -> HttpResponse:
    return _act(request, draft_id, lambda actor, now: review.publish(actor, draft_id, now))


@require_POST
def discard(request: HttpRequest, draft_id: str) -> HttpResponse:
    return _act(request, draft_id, lambda actor, now: drafts.discard(actor, draft_id, now))


@require_POST
def follow_base(request: HttpRequest, draft_id: str) -> HttpResponse:
    return _act(request, draft_id, lambda actor, now: drafts.follow_base(actor, draft_id, now))


@require_POST
def preview(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Work out what would change; a job does it, the page shows how far it is."""

    def act(actor: Actor, now: datetime) -> None:
        jobs.defer(tasks.work_out_preview, preview_id=effect.ask_preview(actor, draft_id, now).id)

    return _act(request, draft_id, act)
