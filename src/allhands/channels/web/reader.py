"""For whom a page is drawn, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from allhands.agencies import api as agencies
from allhands.kernel.actors import Actor
from allhands.platform.web.asking import require_actor
from allhands.ui.wording import Lang, Moment, as_lang, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads, in which language and zone, and the now of this request."""

    actor: Actor
    lang: Lang
    zone: ZoneInfo
    now: datetime

    def moment(self, instant: datetime) -> Moment:
        """The instant in the reader's words."""
        return moment(instant, now=self.now, zone=self.zone, lang=self.lang)


def reader_of(request: HttpRequest) -> Reader:
    """The signed-in reader. Denied: `sign-in`."""
    actor = require_actor(request)
    return Reader(actor=actor, lang=as_lang(get_language()), zone=agencies.zone_of(actor), now=timezone.now())
