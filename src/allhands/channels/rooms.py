"""The ways out, one room each: what it makes of a message, who gets it, whether it is set up, how it sends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from allhands.alerts.contracts import AlertMessage
from allhands.channels.contracts import Artefact, Way
from allhands.channels.copies import OpenSender


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who gets a copy without having subscribed: a sign, a webhook, IPAWS.

    Args:
        by_person: no worker sends it; a person does, and confirms.
    """

    key: str
    group: str
    label: str
    address: str
    by_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One way out.

    Args:
        limits: what binds the writer.
        assemble: the artefacts of a message; pure.
        is_configured: None for what is made and shown here and needs nobody.
        check: the link test: empty when it worked, else a code; None when there is no other side.
        recipients: of ways that know their own; None for subscribers.
        open_sender: None when nothing is handed over: it is there as soon as it is frozen.
    """

    way: Way
    limits: Mapping[str, int]
    assemble: Callable[[AlertMessage], tuple[Artefact, ...]]
    is_configured: Callable[[], bool] | None
    check: Callable[[], str] | None
    recipients: Callable[[AlertMessage], tuple[Recipient, ...]] | None
    open_sender: OpenSender | None
