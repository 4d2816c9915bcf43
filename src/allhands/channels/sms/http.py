"""Text messages by HTTP, in the two styles of the large carriers' interfaces."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from queue import SimpleQueue

import httpx

from allhands.channels.contracts import SendingState
from allhands.channels.copies import Copy, Frozen, Told, accepted, refused, unconfirmed
from allhands.channels.outgoing_http import Reply, judge_refusal, open_http, send
from allhands.channels.sms.artefacts import STEM
from allhands.channels.sms.configuration import HttpSettings

# The provider knows that this person said STOP to our number.
_OPTED_OUT = frozenset({"21610", "4470"})
# A provider answers after a tenth of a second: one after the other, a hundred thousand would take the night. Their
# limits are kept by their own 429.
_AT_ONCE = 8
_ID_NAMES = ("sid", "id", "message_id", "messageId")


@contextmanager
def open_http_sms(given: HttpSettings, frozen: Frozen) -> Iterator[HttpSms]:
    """A sender for one broadcast."""
    with closing(HttpSms(given, frozen)) as sender:
        yield sender


def check_http(given: HttpSettings) -> str:
    """The link test: whether the host answers at all. There is no call that sends nothing and proves the account."""
    with open_http() as client:
        try:
            client.head(given.url, auth=(given.account, given.token))
        except httpx.TransportError as error:
            return f"connect-{type(error).__name__}"
    return ""


class HttpSms:
    """Posts one message a person; the provider cuts it into parts.

    Each hand has a line of its own. A provider that answers once too often leaves a stale answer on a line, which would
    be taken for the next person's: it bears the id of the last one, and the line is thrown away with it.
    """

    def __init__(self, given: HttpSettings, frozen: Frozen) -> None:
        self._given, self._frozen = given, frozen
        self._idle: SimpleQueue[tuple[httpx.Client, str]] = SimpleQueue()  # a line, and the id last given on it
        for _ in range(_AT_ONCE):
            self._idle.put((open_http(), ""))

    def close(self) -> None:
        """Hangs up on every line."""
        for _ in range(_AT_ONCE):
            self._idle.get()[0].close()

    def send_all(self, copies: Sequence[Copy]) -> Iterator[tuple[Copy, Told]]:
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="sms") as hands:
            yield from zip(copies, hands.map(self._send, copies), strict=True)

    def _send(self, copy: Copy) -> Told:
        file = self._frozen.in_language(STEM, copy.language, "txt")
        if file is None:
            return refused("nothing-to-send")
        line, last = self._idle.get()
        try:
            told = send_text(line, self._given, copy.address, file.text)
            is_stale = bool(told.provider_id) and told.provider_id == last
            if is_stale or told.state is SendingState.FAILED:  # a no has no id: told twice, it would end somebody else
                line.close()
                line = open_http()
            last = told.provider_id
            return unconfirmed("answer-of-another", told.provider_id) if is_stale else told
        finally:
            self._idle.put((line, last))


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
