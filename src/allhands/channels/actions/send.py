"""Claim a letter, hand it over once, append what came of it.

The claim is committed before the first byte goes out, and nobody claims it twice. A worker that dies in between leaves
a claim without outcome; `domain.reason_for_person` shows it to a person, and no machine sends it again.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, F, OuterRef

from allhands.channels import models
from allhands.channels.actions import record
from allhands.channels.contracts import DeliveryState, Status
from allhands.channels.email.letter import Letter
from allhands.channels.email.port import Answer, MailPort, NotTaken, Outcome, Postponed, Watch
from allhands.channels.freezing import digest_of
from allhands.kernel.actors import SYSTEM
from allhands.kernel.ids import DeliveryId, EpisodeId
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.vault import api as vault

Clock = Callable[[], datetime]

_STATUS_OF = {
    Outcome.ACCEPTED: Status.ACCEPTED,
    Outcome.UNCERTAIN: Status.UNCERTAIN,
    Outcome.UNCONFIRMED: Status.UNCONFIRMED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A delivery that this worker alone may send."""

    delivery_id: DeliveryId
    claimed_at: datetime
    episode_id: EpisodeId | None
    letter: Letter
    simulated: bool
    is_intact: bool


def send_email(delivery_id: DeliveryId, *, mail: MailPort | None, sender: str, clock: Clock, watch: Watch) -> None:
    """Send one waiting e-mail, or leave it where a person sees it.

    Args:
        mail: None while no mail server is configured.
        sender: our own address.
        clock: the aware now, asked at each step.
        watch: told at each named moment.
    Raises:
        Postponed: surely not taken; the queue tries again.
    """
    if _hold(delivery_id, clock(), is_configured=mail is not None):
        return
    claim = _claim(delivery_id, sender, clock())
    if claim is None:
        return
    watch("claimed")
    _act(claim, mail, clock, watch)
    watch("recorded")


def _act(claim: Claim, mail: MailPort | None, clock: Clock, watch: Watch) -> None:
    if claim.simulated:
        _settle(claim, [Status.SIMULATED], clock(), code="simulated")
        return
    if not claim.is_intact:
        _settle(claim, [Status.FAILED], clock(), code="bytes-changed")
        return
    assert mail is not None, "a letter that is not simulated is held before it is claimed"
    try:
        answer = mail.send(claim.letter, watch)
    except Postponed as error:
        _settle(claim, [Status.POSTPONED], clock(), code=error.code, words=error.words)
        raise
    except NotTaken as error:
        _settle(claim, [Status.FAILED], clock(), code=error.code, words=error.words)
        return
    watch("outcome")
    _settle_answer(claim, answer, clock())


def _settle_answer(claim: Claim, answer: Answer, now: datetime) -> None:
    _settle(claim, [Status.SUBMITTED, _STATUS_OF[answer.outcome]], now, code=answer.code, words=answer.words)


def _hold(delivery_id: DeliveryId, now: datetime, *, is_configured: bool) -> bool:
    """Put aside what cannot go: written in another world, or while e-mail is not configured. What is played is not."""
    with acting_as(SYSTEM):
        row = models.Delivery.objects.select_for_update().filter(pk=delivery_id).first()
        if row is None or row.simulated:
            return row is None
        # A database brought back elsewhere, as for a training, brings its waiting letters with it.
        code = "another-world" if row.world != settings.ALLHANDS_WORLD else "" if is_configured else "not-configured"
        if not code:
            return False
        if row.state == DeliveryState.WAITING.value:
            with _journalled(Status.HELD, _episode_of(row), row.id, now, code):
                record.move(row, Status.HELD, SYSTEM, now, code=code)
    return True


def _claim(delivery_id: DeliveryId, sender: str, now: datetime) -> Claim | None:
    """The claim, committed; None when it is not ours to send: taken, done, cancelled, or not there."""
    with acting_as(SYSTEM):
        waiting = models.Delivery.objects.filter(pk=delivery_id, state=DeliveryState.WAITING.value)
        waiting = waiting.exclude(Exists(vault.shut_records().filter(pk=OuterRef("episode_id"))))
        moved = waiting.update(state=DeliveryState.CLAIMED.value, claimed_at=now, attempts=F("attempts") + 1)
        if not moved:
            return None
        row = models.Delivery.objects.get(pk=delivery_id)
        with _journalled(Status.CLAIMED, _episode_of(row), row.id, now, ""):
            record.append(row, Status.CLAIMED, SYSTEM, now)
        return _read_claim(row, sender, now)


def _read_claim(row: models.Delivery, sender: str, now: datetime) -> Claim:
    parts = dict(row.parts.order_by("position").values_list("name", "digest"))
    return Claim(
        delivery_id=DeliveryId(row.id),
        claimed_at=now,
        episode_id=_episode_of(row),
        letter=Letter(
            delivery_id=DeliveryId(row.id),
            sender=sender,
            recipient=row.address,
            subject=row.subject,
            body=bytes(row.body).decode(),
            written_at=row.created_at,
        ),
        simulated=row.simulated,
        is_intact=digest_of(row, parts) == row.digest,
    )


def _settle(claim: Claim, statuses: list[Status], now: datetime, *, code: str, words: str = "") -> None:
    """Append the outcome. When a person has decided meanwhile, the outcome is kept beside, and their word stands."""
    last = statuses[-1]
    with _journalled(last, claim.episode_id, claim.delivery_id, now, code):
        row = models.Delivery.objects.select_for_update().get(pk=claim.delivery_id)
        is_ours = row.state == DeliveryState.CLAIMED.value and row.claimed_at == claim.claimed_at
        for status in statuses:
            told = {"code": code, "words": words} if status is last else {}
            if is_ours:
                record.move(row, status, SYSTEM, now, **told)
            else:
                record.append(row, status, SYSTEM, now, code=f"late-{code}", words=words)


def _episode_of(row: models.Delivery) -> EpisodeId | None:
    return EpisodeId(row.episode_id) if row.episode_id else None


def _journalled(
    status: Status, episode_id: EpisodeId | None, delivery_id: str, now: datetime, code: str
) -> AbstractContextManager[audit.Entry]:
    event = record.EVENTS[status]
    return audit.audited(SYSTEM, now, event, episode_id=episode_id, subject_id=delivery_id, details={"code": code})
