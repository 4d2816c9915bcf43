"""The disclosure ledger: one row for each time somebody learned something, written in the transaction of the act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from allhands.access import models
from allhands.access.contracts import DisclosureDoor, Purpose
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.kernel.instants import require_aware
from allhands.platform.database.acting import acting_as

OPEN_CLASSES: Final = frozenset({"P0", "P1"})
"""Reading what belongs on a poster or to the search itself is in the journal; the ledger begins with the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What somebody learns. Names of fields only; a value has no place here.

    Args:
        facts: what is shown or sent.
        classes: their classes.
        policies: ids of the policies that decided, which are the legal basis.
        rules: ids of the rules of law that command or allow it.
        withheld: what was at hand and did not go along ("minimum necessary").
        consents: ids of the consents it rests on.
        to_agency: None for a person or place that is no agency here.
        refers_to: id of the packet or file.
    """

    episode_id: EpisodeId
    door: DisclosureDoor
    to_label: str
    facts: tuple[str, ...]
    classes: tuple[str, ...]
    policies: tuple[str, ...]
    purpose: Purpose = Purpose.RESPONSE
    rules: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()
    emergency: bool = False
    from_agency: AgencyId | None = None
    to_agency: AgencyId | None = None
    to_member: str = ""
    refers_to: str = ""


def tell_opened(actor: Actor, refers_to: str, door: DisclosureDoor, now: datetime) -> None:
    """Write down that one of a recipient's people opened what was sent, or took a file of it along.

    What it shows is what was frozen, so the row says what the row of the sending says: fields, ground, purpose.
    Nothing when nothing of the case (P2 and above) was sent. Call it in the transaction that shows it.
    """
    with acting_as(SYSTEM):  # the rows of a response are read by those in it; a recipient need not be
        sent = models.Disclosure.objects.filter(
            refers_to=refers_to, to_agency_id=actor.agency_id, door=DisclosureDoor.PACKET.value
        ).first()
        if not refers_to or sent is None or set(sent.classes) <= OPEN_CLASSES:
            return
        sent.pk, sent.at, sent.door = None, require_aware(now), door.value
        sent.to_member, sent.to_label = actor.member_id, actor.label
        sent.save(force_insert=True)


def disclose(actor: Actor, release: Release, now: datetime) -> None:
    """Write down that somebody learns this. One insert; call it in the transaction that shows or sends it."""
    with acting_as(actor):
        models.Disclosure.objects.create(
            episode_id=release.episode_id,
            at=require_aware(now),
            door=release.door.value,
            from_agency_id=release.from_agency,
            to_agency_id=release.to_agency,
            to_member=release.to_member,
            to_label=release.to_label,
            purpose=release.purpose.value,
            facts=sorted(set(release.facts)),
            classes=sorted(set(release.classes)),
            policies=sorted(set(release.policies)),
            rules=sorted(set(release.rules)),
            withheld=sorted(set(release.withheld)),
            consents=sorted(set(release.consents)),
            emergency=release.emergency,
            refers_to=release.refers_to,
        )
