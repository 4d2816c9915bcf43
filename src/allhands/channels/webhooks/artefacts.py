"""The thin payload: which alert, what happened, where to read. No child's data, so that a taking back removes all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC
from typing import Final

from allhands.alerts.contracts import AlertMessage, MessageKind
from allhands.channels.artefacts import words
from allhands.channels.contracts import Artefact, Way

NAME: Final = "webhook.json"
_TYPES: Final[Mapping[MessageKind, str]] = {
    MessageKind.ALERT: "alert.issued",
    MessageKind.UPDATE: "alert.updated",
    MessageKind.CANCEL: "alert.ended",
}


def assemble(message: AlertMessage) -> tuple[Artefact, ...]:
    """One JSON body for every receiver."""
    sent = message.sent_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    data = {
        "id": message.alert_id,
        "transmission": message.transmission_id,
        "status": message.status.value,
        "world": message.world,
        "url": message.public_url,
    }
    body = {"type": _TYPES[message.kind], "timestamp": sent, "data": data}
    return (
        Artefact(
            way=Way.WEBHOOKS,
            name=NAME,
            media_type="application/json",
            languages=("en",),
            content=json.dumps(body, separators=(",", ":")).encode(),
            text=f"{words.opening(message, 'en')}{body['type']}: {message.public_url}",
        ),
    )
