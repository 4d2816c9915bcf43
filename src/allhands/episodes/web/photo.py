"""The child's photo: add one, look at the newest."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from allhands.access import api as access
from allhands.episodes import api as episodes
from allhands.episodes.web.episode import reader_of
from allhands.kernel.errors import Refused
from allhands.platform import scanning
from allhands.platform.web.asking import require_actor
from allhands.platform.web.uploads import content_of
from allhands.ui.components.error_summary.presenter import ErrorSummary, Problem
from allhands.ui.wording import moment

INPUTS = {"document": "photo", "taken_on": "taken-on"}


@require_http_methods(["GET", "POST"])
def photo(request: HttpRequest, episode_id: str) -> HttpResponse:
    """Add a photo, or see the one there is."""
    reader = reader_of(require_actor(request))
    one = episodes.get_episode(reader.actor, episode_id)
    access.check_edit_facts(reader.actor, episodes.access_of(one))
    problem = Problem(words="")
    if request.method == "POST":
        try:
            content = content_of(request.FILES.get("photo"))
            episodes.add_photo(reader.actor, one.episode_id, content, _day(request), reader.now)
            return redirect("episode", episode_id=episode_id)
        except Refused as refused:
            problem = Problem(words=_(refused.reason), field_id=INPUTS.get(refused.field, "photo"))
    known = episodes.find_photo(one.child.child_id)
    context = {
        "name": one.child.call_name,
        "episode_id": episode_id,
        "known": known,
        "scans": scanning.is_configured(),
        "added": moment(known.added_at, now=reader.now, zone=reader.zone, lang=reader.lang) if known else None,
        "taken_on": request.POST.get("taken_on", ""),
        "problem": problem,
        "summary": ErrorSummary(problems=(problem,) if problem.words else ()),
    }
    return render(request, "episodes/photo.html", context, status=422 if problem.words else 200)


@require_GET
def picture(request: HttpRequest, episode_id: str, photo_id: str) -> HttpResponse:
    """The bytes of the newest photo; nothing keeps them."""
    reader = reader_of(require_actor(request))
    one = episodes.get_episode(reader.actor, episode_id)
    known = episodes.find_photo(one.child.child_id)
    if known is None or known.photo_id != photo_id:
        raise Http404
    response = HttpResponse(known.content, content_type=known.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _day(request: HttpRequest) -> date | None:
    text = str(request.POST.get("taken_on", "")).strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        words = _("Write the day as year-month-day, for example 2026-11-24.")
        raise Refused("photo-day", words, field="taken_on") from None
