"""Packs, drafts and releases: begin a draft, take a release, give one away."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from allhands.access import api as access
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Refused
from allhands.law.packs.rule_file import FOLDERS
from allhands.law.packs.strict_yaml import Yaml
from allhands.lawbook import queries
from allhands.lawbook.actions.drafts import SaveFile, save_file, start_draft
from allhands.lawbook.actions.releases import import_release
from allhands.lawbook.new_pack import NewPack, NoSuchPlace, first_files
from allhands.lawbook.pack_text import write_yaml
from allhands.lawbook.release.archive import MAX_BYTES
from allhands.lawbook.web import packs_list
from allhands.lawbook.web.rule_page import form_page
from allhands.lawbook.web.times import told
from allhands.lawbook.words import KINDS
from allhands.platform import packs
from allhands.platform.web.asking import require_actor
from allhands.ui.wording import as_lang, date_words


@require_safe
def show_packs(request: HttpRequest) -> HttpResponse:
    """Drafts, releases, and every pack in force."""
    return _page(request)


def _page(request: HttpRequest, *, refused: Refused | None = None) -> HttpResponse:
    actor, lang = _writer(request), as_lang(get_language())
    today = timezone.now().date()
    known = packs_list.lines_of(packs.library(), today, lang)
    titles = {one.id: one.title for one in known}
    context = {
        "drafts": [
            (one.title.get(lang), date_words(one.started_at.date(), today, lang), one) for one in queries.list_drafts()
        ],
        "releases": [
            (titles.get(one.pack_id, one.pack_id), told(one.takes_effect_at, actor, lang), one)
            for one in queries.list_releases()
        ],
        "packs": known,
        "refused": refused,
        "typed": request.POST,
        "actor": actor,
    }
    return render(request, "lawbook/packs.html", context, status=409 if refused else 200)


def _writer(request: HttpRequest) -> Actor:
    actor = require_actor(request)
    access.check_draft_law(actor)
    return actor


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """A draft of a pack in force, or of a place nobody has read yet."""
    actor, now = _writer(request), timezone.now()
    place = request.POST.get("place", "").strip()
    try:
        if place:
            new = _new_pack(request, place, actor)
            draft = start_draft(actor, new.pack_id, first_files(new, now.date()), now)
        else:
            draft = start_draft(actor, request.POST.get("pack", ""), None, now)
    except NoSuchPlace:
        words = _("This is neither a State's two letters (ND) nor a nation's short name (spirit-lake).")
        return _page(request, refused=Refused("law-no-such-place", words, field="place"))
    except Refused as refused:
        return _page(request, refused=refused)
    return redirect("law-draft", draft.id)


def _new_pack(request: HttpRequest, place: str, actor: Actor) -> NewPack:
    name = request.POST.get("name", "").strip()[:200] or place
    return NewPack(
        place=place,
        name_en=name,
        name_es=request.POST.get("name_es", "").strip()[:200] or name,
        steward=actor.label,
        zone=request.POST.get("zone", "").strip()[:60],
    )


@require_POST
def take_release(request: HttpRequest) -> HttpResponse:
    """A release that another installation signed."""
    actor, now = _writer(request), timezone.now()
    sent = request.FILES.get("file")
    try:
        if sent is None:
            raise Refused("release.no-archive", _("Choose a release: a file that ends in .pack."), field="file")
        if (sent.size or 0) > MAX_BYTES:
            raise Refused("release.too-large", _("This file is too large for a release."), field="file")
        import_release(actor, sent.read(), now)
    except Refused as refused:
        return _page(request, refused=refused)
    return redirect("packs")


@require_safe
def give_release(request: HttpRequest, release_id: str) -> HttpResponse:
    """The signed archive, byte by byte."""
    _writer(request)
    found = queries.read_release(release_id)
    if found is None:
        raise Http404
    view, archive = found
    response = HttpResponse(archive, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{view.pack_id}-{view.version}.pack"'
    return response


@form_page
def new_rule(request: HttpRequest, draft_id: str) -> HttpResponse:
    """A rule that says nothing yet; its form asks for the rest."""
    actor, now, lang = _writer(request), timezone.now(), as_lang(get_language())
    draft = queries.get_draft(draft_id)
    refused = None
    if request.method == "POST":
        kind, name = request.POST.get("kind", ""), request.POST.get("name", "").strip()
        folder = next((folder for folder, known in FOLDERS.items() if known.value == kind), "")
        path = f"{folder}/{name}.yaml"
        try:
            _check_name(folder, name, path in queries.list_files(draft_id))
            text = write_yaml(_first_rule(draft.pack_id, kind, name))
            save_file(actor, SaveFile(draft_id=draft_id, path=path, text=text, revision=0), now)
            return redirect("law-rule", draft_id, folder, name)
        except Refused as error:
            refused = error
    kinds = [(code, words.get(lang)) for code, words in KINDS.items() if code != "permission"]
    context = {"draft": draft, "kinds": kinds, "refused": refused, "typed": request.POST}
    return render(request, "lawbook/new_rule.html", context, status=409 if refused else 200)


def _check_name(folder: str, name: str, is_taken: bool) -> None:
    if not folder:
        raise Refused("law-rule-kind", _("Choose what kind of rule it is."), field="kind")
    if not name or not name.replace("-", "").isalnum() or not name.isascii() or name != name.lower() or len(name) > 60:
        words = _("Write a short name in small letters, digits and dashes, such as report-police-2h.")
        raise Refused("law-rule-name", words, field="name")
    if is_taken:
        raise Refused("law-rule-name", _("This draft has a rule of that name already. Choose another."), field="name")


def _first_rule(pack_id: str, kind: str, name: str) -> dict[str, Yaml]:
    then: dict[str, dict[str, Yaml]] = {
        "duty": {"actor": "", "recipient": "", "action": "", "clock": {"starts": "", "none": True}, "evidence": []},
        "criterion": {"alert": "", "activator": "", "needs": []},
        "threshold": {"tier": "T2"},
    }
    value: dict[str, Yaml] = {"id": f"{pack_id}.{name}", "kind": kind, "title": {"en": "", "es": ""}}
    if kind == "definition":
        value["tests_missing"] = False
    value["applies_when"] = {"always": True}
    if kind in then:
        value["then"] = {**then[kind]}
    always: dict[str, Yaml] = {"from": None, "to": None}
    return value | {"periods": [always], "source": [], "confidence": "C", "plain": {"en": "", "es": ""}}
