"""What a person writes by text message: STOP at once, HELP always, START confirms. Nothing of it is kept here."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from allhands.channels import listeners
from allhands.channels.actions import receipts
from allhands.channels.actions.receipts import Receipt
from allhands.channels.listeners import Heard
from allhands.channels.outgoing_http import open_http
from allhands.channels.sms import callbacks
from allhands.channels.sms.configuration import HttpSettings, find_sms_settings
from allhands.channels.sms.http import send_text
from allhands.channels.sms.keywords import REPLIES, keyword_of
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as

# A county and its state fit in far less; what is longer is no answer to anything we asked.
_LONGEST = 160


def obey(number: str, text: str, now: datetime) -> str:
    """The one reply to send, empty for none. Whoever keeps the subscriptions hears the keyword in this transaction."""
    keyword, language = keyword_of(text) or (None, "en")
    heard = Heard(number=number, keyword=keyword, language=language, text=text[:_LONGEST])
    with acting_as(SYSTEM):
        reply = listeners.tell_keyword(heard, now)
    if keyword in REPLIES:
        return REPLIES[keyword][language].format(url=settings.ALLHANDS_ORIGIN)
    return reply


def hear_provider(url: str, body: bytes, content_type: str, signature: str, now: datetime) -> bool:
    """Takes in a provider's callback; False when its signature does not hold, and then nothing of it counts."""
    given = find_sms_settings()
    if not isinstance(given, HttpSettings):
        return False
    if not callbacks.is_signed(url, body, content_type, signature, given.token):
        return False
    for one in callbacks.read(body, content_type):
        if isinstance(one, Receipt):
            receipts.record_receipt(one, now)
            continue
        reply = obey(one.number, one.text, now)
        if reply:
            answer_by_http(given, one.number, reply)
    return True


def answer_by_http(given: HttpSettings, number: str, text: str) -> None:
    """Sends an owed reply. One that fails is lost: the act it confirms is done."""
    with open_http() as client:
        send_text(client, given, number, text)
