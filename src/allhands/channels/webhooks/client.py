"""Calls to machines, signed as Standard Webhooks ask: the id is the same at each try, so that a receiver can tell."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

import httpx
from django.conf import settings
from standardwebhooks import Webhook

from allhands.channels import models
from allhands.channels.copies import Copy, Frozen, Told, accepted, later, refused
from allhands.channels.lines import Lines, open_lines
from allhands.channels.outgoing_http import Door, Reply, judge_refusal, post
from allhands.channels.webhooks.artefacts import NAME
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


def secret_of(endpoint_id: str) -> str:
    """The endpoint's own secret in the standard's form. Derived from the node's key, so that none is stored."""
    key = hmac.new(settings.SECRET_KEY.encode(), f"allhands.webhook.{endpoint_id}".encode(), hashlib.sha256).digest()
    return "whsec_" + base64.b64encode(key).decode()


def door() -> Door:
    """Public hosts, and private ones when the node says so."""
    return Door(allow_private=settings.ALLHANDS_WEBHOOK_PRIVATE)


def is_configured() -> bool:
    """Whether any machine wants to hear."""
    with acting_as(SYSTEM):
        return models.WebhookEndpoint.objects.filter(ended_at__isnull=True).exists()


@contextmanager
def open_sender(frozen: Frozen) -> Iterator[WebhookSender]:
    """A sender for one broadcast."""
    with open_lines() as lines:
        yield WebhookSender(lines, frozen)


class WebhookSender:
    """Posts the thin payload to each endpoint."""

    def __init__(self, lines: Lines, frozen: Frozen) -> None:
        file = frozen.file(NAME)
        assert file is not None, "the payload always leaves"
        self._lines, self._frozen, self._body = lines, frozen, file.content

    def send_all(self, copies: Sequence[Copy]) -> Iterator[tuple[Copy, Told]]:
        return self._lines.send_all(copies, self._send)

    def _send(self, line: httpx.Client, copy: Copy) -> Told:
        headers = signed_headers(secret_of(copy.recipient_key), f"{self._frozen.id}", self._body)
        return post(line, copy.address, self._body, headers, door=door(), judge=_judge)


def signed_headers(secret: str, message_id: str, body: bytes) -> dict[str, str]:
    """Headers of this attempt."""
    now = datetime.now(UTC)
    return {
        "content-type": "application/json",
        "user-agent": "Allhands",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(message_id, now, body.decode()),
    }


def _judge(reply: Reply) -> Told:
    if 200 <= reply.status < 300:
        return accepted(f"http-{reply.status}")
    if 300 <= reply.status < 400:
        return refused("redirected", f"http-{reply.status}")
    # A webhook may come twice, its id says so: what failed on the other side is tried again.
    if reply.status in _AGAIN:
        return later(f"http-{reply.status}", retry_after=reply.retry_after)
    return judge_refusal(reply)
