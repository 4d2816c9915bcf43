"""Puts a text on one sign by NTCIP 1203 over SNMPv1, step by step, and reads back that it is shown.

Only for signs whose owner agreed in writing; each step is one unit, in the order the standard demands.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from pyasn1.type.univ import OctetString as AnyOctets
from pysnmp.error import PySnmpError
from pysnmp.hlapi.v1arch.asyncio import (
    CommunityData,
    Integer32,
    ObjectIdentity,
    ObjectType,
    OctetString,
    SnmpDispatcher,
    UdpTransportTarget,
    get_cmd,
    set_cmd,
)

from allhands.channels.contracts import SendingState
from allhands.channels.copies import Copy, Frozen, Told, last_moment, later, refused, uncertain, unconfirmed
from allhands.channels.roadsigns import inventory, ntcip, ours
from allhands.channels.roadsigns.artefacts import name_of

_TIMEOUT_SECONDS = 3
_RETRIES = 1
_STATUS_TRIES = 20
_STATUS_SECONDS = 0.5
Value = int | bytes
Command = Callable[..., Awaitable[tuple[Any, Any, Any, Any]]]


class SignSilent(Exception):
    """No answer."""


class SignRefused(Exception):
    """The sign said no; `code` says to what."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class SnmpSettings:
    """How signs are spoken to.

    Args:
        community: the sign owner's; it may write.
        priority: agreed with the owner; a running message of higher priority stays.
        source: our IPv4 address, as the sign's log shows it.
    """

    community: str
    priority: int
    source: str


class SignLine:
    """One sign on SNMPv1."""

    def __init__(self, host: str, port: int, given: SnmpSettings) -> None:
        self._host, self._port, self._given = host, port, given
        self._dispatcher = SnmpDispatcher()

    def close(self) -> None:
        """Frees the socket."""
        self._dispatcher.close()

    async def get(self, *names: str) -> list[Value]:
        """The objects' values. Raises SignSilent, SignRefused."""
        asked = [ObjectType(ObjectIdentity(name)) for name in names]
        return await self._ask(get_cmd, asked, "get")

    async def set(self, step: str, values: Sequence[tuple[str, Value]]) -> None:
        """Sets them all in one unit. Raises SignSilent, SignRefused (`step`)."""
        wanted = [
            ObjectType(ObjectIdentity(name), OctetString(value) if isinstance(value, bytes) else Integer32(value))
            for name, value in values
        ]
        await self._ask(set_cmd, wanted, step)

    async def _ask(self, command: Command, objects: list[ObjectType], step: str) -> list[Value]:
        target = await UdpTransportTarget.create((self._host, self._port), timeout=_TIMEOUT_SECONDS, retries=_RETRIES)
        # NTCIP 1203 signs speak SNMPv1; they stand behind the road owner's own network.
        community = CommunityData(self._given.community, mpModel=0)  # noqa: S508
        silent, error, _, answered = await command(self._dispatcher, community, target, *objects)
        if silent:
            raise SignSilent(str(silent))
        if error:
            raise SignRefused(f"{step}-{error.prettyPrint()}")
        return [_value(one[1]) for one in answered]


def find_snmp_settings() -> SnmpSettings | None:
    """The settings, or None while no sign is spoken to directly."""
    if not settings.ALLHANDS_SIGN_COMMUNITY:
        return None
    return SnmpSettings(
        community=settings.ALLHANDS_SIGN_COMMUNITY,
        priority=settings.ALLHANDS_SIGN_PRIORITY,
        source=settings.ALLHANDS_SIGN_SOURCE,
    )


class SignSender:
    """Speaks to each sign in turn."""

    def __init__(self, frozen: Frozen) -> None:
        self._frozen = frozen

    def send_all(self, copies: Sequence[Copy]) -> Iterator[tuple[Copy, Told]]:
        for copy in copies:
            yield copy, self._send(copy)

    def _send(self, copy: Copy) -> Told:
        given = find_snmp_settings()
        file = self._frozen.file(name_of(inventory.type_of(copy.recipient_key)))
        if given is None:
            return refused("not-configured")
        if file is None:
            return refused("does-not-fit")
        now = timezone.now()
        minutes = minutes_until(last_moment(self._frozen.kind, self._frozen.expires_at), now)
        host, _, port = copy.address.rpartition(":")
        text = file.content.decode("ascii")
        own = frozenset() if text else ours.message_ids(self._frozen.alert_id, sign_id=copy.recipient_key, now=now)
        return show(host, int(port), text, minutes=minutes, given=given, to_end=own)


