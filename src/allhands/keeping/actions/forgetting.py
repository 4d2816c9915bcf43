"""What sealing and destroying a record do in every room, once it is decided. The platform must be acting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from allhands.access import api as access
from allhands.alerts import api as alerts
from allhands.channels import api as channels
from allhands.duties import api as duties
from allhands.episodes import api as episodes
from allhands.keeping import models, queries
from allhands.kernel.actors import SYSTEM
from allhands.kernel.ids import EpisodeId
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.vault import api as vault
from allhands.platform.vault.shut_list import How, Shut, ShutRecords


@dataclass(frozen=True, slots=True, kw_only=True)
class ShutAgain:
    """What became of records that a backup had opened again.

    Args:
        destroyed: keys that lay in the backup and are gone again: of responses, their drafts, children, objections.
        sealed: responses.
        left: responses that still run in the backup, or have an alert out. A record that cannot be closed helps nobody:
            they are as the backup had them until they are closed and the order is entered again.
    """

    destroyed: int
    sealed: int
    left: tuple[EpisodeId, ...]


def destroy(episode_id: EpisodeId, now: datetime, order_ref: str) -> None:
    """Keys destroyed, every open word emptied, in every room."""
    episodes.expunge(episode_id, now, order_ref)
    duties.forget(episode_id)
    access.forget(episode_id, now, order_ref)
    channels.forget_files(alerts.forget(episode_id))
    models.Hold.objects.filter(episode_id=episode_id).update(matter=vault.GONE)
    models.Step.objects.filter(episode_id=episode_id).exclude(why_not="").update(why_not="")


def shut_again(shut: ShutRecords, now: datetime) -> ShutAgain:
    """After a backup was brought back: what an order had sealed or destroyed since is so again."""
    with acting_as(SYSTEM):
        back = _came_back(shut)
        found = episodes.known(back)
        standings = queries.standing_of(found, now)
        left = tuple(one for one in found if not standings[one].is_closed or standings[one].is_out)
        kept = {record for one in left for record in episodes.keys_of(one)}
        gone = [record for record in back if back[record].how is How.DESTROYED and record not in kept]
        count = vault.DataKey.objects.filter(pk__in=gone).count()
    done = [one for one in found if one not in left]
    for episode_id in done:
        _again(episode_id, back[episode_id], now)
    with acting_as(SYSTEM):  # drafts, children and objections of their own, and what came after the backup
        for record in gone:
            vault.destroy(record, now, back[record].order_ref or _RESTORED)
    sealed = sum(back[one].how is How.SEALED for one in done)
    return ShutAgain(destroyed=count, sealed=sealed, left=left)


_RESTORED = "by the list of shut records"


def _came_back(shut: ShutRecords) -> Mapping[str, Shut]:
    known = vault.shut_list.in_database()
    return {
        record: one
        for record, one in shut.items()
        if record not in known or (known[record].how, one.how) == (How.SEALED, How.DESTROYED)
    }


def _again(episode_id: EpisodeId, shut: Shut, now: datetime) -> None:
    is_destroyed = shut.how is How.DESTROYED
    event = audit.Event.RECORD_EXPUNGED if is_destroyed else audit.Event.RECORD_SEALED
    with audit.audited(SYSTEM, now, event, episode_id=episode_id, details={"by": "restore"}), acting_as(SYSTEM):
        (destroy if is_destroyed else episodes.seal)(episode_id, now, shut.order_ref or _RESTORED)
