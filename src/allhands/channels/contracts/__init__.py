"""What may cross into and out of the channels: deliveries of notices, and broadcasts of alerts."""

from __future__ import annotations

from allhands.channels.contracts.broadcasts import SUBSCRIBER_WAYS as SUBSCRIBER_WAYS
from allhands.channels.contracts.broadcasts import Artefact as Artefact
from allhands.channels.contracts.broadcasts import DoubtfulCopies as DoubtfulCopies
from allhands.channels.contracts.broadcasts import GroupState as GroupState
from allhands.channels.contracts.broadcasts import SendingState as SendingState
from allhands.channels.contracts.broadcasts import SignTask as SignTask
from allhands.channels.contracts.broadcasts import Stamp as Stamp
from allhands.channels.contracts.broadcasts import Way as Way
from allhands.channels.contracts.broadcasts import WayOut as WayOut
from allhands.channels.contracts.broadcasts import WayState as WayState
from allhands.channels.contracts.deliveries import SUBSCRIBER as SUBSCRIBER
from allhands.channels.contracts.deliveries import Channel as Channel
from allhands.channels.contracts.deliveries import ChannelCondition as ChannelCondition
from allhands.channels.contracts.deliveries import ChannelState as ChannelState
from allhands.channels.contracts.deliveries import DeliveryState as DeliveryState
from allhands.channels.contracts.deliveries import DeliveryView as DeliveryView
from allhands.channels.contracts.deliveries import InboxItem as InboxItem
from allhands.channels.contracts.deliveries import InboxLine as InboxLine
from allhands.channels.contracts.deliveries import NeedReason as NeedReason
from allhands.channels.contracts.deliveries import NeedsPerson as NeedsPerson
from allhands.channels.contracts.deliveries import Outgoing as Outgoing
from allhands.channels.contracts.deliveries import Part as Part
from allhands.channels.contracts.deliveries import PartLine as PartLine
from allhands.channels.contracts.deliveries import Receipt as Receipt
from allhands.channels.contracts.deliveries import Status as Status
from allhands.channels.contracts.deliveries import StatusView as StatusView