def minutes_until(ends_at: datetime, now: datetime) -> int:
    """Whole minutes, at least one, never the value that means for ever."""
    return max(1, min(ntcip.LONGEST_MINUTES, int((ends_at - now).total_seconds() // 60)))


def show(
    host: str, port: int, multi: str, *, minutes: int, given: SnmpSettings, to_end: frozenset[bytes] = frozenset()
) -> Told:
    """Shows the text, or blanks the sign when it is empty, and says what was read back.

    Args:
        to_end: without a text, the messages that shall go. A sign that shows another one, such as a crash ahead that
            its owner put up since, or another child's, or the very text that another child's alert needs still, is left
            as it is.
    """
    return asyncio.run(_show(host, port, multi, minutes, given, to_end))


async def _show(host: str, port: int, multi: str, minutes: int, given: SnmpSettings, to_end: frozenset[bytes]) -> Told:
    line = SignLine(host, port, given)
    activated = False
    try:
        if not multi:
            [shown] = await line.get(ntcip.SOURCE)
            if shown not in to_end:
                return Told(state=SendingState.DELIVERED, code="not-shown-any-more")
        crc = await _store(line, multi, given) if multi else 0
        wanted = ntcip.message_id(ntcip.VOLATILE, ntcip.SLOT, crc) if multi else ntcip.BLANK_ID
        activated = True
        await _activate(line, multi, crc, minutes, given)
        shown = await _shown(line, wanted)
    except SignRefused as error:
        return refused(error.code)
    except (SignSilent, PySnmpError, OSError, TypeError, ValueError) as error:  # the last two: answers of another kind
        return uncertain(str(error)[:100]) if activated else later("sign-silent", str(error)[:100])
    finally:
        line.close()
    if shown == wanted:
        return Told(state=SendingState.DELIVERED, code="shown" if multi else "blank")
    return unconfirmed("other-message-shown", shown.hex() if isinstance(shown, bytes) else str(shown))


async def _store(line: SignLine, multi: str, given: SnmpSettings) -> int:
    """Writes the text into our slot and has the sign validate it; its CRC, which must be ours."""
    status = ntcip.message_object(9, ntcip.SLOT)
    [mode] = await line.get(ntcip.CONTROL_MODE)
    if mode == ntcip.LOCAL_CONTROL:
        raise SignRefused("local-mode")
    await line.set("modify", [(status, ntcip.MODIFY_REQUEST)])
    await _until(line, status, ntcip.MODIFYING, "modify")
    texts: list[tuple[str, Value]] = [
        (ntcip.message_object(3, ntcip.SLOT), multi.encode("ascii")),
        (ntcip.message_object(4, ntcip.SLOT), b"Allhands"),
        (ntcip.message_object(8, ntcip.SLOT), given.priority),
    ]
    await line.set("text", texts)
    await line.set("validate", [(status, ntcip.VALIDATE_REQUEST)])
    await _until(line, status, ntcip.VALID, "validate")
    [crc] = await line.get(ntcip.message_object(5, ntcip.SLOT))
    own = ntcip.message_crc(multi)
    if crc != own:
        raise SignRefused("crc-differs")
    return own


async def _until(line: SignLine, status: str, wanted: int, step: str) -> None:
    for _ in range(_STATUS_TRIES):
        [now] = await line.get(status)
        if now == wanted:
            return
        if now != ntcip.VALIDATING:
            break
        await asyncio.sleep(_STATUS_SECONDS)
    raise SignRefused(f"{step}-state-{int(now)}")


async def _activate(line: SignLine, multi: str, crc: int, minutes: int, given: SnmpSettings) -> None:
    code = ntcip.activation_code(
        minutes=minutes,
        priority=given.priority,
        memory=ntcip.VOLATILE if multi else ntcip.BLANK,
        number=ntcip.SLOT,
        crc=crc,
        source=given.source,
    )
    if multi:  # the text must not outlive the alert when the line or the power goes
        for name in (ntcip.COMMUNICATIONS_LOSS, ntcip.LONG_POWER_RECOVERY):
            await line.set("fallback", [(name, ntcip.BLANK_ID)])
    try:
        await line.set("activate", [(ntcip.ACTIVATE, code)])
    except SignRefused as error:
        [why] = await line.get(ntcip.ACTIVATE_ERROR)
        reason = ntcip.ACTIVATE_ERRORS.get(int(why), "unknown")
        raise SignRefused(f"activate-{reason}") from error


async def _shown(line: SignLine, wanted: bytes) -> Value:
    """What the sign names as its message; one that turns its letters slowly is waited for."""
    for _ in range(_STATUS_TRIES):
        [shown] = await line.get(ntcip.SOURCE)
        if shown == wanted:
            return shown
        try:
            [state] = await line.get(ntcip.ACTIVATE_STATE)
        except SignRefused:  # older signs do not know the object
            return shown
        if state == ntcip.SLOW_ERROR:
            raise SignRefused("activate-slow-error")
        if state != ntcip.ACTIVATING:
            return shown
        await asyncio.sleep(_STATUS_SECONDS)
    return shown


def _value(value: object) -> Value:
    return bytes(value) if isinstance(value, AnyOctets) else int(value)  # type: ignore[call-overload]  # a number
