"""A hundred deaths in the middle of intake and delivery: nothing accepted is lost, nothing goes out twice.

A run of the suite kills a fifth as often; `script/bench reliability` kills a hundred times.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoDbBlocker

from allhands.channels import api as channels
from allhands.channels.email.letter import find_delivery_id
from allhands.channels.models import Delivery
from allhands.channels.tests.servers import settings_for
from allhands.duties.models import Assessment, Duty, Notice
from allhands.episodes.models import Report
from allhands.kernel.actors import SYSTEM, Actor, AgencyKind, Role
from allhands.platform.audit import api as audit
from allhands.platform.audit.models import Journal
from allhands.platform.database.acting import acting_as
from allhands.platform.database.address import NAME
from allhands.platform.database.server import EmbeddedServer
from allhands.platform.jobs import api as jobs
from allhands.platform.testing import database
from allhands.platform.testing.cast import COUNTY, STATE, Place, make_agency, make_member, make_route
from allhands.platform.testing.mail import SmtpServer
from tests.reliability.under_fire import Fire, Reporter, wait_for

pytestmark = pytest.mark.slow

DEATHS = {"worker": 80, "immediate": 15, "postmaster": 5}
LONG_LIFE_EVERY = 10  # such a worker lives long enough to find the jobs of those who died before it
WAIT_SECONDS = 120


@pytest.fixture
def server(migrated_dir: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[EmbeddedServer]:
    """A PostgreSQL that keeps its promises as in production (fsync on), and Django pointed at it."""
    kept = dict(connections["default"].settings_dict), settings.ALLHANDS_DATABASE_OWNER
    with django_db_blocker.unblock(), EmbeddedServer(migrated_dir) as server:
        try:
            database.point_django(server, NAME)
            yield server
        finally:
            connections.close_all()
            connections["default"].settings_dict.update(kept[0])
            settings.ALLHANDS_DATABASE_OWNER = kept[1]


@pytest.fixture
def caseworker(server: EmbeddedServer) -> Actor:
    """Somebody who reports, with police and a clearinghouse that have a mailbox."""
    here = [Place(state=STATE, county_fips=COUNTY)]
    office = make_agency("Test County Human Services", AgencyKind.CHILD_WELFARE, places=here)
    police = make_agency("Test County Sheriff", AgencyKind.LAW_ENFORCEMENT, places=here)
    national = make_agency("Test National Clearinghouse", AgencyKind.CLEARINGHOUSE, is_nationwide=True)
    make_route(police, "email", "desk@police.example")
    make_route(national, "email", "desk@clearinghouse.example")
    return make_member("Ruth Testworth", Role.CASEWORKER, office)


def test_a_hundred_deaths(server: EmbeddedServer, caseworker: Actor, smtp_server: SmtpServer, share: float) -> None:
    planned = {death: round(times * share) for death, times in DEATHS.items()}
    fire = Fire(server, NAME, settings_for(smtp_server.port))
    reporter = Reporter(caseworker)
    try:
        rage(fire, reporter, planned)
        wait_for(reporter.has_all, seconds=WAIT_SECONDS, what="every report is accepted")
        settle(fire)
    finally:
        fire.stop_worker()
        reporter.stop()
    assert fire.deaths == planned
    assert fire.in_hand, "no worker died at work: this proves nothing"
    check_accepted(reporter.accepted)
    notices = check_notices()
    check_letters(smtp_server, notices)
    assert audit.verify_all() == []


def rage(fire: Fire, reporter: Reporter, planned: Mapping[str, int]) -> None:
    """Kill, in an order and at moments that are the same at each run; before each second death a report comes in."""
    chance = random.Random(20261124)
    deaths = [death for death, times in planned.items() for _ in range(times)]
    chance.shuffle(deaths)
    for number, death in enumerate(deaths):
        fire.ensure_worker()
        if death != "worker" or number % 2:
            reporter.ask()
        if death == "worker":
            time.sleep(2.5 if number % LONG_LIFE_EVERY == 0 else chance.uniform(0.1, 0.6))
            fire.kill_worker()
        else:
            time.sleep(chance.uniform(0, 0.12))  # a report takes about as long
            fire.kill_database(death)


def settle(fire: Fire) -> None:
    """One more worker, which lives, until nobody has anything in hand and nothing is due."""
    connections.close_all()  # the crashes broke them

    def is_quiet() -> bool:
        fire.ensure_worker()
        due = ProcrastinateJob.objects.filter(status="todo", queue_name__in=["notices", "deliveries"])
        return not due.exists() and not ProcrastinateJob.objects.filter(status="doing").exists()

    wait_for(is_quiet, seconds=WAIT_SECONDS, what="the queue is worked off")


def check_accepted(accepted: Mapping[str, str]) -> None:
    """Every report that was answered is there once, whole, with its duties and its line in the journal."""
    with acting_as(SYSTEM):
        assert dict(Report.objects.values_list("idempotency_key", "episode_id")) == dict(accepted)
        assert Report.objects.count() == len(accepted)
        duties = Counter(Duty.objects.values_list("episode_id", flat=True))
        assert set(duties) == set(accepted.values())
        assert len(set(duties.values())) == 1
        assert set(Assessment.objects.values_list("episode_id", flat=True)) == set(accepted.values())
        for event in (audit.Event.REPORT_SUBMITTED, audit.Event.ASSESSED):
            assert set(accepted.values()) <= set(
                Journal.objects.filter(event=event.value).values_list("chain", flat=True)
            )
        packets = Counter(Notice.objects.values_list("episode_id", flat=True))
        assert set(packets) == set(accepted.values())
        assert len(set(packets.values())) == 1


def check_notices() -> set[str]:
    """Each notice is in the inbox once and has one letter, or its job is where an operator sees it. The issued ones."""
    visible = {job.ids.get("notice_id") for job in jobs.list_stuck(timezone.now())}
    with acting_as(SYSTEM):
        to_send = Notice.objects.filter(recipient_agency__isnull=False)
        issued = set(to_send.filter(issued_at__isnull=False).values_list("id", flat=True))
        unissued = set(to_send.filter(issued_at__isnull=True).values_list("id", flat=True))
        assert unissued <= visible, "a notice waits and nobody sees it"
        # On a slow machine a minute passes, and the ladder tells people of duties: those messages are no notices.
        of_notices = Delivery.objects.filter(refers_to__in=issued | unissued)
        made = Counter(of_notices.values_list("refers_to", "channel"))
    assert made == Counter((notice, channel) for notice in issued for channel in ("INBOX", "EMAIL"))
    return issued


def check_letters(smtp_server: SmtpServer, notices: Iterable[str]) -> None:
    """Each letter reached the mail server once, or waits for a person; none went out twice."""
    taken = Counter(find_delivery_id(str(message["Message-ID"])) for message in smtp_server.messages)
    assert max(taken.values()) == 1
    waiting = {need.delivery.id for need in channels.list_needing_person(timezone.now() + timedelta(hours=1))}
    views = [view for notice in notices for view in channels.deliveries_for(notice)]
    letters = {view.id: view for view in views if view.channel is channels.Channel.EMAIL}
    sent = {one for one, view in letters.items() if view.state is channels.DeliveryState.ACCEPTED}
    assert {view.state for view in views if view.channel is channels.Channel.INBOX} == {channels.DeliveryState.ACCEPTED}
    assert sent <= set(taken)
    assert set(letters) - sent <= waiting, "a letter is neither out nor waiting for a person"
    assert set(taken) <= set(letters)
    assert sent, "no letter went out: this proves nothing"  # how many is chance: whoever died while sending leaves it
