"""Text messages to subscribers by whichever provider is set up; what providers and people tell us on the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from allhands.channels.actions import inbound_sms, receipts
from allhands.channels.actions.receipts import Receipt
from allhands.channels.contracts import SendingState, Way
from allhands.channels.copies import Frozen, Sender
from allhands.channels.sms import message_ids
from allhands.channels.sms.configuration import HttpSettings, SmppSettings, find_sms_settings
from allhands.channels.sms.http import check_http, open_http_sms
from allhands.channels.sms.pdu import Delivered
from allhands.channels.sms.smpp import Session, open_session, open_smpp_sms
from allhands.kernel.errors import TryLater

_STATES = {
    "DELIVRD": SendingState.DELIVERED,
    "EXPIRED": SendingState.FAILED,
    "DELETED": SendingState.FAILED,
    "UNDELIV": SendingState.FAILED,
    "REJECTD": SendingState.FAILED,
}
# Receipts of a broadcast come within minutes; a minute's gap between two hearings loses none: the provider keeps them.
_LISTEN_SECONDS = 20.0


def is_configured() -> bool:
    """Whether there is a provider."""
    return find_sms_settings() is not None


def check() -> str:
    """The link test: sign in and ask for a sign of life, or see that the host answers. Nothing is sent."""
    given = find_sms_settings()
    if isinstance(given, HttpSettings):
        return check_http(given)
    assert isinstance(given, SmppSettings), "only a configured way is tested"
    try:
        with open_session(given, Ear(given)) as session:
            session.enquire()
    except TryLater as error:
        return str(error)
    except OSError as error:
        return f"smpp-lost-{type(error).__name__}"
    return ""


@contextmanager
def open_sender(frozen: Frozen) -> Iterator[Sender]:
    """A sender for one broadcast. Raises TryLater: no connection now."""
    given = find_sms_settings()
    if isinstance(given, HttpSettings):
        with open_http_sms(given, frozen) as sender:
            yield sender
    elif isinstance(given, SmppSettings):
        ear = Ear(given)
        with open_smpp_sms(given, frozen, ear) as windowed:
            yield windowed
            ear.reply(windowed.session)
    else:
        raise TryLater("sms-not-configured")


def listen() -> None:
    """Hears receipts and messages on an SMPP connection for a while; other providers call us."""
    given = find_sms_settings()
    if isinstance(given, SmppSettings):
        ear = Ear(given)
        with open_session(given, ear) as session:
            session.listen(_LISTEN_SECONDS)
            ear.reply(session)


class Ear:
    """Hears what comes on an SMPP connection: a receipt finds its copy, a person's word is obeyed and answered."""

    def __init__(self, given: SmppSettings) -> None:
        self._given = given
        self._replies: list[tuple[str, str]] = []

    def __call__(self, delivered: Delivered) -> None:
        now = timezone.now()
        if delivered.is_receipt:
            if delivered.receipt_id:
                receipts.record_receipt(self._receipt(delivered), now)
            return
        number = delivered.source if delivered.source.startswith("+") else f"+{delivered.source}"
        reply = inbound_sms.obey(number, delivered.text, now)
        if reply:
            self._replies.append((number, reply))

    def reply(self, session: Session) -> None:
        """Sends the answers that are owed."""
        owed, self._replies = self._replies, []
        for number, text in owed:
            session.submit_text(number, text)

    def _receipt(self, delivered: Delivered) -> Receipt:
        told = message_ids.from_receipt(delivered.receipt_id, self._given.ids)
        return Receipt(
            way=Way.SMS,
            provider_id=told,
            older_ids=message_ids.older_form(told, self._given.ids),
            status=delivered.state,
            state=_STATES.get(delivered.state),
            code=delivered.state.lower(),
        )
