"""Asks a virus scanner, where one is configured: ClamAV's daemon, by its own INSTREAM protocol."""

from __future__ import annotations

import enum
import socket
import struct
from contextlib import closing

from django.conf import settings

from allhands.kernel.errors import Refused
from allhands.platform.logs import get_logger

_SECONDS = 20
_CHUNK_BYTES = 64 * 1024
_LONGEST_ANSWER = 4096

log = get_logger(__name__)


class Scan(enum.Enum):
    """CLEAN: the scanner looked and found nothing. NOT_SCANNED: none is configured, or it did not answer."""

    CLEAN = "CLEAN"
    NOT_SCANNED = "NOT_SCANNED"


class ScannerFault(Exception):
    """The scanner cannot be reached, or did not answer in its protocol. Says nothing about the file."""


def is_configured() -> bool:
    """Whether this installation has a scanner."""
    return bool(settings.ALLHANDS_CLAMAV)


def scan(content: bytes) -> Scan:
    """What the scanner says. A scanner that does not answer must not keep a report from being made.

    Raises:
        Refused: `document-infected`.
    """
    if not is_configured():
        return Scan.NOT_SCANNED
    try:
        found = ask(settings.ALLHANDS_CLAMAV, content)
    except ScannerFault as fault:
        log.warning("scanner.fault", reason=str(fault))
        return Scan.NOT_SCANNED
    if found:
        words = "The virus scanner found something in this file, so it was not kept. Take a new photo, and send that."
        raise Refused("document-infected", words, field="document")
    return Scan.CLEAN


def ask(address: str, content: bytes) -> str:
    """The name of what was found, or nothing when the file is clean.

    Args:
        address: `host:port`, or the path of the daemon's socket.
    Raises:
        ScannerFault: no connection, no answer in time, or an answer that is none.
    """
    try:
        with closing(_connect(address)) as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), _CHUNK_BYTES):
                piece = content[start : start + _CHUNK_BYTES]
                line.sendall(struct.pack(">I", len(piece)) + piece)
            line.sendall(struct.pack(">I", 0))
            answer = _read_answer(line)
    except (OSError, ValueError) as error:
        raise ScannerFault(f"{type(error).__name__}") from error
    return _parse(answer)


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(_SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _sep, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=_SECONDS)


def _read_answer(line: socket.socket) -> str:
    kept = b""
    while b"\0" not in kept and len(kept) < _LONGEST_ANSWER:
        piece = line.recv(1024)
        if not piece:
            break
        kept += piece
    return kept.split(b"\0")[0].decode("ascii", "replace").strip()


def _parse(answer: str) -> str:
    """`stream: OK`, `stream: NAME FOUND`, or a fault such as a size limit."""
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerFault("no answer" if not answer else "refused")
