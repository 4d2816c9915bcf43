"""Text messages by SMPP 3.4: one connection, a window of unanswered messages, an agreed rate.

A part that was sent and not answered is uncertain. A throttled part alone is sent again, never its neighbours.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta

from allhands.channels.copies import Copy, Frozen, Told, accepted, later, refused, uncertain, unconfirmed
from allhands.channels.sms import message_ids, pdu
from allhands.channels.sms.artefacts import STEM
from allhands.channels.sms.configuration import SmppSettings
from allhands.channels.sms.pdu import Command, Delivered, Pdu, PduError, Submit
from allhands.channels.sms.segments import Alphabet, join_header, octets, segment
from allhands.kernel.errors import TryLater

_CONNECT_SECONDS = 10.0
_ANSWER_SECONDS = 30.0
_THROTTLE_SECONDS = 1.0
_THROTTLE_TRIES = 5
# 0x0B bad destination; 0x65 and 0x66 refused for good by the application; the others name our own set-up.
_GONE = frozenset({0x0B})
_OWN_KEY = 0x0204  # user_message_reference

OnDelivered = Callable[[Delivered], None]


@dataclass
class _Part:
    """One part under way. `status` is None until it is answered."""

    copy: Copy | None
    message: Submit
    tries: int = 0
    status: int | None = None
    message_id: str = ""


@dataclass
class _Lot:
    """Everything of one call: parts not sent yet, parts without answer by their sequence number."""

    waiting: list[_Part]
    pending: dict[int, _Part] = field(default_factory=dict)


class Session:
    """A bound connection."""

    def __init__(self, given: SmppSettings, on_delivered: OnDelivered) -> None:
        self._given, self._on_delivered = given, on_delivered
        self._sequence = 0
        self._next_at = 0.0
        self._socket = _connect(given)
        try:
            self._bind()
        except BaseException:
            self._socket.close()
            raise

    def close(self) -> None:
        """Unbinds politely and goes."""
        with suppress(OSError):
            self._write(Command.UNBIND)
        self._socket.close()

    def enquire(self) -> None:
        """Raises OSError: the peer does not answer."""
        wanted = self._write(Command.ENQUIRE_LINK)
        while self._read().sequence != wanted:
            pass

    def listen(self, seconds: float) -> None:
        """Hears receipts and messages for a while."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            self._socket.settimeout(left)
            with suppress(TimeoutError):
                self._read()
        self._socket.settimeout(_ANSWER_SECONDS)

    def submit_all(self, parts: list[_Part]) -> None:
        """Sends the parts and fills in their answers. Raises OSError, PduError: the connection broke on the way."""
        lot = _Lot(waiting=list(parts))
        while lot.waiting or lot.pending:
            while lot.waiting and len(lot.pending) < self._given.window:
                self._submit(lot)
            self._answered(lot, self._read())

    def submit_text(self, number: str, text: str) -> None:
        """One short text, such as the answer to STOP. Raises OSError, PduError."""
        message = Submit(
            source=self._given.sender,
            destination=number,
            octets=octets(text, Alphabet.GSM),
            data_coding=Alphabet.GSM.value,
        )
        self.submit_all([_Part(copy=None, message=message)])

    def _submit(self, lot: _Lot) -> None:
        self._pace()
        part = lot.waiting.pop(0)
        part.tries += 1
        lot.pending[self._sequence + 1] = part
        self._write(Command.SUBMIT_SM, pdu.submit_body(part.message))

    def _answered(self, lot: _Lot, answer: Pdu) -> None:
        part = lot.pending.pop(answer.sequence, None)
        if part is None:
            return
        if answer.status in pdu.THROTTLED and part.tries < _THROTTLE_TRIES:
            time.sleep(_THROTTLE_SECONDS)
            lot.waiting.append(part)
            return
        part.status = answer.status
        part.message_id = message_ids.from_answer(pdu.read_message_id(answer.body), self._given.ids)

    def _pace(self) -> None:
        now = time.monotonic()
        if self._next_at > now:
            time.sleep(self._next_at - now)
        self._next_at = max(now, self._next_at) + 1 / self._given.rate

    def _bind(self) -> None:
        wanted = self._write(Command.BIND_TRANSCEIVER, pdu.bind_body(self._given.system_id, self._given.password))
        answer = self._read()
        if answer.sequence != wanted or answer.status != pdu.OK:
            raise TryLater(f"smpp-bind-{answer.status:#x}")

    def _write(self, command: int, body: bytes = b"") -> int:
        self._sequence += 1
        self._socket.sendall(pdu.write(command, self._sequence, body))
        return self._sequence

    def _read(self) -> Pdu:
        """The next answer; what the peer asks in between is answered on the way."""
        while True:
            unit = self._read_one()
            if unit.command == Command.DELIVER_SM:
                # Answered whatever it is: a receipt we cannot match must not come for ever.
                self._socket.sendall(pdu.write(Command.ANSWER | Command.DELIVER_SM, unit.sequence, b"\x00"))
                with suppress(PduError):
                    self._on_delivered(pdu.read_delivered(unit.body))
            elif unit.command in {Command.ENQUIRE_LINK, Command.UNBIND}:
                self._socket.sendall(pdu.write(Command.ANSWER | unit.command, unit.sequence))
            else:
                return unit

    def _read_one(self) -> Pdu:
        length, head = pdu.read_header(self._read_exactly(pdu.HEADER_LENGTH))
        body = self._read_exactly(length)
        return Pdu(command=head.command, status=head.status, sequence=head.sequence, body=body)

    def _read_exactly(self, length: int) -> bytes:
        data = b""
        while len(data) < length:
            more = self._socket.recv(length - len(data))
            if not more:
                raise ConnectionResetError("the peer closed the connection")
            data += more
        return data


