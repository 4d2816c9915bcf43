"""The client of IPAWS-OPEN: stamps, signs twice, posts once, understands refusals inside HTTP 200."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import httpx
from django.utils import timezone

from allhands.alerts.contracts import AlertMessage, MessageKind
from allhands.channels.copies import Copy, Frozen, Told, later, refused, unconfirmed
from allhands.channels.ipaws import answers, certificate, earlier, envelope
from allhands.channels.ipaws.answers import Answer
from allhands.channels.ipaws.configuration import IpawsSettings, find_ipaws_settings
from allhands.channels.ipaws.document import NAME
from allhands.channels.ipaws.envelope import Parameter
from allhands.channels.outgoing_http import Judge, Reply, send
from allhands.channels.rooms import Recipient
from allhands.wire import cap
from allhands.wire.cap import CapError, SignatureRefused
from allhands.wire.errors import EncodeRefused

_CONNECT_SECONDS = 15.0
# Carriers' gateways answer behind it; half a minute was seen in the dossier's sources.
_ANSWER_SECONDS = 90.0
KEY = "ipaws"


def is_configured() -> bool:
    """Whether there is an address, a group and a certificate."""
    return find_ipaws_settings() is not None


def recipients(_message: AlertMessage) -> tuple[Recipient, ...]:
    """IPAWS itself; its channels answer for themselves."""
    return (Recipient(key=KEY, group="IPAWS-OPEN", label="IPAWS-OPEN", address=""),)


def check() -> str:
    """The link test: the certificate looked at, then getAck with it. No alert is sent."""
    given = find_ipaws_settings()
    assert given is not None, "only a configured way is tested"
    wrong = certificate.problem(given.certificate_pem, given.key_pem, given.cog_id, timezone.now())
    if wrong:
        return wrong
    with open_client(given) as client:
        told, answer = ask(client, given, "getAck")
    if answer is None:
        return told.code
    if answer.fault:
        return "soap-fault"
    return "" if any(value.upper() == "PONG" for _, value in answer.values) else "no-pong"


def read_profile() -> dict[str, str]:
    """What our group may send (getCOGProfile), by name; empty when it could not be asked."""
    given = find_ipaws_settings()
    if given is None:
        return {}
    with open_client(given) as client:
        _, answer = ask(client, given, "getCOGProfile")
    return {name: value for name, value in answer.values if name} if answer and not answer.fault else {}


def ask(
    client: httpx.Client, given: IpawsSettings, operation: str, *parameters: Parameter
) -> tuple[Told, Answer | None]:
    """Asks one question of getRequest; the answer is None when it was none."""
    body = envelope.get_request_body(operation, given.service_namespace, parameters)
    told, heard = ask_bytes(client, given, "getRequest", body)
    return told, answers.read(heard) if heard else None


def ask_bytes(client: httpx.Client, given: IpawsSettings, operation: str, body: bytes) -> tuple[Told, bytes]:
    """Asks a question and hands over the bytes of the answer; empty when none came."""
    heard: list[bytes] = []

    def judge(reply: Reply) -> Told:
        heard.append(reply.body)
        return unconfirmed(f"http-{reply.status}")

    told = _post(client, given, operation, body, judge)
    return told, heard[0] if heard else b""


@contextmanager
def open_sender(frozen: Frozen) -> Iterator[IpawsSender]:
    """A sender for one broadcast."""
    given = find_ipaws_settings()
    assert given is not None, "only a configured way has waiting copies"
    with open_client(given) as client:
        yield IpawsSender(client, given, frozen)


class IpawsSender:
    """Posts the document."""

    def __init__(self, client: httpx.Client, given: IpawsSettings, frozen: Frozen) -> None:
        self._client, self._given, self._frozen = client, given, frozen

    def send_all(self, copies: Sequence[Copy]) -> Iterator[tuple[Copy, Told]]:
        for copy in copies:
            # Later messages name this one by its `sent`: it must be an instant that is kept.
            yield copy, self._send(copy.claimed_at)

    def _send(self, now: datetime) -> Told:
        file = self._frozen.file(NAME)
        if file is None:
            return refused("nothing-to-send")
        try:
            stamped = stamp(file.content, self._given, now, self._earlier(now))
            signed = cap.sign(stamped, key_pem=self._given.key_pem, certificate_pem=self._given.certificate_pem)
        except (EncodeRefused, CapError, SignatureRefused) as error:
            return refused("not-signed", str(error))
        body = envelope.post_cap_body(signed, self._given.service_namespace)
        return _post(self._client, self._given, "postCAP", body, _judge_post)

    def _earlier(self, now: datetime) -> Mapping[str, datetime]:
        if self._frozen.kind is MessageKind.ALERT:
            return {}
        return earlier.sent_times(self._frozen.alert_id, KEY, now)


def stamp(document: bytes, given: IpawsSettings, now: datetime, held: Mapping[str, datetime] | None = None) -> bytes:
    """The frozen document with `sent` of this moment, as code 303 demands, and the group's name before the sender's.

    References name the messages IPAWS holds, by the `sent` they left with; when none is known, they stay as frozen.

    Args:
        held: the instants with which earlier messages were stamped, by identifier.
    Raises:
        CapError: the frozen bytes are no alert.
        EncodeRefused: it ends before it is sent, or breaks another rule.
    """
    alert = cap.decode(document).alert
    assert alert is not None, "it was checked when it was frozen"
    sent_at = now.astimezone(alert.sent_at.tzinfo).replace(microsecond=0)
    infos = tuple(
        replace(info, sender_name=f"{given.cog_id},{given.cog_name},{info.sender_name}") for info in alert.infos
    )
    references = tuple(
        replace(one, sent_at=held[one.identifier].astimezone(sent_at.tzinfo).replace(microsecond=0))
        for one in alert.references
        if held and one.identifier in held
    )
    return cap.encode(replace(alert, sent_at=sent_at, infos=infos, references=references or alert.references))


def _judge_post(reply: Reply) -> Told:
    answer = answers.read(reply.body)
    if answer is not None and (answer.fault or reply.status == 200):
        return answers.judge(answer)
    if reply.status in {429, 503}:
        return later(f"http-{reply.status}", retry_after=reply.retry_after)
    if reply.status in {401, 403, 404}:
        return refused(f"http-{reply.status}")
    return unconfirmed(f"http-{reply.status}", reply.body[:200].decode("utf-8", "replace"))


def _post(client: httpx.Client, given: IpawsSettings, operation: str, body: bytes, judge: Judge) -> Told:
    try:
        sealed = envelope.seal(
            body,
            user=given.user,
            cog_id=given.cog_id,
            namespace=given.service_namespace,
            key_pem=given.key_pem,
            certificate_pem=given.certificate_pem,
        )
    except ValueError as error:
        return refused("certificate-form", str(error))
    headers = {
        "Content-Type": "text/xml; charset=utf-8",
        "SOAPAction": f'"{given.service_namespace}{operation}"',
    }
    return send(client, client.build_request("POST", given.url, content=sealed, headers=headers), judge)


@contextmanager
def open_client(given: IpawsSettings) -> Iterator[httpx.Client]:
    """A client that trusts the authorities of the settings and follows nobody elsewhere."""
    verify = ssl.create_default_context(cafile=given.trusted_file or None)
    limits = httpx.Timeout(_ANSWER_SECONDS, connect=_CONNECT_SECONDS)
    with httpx.Client(timeout=limits, follow_redirects=False, trust_env=False, verify=verify) as client:
        yield client
