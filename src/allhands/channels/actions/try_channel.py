"""Try a channel's connection, send nothing, keep the answer."""

from __future__ import annotations

from datetime import datetime

from allhands.access import api as access
from allhands.channels import models, queries
from allhands.channels.contracts import Channel, ChannelState
from allhands.channels.email.configuration import find_mail_settings
from allhands.channels.email.port import Postponed
from allhands.channels.email.smtp import SmtpMail
from allhands.kernel.actors import Actor


def test_channel(actor: Actor, channel: Channel, now: datetime) -> ChannelState:
    """How the channel stands after trying it.

    Raises:
        Denied: not an operator.
    """
    access.check_operate(actor)
    given = find_mail_settings()
    if channel is Channel.EMAIL and given is not None:
        models.ChannelTest.objects.create(channel=channel.value, at=now, code=_try(SmtpMail(given)))
    return next(state for state in queries.channel_states() if state.channel is channel)


def _try(mail: SmtpMail) -> str:
    """Empty when it worked, else the code of what went wrong."""
    try:
        mail.check()
    except Postponed as error:
        return error.code[:64]
    return ""