@contextmanager
def open_session(given: SmppSettings, on_delivered: OnDelivered) -> Iterator[Session]:
    """A bound connection. Raises TryLater: there is none now."""
    try:
        session = Session(given, on_delivered)
    except (OSError, PduError) as error:
        raise TryLater(f"smpp-connect-{type(error).__name__}") from error
    try:
        yield session
    finally:
        session.close()


@contextmanager
def open_smpp_sms(given: SmppSettings, frozen: Frozen, on_delivered: OnDelivered) -> Iterator[SmppSms]:
    """A sender for one broadcast."""
    with open_session(given, on_delivered) as session:
        yield SmppSms(session, given, frozen)


class SmppSms:
    """Sends each text in its parts."""

    def __init__(self, session: Session, given: SmppSettings, frozen: Frozen) -> None:
        self.session, self._given, self._frozen = session, given, frozen
        self._is_broken = False

    def send_all(self, copies: Sequence[Copy]) -> Iterator[tuple[Copy, Told]]:
        if self._is_broken:
            yield from ((copy, later("smpp-lost")) for copy in copies)
            return
        parts = {copy.id: self._parts(copy) for copy in copies}
        try:
            self.session.submit_all([part for one in copies for part in parts[one.id]])
        except (OSError, PduError):
            self._is_broken = True
        yield from ((copy, _told(parts[copy.id])) for copy in copies)

    def _parts(self, copy: Copy) -> list[_Part]:
        file = self._frozen.in_language(STEM, copy.language, "txt")
        cut = segment(file.text) if file else None
        texts = cut.parts if cut else ()
        made = []
        for place, text in enumerate(texts, start=1):
            assert cut is not None
            header = join_header(copy.id, len(texts), place) if len(texts) > 1 else b""
            message = Submit(
                source=self._given.sender,
                destination=copy.address,
                octets=header + octets(text, cut.alphabet),
                data_coding=cut.alphabet.value,
                is_joined=bool(header),
                options={_OWN_KEY: (copy.id & 0xFFFF).to_bytes(2, "big")},
            )
            made.append(_Part(copy=copy, message=message))
        return made


def _told(parts: Sequence[_Part]) -> Told:
    """What the answers to all parts of one text mean together."""
    if not parts:
        return refused("nothing-to-send")
    if all(part.tries == 0 for part in parts):
        return later("smpp-lost")
    if any(part.status is None for part in parts):
        return uncertain("the connection broke")
    statuses = {part.status for part in parts if part.status is not None}
    if statuses == {pdu.OK}:
        first = parts[0].message_id
        return accepted("smpp-0x0", provider_id=first) if first else unconfirmed("answer-without-id")
    worst = max(statuses)
    code = f"smpp-{worst:#x}"
    if pdu.OK in statuses:
        return unconfirmed("partly-accepted", code)
    if statuses <= pdu.THROTTLED:
        return later(code, retry_after=timedelta(seconds=30))
    return refused(code, is_gone=worst in _GONE)


def _connect(given: SmppSettings) -> socket.socket:
    plain = socket.create_connection((given.host, given.port), timeout=_CONNECT_SECONDS)
    plain.settimeout(_ANSWER_SECONDS)
    if not given.tls:
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=given.host)
