"""The scanner's own protocol, spoken to a server that checks it; no answer means not scanned, never clean."""

from __future__ import annotations

import shutil
import socketserver
import struct
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from allhands.kernel.errors import Refused
from allhands.platform import scanning
from allhands.platform.scanning import Scan, ScannerFault, ask, scan

# The harmless text that every scanner finds, in two pieces so that none finds it in this file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LIMIT = 1_000_000


class _Clamd(socketserver.StreamRequestHandler):
    """`zINSTREAM`: pieces with their length before them, an empty one at the end, one answer that ends with NUL."""

    def handle(self) -> None:
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if len(content) > LIMIT:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        if content == b"hang up":
            return
        if content == b"talk":
            self.wfile.write(b"hello")
            return
        self.wfile.write(b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0")


@pytest.fixture(params=["tcp", "socket"])
def clamd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a running scanner."""
    if request.param == "tcp":
        server: socketserver.BaseServer = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Clamd)
        address = f"127.0.0.1:{server.server_address[1]}"  # type: ignore[index]  # a pair, of a TCP server
    else:
        address = str(tmp_path / "clamd.sock")
        server = socketserver.ThreadingUnixStreamServer(address, _Clamd)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield address
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("content", [b"", b"a paper", bytes(300_000)])
def test_clean_is_clean(clamd: str, content: bytes) -> None:
    assert ask(clamd, content) == ""


def test_finding_is_named(clamd: str) -> None:
    assert ask(clamd, bytes(70_000) + EICAR) == "Eicar-Signature"


@pytest.mark.parametrize("content", [b"hang up", b"talk", bytes(LIMIT + 1)])
def test_answer_that_is_none_is_a_fault_and_never_clean(clamd: str, content: bytes) -> None:
    with pytest.raises(ScannerFault):
        ask(clamd, content)


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.sock", "no port", "127.0.0.1:x"])
def test_scanner_that_is_not_there_is_a_fault(address: str) -> None:
    with pytest.raises(ScannerFault):
        ask(address, b"x")


def test_infected_file_is_refused_and_a_silent_scanner_is_not_scanned(clamd: str, settings: object) -> None:
    settings.ALLHANDS_CLAMAV = clamd  # type: ignore[attr-defined]  # pytest-django's settings take any name
    assert scan(b"a paper") is Scan.CLEAN
    assert scan(b"hang up") is Scan.NOT_SCANNED
    with pytest.raises(Refused) as refused:
        scan(EICAR)
    assert refused.value.code == "document-infected"


def test_without_a_scanner_nothing_is_called_clean() -> None:
    assert not scanning.is_configured()
    assert scan(EICAR) is Scan.NOT_SCANNED


CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
needs_clamd = pytest.mark.skipif(CLAMD is None, reason="the package clamav-daemon is not installed")


@pytest.fixture
def real_clamd(tmp_path: Path) -> Iterator[str]:
    """The socket of ClamAV's own daemon, which knows one signature: no download of any, no network."""
    signatures = tmp_path / "signatures"
    signatures.mkdir()
    (signatures / "eicar.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n", encoding="ascii")
    address, config = tmp_path / "clamd.sock", tmp_path / "clamd.conf"
    lines = (f"DatabaseDirectory {signatures}", f"LocalSocket {address}", "Foreground yes", "StreamMaxLength 15M")
    config.write_text("\n".join(lines), encoding="ascii")
    assert CLAMD is not None
    server = subprocess.Popen([CLAMD, "-c", str(config)], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    for line in server.stdout:
        if "Self checking" in line:
            break  # it listens
    yield str(address)
    server.terminate()
    server.communicate(timeout=30)


@needs_clamd
def test_the_real_daemon_says_what_its_stand_in_says(real_clamd: str) -> None:
    assert ask(real_clamd, b"") == ""
    assert ask(real_clamd, b"a paper" * 50_000) == ""
    assert ask(real_clamd, bytes(70_000) + EICAR) == "Eicar-Test-Signature.UNOFFICIAL"
    with pytest.raises(ScannerFault):
        ask(real_clamd, bytes(15 * 1024 * 1024 + 1))
