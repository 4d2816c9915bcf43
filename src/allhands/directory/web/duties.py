"""For people who work here: every duty with its clock, and the report that begins with what was answered."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from allhands.agencies.presenting import reader_of
from allhands.directory import api, intake
from allhands.directory import presenting as showing
from allhands.directory.places import names_of
from allhands.directory.web.who import form_of
from allhands.episodes import api as episodes
from allhands.platform.web.asking import get_actor, require_actor


@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    """Every duty that applies or may apply to the child somebody asked about."""
    if get_actor(request) is None:  # the answers are coarse codes; they come along so that nobody types them twice
        return redirect(f"{settings.LOGIN_URL}?next={quote(request.get_full_path())}")
    reader = reader_of(require_actor(request))
    asked = api.ask(form_of(request))
    lines = [
        showing.show_duty(line, reader.now, reader.lang, zone=reader.zone) for line in api.duties_of(asked, reader.now)
    ]
    context = {
        "sure": [line for line in lines if line.applies and not line.covered],
        "covered": [line for line in lines if line.applies and line.covered],
        "unsure": [line for line in lines if not line.applies],
        "places": [place.get(reader.lang) for place in names_of(asked.places)],
        "said": showing.show_said(asked, reader.lang),
        "notes": [note.text.get(reader.lang) for note in api.answer(asked, reader.now).notes],
        "hidden": api.as_query(asked),
        "query": urlencode([*api.as_query(asked), ("lang", reader.lang)]),
    }
    return render(request, "directory/duties.html", context)


@require_POST
def start_report(request: HttpRequest) -> HttpResponse:
    """A draft with the answers in it; from here on they are kept, because the person chose it."""
    actor, now = require_actor(request), timezone.now()
    asked = api.ask(form_of(request))
    draft = episodes.start_draft(actor, now)
    episodes.save_draft(actor, draft.draft_id, intake.draft_answers(asked), now)
    return redirect("report-step", draft_id=draft.draft_id, slug="child")
