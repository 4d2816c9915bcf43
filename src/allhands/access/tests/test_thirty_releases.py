"""Some thirty releases through the real rooms: each has its row, the journal has it, every search shows the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from allhands.access import models
from allhands.access.actions import glass, recalling
from allhands.access.tests.conftest import Response, State
from allhands.access.tests.test_correcting import picture
from allhands.channels import api as channels
from allhands.duties import api as duties
from allhands.duties.contracts import NewEvidence
from allhands.duties.packets import PacketKind
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import said
from allhands.kernel.actors import SYSTEM, Actor, Role
from allhands.kernel.ids import AgencyId, DutyId
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast, make_key, make_member
from allhands.platform.testing.pages import PageClient
from allhands.platform.testing.queue import run_jobs

pytestmark = pytest.mark.django_db
CASE, SECRET = "description.suspect", "circumstances.immigration_threat"  # P2 and P3
EVENTS = (
    audit.Event.RECORD_READ, audit.Event.RECORD_EXPORTED, audit.Event.DELIVERY_OPENED, audit.Event.DELIVERY_QUEUED,
)  # fmt: skip


@dataclass(kw_only=True)
class World:
    """What the ledger and the journal gained by each act."""

    episode_id: str
    client: PageClient
    rows: list[models.Disclosure] = field(default_factory=list)

    def gains(self, act: Callable[[], object], *doors: str, who: Actor | None = None) -> None:
        """The act writes rows of these doors, in their order, and the journal an entry of the same person for each."""
        before = self._journal()
        act()
        with acting_as(SYSTEM):
            found = list(models.Disclosure.objects.filter(episode_id=self.episode_id).order_by("id"))
        gained, self.rows = found[len(self.rows) :], found
        assert [row.door for row in gained] == list(doors)
        entries = self._journal()[len(before) :]
        if who is not None:
            assert {row.to_member for row in gained} <= {who.member_id}
            assert sum(one.actor_member == who.member_id for one in entries) >= len(doors), "as often in the journal"
        assert len(entries) >= len(doors)

    def reads(self, who: Actor, address: str, *doors: str) -> None:
        """Somebody opens an address."""
        self.client.sign_in(who)
        self.gains(lambda: self.client.get(address, follow=True), *doors, who=who)

    def _journal(self) -> list[Any]:
        with acting_as(SYSTEM):
            found = apps.get_model("audit", "Journal").objects.filter(
                event__in=[one.value for one in EVENTS], episode_id=self.episode_id
            )
            return list(found.order_by("id"))


def test_each_release_has_its_row_and_every_search_the_same(
    response: Response, state: State, cast: Cast, page_client: PageClient
) -> None:
    world = World(episode_id=response.episode_id, client=page_client)
    first = state(cast.caseworker, CASE, "a man in a van")
    state(cast.caseworker, SECRET, True)
    state(cast.caseworker, "child.tribal_affiliation", ["sample"])
    page, fact = f"/e/{response.episode_id}", f"/e/{response.episode_id}/facts/{CASE}"
    insiders = (cast.caseworker, cast.supervisor, cast.officer, response.lead)
    for who in insiders:
        world.reads(who, page, "PAGE")
        assert set(world.rows[-1].withheld) == hidden_from(response, who), "at hand and not shown"
        world.reads(who, fact, "PAGE")
        for nothing in ("/", "/inbox", f"{page}/ledger", f"{page}/why/{CASE}", f"{page}/facts", "/search?q=Maya"):
            world.reads(who, nothing)
    world.reads(response.shelter_worker, page)
    papers(world, response, cast)
    packets(world, response, cast)
    programs(world, response, cast)
    an_emergency(world, response, cast)
    unknown = said(CASE, None, at=response.at)
    with acting_as(cast.caseworker):
        episodes.state_facts(cast.caseworker, response.episode_id, [unknown], response.at, supersedes=first)
    for who in insiders:
        world.reads(who, page, "PAGE")
        assert CASE in world.rows[-1].facts, "the timeline still shows what was said before"
    texts: list[str] = []
    world.gains(lambda: texts.append(page_client.get(page).text), "PAGE", who=insiders[-1])
    assert "a man in a van" in texts[0]
    client = page_client.sign_in(response.steward)
    world.gains(lambda: texts.append(client.get("/our-data/export").text), "EXPORT", who=response.steward)
    assert len(world.rows) >= 30
    compare(world, response, cast, json.loads(texts[-1])["records"][0]["access_log"])


def hidden_from(response: Response, who: Actor) -> set[str]:
    """What somebody has said that this person does not see."""
    told = {line.fact_id for line in response.lines(who) if line.says_something}
    with acting_as(SYSTEM):
        told |= {line.fact_id for line in episodes.statements_of(response.episode_id) if line.says_something}
    return told - response.seen_by(who)


def papers(world: World, response: Response, cast: Cast) -> None:
    with acting_as(SYSTEM):
        model = apps.get_model("duties", "Duty")
        duty = model.objects.filter(episode_id=response.episode_id, state="OPEN")[0]
        model.objects.filter(pk=duty.pk).update(agency_id=cast.officer.agency_id)
    paper = NewEvidence(
        kind="document", value="a letter", taken_by="", happened_at=response.at - timedelta(minutes=1),
        document=picture(), filename="x.png",
    )  # fmt: skip
    duties.prove(cast.officer, DutyId(duty.pk), paper, response.at)
    with acting_as(SYSTEM):
        evidence = apps.get_model("duties", "Evidence").objects.get(duty_id=duty.pk).pk
    for who in (cast.officer, cast.caseworker, cast.supervisor):
        world.reads(who, f"/evidence/{evidence}", "EXPORT")


def packets(world: World, response: Response, cast: Cast) -> None:
    police = (PacketKind.POLICE, "law_enforcement")
    notice = duties.send_update(cast.caseworker, response.episode_id, *police, response.at)
    with acting_as(SYSTEM):
        waiting = apps.get_model("duties", "Notice").objects.filter(
            episode_id=response.episode_id, issued_at__isnull=True, recipient_agency__isnull=False
        )
        count = waiting.count()
    world.gains(lambda: run_jobs(response.at), *["PACKET"] * count)
    for who, address, doors in (
        (cast.caseworker, f"/e/{response.episode_id}/n/{notice}", ("PAGE",)),
        (cast.caseworker, f"/e/{response.episode_id}/n/{notice}/packet.json", ("EXPORT",)),
    ):
        world.reads(who, address, *doors)
    item = channels.find_about(cast.officer, notice)
    for who in (cast.officer, response.lead):
        for address, door in (("", "PAGE"), ("/files/packet-en.pdf", "EXPORT"), ("/files/packet.json", "EXPORT")):
            world.reads(who, f"/inbox/{item}{address}", door)
    with acting_as(SYSTEM):
        lease = models.Lease.objects.get(refers_to=notice)
    recalling.recall(cast.caseworker, response.access(cast.caseworker), lease.pk, response.at)
    for address in ("", "/files/packet-en.pdf"):
        world.reads(cast.officer, f"/inbox/{item}{address}")
    world.gains(lambda: run_jobs(response.at))


def programs(world: World, response: Response, cast: Cast) -> None:
    """Software of the owner reads the case; that of the police reads of it what the police stated: nothing here."""
    address = f"/api/v1/episodes/{response.episode_id}"

    def ask(agency: AgencyId, path: str) -> Callable[[], object]:
        headers = {"Authorization": f"Bearer {make_key(agency)}"}
        return lambda: world.client.client.get(path, headers=headers)

    for _time in range(2):
        world.gains(ask(cast.caseworker.agency_id, address), "API")
        assert world.rows[-1].to_agency_id == cast.caseworker.agency_id
    world.gains(ask(cast.officer.agency_id, address))
    world.gains(ask(cast.caseworker.agency_id, f"{address}/duties"))


def an_emergency(world: World, response: Response, cast: Cast) -> None:
    police = response.access(cast.officer)
    asked = glass.ask(cast.officer, police, "She may be harmed tonight", timezone.now())
    glass.second(response.lead, police, asked, timezone.now())
    world.reads(cast.officer, f"/e/{response.episode_id}", "PAGE")
    row = world.rows[-1]
    assert row.emergency
    assert SECRET in row.facts
    assert SECRET not in row.withheld


def compare(world: World, response: Response, cast: Cast, log: list[dict[str, Any]]) -> None:
    auditor = make_member("Ada Auditor", Role.AUDITOR, cast.caseworker.agency_id)
    child = f"/e/{response.episode_id}/ledger"
    for who, address in ((cast.supervisor, child), (response.steward, child), (auditor, "/ledger")):
        client = world.client.sign_in(who)
        assert lines(client, address) == len(world.rows), who.label
        named = [row for row in world.rows if response.lead.label in row.to_label]
        assert lines(client, f"{address}?to={response.lead.label}") == len(named) > 0
        assert lines(client, f"{address}?emergency=1") == sum(row.emergency for row in world.rows) == 2
    assert [one["how"] for one in reversed(log)] == [row.door for row in world.rows]
    counted = [len(one["not_sent"]) + one["not_sent_not_named"] for one in reversed(log)]
    assert counted == [len(row.withheld) for row in world.rows]
    assert [one["emergency"] for one in reversed(log)] == [row.emergency for row in world.rows]


def lines(client: PageClient, address: str) -> int:
    """How many rows a page of the ledger shows."""
    return len(client.get(address).elements("//ol[contains(@class, 'lines')]/li"))
