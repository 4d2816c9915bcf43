"""One alert to 100,000 subscribers by e-mail and text message: rate, memory, none lost, none twice, workers killed.

Run: `python bench/fan_out.py [--copies 100000] [--kills 10] [--way email|sms|both]`. Copies are queued by the house's
own `broadcast` in an embedded PostgreSQL set as in production, and sent by worker processes to a mail server and
an HTTP provider of the measurement's own on loopback, which write down every copy they take. On the way workers are
killed without a word, one after the other. Beside it: the same mail server taking the same number of letters from a
bare smtplib loop on one connection. Not lost: taken, or visibly waiting for a person.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import random
import re
import signal
import smtplib
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

import psutil
from measuring.figures import machine
from measuring.node import own_node

if TYPE_CHECKING:
    from allhands.alerts.contracts import TransmissionId

LANES = 2
_forked = multiprocessing.get_context("fork")
_SMTP_ID, _SMS_TO = re.compile(rb"Message-ID: <(\S+)>"), re.compile(rb'"to": ?\["\+(\d+)"\]')


def serve(kind: str, told: Connection) -> None:
    """A server in a process of its own; says its port, and at the end what it took."""
    asyncio.run(_serve(kind, told))


async def _serve(kind: str, told: Connection) -> None:
    taken: Counter[bytes] = Counter()
    talk = {"email": _smtp, "sms": _http}[kind]

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer, taken)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(client, "127.0.0.1", 0, limit=2**20)
    told.send(server.sockets[0].getsockname()[1])
    while True:
        while not told.poll():
            await asyncio.sleep(0.05)
        if told.recv() == "stop":
            break
        told.send(sum(taken.values()))
    told.send(dict(taken))


async def _smtp(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, taken: Counter[bytes]) -> None:
    writer.write(b"220 hello\r\n")
    while line := await reader.readline():
        word = line[:4].upper()
        if word == b"DATA":
            writer.write(b"354 go\r\n")
            await writer.drain()
            letter = await reader.readuntil(b"\r\n.\r\n")
            found = _SMTP_ID.search(letter)
            taken[found[1] if found else b"?"] += 1
            writer.write(b"250 queued\r\n")
        elif word == b"QUIT":
            writer.write(b"221 bye\r\n")
            return
        else:
            writer.write(b"250 ok\r\n")
        await writer.drain()


async def _http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, taken: Counter[bytes]) -> None:
    while True:
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        body = await reader.readexactly(int(length[1])) if length else b""
        found = _SMS_TO.search(body)
        number = found[1] if found else b"?"
        taken[number] += 1
        answer = b'{"id": "m%s"}' % number
        writer.write(b"HTTP/1.1 202 Accepted\r\ncontent-length: %d\r\n\r\n%s" % (len(answer), answer))
        await writer.drain()


class Server:
    """The process that takes the copies."""

    def __init__(self, kind: str) -> None:
        self._pipe, other = _forked.Pipe()
        self._process = _forked.Process(target=serve, args=(kind, other), daemon=True)
        self._process.start()
        self.port: int = self._pipe.recv()

    def count(self) -> int:
        self._pipe.send("count")
        taken: int = self._pipe.recv()
        return taken

    def stop(self) -> Counter[bytes]:
        self._pipe.send("stop")
        taken = Counter(self._pipe.recv())
        self._process.join(30)
        return taken


def answer_for_the_alert() -> None:
    """The measurement's transmission belongs to no alert: in its place one function says that it is still wanted."""
    from allhands.channels import preflight

    preflight.why_not = _still_wanted


def _still_wanted(transmission_id: TransmissionId, now: datetime) -> str:
    return ""


def work(broadcast_id: str, kind: str, port: int) -> None:
    """A worker: sends what waits until nothing does."""
    from django.conf import settings
    from django.db import connections
    from django.utils import timezone

    from allhands.channels.actions import fan_out
    from allhands.channels.contracts import Way
    from allhands.channels.registry import ROOMS

    connections.close_all()
    use(settings, kind, port)
    opened = ROOMS[Way[kind.upper()]].open_sender
    assert opened is not None
    while True:
        left = fan_out.send_copies(broadcast_id, open_sender=opened, clock=timezone.now, watch=lambda _moment: None)
        if left.next_at is None:
            return
        time.sleep(max(0.0, min(1.0, (left.next_at - timezone.now()).total_seconds())))


def use(settings: Any, kind: str, port: int) -> None:
    """Point the way at the measurement's server."""
    if kind == "email":
        settings.ALLHANDS_SMTP_HOST, settings.ALLHANDS_SMTP_PORT = "127.0.0.1", port
        settings.ALLHANDS_SMTP_TLS, settings.ALLHANDS_SMTP_USER = "none", ""
        settings.ALLHANDS_MAIL_FROM = "alerts@alerts.example.gov"
    else:
        settings.ALLHANDS_SMS_QUIET_FROM = settings.ALLHANDS_SMS_QUIET_UNTIL = 0
        settings.ALLHANDS_SMS_PROVIDER, settings.ALLHANDS_SMS_URL = "json", f"http://127.0.0.1:{port}/messages"
        settings.ALLHANDS_SMS_ACCOUNT, settings.ALLHANDS_SMS_TOKEN = "bench", "bench"
        settings.ALLHANDS_SMS_FROM = "+17015550100"


