"""Hand an episode over: to whom, why, what they will see; accept in writing or decline with a reason."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from allhands.access import api as access
from allhands.agencies import api as agencies
from allhands.episodes import api as episodes
from allhands.episodes import presenting as people
from allhands.episodes.contracts import EpisodeView, OfferView
from allhands.episodes.web.episode import reader_of
from allhands.kernel.errors import Refused
from allhands.kernel.ids import AgencyId
from allhands.platform.web.asking import require_actor
from allhands.ui.wording import moment


@require_http_methods(["GET", "POST"])
def handoff(request: HttpRequest, episode_id: str) -> HttpResponse:
    """Offer the episode, or answer an offer: which of the two depends on who reads."""
    reader = reader_of(require_actor(request))
    one = episodes.get_episode(reader.actor, episode_id)
    problem = ""
    if request.method == "POST":
        try:
            to = AgencyId(str(request.POST.get("to_agency", "")))
            episodes.offer(reader.actor, one.episode_id, to, str(request.POST.get("reason", "")), reader.now)
            return redirect("handoff", episode_id=episode_id)
        except Refused as refused:
            problem = refused.reason
    return _show(request, one, problem)


@require_POST
def answer(request: HttpRequest, episode_id: str, offer_id: str, answer: str) -> HttpResponse:
    """Accept, decline or take back."""
    reader = reader_of(require_actor(request))
    one = episodes.get_episode(reader.actor, episode_id)
    words = str(request.POST.get("words", ""))
    try:
        match answer:
            case "accept":
                episodes.accept(reader.actor, offer_id, words, reader.now)
            case "decline":
                episodes.decline(reader.actor, offer_id, words, reader.now)
            case "withdraw":
                episodes.withdraw(reader.actor, offer_id, reader.now)
            case _:
                raise Http404
    except Refused as refused:
        return _show(request, one, refused.reason, field="words")
    return redirect("episode", episode_id=episode_id)


def _show(request: HttpRequest, one: EpisodeView, problem: str, field: str = "reason") -> HttpResponse:
    reader = reader_of(require_actor(request))
    offer: OfferView | None = one.offer
    mine = access.can(access.check_offer, reader.actor, episodes.access_of(one))
    context = {
        "name": one.child.call_name,
        "episode_id": one.episode_id,
        "owner": people.owner_badge(one, reader),
        "offer": offer,
        "offer_from": reader.agency_name(offer.from_agency_id) if offer else "",
        "answer_due": moment(offer.answer_due_at, now=reader.now, zone=reader.zone, lang=reader.lang)
        if offer
        else None,
        "may_offer": mine and offer is None,
        "may_withdraw": mine and offer is not None,
        "may_answer": offer is not None
        and access.can(access.check_answer_offer, reader.actor, episodes.access_of(one), offer.to_agency_id),
        "targets": agencies.hand_off_targets(reader.actor) if mine else (),
        "chosen": request.POST.get("to_agency", ""),
        "reason": request.POST.get("reason", ""),
        "words": request.POST.get("words", ""),
        "problem": problem,
        "field": field,
        "errors": [(field, problem)] if problem else [],
    }
    return render(request, "episodes/handoff.html", context, status=422 if problem else 200)
