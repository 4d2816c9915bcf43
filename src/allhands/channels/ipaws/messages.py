"""What IPAWS-OPEN holds: its list of messages and the messages themselves, asked for our own identifiers.

getMessageListAll is a question of getRequest, getMessageAll one of getMessage; both take `sent` `greaterthan` an
instant. Source: dossier interfaces 1.3. How a list writes an identifier is not public: every value is looked at.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import httpx
from lxml import etree

from allhands.channels.ipaws import envelope
from allhands.channels.ipaws.client import ask, ask_bytes, open_client
from allhands.channels.ipaws.configuration import IpawsSettings
from allhands.channels.ipaws.envelope import Parameter
from allhands.wire.cap import CapError, decode
from allhands.wire.hardened_xml import ONE_DOCUMENT, parse

_ALERT: Final = "alert"


def held(given: IpawsSettings, since: datetime) -> frozenset[str] | None:
    """Everything by which IPAWS names messages sent since then; None when neither question was answered.

    It shows that IPAWS has a message, never that it let it out.
    """
    with open_client(given) as client:
        listed = _listed(client, given, since)
        whole = _whole(client, given, since)
    if listed is None and whole is None:
        return None
    return (listed or frozenset()) | (whole or frozenset())


def _listed(client: httpx.Client, given: IpawsSettings, since: datetime) -> frozenset[str] | None:
    _, answer = ask(client, given, "getMessageListAll", _since(since))
    if answer is None or answer.fault:
        return None
    return frozenset(value for _, value in answer.values if value)


def _whole(client: httpx.Client, given: IpawsSettings, since: datetime) -> frozenset[str] | None:
    body = envelope.get_message_body("getMessageAll", given.service_namespace, (_since(since),))
    _, heard = ask_bytes(client, given, "getMessage", body)
    return identifiers(heard)


def identifiers(answer: bytes) -> frozenset[str] | None:
    """Identifiers of the alerts in an answer of getMessage; one that cannot be read loses no other. None: no answer."""
    try:
        root = parse(answer, limits=ONE_DOCUMENT, error=CapError, prefix="ipaws")
    except CapError:
        return None
    names = {etree.QName(one).localname for one in root.iter(etree.Element)}
    if "Envelope" not in names or "Fault" in names:
        return None
    alerts = [one for one in root.iter(etree.Element) if etree.QName(one).localname == _ALERT]
    return frozenset(name for one in alerts if (name := _identifier(etree.tostring(one, with_tail=False))))


def _identifier(alert: bytes) -> str:
    try:
        decoded = decode(alert).alert
    except CapError:
        return ""
    return decoded.identifier if decoded else ""


def _since(since: datetime) -> Parameter:
    written = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Parameter(name="sent", comparison="greaterthan", value=written)
