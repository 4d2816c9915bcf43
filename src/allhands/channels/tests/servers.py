"""Real SMTP servers for tests: aiosmtpd, which nobody here wrote, and one that says exactly what a script tells it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from allhands.channels.email.configuration import MailSettings

SENDER = "allhands@node.example"


@dataclass
class Box:
    """What a real server took, message by message."""

    raw: list[bytes] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  aiosmtpd's name
        self.raw.append(envelope.content)
        self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
        return "250 2.0.0 Ok: queued as TEST"

    def messages(self) -> list[Message]:
        return [message_from_bytes(raw, policy=default) for raw in self.raw]


@contextmanager
def real_server() -> Iterator[tuple[MailSettings, Box]]:
    """A running aiosmtpd on a free port."""
    box = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield settings_for(port), box
    finally:
        controller.stop()


def settings_for(port: int, **changes: Any) -> MailSettings:
    given = {"host": "127.0.0.1", "port": port, "user": "", "password": "", "tls": "none", "mail_from": SENDER}
    return MailSettings(**{**given, **changes})


@contextmanager
def scripted_server(script: dict[str, str]) -> Iterator[MailSettings]:
    """A server for one connection. `script` gives the answer to a command; `HANG` and `CLOSE` are not answers.

    Keys: CONNECT, EHLO, MAIL, RCPT, DATA, DOT (the whole letter). What is not named is answered kindly.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=_play, args=(listener, script), daemon=True)
    thread.start()
    try:
        yield settings_for(listener.getsockname()[1])
    finally:
        listener.close()
        thread.join(timeout=5)


_KIND = {
    "CONNECT": "220 hello", "EHLO": "250 hello", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go", "DOT": "250 ok",
    "QUIT": "221 bye", "NOOP": "250 ok",
}  # fmt: skip


def _play(listener: socket.socket, script: dict[str, str]) -> None:
    try:
        connection, _ = listener.accept()
    except OSError:
        return
    with connection, connection.makefile("rwb") as wire:
        is_open = _answer(wire, "CONNECT", script)
        while is_open:
            line = wire.readline()
            if not line:
                return
            word = line[:4].decode("ascii", "replace").strip().upper()
            is_open = _answer(wire, word, script)
            if word == "DATA" and is_open and script.get("DATA", "354").startswith("354"):
                while wire.readline() not in {b".\r\n", b""}:
                    pass
                is_open = _answer(wire, "DOT", script)


def _answer(wire: Any, word: str, script: dict[str, str]) -> bool:
    answer = script.get(word, _KIND.get(word, "502 no"))
    if answer == "CLOSE":
        return False
    if answer == "HANG":
        wire.readline()  # until the client goes
        return False
    wire.write(answer.encode() + b"\r\n")
    wire.flush()
    return True
