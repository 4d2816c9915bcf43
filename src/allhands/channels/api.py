"""What other slices may ask of the channels."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from allhands.alerts.contracts import AlertArea, AlertMessage
from allhands.channels.actions.bounce import BounceResult as BounceResult
from allhands.channels.actions.bounce import record_bounce as record_bounce
from allhands.channels.actions.broadcast import broadcast as broadcast
from allhands.channels.actions.decide_copies import confirm_sign as confirm_sign
from allhands.channels.actions.decide_copies import decide_copies as decide_copies
from allhands.channels.actions.forget import forget_files as forget_files
from allhands.channels.actions.inbound_sms import hear_provider as hear_provider
from allhands.channels.actions.inbound_sms import obey as obey
from allhands.channels.actions.inbox import acknowledge as acknowledge
from allhands.channels.actions.inbox import count_unconfirmed as count_unconfirmed
from allhands.channels.actions.inbox import find_about as find_about
from allhands.channels.actions.inbox import get_part as get_part
from allhands.channels.actions.inbox import list_inbox as list_inbox
from allhands.channels.actions.inbox import open_item as open_item
from allhands.channels.actions.inbox import read_opened_part as read_opened_part
from allhands.channels.actions.queue import queue as _queue
from allhands.channels.actions.resolve import cancel as cancel
from allhands.channels.actions.resolve import mark_arrived as mark_arrived
from allhands.channels.actions.resolve import release_held as release_held
from allhands.channels.actions.resolve import send_again as send_again
from allhands.channels.actions.set_webhook import set_webhook as set_webhook
from allhands.channels.actions.try_channel import test_channel as test_channel
from allhands.channels.actions.try_channel import test_way as test_way
from allhands.channels.actions.try_channel import try_ways as try_ways
from allhands.channels.broadcasts import artefact as artefact
from allhands.channels.broadcasts import broadcast_state as broadcast_state
from allhands.channels.broadcasts import list_doubtful as list_doubtful
from allhands.channels.broadcasts import list_sign_tasks as list_sign_tasks
from allhands.channels.broadcasts import recipients_of as recipients_of
from allhands.channels.conditions import ways_out as ways_out
from allhands.channels.contracts import SUBSCRIBER_WAYS as SUBSCRIBER_WAYS
from allhands.channels.contracts import Artefact as Artefact
from allhands.channels.contracts import Channel as Channel
from allhands.channels.contracts import ChannelCondition as ChannelCondition
from allhands.channels.contracts import DeliveryState as DeliveryState
from allhands.channels.contracts import DeliveryView as DeliveryView
from allhands.channels.contracts import GroupState as GroupState
from allhands.channels.contracts import Outgoing as Outgoing
from allhands.channels.contracts import Part as Part
from allhands.channels.contracts import SendingState as SendingState
from allhands.channels.contracts import Stamp as Stamp
from allhands.channels.contracts import Status as Status
from allhands.channels.contracts import Way as Way
from allhands.channels.contracts import WayOut as WayOut
from allhands.channels.contracts import WayState as WayState
from allhands.channels.copies import CANCEL_GRACE as CANCEL_GRACE
from allhands.channels.copies import Decision as Decision
from allhands.channels.feeds.reading import list_for_signs as list_for_signs
from allhands.channels.feeds.reading import list_public as list_public
from allhands.channels.listeners import Heard as Heard
from allhands.channels.listeners import Keyword as Keyword
from allhands.channels.listeners import register_broadcast_listener as register_broadcast_listener
from allhands.channels.listeners import register_gone_listener as register_gone_listener
from allhands.channels.listeners import register_keyword_listener as register_keyword_listener
from allhands.channels.listeners import register_status_listener as register_status_listener
from allhands.channels.marking import MARKABLE as MARKABLE
from allhands.channels.marking import marked as marked
from allhands.channels.preflight import register_preflight as register_preflight
from allhands.channels.queries import channel_states as channel_states
from allhands.channels.queries import deliveries_for as deliveries_for
from allhands.channels.queries import list_needing_person as list_needing_person
from allhands.channels.queries import list_simulated as list_simulated
from allhands.channels.registry import ROOMS
from allhands.channels.roadsigns.inventory import import_signs as import_signs
from allhands.channels.roadsigns.inventory import signs_in as _signs_in
from allhands.channels.sms.callbacks import SMS_SIGNATURE_HEADER as SMS_SIGNATURE_HEADER
from allhands.channels.sms.configuration import sms_callback_url as sms_callback_url
from allhands.channels.sms.configuration import sms_number as sms_number
from allhands.kernel.actors import SYSTEM as SYSTEM
from allhands.kernel.actors import Actor
from allhands.kernel.ids import DeliveryId


def queue(actor: Actor, outgoing: Outgoing, now: datetime | None = None) -> DeliveryId:
    """Freeze it and have it delivered once. The same key again gives the same delivery.

    Args:
        now: when it was decided; left out, the present instant.
    Raises:
        Denied: `delivery-not-yours`.
        Refused: `email-above-p1`; `delivery-key-reused` when the key already stands for other bytes.
    """
    return _queue(actor, outgoing, now or timezone.now())


def preview(message: AlertMessage, way: Way) -> tuple[Artefact, ...]:
    """What would leave on this way, exactly as it would leave; nothing is stored. Pure; a poster takes a few 10 ms."""
    return ROOMS[way].assemble(message)


def count_signs(area: AlertArea) -> int:
    """How many road signs stand in the area."""
    return len(_signs_in(area))
