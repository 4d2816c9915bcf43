"""Text messages by HTTP, in the two styles of the large carriers' interfaces."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx

from allhands.channels.copies import Copy, Frozen, Told, accepted, refused, unconfirmed
from allhands.channels.lines import Lines, open_lines
from allhands.channels.outgoing_http import Reply, judge_refusal, open_http, send
from allhands.channels.sms.artefacts import STEM
from allhands.channels.sms.configuration import HttpSettings

# The provider knows that this person said STOP to our number.
_OPTED_OUT = frozenset({"21610", "4470"})
_ID_NAMES = ("sid", "id", "message_id", "messageId")


@contextmanager
def open_http_sms(given: HttpSettings, frozen: Frozen) -> Iterator[HttpSms]:
    """A sender for one broadcast."""
    with open_lines() as lines:
        yield HttpSms(lines, given, frozen)


def check_http(given: HttpSettings) -> str:
    """The link test: whether the host answers at all. There is no call that sends nothing and proves the account."""
    with open_http() as client:
        try:
            client.head(given.url, auth=(given.account, given.token))
        except httpx.TransportError as error:
            return f"connect-{type(error).__name__}"
    return ""


class HttpSms:
    """Posts one message a person; the provider cuts it into parts."""

    def __init__(self, lines: Lines, given: HttpSettings, frozen: Frozen) -> None:
        self._lines, self._given, self._frozen = lines, given, frozen

    def send_all(self, copies: Sequence[Copy]) -> Iterator[tuple[Copy, Told]]:
        return self._lines.send_all(copies, self._send)

    def _send(self, line: httpx.Client, copy: Copy) -> Told:
        file = self._frozen.in_language(STEM, copy.language, "txt")
        if file is None:
            return refused("nothing-to-send")
        return send_text(line, self._given, copy.address, file.text)


def send_text(client: httpx.Client, given: HttpSettings, number: str, text: str) -> Told:
    """One message to one E.164 number."""
    if given.style == "form":
        fields = {"To": number, "From": given.sender, "Body": text, "StatusCallback": given.callback_url}
        request = client.build_request("POST", given.url, data=fields)
    else:
        document = {"to": [number], "from": given.sender, "text": text, "callbackUrl": given.callback_url}
        request = client.build_request("POST", given.url, json=document)
    return send(client, next(httpx.BasicAuth(given.account, given.token).auth_flow(request)), _judge)


def _judge(reply: Reply) -> Told:
    document = _document(reply.body)
    if reply.status in {200, 201, 202}:
        provider_id = next((str(document[name]) for name in _ID_NAMES if document.get(name)), "")
        if provider_id:
            return accepted(f"http-{reply.status}", provider_id=provider_id)
        return unconfirmed("answer-without-id", reply.body[:200].decode("utf-8", "replace"))
    code = str(document.get("code") or document.get("errorCode") or "")
    if code in _OPTED_OUT:
        return refused(f"opted-out-{code}", is_gone=True)
    return judge_refusal(reply)


def _document(body: bytes) -> dict[str, object]:
    try:
        document = json.loads(body)
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}
