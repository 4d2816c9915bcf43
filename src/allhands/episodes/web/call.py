"""One page for someone who types while listening: the same facts as the wizard, the next sentence to ask on top."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from allhands.agencies import api as agencies
from allhands.episodes import api as episodes
from allhands.episodes.contracts import ReportChannel
from allhands.episodes.intake import steps
from allhands.episodes.web import fields, intake, intake_state, running
from allhands.episodes.web.intake_state import Intake
from allhands.kernel.actors import Actor
from allhands.platform import packs
from allhands.platform.web.asking import require_actor
from allhands.ui.wording import as_lang

MORE = (
    "description.companions",
    "description.likely_destinations",
    "description.phone_numbers",
    "description.accounts",
)


@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, draft_id: str) -> HttpResponse:
    """What has the caller said, and what should I ask next?"""
    actor, now = require_actor(request), timezone.now()
    if request.method == "POST":
        draft = episodes.save_draft(actor, draft_id, intake.typed(request.POST), now)
        if "hold" in request.POST:
            return redirect("board")
        state = intake_state.read(actor, draft, now)
        if "send" in request.POST and not state.faults and state.call_name:
            return intake.send(request, actor, state, ReportChannel.CALL, "episodes/intake/check.html")
        if "send" in request.POST:
            return _show(request, actor, state, status=422)
        return redirect("report-call", draft_id=draft_id)
    return _show(request, actor, intake_state.load(actor, draft_id, now))


@require_GET
def running_part(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The running list alone, for the page to lay in while somebody types."""
    actor = require_actor(request)
    state = intake_state.load(actor, draft_id, timezone.now())
    lang = as_lang(get_language())
    return render(request, "episodes/intake/_call_side.html", _side(state, lang))


def _show(request: HttpRequest, actor: Actor, state: Intake, status: int = 200) -> HttpResponse:
    lang, declared = as_lang(get_language()), packs.library().facts
    home = fields.Home(**dict(zip(("state", "county_fips"), agencies.home_of(actor), strict=True)))
    groups = [
        (
            step.title.get(lang),
            [
                fields.make(declared[fact], state.answers, lang=lang, faults=state.faults, home=home)
                for fact in (*step.facts, *(MORE if step.slug == "with" else ()))
                if fact in declared and not (step.slug == "with" and fact in step.facts and fact in MORE)
            ],
        )
        for step in steps.OPENING
    ]
    faults = list(state.faults.items())
    if not state.call_name and status == 422:
        faults.insert(0, ("child.given_name", _name_needed(lang)))
    context = {
        "draft_id": state.draft.draft_id,
        "groups": groups,
        "answers": state.answers,
        "reporter_name": state.answers.get("reporter_name", ""),
        "reporter_phone": state.answers.get("reporter_phone", ""),
        "reporter_relation": state.answers.get("reporter_relation", ""),
        "saved_at": state.draft.saved_at,
        "errors": faults if status == 422 else [],
        "name": state.call_name,
        **_side(state, lang),
    }
    return render(request, "episodes/intake/call.html", context, status=status)


def _side(state: Intake, lang: str) -> dict[str, object]:
    return {"running": running.present(state, as_lang(lang)), "draft_id": state.draft.draft_id}


def _name_needed(lang: str) -> str:
    return (
        "Escriba el nombre que usa el menor. Basta con el primero."
        if lang == "es"
        else "Write the name the child uses. A first name is enough."
    )