def queue(kind: str, port: int, copies: int) -> tuple[str, float]:
    """The broadcast's id, and seconds until every copy was queued and committed."""
    from django.conf import settings
    from django.utils import timezone

    from allhands.alerts.contracts import AlertId, Subscriber, TransmissionId
    from allhands.channels import api, models
    from allhands.channels.tests.messages import a_message
    from allhands.kernel.actors import SYSTEM
    from allhands.platform.database.acting import acting_as

    use(settings, kind, port)
    way, now = api.Way[kind.upper()], timezone.now()
    message = a_message(
        transmission_id=TransmissionId(f"bench-{kind}"),
        alert_id=AlertId(f"bench-{kind}"),
        sent_at=now,
        expires_at=now + timedelta(hours=24),
    )
    people = (
        Subscriber(
            key=f"s{number}",
            address=f"s{number}@people.example" if kind == "email" else f"+1701{number:07d}",
            language="es" if number % 3 == 0 else "en",
            stop_url=f"https://alerts.example.gov/u/s{number}",
        )
        for number in range(copies)
    )
    started = time.perf_counter()
    with acting_as(SYSTEM):
        api.broadcast(message, [way], {way: people}, now)
        broadcast_id: str = models.Broadcast.objects.get(transmission_id=message.transmission_id).id
    return broadcast_id, time.perf_counter() - started


def run(kind: str, copies: int, kills: int) -> None:
    """Queue, send, kill, count."""
    from django.db import connections

    server = Server(kind)
    broadcast_id, queued = queue(kind, server.port, copies)
    print(f"\n{kind}: {copies} copies queued in {queued:.1f} s ({copies / queued:,.0f} a second)")
    connections.close_all()
    started, killed, highest = time.perf_counter(), 0, 0.0
    marks = sorted(random.Random(7).sample(range(1, 99), kills))

    def start() -> Any:
        worker = _forked.Process(target=work, args=(broadcast_id, kind, server.port))
        worker.start()
        return worker

    workers = [start() for _ in range(LANES)]
    while any(worker.is_alive() for worker in workers) or any(worker.exitcode for worker in workers):
        time.sleep(0.1)
        highest = max([highest, *(resident_mb(worker.pid) for worker in workers if worker.is_alive())])
        if killed < kills and server.count() >= copies * marks[killed] / 100:
            os.kill(workers[killed % LANES].pid, signal.SIGKILL)
            workers[killed % LANES].join()
            killed += 1
        workers = [start() if worker.exitcode else worker for worker in workers]
    took = time.perf_counter() - started
    report(kind, copies, broadcast_id, server.stop(), took)
    print(f"  memory of a worker at most {highest:.0f} MB; killed {killed} times")


def resident_mb(pid: int) -> float:
    """Resident memory; 0 when the process has just gone."""
    try:
        return float(psutil.Process(pid).memory_info().rss) / 2**20
    except psutil.NoSuchProcess:
        return 0.0


def report(kind: str, copies: int, broadcast_id: str, taken: Counter[bytes], took: float) -> None:
    """Whether each copy was taken once or waits visibly, and how fast."""
    from allhands.channels import models
    from allhands.kernel.actors import SYSTEM
    from allhands.platform.database.acting import acting_as

    with acting_as(SYSTEM):
        rows = models.Sending.objects.filter(broadcast_id=broadcast_id)
        states = Counter(rows.values_list("state", flat=True))
        name: Callable[[Any], bytes] = _letter_name if kind == "email" else _number
        lost = [row.id for row in rows.iterator() if row.state == "ACCEPTED" and taken[name(row)] != 1]
    twice = sum(1 for count in taken.values() if count > 1)
    visible = states["ACCEPTED"] + states["CLAIMED"] + states["UNCERTAIN"]
    print(
        f"  {len(taken)} taken in {took:.1f} s: {len(taken) / took:,.0f} a second with {LANES} workers; {dict(states)}"
    )
    print(f"  lost {len(lost) + copies - visible}, twice {twice}, in doubt for a person {states['CLAIMED']}")
    assert not lost
    assert not twice
    assert visible == copies


def _letter_name(row: Any) -> bytes:
    from allhands.channels.email.subscribers import copy_token

    return f"allhands.{copy_token(row.id)}@alerts.example.gov".encode()


def _number(row: Any) -> bytes:
    return str(row.address).removeprefix("+").encode()


def floor(copies: int) -> None:
    """The same mail server, a bare loop on one connection, nothing kept."""
    server = Server("email")
    started = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", server.port) as client:
        for number in range(copies):
            text = f"Message-ID: <floor.{number}@x>\r\n\r\n" + "x" * 4000
            client.sendmail("a@x.example", [f"s{number}@people.example"], text)
    took = time.perf_counter() - started
    server.stop()
    print(f"\nbare smtplib loop: {copies} letters in {took:.1f} s: {copies / took:,.0f} a second, nothing kept")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--copies", type=int, default=100_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--way", choices=["email", "sms", "both"], default="both")
    given = parser.parse_args()
    print(f"measured {machine()}")
    with own_node():
        answer_for_the_alert()
        for kind in ("email", "sms") if given.way == "both" else (given.way,):
            run(kind, given.copies, given.kills)
    floor(min(given.copies, 20_000))


if __name__ == "__main__":
    main()
