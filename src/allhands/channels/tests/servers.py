"""An SMTP server that says exactly what a script tells it. The kind one is the house's `smtp_server`."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allhands.channels.email.configuration import MailSettings

SENDER = "allhands@node.example"


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
