"""A packet as it was frozen: what they got, what was left out and why, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from allhands.channels import api as channels
from allhands.channels.contracts import Channel, DeliveryState, DeliveryView
from allhands.duties import api as duties
from allhands.duties import sending
from allhands.duties.contracts import NoticeView
from allhands.duties.packets import PacketKind
from allhands.duties.packets.model import PacketField
from allhands.duties.reader import Reader, reader_of
from allhands.episodes import api as episodes
from allhands.episodes import presenting as people
from allhands.episodes.contracts import EpisodeView
from allhands.kernel.errors import Denied, Refused
from allhands.platform.web.asking import require_actor
from allhands.ui.components.delivery_table.presenter import Delivery, DeliveryTable, DeliveryWord
from allhands.ui.wording import moment

WORDS = {
    DeliveryState.ACCEPTED: DeliveryWord.SENT,
    DeliveryState.OPENED: DeliveryWord.SENT,
    DeliveryState.WAITING: DeliveryWord.SENT,
    DeliveryState.CLAIMED: DeliveryWord.UNKNOWN,
    DeliveryState.UNCERTAIN: DeliveryWord.UNKNOWN,
    DeliveryState.UNCONFIRMED: DeliveryWord.UNKNOWN,
    DeliveryState.HELD: DeliveryWord.NOT_CONFIGURED,
    DeliveryState.SIMULATED: DeliveryWord.SIMULATED,
    DeliveryState.FAILED: DeliveryWord.FAILED,
    DeliveryState.BOUNCED: DeliveryWord.FAILED,
    DeliveryState.ACKNOWLEDGED: DeliveryWord.CONFIRMED,
    DeliveryState.CANCELLED: DeliveryWord.TAKEN_BACK,
}


@require_GET
def detail(request: HttpRequest, episode_id: str, notice_id: str) -> HttpResponse:
    """The packet, word by word."""
    reader = reader_of(require_actor(request))
    episode, notice, content = _load(reader, episode_id, notice_id)
    packet = duties.thaw(content)
    context = {
        "packet": packet,
        "lang": reader.lang,
        "notice": notice,
        "name": episode.child.call_name,
        "episode_id": episode_id,
        "to": people.packet_words(notice.kind),
        "made": moment(notice.made_at, now=reader.now, zone=reader.zone, lang=reader.lang),
        "sections": [(section.title.into(reader.lang), _lines(section.fields, reader)) for section in packet.sections],
        "groups": [
            (group.title.into(reader.lang), group.provided, group.reason.into(reader.lang)) for group in packet.groups
        ],
        "asks": [ask.into(reader.lang) for ask in packet.asks],
        "left_out": [(line.label.into(reader.lang), line.reason.into(reader.lang)) for line in packet.left_out],
        "deliveries": _table(channels.deliveries_for(notice.notice_id), reader),
    }
    return render(request, "duties/notice.html", context)


@require_GET
def file(request: HttpRequest, episode_id: str, notice_id: str, name: str) -> HttpResponse:
    """The packet as PDF or JSON, drawn from what was frozen."""
    reader = reader_of(require_actor(request))
    _episode, _notice, content = _load(reader, episode_id, notice_id)
    parts = {part.name: part for part in sending.parts_of(duties.thaw(content))}
    if name not in parts:
        raise Denied("notice-file")
    response = HttpResponse(parts[name].content, content_type=parts[name].media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def update(request: HttpRequest, episode_id: str, kind: str, recipient: str) -> HttpResponse:
    """Freeze a new packet with what is known now, and send it."""
    reader = reader_of(require_actor(request))
    episode = episodes.get_episode(reader.actor, episode_id)
    if kind not in PacketKind.__members__:
        raise Denied("notice-kind")
    try:
        made = duties.send_update(reader.actor, episode.episode_id, PacketKind(kind), recipient, reader.now)
    except Refused as refused:
        context = {"reason": refused.reason, "name": episode.child.call_name, "episode_id": episode_id}
        return render(request, "duties/not_updated.html", context, status=409)
    return redirect("notice", episode_id=episode_id, notice_id=made)


def _load(reader: Reader, episode_id: str, notice_id: str) -> tuple[EpisodeView, NoticeView, bytes]:
    episode = episodes.get_episode(reader.actor, episode_id)
    notice = duties.find_notice(notice_id)
    content = duties.notice_content(notice_id)
    if notice is None or content is None or notice.episode_id != episode.episode_id:
        raise Denied("notice")
    if reader.actor.agency_id not in {episode.owner_agency_id, notice.recipient_agency_id}:
        raise Denied("notice")
    return episode, notice, content


def _lines(fields: Iterable[PacketField], reader: Reader) -> list[tuple[str, list[str]]]:
    return [(one.label.into(reader.lang), [said.value.into(reader.lang) for said in one.said]) for one in fields]


def _table(deliveries: tuple[DeliveryView, ...], reader: Reader) -> DeliveryTable:
    return DeliveryTable(caption="", deliveries=tuple(_delivery(one, reader) for one in deliveries))


def _delivery(one: DeliveryView, reader: Reader) -> Delivery:
    changed = one.acknowledged_at or one.final_at or one.seen_at or one.accepted_at
    return Delivery(
        channel="E-mail" if one.channel is Channel.EMAIL else "Inbox",
        recipient=one.recipient_label,
        word=WORDS[one.state],
        sent=moment(one.created_at, now=reader.now, zone=reader.zone, lang=reader.lang),
        changed=moment(changed, now=reader.now, zone=reader.zone, lang=reader.lang) if changed else None,
        words=one.acknowledged_by,
    )
