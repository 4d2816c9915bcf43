"""The inbox: what came, the item in words, its files, and the receipt."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from allhands.channels import api as channels
from allhands.channels.contracts import InboxItem, InboxLine, PartLine
from allhands.channels.web.packet import MEDIA_TYPE, PacketPage, read_packet
from allhands.channels.web.reader import Reader, reader_of
from allhands.kernel.errors import Denied
from allhands.kernel.ids import DeliveryId
from allhands.ui.components.receipt.presenter import Receipt, ReceiptState
from allhands.ui.wording import Moment

_KILOBYTE = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One line of the inbox. `confirmed_by` is empty until somebody confirmed."""

    delivery_id: DeliveryId
    subject: str
    sender: str
    received: Moment
    opened: Moment | None
    confirmed: Moment | None
    confirmed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """A file to take along."""

    name: str
    kind: str
    size: str


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """What came for us; what nobody has confirmed stands first."""
    reader = reader_of(request)
    rows = [_row(line, reader) for line in channels.list_inbox(reader.actor)]
    waiting = [row for row in rows if row.confirmed is None]
    return render(request, "channels/inbox.html", {"waiting": waiting, "done": rows[len(waiting) :]})


@require_GET
def about(request: HttpRequest, refers_to: str) -> HttpResponse:
    """From the e-mail to the item. Denied: `inbox-not-yours`, also when there is none."""
    reader = reader_of(request)
    found = channels.find_about(reader.actor, refers_to)
    if found is None:
        raise Denied("inbox-not-yours")
    return redirect("inbox-item", delivery_id=found)


@require_GET
def show_item(request: HttpRequest, delivery_id: str) -> HttpResponse:
    """The item, word by word as it was frozen. Opening it is written down."""
    reader = reader_of(request)
    item = channels.open_item(reader.actor, DeliveryId(delivery_id), reader.now)
    context = {
        "row": _row(item.line, reader),
        "body": item.body,
        "digest": item.digest,
        "packet": _packet(item, reader),
        "files": [_file(part) for part in item.parts],
        "receipt": _receipt(item, reader),
    }
    return render(request, "channels/item.html", context)


@require_GET
def download(request: HttpRequest, delivery_id: str, name: str) -> HttpResponse:
    """One file, byte for byte. Taking it along is written down."""
    reader = reader_of(request)
    part = channels.get_part(reader.actor, DeliveryId(delivery_id), name, reader.now)
    response = HttpResponse(part.content, content_type=part.media_type)
    response["Content-Disposition"] = f'attachment; filename="{part.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def acknowledge(request: HttpRequest, delivery_id: str) -> HttpResponse:
    """Confirm receipt: this is proof for the sender."""
    reader = reader_of(request)
    channels.acknowledge(reader.actor, DeliveryId(delivery_id), reader.now)
    return redirect("inbox-item", delivery_id=delivery_id)


def _in_language(subject: str, lang: str) -> str:
    """The reader's half of a subject that was frozen in both languages, parted by " / "; another one as it is.

    Example:
        >>> _in_language("The time is over / El plazo venció", "es")
        'El plazo venció'
    """
    parts = subject.split(" / ")
    half = len(parts) // 2
    if len(parts) % 2:
        return subject
    return " / ".join(parts[half:] if lang == "es" else parts[:half])


def _row(line: InboxLine, reader: Reader) -> InboxRow:
    return InboxRow(
        delivery_id=line.id,
        subject=_in_language(line.subject, reader.lang),
        sender=line.sender_label,
        received=reader.moment(line.received_at),
        opened=reader.moment(line.opened_at) if line.opened_at else None,
        confirmed=reader.moment(line.acknowledged_at) if line.acknowledged_at else None,
        confirmed_by=line.acknowledged_by,
    )


def _packet(item: InboxItem, reader: Reader) -> PacketPage | None:
    """The packet among the files, in words; what we show is what was sent, not what is known now."""
    part = next((part for part in item.parts if part.media_type == MEDIA_TYPE), None)
    if part is None:
        return None
    content = channels.read_opened_part(reader.actor, item.line.id, part.name)
    return read_packet(content, lang=reader.lang, zone=reader.zone, now=reader.now)


def _file(part: PartLine) -> FileRow:
    kinds = {"application/pdf": "PDF", MEDIA_TYPE: "JSON"}
    size = _("%(size)s KB") % {"size": -(-part.size_bytes // _KILOBYTE)}
    return FileRow(name=part.name, kind=kinds.get(part.media_type, part.media_type), size=size)


def _receipt(item: InboxItem, reader: Reader) -> Receipt | None:
    line = item.line
    if line.acknowledged_at is None:
        return None
    said = {"when": reader.moment(line.acknowledged_at).words, "who": line.acknowledged_by}
    return Receipt(
        heading=_("Receipt confirmed %(when)s by %(who)s") % said,
        code=item.refers_to,
        next_steps=(_("%(sender)s can see that you have it.") % {"sender": line.sender_label},),
        state=ReceiptState.LOOKED_AT,
    )
