"""For whom a page is drawn, and when, with the names of agencies and people it needs. Pages of every slice use it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language

from allhands.agencies import api as agencies
from allhands.kernel.actors import Actor
from allhands.kernel.ids import AgencyId
from allhands.ui.wording import Lang, Moment, as_lang, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """The person in front of the page.

    Args:
        book: agencies and people this page names; each is read once.
    """

    actor: Actor
    lang: Lang
    zone: ZoneInfo
    now: datetime
    book: agencies.AddressBook = field(default_factory=agencies.AddressBook)

    def said(self, text: Mapping[str, str]) -> str:
        """A text of a rule pack in the reader's language."""
        return text.get(self.lang) or text.get("en") or ""

    def moment(self, instant: datetime) -> Moment:
        """An instant in the reader's zone and words."""
        return moment(instant, now=self.now, zone=self.zone, lang=self.lang)

    def agency_name(self, agency_id: AgencyId) -> str:
        """The name of an agency on record."""
        return self.book.agency(agency_id).name


def reader_of(actor: Actor) -> Reader:
    """The reader of the page that answers this actor's request: language, zone of the agency, now."""
    return Reader(actor=actor, lang=as_lang(get_language()), zone=agencies.zone_of(actor), now=timezone.now())
