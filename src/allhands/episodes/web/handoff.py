"""Hand an episode over: to whom, why, what they will see; accept in writing or decline with a reason."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from allhands.agencies import api as agencies
from allhands.agencies.contracts import AgencyView, Cover
from allhands.agencies.presenting import Reader
from allhands.episodes import api as episodes
from allhands.episodes import presenting as people
from allhands.episodes.contracts import EpisodeView, OfferView
from allhands.episodes.web.episode import identity, may_do, reader_of
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import AgencyId
from allhands.platform.web.asking import require_actor
from allhands.ui.components.error_summary.presenter import ErrorSummary, Problem


@require_http_methods(["GET", "POST"])
def handoff(request: HttpRequest, episode_id: str) -> HttpResponse:
    """Offer the episode, or answer an offer: which of the two depends on who reads."""
    reader = reader_of(require_actor(request))
    one = episodes.get_episode(reader.actor, episode_id)
    if request.method == "GET":
        return _show(request, one, reader)
    to = AgencyId(str(request.POST.get("to_agency", "")))
    try:
        episodes.offer(reader.actor, one.episode_id, to, str(request.POST.get("reason", "")), reader.now)
    except Refused as refused:
        return _show(request, one, reader, refused, field=refused.field or "reason")
    return redirect("handoff", episode_id=episode_id)


@require_POST
def answer(request: HttpRequest, episode_id: str, offer_id: str, answer: str) -> HttpResponse:
    """Accept, decline or take back."""
    reader = reader_of(require_actor(request))
    one = episodes.get_episode(reader.actor, episode_id)
    offer = episodes.find_offer(offer_id)
    if offer is None or offer.episode_id != one.episode_id:
        raise Denied("offer")
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
                raise Denied("offer")
    except Refused as refused:
        return _show(request, one, reader, refused, field="words")
    if episodes.find_episode(one.episode_id) is None:  # who was only asked, and said no, sees the child no more
        return redirect("board")
    return redirect("episode", episode_id=episode_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An agency that may be asked, and what was agreed with it on hand-offs; empty when nothing is on record."""

    agency_id: AgencyId
    words: str
    has_agreement: bool


def targets(reader: Reader) -> tuple[Target, ...]:
    """Who may be asked: every agency that can own a response, those with an agreement on hand-offs first."""
    found = [_target(one, reader) for one in agencies.hand_off_targets(reader.actor)]
    return tuple(sorted(found, key=lambda one: not one.has_agreement))


def _target(agency: AgencyView, reader: Reader) -> Target:
    agreed_on = _on_hand_offs(reader.actor.agency_id, agency.id, reader)
    words = _("%(agency)s (agreed: %(title)s)") % {"agency": agency.name, "title": agreed_on[0]} if agreed_on else ""
    return Target(agency_id=agency.id, words=words or agency.name, has_agreement=bool(agreed_on))


def agreed(reader: Reader, offer: OfferView) -> tuple[str, ...]:
    """The titles of what both agencies of an offer agreed on hand-offs."""
    return _on_hand_offs(offer.from_agency_id, offer.to_agency_id, reader)


def _on_hand_offs(one: AgencyId, other: AgencyId, reader: Reader) -> tuple[str, ...]:
    today = reader.now.astimezone(reader.zone).date()
    found = agencies.agreements_between(one, other, today)
    return tuple(f"{each.title} ({each.document})" for each in found if Cover.HAND_OFF in each.covers)


def _show(
    request: HttpRequest, one: EpisodeView, reader: Reader, refused: Refused | None = None, field: str = ""
) -> HttpResponse:
    offer, may = one.offer, may_do(one, reader)
    problem = Problem(words=_(refused.reason), field_id=field) if refused else Problem(words="")
    context = {
        "bar": identity(one, reader),
        "name": one.child.call_name,
        "episode_id": one.episode_id,
        "owner": people.owner_badge(one, reader),
        "offer": offer,
        "offer_from": reader.agency_name(offer.from_agency_id) if offer else "",
        "offer_to": reader.agency_name(offer.to_agency_id) if offer else "",
        "offered": reader.moment(offer.offered_at) if offer else None,
        "answer_due": reader.moment(offer.answer_due_at) if offer else None,
        "may_offer": may.offer and offer is None,
        "may_withdraw": may.offer and offer is not None,
        "may_answer": may.answer,
        "targets": targets(reader) if may.offer and offer is None else (),
        "agreements": agreed(reader, offer) if offer else (),
        "chosen": request.POST.get("to_agency", ""),
        "reason": request.POST.get("reason", ""),
        "words": request.POST.get("words", ""),
        "problem": problem,
        "summary": ErrorSummary(problems=(problem,) if problem.words else ()),
    }
    return render(request, "episodes/handoff.html", context, status=422 if refused else 200)
