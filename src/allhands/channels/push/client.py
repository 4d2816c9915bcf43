"""Web push (RFC 8030, 8291, 8292): encrypted for one browser, signed with the node's VAPID key."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.utils import timezone
from py_vapid import Vapid02, VapidException

from allhands.channels.copies import Copy, Frozen, Told, accepted, last_moment, refused
from allhands.channels.lines import Lines, open_lines
from allhands.channels.outgoing_http import Door, Reply, judge_refusal, post
from allhands.channels.push.artefacts import STEM

_TOKEN_SECONDS = 12 * 3600  # RFC 8292 allows a day


@dataclass(frozen=True, slots=True, kw_only=True)
class PushSettings:
    """How this node pushes.

    Args:
        key: VAPID private key, raw 32 octets in base64url.
        contact: where a push service writes to, `mailto:` or https.
        door: which push services may be called.
    """

    key: str
    contact: str
    door: Door


def find_push_settings() -> PushSettings | None:
    """The settings, or None while push is not configured."""
    if not settings.ALLHANDS_PUSH_KEY:
        return None
    hosts = frozenset(settings.ALLHANDS_PUSH_HOSTS.split())
    door = Door(allow_private=settings.ALLHANDS_WEBHOOK_PRIVATE, hosts=hosts)
    return PushSettings(key=settings.ALLHANDS_PUSH_KEY, contact=f"mailto:{settings.ALLHANDS_MAIL_FROM}", door=door)


def is_configured() -> bool:
    """Whether there is a key."""
    return find_push_settings() is not None


def check() -> str:
    """The link test: whether the key is one. No push service is called: each subscriber has another."""
    given = find_push_settings()
    assert given is not None, "only a configured way is tested"
    try:
        public_key(given.key)
    except (VapidException, ValueError, binascii.Error):
        return "push-key-form"
    return ""


def public_key(key: str) -> str:
    """What a browser subscribes with: the public half, base64url.

    Raises:
        VapidException, ValueError: the key is none.
    """
    numbers = _vapid(key).public_key.public_numbers()
    raw = b"\x04" + numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@contextmanager
def open_sender(frozen: Frozen) -> Iterator[PushSender]:
    """A sender for one broadcast."""
    given = find_push_settings()
    assert given is not None, "only a configured way has waiting copies"
    with open_lines() as lines:
        yield PushSender(lines, given, frozen)


class PushSender:
    """Encrypts and posts to each subscription."""

    def __init__(self, lines: Lines, given: PushSettings, frozen: Frozen) -> None:
        self._lines, self._given, self._frozen = lines, given, frozen

    def send_all(self, copies: Sequence[Copy]) -> Iterator[tuple[Copy, Told]]:
        return self._lines.send_all(copies, self._send)

    def _send(self, line: httpx.Client, copy: Copy) -> Told:
        # Reading the library takes a third of a second: whoever pushes waits for it, not every command.
        from pywebpush import WebPusher, WebPushException

        file = self._frozen.in_language(STEM, copy.language, "json")
        if file is None:
            return refused("nothing-to-send")
        try:
            subscription = json.loads(copy.address)
            body = WebPusher(subscription).encode(file.content, content_encoding="aes128gcm")["body"]
            headers = self._headers(subscription["endpoint"])
        except (WebPushException, VapidException, ValueError, KeyError, TypeError):
            return refused("subscription-form", is_gone=True)
        return post(line, subscription["endpoint"], bytes(body), headers, door=self._given.door, judge=_judge)

    def _headers(self, endpoint: str) -> dict[str, str]:
        parts = urlsplit(endpoint)
        claims = {
            "sub": self._given.contact,
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int(time.time()) + _TOKEN_SECONDS,
        }
        ends = last_moment(self._frozen.kind, self._frozen.expires_at)
        topic = hashlib.sha256(self._frozen.alert_id.encode()).digest()[:24]
        signed: dict[str, str] = _vapid(self._given.key).sign(claims)
        return {
            **signed,
            "TTL": str(max(0, int((ends - timezone.now()).total_seconds()))),
            "Urgency": "high",
            # A later push of the same alert takes the place of one that still waits.
            "Topic": base64.urlsafe_b64encode(topic).decode(),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
        }


@lru_cache(maxsize=2)
def _vapid(key: str) -> Vapid02:
    return Vapid02.from_string(private_key=key)


def _judge(reply: Reply) -> Told:
    if reply.status == 201:
        # Where the push service keeps the message (RFC 8030 section 5): the message's own id. It may be long.
        named = hashlib.sha256(reply.location.encode()).hexdigest() if reply.location else ""
        return accepted("http-201", provider_id=named)
    if reply.status in {404, 410}:
        return refused(f"http-{reply.status}", is_gone=True)
    return judge_refusal(reply)
