"""Keep the record of who may issue alerts for which land. An operator does, from the plan of the state or nation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from allhands.access import api as access
from allhands.agencies import api as agencies
from allhands.agencies.contracts import NotOnRecord
from allhands.alerts import models
from allhands.alerts.contracts import Rank
from allhands.geo.counties import find_county
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import AgencyId
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as

_SENDER: Final = re.compile(r"[^\s,<&]{3,200}")
_NATION: Final = re.compile(r"[a-z][a-z0-9-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAuthority:
    """An authority to put on record; `source` says where it is written."""

    agency_id: AgencyId
    state: str
    county_fips: str
    nation: str
    rank: Rank
    answer_minutes: int
    sender: str
    source: str


def add(actor: Actor, new: NewAuthority, now: datetime) -> str:
    """The id of the record.

    Raises:
        Denied: access.operate.
        Refused: `authority-agency`, `authority-land`, `authority-sender`, `authority-time`, `authority-source`,
            `authority-once`.
    """
    access.check_operate(actor)
    _check(new)
    event = audit.Event.ALERT_AUTHORITY_CHANGED
    with audit.audited(actor, now, event, details={"agency": new.agency_id, "rank": new.rank.value}) as entry:
        with acting_as(SYSTEM):
            land = {"state": new.state, "county_fips": new.county_fips, "nation": new.nation}
            if models.Authority.objects.filter(agency_id=new.agency_id, ended_at__isnull=True, **land).exists():
                raise Refused("authority-once", "This agency is on record for this land already.", field="agency_id")
            made = models.Authority.objects.create(
                agency_id=new.agency_id,
                rank=new.rank.value,
                answer_minutes=new.answer_minutes,
                sender=new.sender,
                source=new.source.strip(),
                added_at=now,
                added_by=actor.label,
                **land,
            )
        entry.subject_id = made.id
    return str(made.id)


def end(actor: Actor, authority_id: str, now: datetime) -> None:
    """The agency no longer issues for this land; what waits to leave under it stays.

    Raises:
        Denied: access.operate, or no such record.
    """
    access.check_operate(actor)
    with audit.audited(actor, now, audit.Event.ALERT_AUTHORITY_CHANGED, subject_id=authority_id), acting_as(SYSTEM):
        if not models.Authority.objects.filter(pk=authority_id, ended_at__isnull=True).update(ended_at=now):
            raise Denied("authority")


def _check(new: NewAuthority) -> None:
    try:
        agencies.get_agency(new.agency_id)
    except NotOnRecord:
        raise Refused("authority-agency", "Choose an agency from the list.", field="agency_id") from None
    county = find_county(new.county_fips) if new.county_fips else None
    is_nation = bool(_NATION.fullmatch(new.nation)) and not new.state and not new.county_fips
    is_state = not new.nation and bool(re.fullmatch(r"[A-Z]{2}", new.state))
    if not (is_nation or is_state) or (new.county_fips and (county is None or county.state != new.state)):
        words = "Name one land: a state, a county of that state, or a nation."
        raise Refused("authority-land", words, field="state")
    if not _SENDER.fullmatch(new.sender):
        words = "The sender is like an address, such as alerts@example.gov: no blank, comma, < or &."
        raise Refused("authority-sender", words, field="sender")
    if not 1 <= new.answer_minutes <= 1440:
        raise Refused("authority-time", "An answer takes between one minute and a day.", field="answer_minutes")
    if len(new.source.strip()) < 3:
        raise Refused("authority-source", "Say where this authority is written.", field="source")
