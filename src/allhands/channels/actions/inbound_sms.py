"""What a person answers by text message: STOP at once, HELP always, START confirms. Nothing of it is kept here."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from allhands.channels import listeners
from allhands.channels.listeners import Keyword
from allhands.channels.sms.keywords import REPLIES, keyword_of
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as


def obey(number: str, text: str, now: datetime) -> str:
    """The one reply to send, empty for none. Whoever keeps the subscriptions hears the keyword in this transaction."""
    found = keyword_of(text)
    if found is None:
        return ""
    keyword, language = found
    with acting_as(SYSTEM):
        listeners.tell_keyword(number, keyword, now)
    return "" if keyword is Keyword.START else REPLIES[keyword][language].format(url=settings.ALLHANDS_ORIGIN)
