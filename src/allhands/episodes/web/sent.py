"""After sending: the number to read out, what has been prepared, and what the reporter does now."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from allhands.agencies.presenting import Reader, reader_of
from allhands.channels import api as channels
from allhands.channels.contracts import DeliveryState
from allhands.duties import api as duties
from allhands.duties import presenting as duty_words
from allhands.duties.contracts import NoticeView
from allhands.duties.presenting import know
from allhands.episodes import api as episodes
from allhands.episodes import presenting as people
from allhands.episodes.contracts import EpisodeView
from allhands.episodes.web.ledger_view import sort_ledger
from allhands.platform.web.asking import require_actor
from allhands.ui.components.asked_list.presenter import asked_list
from allhands.ui.components.receipt.presenter import Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A packet that the report made, for whom, and how far it is."""

    words: str
    to: str
    href: str
    state: str


@require_GET
def sent(request: HttpRequest, episode_id: str) -> HttpResponse:
    """The report is in. Whoever does not own the episode finds the child's page instead."""
    reader = reader_of(require_actor(request))
    one = episodes.get_episode(reader.actor, episode_id)
    if one.owner_agency_id != reader.actor.agency_id:
        return redirect("episode", episode_id=one.episode_id)
    knowing = know(reader.actor, one, episodes.statements_of(one.episode_id))
    held = duties.list_duties([one.episode_id]).get(one.episode_id, ())
    mine = sort_ledger(held, knowing, reader, may_act=True).mine
    tier = knowing.tier(duties.list_tiers([one.episode_id]).get(one.episode_id))
    context = {
        "name": one.child.call_name,
        "episode_id": one.episode_id,
        "received": reader.moment(one.opened_at),
        "receipt": Receipt(
            heading=_("The number of this report. Read it out."), code=_in_fours(one.episode_id), is_tracked=False
        ),
        "tier": duty_words.tier_badge(tier, reader),
        "asked": asked_list((*mine.open, *mine.more), more_href=f"/e/{one.episode_id}", heading=False),
        "prepared": _prepared(one, reader),
    }
    return render(request, "episodes/intake/sent.html", context)


def _in_fours(code: str) -> str:
    """A number as people read it out; the search takes it with or without the spaces."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def _prepared(one: EpisodeView, reader: Reader) -> tuple[Prepared, ...]:
    return tuple(
        Prepared(
            words=str(people.packet_words(notice.kind)),
            to=_recipient(notice, reader),
            href=f"/e/{one.episode_id}/n/{notice.notice_id}",
            state=_state(notice),
        )
        for notice in duties.list_notices(one.episode_id)
    )


def _recipient(notice: NoticeView, reader: Reader) -> str:
    if notice.recipient_agency_id:
        return reader.agency_name(notice.recipient_agency_id)
    return duty_words.who(notice.recipient_code)


def _state(notice: NoticeView) -> str:
    """How far the packet is, in the words that promise least."""
    if notice.recipient_agency_id is None:
        return _("Nobody has told us where to send it. Call them, and hand it over yourself.")
    states = {delivery.state for delivery in channels.deliveries_for(notice.notice_id)}
    for state, words in (
        (DeliveryState.ACKNOWLEDGED, _("They confirmed it.")),
        (DeliveryState.OPENED, _("Opened, not confirmed yet.")),
        (DeliveryState.ACCEPTED, _("Sent, waiting for proof.")),
        (DeliveryState.SIMULATED, _("Simulated: nothing left this machine.")),
        (DeliveryState.BOUNCED, _("Did not arrive. Call them.")),
        (DeliveryState.FAILED, _("Did not arrive. Call them.")),
    ):
        if state in states:
            return words
    return _("Being sent.")
