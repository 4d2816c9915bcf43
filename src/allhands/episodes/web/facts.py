"""Add a fact, correct one, or say that the child is back."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from allhands.access import api as access
from allhands.agencies import api as agencies
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeView, FactLine, NewStatement
from allhands.episodes.intake import answers as reading
from allhands.episodes.web import fields, intake
from allhands.episodes.web.episode import reader_of
from allhands.kernel.errors import Refused
from allhands.kernel.ids import StatementId
from allhands.platform import packs
from allhands.platform.web.asking import require_actor


@require_GET
def choose(request: HttpRequest, episode_id: str) -> HttpResponse:
    """All facts that may be added, by their label."""
    reader = reader_of(require_actor(request))
    one = episodes.get_episode(reader.actor, episode_id)
    access.check_edit_facts(reader.actor, episodes.access_of(one))
    classes = access.visible_classes(reader.actor, episodes.access_of(one), stated_by=reader.actor.agency_id)
    wanted = request.GET.get("q", "").strip().casefold()
    options = [
        {"id": fact.id, "label": fact.label.get(reader.lang), "question": fact.question.get(reader.lang)}
        for fact in packs.library().facts.values()
        if fact.sensitivity in classes
        and (not wanted or wanted in f"{fact.label.get(reader.lang)} {fact.question.get(reader.lang)}".casefold())
    ]
    context = {"name": one.child.call_name, "episode_id": episode_id, "options": options, "q": request.GET.get("q", "")}
    return render(request, "episodes/facts.html", context)


@require_http_methods(["GET", "POST"])
def state(request: HttpRequest, episode_id: str, fact_id: str) -> HttpResponse:
    """One fact: what is known, and a new statement about it."""
    reader = reader_of(require_actor(request))
    one = episodes.get_episode(reader.actor, episode_id)
    access.check_edit_facts(reader.actor, episodes.access_of(one))
    declared = packs.library().facts.get(fact_id)
    if declared is None:
        raise Http404
    standing = [line for line in episodes.statements_of(one.episode_id) if line.fact_id == fact_id and line.current]
    faults: dict[str, str] = {}
    typed = intake.typed(request.POST)
    if request.method == "POST":
        caller = reading.Caller(name=reader.actor.label, zone=reader.zone, now=reader.now)
        read = reading.read(typed, {fact_id: declared}, caller)
        faults = {found.path: found.message for found in read.findings}
        if not read.statements and not faults:
            faults = {fact_id: _("Answer it, or choose “I don't know”.")}
        if not faults:
            faults = _store(request, one, read.statements[0], standing, reader.now)
        if not faults:
            return redirect("episode", episode_id=episode_id)
    state_, county = agencies.home_of(reader.actor)
    home = fields.Home(state=state_, county_fips=county)
    field = fields.make(declared, typed, lang=reader.lang, faults=faults, home=home)
    context = {
        "name": one.child.call_name,
        "episode_id": episode_id,
        "field": field,
        "standing": standing,
        "errors": [(field.id, field.fault)] if field.fault else [],
    }
    return render(request, "episodes/fact.html", context, status=422 if faults else 200)


def _store(
    request: HttpRequest, one: EpisodeView, said: NewStatement, standing: list[FactLine], now: datetime
) -> dict[str, str]:
    """Store the statement; it corrects an earlier one only when the person says so. Answers faults by field."""
    corrects = str(request.POST.get("corrects", ""))
    known = {line.statement_id for line in standing}
    supersedes = StatementId(corrects) if corrects in known else None
    try:
        episodes.state_fact(require_actor(request), one.episode_id, said, now, supersedes=supersedes)
    except Refused as refused:
        return {said.fact_id: refused.reason}
    return {}


@require_http_methods(["GET", "POST"])
def returned(request: HttpRequest, episode_id: str) -> HttpResponse:
    """The child is back: when, and who says so."""
    reader = reader_of(require_actor(request))
    one = episodes.get_episode(reader.actor, episode_id)
    access.check_edit_facts(reader.actor, episodes.access_of(one))
    problem = ""
    if request.method == "POST":
        try:
            moment = datetime.fromisoformat(str(request.POST.get("returned_at", "")))
            moment = moment if moment.tzinfo else moment.replace(tzinfo=reader.zone)
            moment = min(moment, reader.now) if (moment - reader.now).total_seconds() < 60 else moment
            informant = str(request.POST.get("informant", "")).strip() or reader.actor.label
            episodes.mark_returned(reader.actor, one.episode_id, moment, informant, reader.now)
            return redirect("episode", episode_id=episode_id)
        except ValueError:
            problem = _("Write the day and time, for example 2026-11-24 14:05.")
        except Refused as refused:
            problem = refused.reason
    context = {
        "name": one.child.call_name,
        "episode_id": episode_id,
        "now_local": f"{reader.now.astimezone(reader.zone):%Y-%m-%dT%H:%M}",
        "informant": request.POST.get("informant", ""),
        "problem": problem,
        "errors": [("returned-at", problem)] if problem else [],
    }
    return render(request, "episodes/returned.html", context, status=422 if problem else 200)
