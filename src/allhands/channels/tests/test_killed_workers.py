"""Kill the worker in the middle of a delivery, over a hundred times: sent once, or visibly waiting. Never twice."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from allhands.channels import api
from allhands.channels.actions.send import send_email
from allhands.channels.email.configuration import MailSettings
from allhands.channels.email.letter import find_delivery_id
from allhands.channels.email.port import watch_nothing
from allhands.channels.email.smtp import SmtpMail
from allhands.channels.tests.killed_worker import MOMENTS, TOLD, send_one, work_the_queue
from allhands.channels.tests.makers import an_email
from allhands.channels.tests.servers import settings_for
from allhands.kernel.ids import DeliveryId
from allhands.platform.testing.cast import Cast
from allhands.platform.testing.mail import SmtpServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

DEATHS_AT_A_MOMENT = 10
DEATHS_AT_RANDOM = 30
DEATHS_ON_THE_QUEUE = 12
SIGKILLED = -9

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["allhands.channels.tests.killed_worker"])


def database() -> dict[str, Any]:
    """The test database, for another process."""
    kept = connections["default"].settings_dict
    return {key: kept[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}


def queue_some(cast: Cast, count: int) -> list[DeliveryId]:
    now = timezone.now()
    return [api.queue(cast.caseworker, an_email(cast.caseworker), now) for _ in range(count)]


def die(mail: MailSettings, delivery_id: DeliveryId, *, at: str = "", after_s: float | None = None) -> None:
    """A worker that is killed: by itself at a moment, or by us after a while."""
    worker = _processes.Process(target=send_one, args=(database(), mail, delivery_id, at))
    worker.start()
    if after_s is not None:
        time.sleep(after_s)
        worker.kill()
    worker.join(120)
    assert worker.exitcode == SIGKILLED or after_s is not None


def run_again(mail: MailSettings, delivery_ids: list[DeliveryId]) -> None:
    """What the queue does with jobs of a dead worker: all of them once more."""
    for delivery_id in delivery_ids:
        send_email(delivery_id, mail=SmtpMail(mail), sender=mail.mail_from, clock=timezone.now, watch=watch_nothing)


def check_sent_once_or_waiting(server: SmtpServer, delivery_ids: list[DeliveryId]) -> Counter[str]:
    """Each went out once, or waits visibly for a person; none went out twice. What they became, counted."""
    taken = Counter(find_delivery_id(str(message["Message-ID"])) for message in server.messages)
    (later, states) = (timezone.now() + timedelta(minutes=16), Counter[str]())
    waiting = {need.delivery.id for need in api.list_needing_person(later)}
    for view in api.deliveries_for("notice1"):
        assert taken[view.id] <= 1, f"{view.id} was sent {taken[view.id]} times"
        is_sent = view.state is api.DeliveryState.ACCEPTED and taken[view.id] == 1
        assert is_sent or view.id in waiting, f"{view.id} is {view.state} and nobody sees it"
        states[view.state.value] += 1
    assert states.total() == len(delivery_ids)
    return states


def test_death_at_every_moment_of_a_delivery(cast: Cast, smtp_server: SmtpServer) -> None:
    deaths = [moment for moment in (*MOMENTS, *TOLD) for _ in range(DEATHS_AT_A_MOMENT)]
    ids = queue_some(cast, len(deaths))
    mail = settings_for(smtp_server.port)
    for delivery_id, moment in zip(ids, deaths, strict=True):
        die(mail, delivery_id, at=moment)
    run_again(mail, ids)
    states = check_sent_once_or_waiting(smtp_server, ids)
    assert len(deaths) >= 100
    assert states == {"ACCEPTED": DEATHS_AT_A_MOMENT, "CLAIMED": len(deaths) - DEATHS_AT_A_MOMENT}


def test_death_at_any_time(cast: Cast, smtp_server: SmtpServer) -> None:
    chance = random.Random(20261124)
    ids = queue_some(cast, DEATHS_AT_RANDOM)
    mail = settings_for(smtp_server.port)
    for delivery_id in ids:
        die(mail, delivery_id, after_s=chance.uniform(0, 0.08))
    run_again(mail, ids)
    check_sent_once_or_waiting(smtp_server, ids)


def test_death_of_a_worker_on_the_queue(cast: Cast, smtp_server: SmtpServer) -> None:
    chance = random.Random(1124)
    ids = queue_some(cast, 40)
    conninfo = connection.get_connection_params()
    address = " ".join(f"{key}={conninfo[key]}" for key in ("host", "port", "dbname", "user") if conninfo.get(key))
    mail = settings_for(smtp_server.port)
    for _ in range(DEATHS_ON_THE_QUEUE):
        worker = _processes.Process(target=work_the_queue, args=(database(), mail, address))
        worker.start()
        time.sleep(chance.uniform(0.05, 0.5))
        worker.kill()
        worker.join(120)
    survivor = _processes.Process(target=work_the_queue, args=(database(), mail, address, True))
    survivor.start()
    end = time.monotonic() + 120
    while ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).exists() and time.monotonic() < end:
        time.sleep(0.2)
    survivor.terminate()
    survivor.join(120)
    states = check_sent_once_or_waiting(smtp_server, ids)
    assert states["ACCEPTED"]
