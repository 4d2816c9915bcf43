"""What became of each transmission, way by way, the four facts apart; whoever has not confirmed stands first."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allhands.agencies.presenting import Reader
from allhands.alerts import presenting, queries, ways
from allhands.alerts.contracts import MessageKind, TransmissionView
from allhands.alerts.web import artefact_words, sent
from allhands.alerts.web.opened import Opened
from allhands.channels import api as channels
from allhands.channels.contracts import ChannelCondition, GroupState, SendingState, Stamp, WayState
from allhands.ui.components.delivery_table.presenter import Delivery, DeliveryTable, DeliveryWord

# What the channels call the one copy of something that is made here and handed to nobody.
MADE = "made"
_FAILED = (SendingState.FAILED,)
_UNSURE = (SendingState.UNCERTAIN, SendingState.UNCONFIRMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """A poster or card of a transmission."""

    way: str
    name: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One transmission and its table; `unconfirmed` counts the ways that have not confirmed all of it.

    Args:
        files: what people print and post, to open.
        stamp: what is written across them now; empty while the alert is out.
    """

    title: str
    table: DeliveryTable
    unconfirmed: int
    ways: int
    files: tuple[FileLink, ...]
    stamp: str


def tables(opened: Opened) -> tuple[Sent, ...]:
    """Newest first: after a take-back its own table stands on top."""
    return tuple(_sent(one, opened) for one in queries.list_transmissions(opened.alert.alert_id))


def _sent(one: TransmissionView, opened: Opened) -> Sent:
    states = ways.state_of(one.transmission_id)
    title = {
        MessageKind.ALERT: _("The alert"),
        MessageKind.UPDATE: _("The update"),
        MessageKind.CANCEL: _("The word that it is over"),
    }[one.kind]
    caption = _("%(what)s, sent %(when)s by %(who)s") % {
        "what": title,
        "when": opened.reader.moment(one.sent_at).words,
        "who": one.approved_by,
    }
    rows = tuple(row for state in states for row in _rows(state, one, opened))
    return Sent(
        title=title,
        table=DeliveryTable(caption=caption, deliveries=rows),
        unconfirmed=sum(state.unconfirmed > 0 for state in states),
        ways=len(states),
        files=tuple(
            FileLink(
                way=presenting.way_words(state.way.value),
                name=artefact_words.with_language(name),
                href=_href(opened, one, state, name),
            )
            for state in states
            if state.way in channels.MARKABLE
            for name in state.artefacts
        ),
        stamp=_stamp(opened, one),
    )


def _href(opened: Opened, one: TransmissionView, state: WayState, name: str) -> str:
    return reverse("alert-sent", args=[opened.alert.alert_id, one.transmission_id, state.way.value, name])


def _stamp(opened: Opened, one: TransmissionView) -> str:
    stamp = sent.stamp_of(opened.alert, one.kind, opened.reader.now)
    return {None: "", Stamp.WITHDRAWN: _("withdrawn"), Stamp.EXPIRED: _("expired")}[stamp]


def _rows(state: WayState, one: TransmissionView, opened: Opened) -> list[Delivery]:
    first = state.artefacts[0] if state.artefacts else ""
    href = _href(opened, one, state, first) if first else ""
    what = artefact_words.words_of(first)
    title = presenting.way_words(state.way.value)
    if not state.groups:
        return [
            Delivery(
                channel=title,
                recipient=_("nobody to tell on this way"),
                word=_condition(state, DeliveryWord.NOBODY),
                sent=None,
                what=what,
                what_href=href,
            )
        ]
    return [_row(state, group, title, (what, href), opened.reader) for group in state.groups]


def _row(state: WayState, group: GroupState, title: str, what: tuple[str, str], reader: Reader) -> Delivery:
    return Delivery(
        channel=title,
        recipient=_recipients(group),
        word=_word(state, group),
        sent=reader.moment(group.submitted_at) if group.submitted_at else None,
        changed=reader.moment(group.accepted_at) if group.accepted_at else None,
        words=_facts(state, group),
        what=what[0],
        what_href=what[1],
    )


def _word(state: WayState, group: GroupState) -> DeliveryWord:
    held = group.states
    if any(held.get(one) for one in _FAILED):
        return DeliveryWord.FAILED
    if any(held.get(one) for one in _UNSURE):
        return DeliveryWord.UNKNOWN
    if held.get(SendingState.STOPPED) and not group.unconfirmed and not group.accepted:
        return _condition(state, DeliveryWord.FAILED)  # given up or held back: nobody got it, and nobody confirmed
    confirmed = DeliveryWord.TAKEN_BACK if state.kind is MessageKind.CANCEL else DeliveryWord.CONFIRMED
    return _condition(state, DeliveryWord.SENT if group.unconfirmed else confirmed)


def _condition(state: WayState, otherwise: DeliveryWord) -> DeliveryWord:
    return {
        ChannelCondition.NOT_CONFIGURED: DeliveryWord.NOT_CONFIGURED,
        ChannelCondition.SIMULATED: DeliveryWord.SIMULATED,
    }.get(state.condition, otherwise)


def _recipients(group: GroupState) -> str:
    if group.label:
        return group.label
    if group.key == MADE:
        return _("for whoever comes for it")
    return ngettext("%(n)d recipient", "%(n)d recipients", group.recipients) % {"n": group.recipients}


def _facts(state: WayState, group: GroupState) -> str:
    """The four facts in one line; what nobody can know is not counted."""
    if state.condition is not ChannelCondition.WORKS:
        return ""
    fetched = [] if state.fetched is None else [_("fetched %(n)d times") % {"n": state.fetched}]
    if group.key == MADE:
        return " · ".join([_("lies ready here"), *fetched])
    parts = [
        _("handed over %(n)d") % {"n": group.submitted},
        _("accepted %(n)d of %(all)d") % {"n": group.accepted, "all": group.recipients},
    ]
    if group.final:
        parts.append(_("final word %(n)d") % {"n": group.final})
    if group.seen:
        parts.append(_("seen %(n)d") % {"n": group.seen})
    return " · ".join([*parts, *fetched, *([group.words] if group.words else [])])
