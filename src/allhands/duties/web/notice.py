"""A packet as it was frozen: what they got, what was left out and why, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from allhands.access.contracts import DisclosureDoor
from allhands.agencies.presenting import Reader, reader_of
from allhands.channels import api as channels
from allhands.channels.contracts import Channel, DeliveryState, DeliveryView
from allhands.duties import api as duties
from allhands.duties import sending
from allhands.duties.contracts import NoticeView
from allhands.duties.knowing import Knowing, know
from allhands.duties.packets import Packet, PacketKind
from allhands.duties.packets.model import PacketField
from allhands.episodes import api as episodes
from allhands.episodes import presenting as people
from allhands.episodes.contracts import EpisodeState, EpisodeView
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import NoticeId
from allhands.platform import packs
from allhands.platform.audit import api as audit
from allhands.platform.web.asking import require_actor
from allhands.ui.components.delivery_table.presenter import Delivery, DeliveryTable, DeliveryWord
from allhands.ui.components.identity_bar.presenter import IdentityBar
from allhands.ui.wording import Lang

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
LOST = frozenset({DeliveryState.FAILED, DeliveryState.BOUNCED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A packet that this reader may read: only the owner here; a recipient reads its own in its inbox.

    Args:
        knowing: what this reader may know of the child: a packet may carry what another agency stated for its recipient
            alone.
    """

    reader: Reader
    episode: EpisodeView
    notice: NoticeView
    packet: Packet
    knowing: Knowing

    @property
    def bar(self) -> IdentityBar:
        """The child above the page."""
        return bar_of(self.episode, self.reader)

    @property
    def is_whole(self) -> bool:
        """Whether the reader may read all of it, and so may take the file along."""
        return not any(one.fact_id in self.knowing.hidden for one in duties.told_in(self.packet))

    def tell(self, door: DisclosureDoor) -> None:
        """Write down what of it this reader learns."""
        duties.tell_packet(self.reader.actor, self.episode, self.packet, self.knowing, door, self.reader.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One field of the packet that is known; `href` leads to why the reader may not read what was sent."""

    label: str
    values: tuple[str, ...]
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the packet: what is known, and the labels of what is not known yet."""

    title: str
    lines: tuple[Line, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A group of fields the law names, and whether the packet has it."""

    title: str
    has: bool
    reason: str


@require_GET
def detail(request: HttpRequest, episode_id: str, notice_id: str) -> HttpResponse:
    """The packet, word by word."""
    opened = _open(request, episode_id, notice_id)
    if opened is None:
        return redirect("inbox-about", refers_to=notice_id)
    reader, notice, packet = opened.reader, opened.notice, opened.packet
    newest = _newest_like(notice, reader.now)
    with audit.audited(
        reader.actor, reader.now, audit.Event.RECORD_READ, episode_id=notice.episode_id, subject_id=notice_id
    ):
        opened.tell(DisclosureDoor.PAGE)
        context = {
            "bar": opened.bar,
            "notice": notice,
            "name": opened.episode.child.call_name,
            "episode_id": episode_id,
            "to": people.packet_words(notice.kind),
            "recipient": packet.recipient if notice.recipient_agency_id else "",
            "made": reader.moment(notice.made_at),
            "restricted": packet.restricted,
            "newer": reverse("notice", args=[episode_id, newest]) if newest != notice_id else "",
            "may_update": opened.episode.state is not EpisodeState.CLOSED,
            "is_whole": opened.is_whole,
            "sections": [_section(one.title.into(reader.lang), one.fields, opened) for one in packet.sections],
            "wanted": [
                Wanted(title=one.title.into(reader.lang), has=one.provided, reason=one.reason.into(reader.lang))
                for one in packet.groups
            ],
            "asks": [ask.into(reader.lang) for ask in packet.asks],
            "left_out": [
                (_label(one.label.into(reader.lang), reader.lang), one.reason.into(reader.lang))
                for one in packet.left_out
                if one.fact_id not in opened.knowing.hidden  # its name, or which law keeps it, can tell what it is
            ],
            "left_out_unnamed": sum(one.fact_id in _hidden_not_secret(opened.knowing) for one in packet.left_out),
            "deliveries": _table(opened),
            "held_back": _why_held_back(opened),
        }
        return render(request, "duties/notice.html", context)


@require_GET
def file(request: HttpRequest, episode_id: str, notice_id: str, name: str) -> HttpResponse:
    """The packet as PDF or JSON, drawn from what was frozen. Taking it along is written down."""
    opened = _open(request, episode_id, notice_id)
    if opened is None or not opened.is_whole:
        raise Denied("notice-file")
    parts = {part.name: part for part in sending.parts_of(opened.packet)}
    if name not in parts:
        raise Denied("notice-file")
    reader, event = opened.reader, audit.Event.RECORD_EXPORTED
    with audit.audited(reader.actor, reader.now, event, episode_id=episode_id, subject_id=notice_id):
        opened.tell(DisclosureDoor.EXPORT)
        response = HttpResponse(parts[name].content, content_type=parts[name].media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def update(request: HttpRequest, episode_id: str, kind: str, recipient: str) -> HttpResponse:
    """Freeze a new packet with what is known now, and send it."""
    reader = reader_of(require_actor(request))
    episode = episodes.get_episode(reader.actor, episode_id)
    if kind not in PacketKind.__members__ or reader.actor.agency_id != episode.owner_agency_id:
        raise Denied("notice-kind")
    try:
        made = duties.send_update(reader.actor, episode.episode_id, PacketKind(kind), recipient, reader.now)
    except Refused as refused:
        context = {
            "bar": bar_of(episode, reader),
            "reason": _(refused.reason),
            "name": episode.child.call_name,
            "episode_id": episode_id,
        }
        return render(request, "duties/not_updated.html", context, status=409)
    return redirect("notice", episode_id=episode_id, notice_id=made)


def bar_of(episode: EpisodeView, reader: Reader) -> IdentityBar:
    """The child above a page about one packet."""
    statements = episodes.statements_of(episode.episode_id)
    ledger = duties.list_duties([episode.episode_id]).get(episode.episode_id, ())
    tier = know(reader.actor, episode, statements).tier(duties.list_tiers([episode.episode_id]).get(episode.episode_id))
    return people.identity_bar(episode, statements, ledger, tier, reader)


def _open(request: HttpRequest, episode_id: str, notice_id: str) -> Opened | None:
    """The packet for its owner; None for its recipient, who opens it in the inbox, where that is a receipt.

    Raises:
        Denied: neither of the two, or there is no such packet.
    """
    reader = reader_of(require_actor(request))
    episode = episodes.get_episode(reader.actor, episode_id)
    notice = duties.find_notice(notice_id)
    content = duties.notice_content(notice_id)
    if notice is None or content is None or notice.episode_id != episode.episode_id:
        raise Denied("notice")
    if reader.actor.agency_id == episode.owner_agency_id:
        knowing = know(reader.actor, episode, episodes.statements_of(episode.episode_id), reader.now)
        return Opened(reader=reader, episode=episode, notice=notice, packet=duties.thaw(content), knowing=knowing)
    if reader.actor.agency_id == notice.recipient_agency_id:
        return None
    raise Denied("notice")


def _newest_like(notice: NoticeView, now: datetime) -> NoticeId:
    """The newest packet of the same kind to the same recipient, of those that left or will."""
    for one in duties.list_notices(notice.episode_id):
        if one.notice_id == notice.notice_id:
            break
        if (one.kind, one.recipient_code) == (notice.kind, notice.recipient_code):
            content = None if one.issued_at else duties.notice_content(one.notice_id)
            if content is None or not _is_held_back(one, duties.thaw(content), now):
                return one.notice_id
    return notice.notice_id


def _is_held_back(notice: NoticeView, packet: Packet, now: datetime) -> bool:
    receiver = notice.recipient_agency_id
    return notice.issued_at is None and receiver is not None and duties.is_held_back(packet, receiver, now)


def _hidden_not_secret(knowing: Knowing) -> frozenset[str]:
    """What may be counted: of a secret not even that it is there."""
    return knowing.hidden - knowing.secret


def _section(title: str, fields: Iterable[PacketField], opened: Opened) -> Section:
    lines = [_line(one, opened) for one in fields]
    return Section(
        title=title,
        lines=tuple(line for line in lines if line.values),
        unknown=tuple(line.label for line in lines if not line.values),
    )


def _line(one: PacketField, opened: Opened) -> Line:
    """What they got; of what is another agency's and not this reader's, only that they got it."""
    reader = opened.reader
    label = one.label.into(reader.lang)
    if one.said and one.fact_id in opened.knowing.hidden:
        why = reverse("why", args=[opened.episode.episode_id, one.fact_id])
        return Line(label=label, values=(_("sent to them; not yours to read"),), href=why)
    return Line(label=label, values=tuple(said.value.into(reader.lang) for said in one.said))


def _label(text: str, lang: Lang) -> str:
    """What was left out by its name; a fact no packet has a place for was frozen under its id."""
    declared = packs.library().facts.get(text)
    return declared.label.get(lang) if declared else text


def _why_held_back(opened: Opened) -> str:
    """Why the packet will never leave; empty for one that left or will. That others had a card is theirs to tell."""
    receiver, now = opened.notice.recipient_agency_id, opened.reader.now
    if receiver is None or not _is_held_back(opened.notice, opened.packet, now):
        return ""
    if duties.has_lost_consent(opened.packet, receiver, now):
        return _("It was held back: a consent was taken back or ran out.")
    return _("It was held back: what they may have has changed.")


def _table(opened: Opened) -> DeliveryTable:
    deliveries = channels.deliveries_for(opened.notice.notice_id)
    return DeliveryTable(caption=_("What became of it"), deliveries=tuple(_delivery(one, opened) for one in deliveries))


def _delivery(one: DeliveryView, opened: Opened) -> Delivery:
    reader, is_mail = opened.reader, one.channel is Channel.EMAIL
    changed = one.acknowledged_at or one.final_at or one.seen_at or one.accepted_at
    pdf = reverse("notice-file", args=[opened.notice.episode_id, opened.notice.notice_id, "packet-en.pdf"])
    return Delivery(
        channel=_("e-mail") if is_mail else _("inbox here"),
        recipient=one.recipient_label,
        word=WORDS[one.state],
        sent=reader.moment(one.created_at),
        changed=reader.moment(changed) if changed else None,
        words=_happened(one),
        what=_("that a packet waits, without names") if is_mail else _("the whole packet"),
        what_href="" if is_mail or not opened.is_whole else pdf,
    )


def _happened(one: DeliveryView) -> str:
    """Who confirmed it, that somebody opened it, or what the other system said when it was lost."""
    if one.acknowledged_by:
        return _("by %(who)s") % {"who": one.acknowledged_by}
    if one.state in LOST and one.statuses:
        return one.statuses[-1].words or one.statuses[-1].code
    return _("opened") if one.seen_at else ""
