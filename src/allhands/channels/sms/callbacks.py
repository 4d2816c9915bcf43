"""What a provider tells us later: only with its signature, the same word twice counts once.

Signature: base64 of HMAC-SHA1 over the address and each form field in name order; a JSON body is bound by its SHA-256
in the address. Source: dossier interfaces 2.4, checked there against the provider's own library.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, parse_qsl, urlsplit

from allhands.channels.actions.receipts import Receipt
from allhands.channels.contracts import SendingState, Way

SMS_SIGNATURE_HEADER = "X-Twilio-Signature"
_DELIVERED = frozenset({"delivered", "read", "message-delivered"})
_FAILED = frozenset({"undelivered", "failed", "canceled", "message-failed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """A text message somebody sent to our number."""

    number: str
    text: str


def is_signed(url: str, body: bytes, content_type: str, signature: str, token: str) -> bool:
    """Whether whoever holds the account's token made this request.

    Args:
        url: the whole address as the provider called it, from our own settings plus its query.
    """
    if not token or not signature:
        return False
    if content_type.startswith("application/json"):
        claimed = parse_qs(urlsplit(url).query).get("bodySHA256", [""])[0]
        if not hmac.compare_digest(claimed.lower(), hashlib.sha256(body).hexdigest()):
            return False
        fields: Iterable[tuple[str, str]] = ()
    else:
        fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    return hmac.compare_digest(sign(url, fields, token), signature)


def sign(url: str, fields: Iterable[tuple[str, str]], token: str) -> str:
    """The signature over an address and form fields.

    Example:
        >>> fields = [("CallSid", "CA1234567890ABCDE"), ("Caller", "+14158675310"), ("Digits", "1234"),
        ...           ("From", "+14158675310"), ("To", "+18005551212")]
        >>> sign("https://mycompany.com/myapp.php?foo=1&bar=2", fields, "12345")
        'GvWf1cFY/Q7PnoempGyD5oXAezc='
    """
    text = url + "".join(f"{name}{value}" for name, value in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def read(body: bytes, content_type: str) -> tuple[Receipt | Inbound, ...]:
    """Everything a callback tells; what we do not understand is left out."""
    return tuple(one for entry in _entries(body, content_type) if (one := _read(entry)) is not None)


def _entries(body: bytes, content_type: str) -> Iterator[Mapping[str, str]]:
    text = body.decode("utf-8", "replace")
    if not content_type.startswith("application/json"):
        yield dict(parse_qsl(text, keep_blank_values=True))
        return
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return
    for entry in document if isinstance(document, list) else [document]:
        if isinstance(entry, dict):
            inner = entry.get("message")
            more = inner if isinstance(inner, dict) else {}
            yield {key: str(value) for key, value in {**more, **entry}.items() if isinstance(value, (str, int))}


def _read(entry: Mapping[str, str]) -> Receipt | Inbound | None:
    number, text = entry.get("From") or entry.get("from", ""), entry.get("Body") or entry.get("text", "")
    status = entry.get("MessageStatus") or entry.get("status") or entry.get("type", "")
    if status in {"", "received", "receiving", "message-received"}:
        return Inbound(number=number, text=text) if number and text else None
    provider_id = entry.get("MessageSid") or entry.get("id") or entry.get("message_id", "")
    if not provider_id:
        return None
    state = SendingState.DELIVERED if status in _DELIVERED else SendingState.FAILED if status in _FAILED else None
    code = entry.get("ErrorCode") or entry.get("errorCode") or status
    return Receipt(way=Way.SMS, provider_id=provider_id, status=status, state=state, code=code)
