"""Keeps what came of copies, one statement for many, and never over a decision that somebody made meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connection

from allhands.channels import copies, listeners, models
from allhands.channels.actions import receipts
from allhands.channels.actions.set_webhook import end_gone
from allhands.channels.contracts import SendingState, Way
from allhands.channels.copies import Copy, Frozen, Told

_S = SendingState
_ACCEPTED = frozenset({_S.ACCEPTED, _S.DELIVERED, _S.SEEN})
_FINAL = frozenset({_S.DELIVERED, _S.FAILED})

_SETTLE = """
UPDATE channels_sending s
SET state = v.state, changed_at = %(now)s, next_at = v.next_at, code = v.code, words = v.words,
    provider_id = CASE WHEN v.provider_id = '' THEN s.provider_id ELSE v.provider_id END,
    submitted_at = CASE WHEN v.submitted THEN coalesce(s.submitted_at, %(now)s) ELSE s.submitted_at END,
    accepted_at = CASE WHEN v.accepted THEN coalesce(s.accepted_at, %(now)s) ELSE s.accepted_at END,
    final_at = CASE WHEN v.final THEN coalesce(s.final_at, %(now)s) ELSE s.final_at END
FROM unnest(%(id)s::bigint[], %(claimed_at)s::timestamptz[], %(state)s::text[], %(next_at)s::timestamptz[],
            %(code)s::text[], %(words)s::text[], %(provider_id)s::text[], %(submitted)s::boolean[],
            %(accepted)s::boolean[], %(final)s::boolean[])
     AS v(id, claimed_at, state, next_at, code, words, provider_id, submitted, accepted, final)
WHERE s.id = v.id AND s.state = 'CLAIMED' AND s.claimed_at = v.claimed_at
"""
# The outcome is kept also when a person has decided meanwhile; their word stands.
_APPEND = """
INSERT INTO channels_sendingstatus (sending_id, state, at, code, words, who)
SELECT v.id, v.state, %(now)s, v.code, v.words, 'Allhands'
FROM unnest(%(id)s::bigint[], %(state)s::text[], %(code)s::text[], %(words)s::text[]) AS v(id, state, code, words)
"""


def keep(frozen: Frozen, outcomes: Sequence[tuple[Copy, Told]], now: datetime) -> None:
    """Moves the copies, appends what was said, matches receipts that came early, tells of addresses that are gone."""
    rows = [_row(frozen, copy, told, now) for copy, told in outcomes]
    columns: dict[str, Any] = {name: [row[name] for row in rows] for name in rows[0]}
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, {"now": now, **columns})
        cursor.execute(_APPEND, {"now": now, **columns})
    _write_parts(frozen, outcomes, now)
    provider_ids = [told.provider_id for _, told in outcomes if told.provider_id]
    if provider_ids:
        receipts.match_early(frozen.way, provider_ids, now)
    for copy, told in outcomes:
        if told.is_gone and frozen.way is Way.WEBHOOKS:
            end_gone(copy.recipient_key, told.code, now)
        elif told.is_gone:
            listeners.tell_gone(frozen.way, copy.recipient_key, told.code, now)


def _row(frozen: Frozen, copy: Copy, told: Told, now: datetime) -> dict[str, Any]:
    next_at = copies.next_try(copy.attempts, told.retry_after, now) if told.state is _S.WAITING else None
    if next_at is not None and next_at > copies.last_moment(frozen.kind, frozen.expires_at):
        told, next_at = replace(told, state=_S.FAILED, code=f"gave-up-{told.code}"), None
    return {
        "id": copy.id,
        "claimed_at": copy.claimed_at,
        "state": told.state.value,
        "next_at": next_at,
        "code": told.code[:64],
        "words": told.words[: models.WORDS_LENGTH],
        "provider_id": told.provider_id[:128],
        "submitted": told.submitted,
        "accepted": told.state in _ACCEPTED,
        "final": told.state in _FINAL,
    }


def _write_parts(frozen: Frozen, outcomes: Sequence[tuple[Copy, Told]], now: datetime) -> None:
    """What systems behind the first one answered stands as copies of their own, such as each channel of IPAWS."""
    models.Sending.objects.bulk_create(
        [
            models.Sending(
                broadcast_id=frozen.id,
                group=part.group,
                label=part.label,
                recipient_key=f"{copy.recipient_key}:{copy.attempts}:{place}"[:64],
                language=copy.language,
                state=part.state.value,
                changed_at=now,
                attempts=copy.attempts,
                code=part.code[:64],
                words=part.words[: models.WORDS_LENGTH],
                submitted_at=now,
                accepted_at=now if part.state in _ACCEPTED else None,
                final_at=now if part.state in _FINAL else None,
            )
            for copy, told in outcomes
            for place, part in enumerate(told.parts)
        ],
        ignore_conflicts=True,
    )
