"""HTTP to addresses that strangers gave us: public hosts only, the checked address is called, no redirects."""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from urllib.parse import urlsplit

import httpx

from allhands.channels.copies import Told, later, refused, uncertain, unconfirmed

Judge = Callable[["Reply"], Told]
# Connecting to a living host takes well under this; the answer may take the other side's database.
_CONNECT_SECONDS = 10.0
_ANSWER_SECONDS = 20.0
_LARGEST_ANSWER = 64_000
# What a client would read otherwise than we do, or choke on half way through everybody else's copies. A name in other
# letters is written as it stands in the directory of names (`xn--`).
_PLAIN = re.compile(r"[^\x00-\x20\x7f\\]+")
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the other side answered; the body is cut at 64 kB."""

    status: int
    body: bytes
    retry_after: timedelta | None
    content_type: str
    location: str


class AddressRefused(Exception):
    """The address may not be called; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Which addresses may be called.

    Args:
        allow_private: loopback and private networks too; for tests and for a receiver on one's own network.
        hosts: only these, and what ends in `.` plus one of them; empty for every public host.
    """

    allow_private: bool = False
    hosts: frozenset[str] = frozenset()


def open_http() -> httpx.Client:
    """A client that follows no redirect and listens to no proxy of the environment. Whoever opens it closes it."""
    limits = httpx.Timeout(_ANSWER_SECONDS, connect=_CONNECT_SECONDS)
    return httpx.Client(timeout=limits, follow_redirects=False, trust_env=False, verify=_trusted())


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """The usual authorities, read once."""
    return httpx.create_ssl_context(trust_env=False)


def check_url(url: str, door: Door) -> tuple[str, str]:
    """Host and the one address to connect to.

    Raises:
        AddressRefused: `address-form`, `-not-https`, `-not-allowed`, `-unknown`, `-private`.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # no port of any machine, or half an IPv6 address
        raise AddressRefused("address-form") from None
    if not _PLAIN.fullmatch(url) or not host.isascii() or "@" in parts.netloc or port == 0:
        raise AddressRefused("address-form")
    if not host or parts.scheme not in {"https", "http"}:
        raise AddressRefused("address-form")
    if parts.scheme != "https" and not door.allow_private:
        raise AddressRefused("address-not-https")
    if door.hosts and not any(host == one or host.endswith(f".{one}") for one in door.hosts):
        raise AddressRefused("address-not-allowed")
    return host, _resolve(host, port or (443 if parts.scheme == "https" else 80), door)


def post(
    client: httpx.Client, url: str, content: bytes, headers: Mapping[str, str], *, door: Door, judge: Judge
) -> Told:
    """Posts once. Silence after writing is uncertain; an answer is the judge's."""
    try:
        host, address = check_url(url, door)
    except AddressRefused as error:
        return refused(error.code) if error.code != "address-unknown" else later(error.code)
    parts = urlsplit(url)
    bracketed = f"[{address}]" if ":" in address else address
    port = f":{parts.port}" if parts.port else ""
    target = parts._replace(netloc=f"{bracketed}{port}").geturl()
    named = {**headers, "Host": f"{host}{port}"}
    return send(client, httpx.Request("POST", target, content=content, headers=named, extensions=_named(host)), judge)


def send(client: httpx.Client, request: httpx.Request, judge: Judge) -> Told:
    """Sends once and has the answer judged."""
    request.extensions.setdefault("timeout", client.timeout.as_dict())
    try:
        response = client.send(request, stream=True)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        return later(f"connect-{type(error).__name__}")
    except httpx.TransportError as error:
        return uncertain(type(error).__name__)
    try:
        return judge(_read(response))
    except httpx.TransportError as error:
        return uncertain(type(error).__name__)
    finally:
        response.close()


def judge_refusal(reply: Reply) -> Told:
    """What every HTTP answer means that is not the yes a way knows."""
    words = reply.body[:200].decode("utf-8", "replace")
    code = f"http-{reply.status}"
    if reply.status in {429, 503}:
        return later(code, words, retry_after=reply.retry_after)
    if reply.status in {404, 410}:
        return refused(code, words, is_gone=reply.status == 410)
    if 300 <= reply.status < 500:
        return refused(code, words)
    return unconfirmed(code, words)


def _named(host: str) -> dict[str, object]:
    """The certificate must be the host's, although we connect to the address that was checked."""
    return {"sni_hostname": host}


def _read(response: httpx.Response) -> Reply:
    body = b""
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) >= _LARGEST_ANSWER:
            break
    return Reply(
        status=response.status_code,
        body=body[:_LARGEST_ANSWER],
        retry_after=_retry_after(response.headers.get("retry-after", "")),
        content_type=response.headers.get("content-type", ""),
        location=response.headers.get("location", ""),
    )


def _retry_after(text: str) -> timedelta | None:
    """Seconds or a date (RFC 9110 10.2.3), at most a day; None when it is neither."""
    if text.isdecimal():
        return min(timedelta(seconds=int(text[:6])), timedelta(days=1))
    try:
        wait = parsedate_to_datetime(text) - datetime.now(UTC)
    except (ValueError, TypeError):
        return None
    return min(max(wait, timedelta(0)), timedelta(days=1))


def _resolve(host: str, port: int, door: Door) -> str:
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        raise AddressRefused("address-unknown") from None
    addresses = sorted(found)
    # One private address among several is enough to say no: the next look-up might give that one.
    if not door.allow_private and not all(_is_public(address) for address in addresses):
        raise AddressRefused("address-private")
    return addresses[0]


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour
        if inner is not None:
            return inner.is_global
        # All that is given out to anybody; outside lie site-local addresses and forms that hold an IPv4 address.
        if parsed not in _GLOBAL_UNICAST:
            return False
    return parsed.is_global and not parsed.is_multicast
