"""Servers of the protocols we speak, on loopback, each for one test."""

from __future__ import annotations

import http.server
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmpplib.protocol import DeliverSm, SmppMessage, SubmitSm, SubmitSmResp
from aiosmpplib.state import NPI, TON, PhoneNumber, SmppCommandStatus


@dataclass(frozen=True)
class Request:
    """What came in."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Response:
    """What to answer; `None` as status closes the line without a word.

    Args:
        times: how often, one behind the other, as if more had been asked.
    """

    status: int | None = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1


@dataclass
class WebPeer:
    """An HTTP server that keeps requests and answers as told."""

    url: str
    answer: Callable[[Request], Response]
    requests: list[Request] = field(default_factory=list)


@contextmanager
def web_peer(answer: Callable[[Request], Response]) -> Iterator[WebPeer]:
    """A server until the block ends."""
    peer = WebPeer(url="", answer=answer)

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", 0))
            headers = {key.lower(): value for key, value in self.headers.items()}
            request = Request(path=self.path, headers=headers, body=self.rfile.read(length))
            peer.requests.append(request)
            response = peer.answer(request)
            if response.status is None:
                self.close_connection = True
                return
            for _ in range(response.times):
                self.send_response(response.status)
                for key, value in response.headers.items():
                    self.send_header(key, value)
                self.send_header("content-length", str(len(response.body)))
                self.end_headers()
                self.wfile.write(response.body)

        do_GET = do_HEAD = do_POST  # noqa: N815  the server's own names

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    peer.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield peer
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


@dataclass
class Smsc:
    """An SMPP message centre. Units are read and written by the library, which knows nothing of our own code.

    Args:
        status_of: answer to the nth submit; None for silence until the client goes.
        times: how often each submit is answered.
        receipts: receipts to send before the answer to the nth submit.
    """

    port: int
    status_of: Callable[[int], SmppCommandStatus | None]
    speak: Callable[[int], list[DeliverSm]]
    times: int = 1
    submitted: list[SubmitSm] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)


@contextmanager
def smsc(
    status_of: Callable[[int], SmppCommandStatus | None] = lambda _n: SmppCommandStatus.ESME_ROK,
    speak: Callable[[int], list[DeliverSm]] = lambda _n: [],
    times: int = 1,
) -> Iterator[Smsc]:
    """A message centre until the block ends; one connection at a time."""
    listener = socket.create_server(("127.0.0.1", 0))
    centre = Smsc(port=listener.getsockname()[1], status_of=status_of, speak=speak, times=times)
    thread = threading.Thread(target=_serve, args=(listener, centre), daemon=True)
    thread.start()
    try:
        yield centre
    finally:
        listener.close()
        thread.join(timeout=5)


def a_receipt(message_id: str, state: str = "DELIVRD") -> DeliverSm:
    text = f"id:{message_id} sub:001 dlvrd:001 submit date:2611231200 done date:2611231201 stat:{state} err:000 text:x"
    return DeliverSm(short_message=text, esm_class=4, source=_number("17015550111"), destination=_number("55555"))


def a_reply(text: str, number: str = "17015550111") -> DeliverSm:
    return DeliverSm(short_message=text, source=_number(number), destination=_number("55555"))


def _number(digits: str) -> PhoneNumber:
    return PhoneNumber(digits, TON.INTERNATIONAL, NPI.ISDN)


def _serve(listener: socket.socket, centre: Smsc) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            try:
                _talk(connection, centre)
            except (OSError, struct.error):
                continue


def _talk(connection: socket.socket, centre: Smsc) -> None:
    while True:
        data = _exactly(connection, 16)
        length, command, _, sequence = struct.unpack("!IIII", data)
        data += _exactly(connection, length - 16)
        if command in {0x09, 0x15, 0x06}:
            body = b"smsc\x00" if command == 0x09 else b""
            connection.sendall(struct.pack("!IIII", 16 + len(body), command | 0x80000000, 0, sequence) + body)
        elif command == 0x04:
            _submit(connection, centre, data, sequence)
        else:
            centre.answered.append(command)


def _submit(connection: socket.socket, centre: Smsc, data: bytes, sequence: int) -> None:
    number = len(centre.submitted) + 1
    message = SubmitSm.from_pdu(data, SmppMessage.parse_header(data))
    assert isinstance(message, SubmitSm)
    centre.submitted.append(message)
    centre.raw.append(data)
    status = centre.status_of(number)
    for place, delivered in enumerate(centre.speak(number)):
        delivered.sequence_num = 1000 + number * 10 + place
        delivered.set_encoding_info("gsm0338", None)
        connection.sendall(delivered.pdu())
    if status is None:
        raise ConnectionAbortedError
    answer = SubmitSmResp(sequence_num=sequence, command_status=status, message_id=f"m{number}").pdu()
    connection.sendall(answer * centre.times)


def _exactly(connection: socket.socket, length: int) -> bytes:
    data = b""
    while len(data) < length:
        more = connection.recv(length - len(data))
        if not more:
            raise ConnectionResetError
        data += more
    return data
