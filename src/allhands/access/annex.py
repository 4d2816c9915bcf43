"""A nation's annex: what its people state and it marked as its own, sealed to a key that only the nation holds."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from allhands.access import models
from allhands.access.contracts import MarkKind, NationKeyState, SealingState
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.vault.api import nation_box


@dataclass(frozen=True, slots=True, kw_only=True)
class NationKeyView:
    """A public key of a nation, or its word that nothing more is sealed.

    Args:
        public_key: empty for that word.
        fingerprint: what two people compare; empty for that word.
    """

    key_id: str
    agency: AgencyId
    public_key: bytes
    fingerprint: str
    reason: str
    state: NationKeyState
    offered_member: str
    offered_by: str
    offered_at: datetime
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingView:
    """A nation's wish to have what was said before its key sealed too, and how far that has come."""

    sealing_id: str
    reason: str
    state: SealingState
    asked_member: str
    asked_by: str
    asked_at: datetime
    answered_by: str
    answered_at: datetime | None
    ended_at: datetime | None
    wanted: int
    done: int


def newest_sealing(nation: str) -> SealingView | None:
    """The one that waits or runs, else the last that was not taken back."""
    rows = models.NationSealing.objects.filter(nation=nation).exclude(state=SealingState.WITHDRAWN.value)
    row = rows.order_by("-asked_at", "-pk").first()
    if row is None:
        return None
    return SealingView(
        sealing_id=row.id,
        reason=row.reason,
        state=SealingState(row.state),
        asked_member=row.asked_member_id,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        answered_by=row.answered_by,
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        wanted=row.wanted,
        done=row.statements + row.photos + row.papers,
    )


def keys_of_nation(nation: str) -> tuple[NationKeyView, ...]:
    """Every key the nation ever had here, newest first."""
    return tuple(_view(row) for row in models.NationKey.objects.filter(nation=nation).order_by("-offered_at"))


def key_in_force(nation: str) -> models.NationKey | None:
    """The key that what is the nation's own is sealed to today; none after its word that nothing more is sealed."""
    row = models.NationKey.objects.filter(nation=nation, state=NationKeyState.IN_FORCE.value).first()
    return row if row is not None and row.public_key else None


def sealed_to(episode_id: EpisodeId, facts: Collection[str], nations: Iterable[str]) -> dict[str, bytes]:
    """Which of these facts are sealed when somebody of these nations states them, and to which public key.

    Sealed is what a nation marked as its own, once two people of the nation put a key in force.
    """
    served = list(nations)
    if not served:
        return {}
    rows = models.NationKey.objects.filter(nation__in=served, state=NationKeyState.IN_FORCE.value)
    keys = [bytes(row.public_key) for row in rows.order_by("nation") if row.public_key]
    if not keys:
        return {}
    marked = models.Mark.objects.filter(
        episode_id=episode_id, fact_id__in=list(facts), kind=MarkKind.TRIBAL_ONLY.value, lifted_at__isnull=True
    )
    return dict.fromkeys(marked.values_list("fact_id", flat=True), keys[0])


def in_text(box: bytes) -> str:
    """A box as a file carries it."""
    return base64.b64encode(box).decode()


def _view(row: models.NationKey) -> NationKeyView:
    public = bytes(row.public_key)
    return NationKeyView(
        key_id=row.id,
        agency=AgencyId(row.agency_id),
        public_key=public,
        fingerprint=nation_box.fingerprint(public) if public else "",
        reason=row.reason,
        state=NationKeyState(row.state),
        offered_member=row.offered_member_id,
        offered_by=row.offered_by,
        offered_at=row.offered_at,
        answered_by=row.answered_by,
        answered_at=row.answered_at,
    )
