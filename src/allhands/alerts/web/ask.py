"""Ask for an alert: which ways fit, who decides by when, what was asked before. Ends in an act or "none, because"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from allhands.access import api as access
from allhands.access.contracts import AlertAccess
from allhands.agencies.presenting import Reader, reader_of
from allhands.alerts import api as alerts
from allhands.alerts import criteria, ladder, presenting, queries
from allhands.alerts.contracts import AlertState, AlertView, AuthorityView, RequestState, RequestView
from allhands.duties import api as duties
from allhands.episodes import api as episodes
from allhands.episodes import presenting as people
from allhands.episodes.contracts import EpisodeState, EpisodeView
from allhands.kernel.errors import Refused
from allhands.platform import packs
from allhands.platform.web.asking import require_actor
from allhands.ui.components.error_summary.presenter import Problem
from allhands.ui.components.identity_bar.presenter import IdentityBar
from allhands.ui.components.source_line.presenter import Source, SourceLine, present_source

# Questions offered to settle a way; the rest come when one of these is answered.
MOST_ASKED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    question: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WayLine:
    """One way with its criteria, one by one.

    Args:
        open_href: of the request that waits or was granted; then it cannot be asked again.
        is_first: the one primary button of the page is here.
    """

    way: str
    title: str
    plain: str
    shape: str
    needs: tuple[presenting.Need, ...]
    met: int
    unknown: int
    settle: tuple[Settle, ...]
    sources: tuple[SourceLine, ...]
    is_practice: bool
    open_href: str
    open_words: str
    is_first: bool = False


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, episode_id: str) -> HttpResponse:
    """The ladder of one child."""
    reader = reader_of(require_actor(request))
    one = episodes.get_episode(reader.actor, episode_id)
    problem = Problem(words="")
    if request.method == "POST":
        try:
            return redirect(_act(request, one, reader))
        except Refused as refused:
            problem = presenting.problem_of(refused)
    scene = criteria.scene_of(reader.actor, one)
    authorities = queries.authorities_for(
        state=scene.place.get("state", ""),
        county_fips=scene.place.get("county_fips", ""),
        nation=scene.place.get("nation", ""),
    )
    may_ask = _may_ask(one, authorities, reader)
    asked = queries.list_requests(one.episode_id)
    written = queries.list_alerts(list(AlertState), episode_id=one.episode_id)
    context = {
        "bar": _bar(one, reader, scene),
        "name": one.child.call_name,
        "episode_id": episode_id,
        "land": reader.said(scene.land),
        "ways": _ways(scene, asked, written, reader, one.episode_id),
        "authorities": [(reader.agency_name(auth.agency_id), auth) for auth in authorities],
        "calls": presenting.calls((auth.agency_id for auth in authorities[:2]), reader),
        "asked": _ledger(asked, reader),
        "out": written,
        "may_ask": may_ask and one.state is EpisodeState.OPEN,
        "is_back": one.state is not EpisodeState.OPEN,
        "problem": problem,
        "reason": request.POST.get("reason", ""),
        "summary": presenting.summary_of([problem] if problem.words else []),
    }
    return render(request, "alerts/ask.html", context, status=422 if problem.words else 200)


def _act(request: HttpRequest, one: EpisodeView, reader: Reader) -> str:
    """What was pressed; where to go next."""
    said = request.POST
    if said.get("act") == "none":
        alerts.end_without(reader.actor, one.episode_id, str(said.get("reason", "")), reader.now)
        return reverse("alert-ask", args=[one.episode_id])
    way = str(said.get("way", ""))
    request_id = alerts.ask(reader.actor, one.episode_id, way, "", reader.now)
    if ladder.is_practice(way):
        alert_id = alerts.start(reader.actor, request_id, reader.now)
        return reverse("alert-write", args=[alert_id])
    return reverse("alert-request", args=[request_id])


def _may_ask(one: EpisodeView, authorities: tuple[AuthorityView, ...], reader: Reader) -> bool:
    door = AlertAccess(episode=episodes.access_of(one), authority_ids=frozenset(auth.agency_id for auth in authorities))
    return access.can(access.check_ask_alert, reader.actor, door)


def _bar(one: EpisodeView, reader: Reader, scene: criteria.Scene) -> IdentityBar:
    ledger = duties.list_duties([one.episode_id]).get(one.episode_id, ())
    knowing = duties.know(reader.actor, one, scene.statements, reader.now)
    tier = knowing.tier(duties.list_tiers([one.episode_id]).get(one.episode_id))
    return people.identity_bar(one, scene.statements, ledger, tier, reader)


def _ways(
    scene: criteria.Scene,
    asked: tuple[RequestView, ...],
    written: tuple[AlertView, ...],
    reader: Reader,
    episode_id: str,
) -> tuple[WayLine, ...]:
    running = {line.way: line for line in reversed(asked) if line.state in {RequestState.ASKED, RequestState.GRANTED}}
    by_request = {one.request.request_id: one for one in written}
    made = [_way(rung, _opened(running.get(rung.way), by_request), reader, episode_id) for rung in scene.rungs]
    first = next((line.way for line in made if not line.open_href and line.unknown == 0 and _fits(line)), "")
    return tuple(line if line.way != first else _as_first(line) for line in made)


def _fits(line: WayLine) -> bool:
    return line.met == len(line.needs)


def _as_first(line: WayLine) -> WayLine:
    return WayLine(**{name: getattr(line, name) for name in WayLine.__slots__} | {"is_first": True})


def _opened(running: RequestView | None, written: Mapping[str, AlertView]) -> tuple[str, str]:
    """Where a way that was asked for goes on, and where it stands: its alert, or the answer that is awaited."""
    if running is None:
        return "", ""
    if running.request_id in written:
        one = written[running.request_id]
        return f"/alerts/{one.alert_id}", presenting.alert_state(one)
    return f"/alerts/requests/{running.request_id}", presenting.answer_sentence(running.state)


def _way(rung: ladder.Rung, opened: tuple[str, str], reader: Reader, episode_id: str) -> WayLine:
    needs = tuple(presenting.need(one, reader) for one in rung.needs)
    return WayLine(
        way=rung.way,
        title=reader.said(rung.title),
        plain=reader.said(rung.plain),
        shape=presenting.HOLDS[rung.verdict.name].value,
        needs=needs,
        met=rung.met,
        unknown=sum(one.verdict == "UNKNOWN" for one in rung.needs),
        settle=_settle(rung, reader, episode_id),
        sources=_sources(rung, reader),
        is_practice=rung.is_practice,
        open_href=opened[0],
        open_words=opened[1],
    )


def _settle(rung: ladder.Rung, reader: Reader, episode_id: str) -> tuple[Settle, ...]:
    declared = packs.library().facts
    return tuple(
        Settle(question=declared[fact].question.get(reader.lang), href=reverse("fact", args=[episode_id, fact]))
        for fact in [one for one in rung.missing if one in declared][:MOST_ASKED]
    )


def _sources(rung: ladder.Rung, reader: Reader) -> tuple[SourceLine, ...]:
    today = reader.now.astimezone(reader.zone).date()
    return tuple(
        present_source(
            Source(
                citation=one.citation,
                pin=one.pin,
                address=one.address or "",
                level=one.confidence.value,
                read_on=one.read_on,
            ),
            today=today,
            lang=reader.lang,
        )
        for one in rung.source_refs
    )


def _ledger(asked: tuple[RequestView, ...], reader: Reader) -> list[presenting.RequestLine]:
    appealed = {one.appeals for one in asked}
    return [presenting.request_line(one, reader, appealed=one.request_id in appealed) for one in asked]
