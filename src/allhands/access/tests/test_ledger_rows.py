"""Whatever page, file or paper tells something of the case writes its row; and tells no more than the door lets it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps

from allhands.access import models, nation_export
from allhands.access.actions import recalling
from allhands.access.contracts import DisclosureDoor
from allhands.access.tests.conftest import Response, State
from allhands.access.tests.test_correcting import picture
from allhands.duties import api as duties
from allhands.duties.contracts import NewEvidence
from allhands.duties.packets import PacketKind
from allhands.episodes import api as episodes
from allhands.kernel.actors import SYSTEM, Actor, AgencyKind, Role
from allhands.kernel.ids import DutyId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast, make_agency, make_member
from allhands.platform.testing.pages import PageClient
from allhands.platform.testing.queue import run_jobs

pytestmark = pytest.mark.django_db
CASE, CARE = "description.suspect", "description.medical_conditions"  # P2 and P3; police get both by command of law


def rows(to: Actor) -> list[tuple[str, list[str], list[str]]]:
    """What the ledger says that this person learned: the door, the fields, what was kept back."""
    with acting_as(SYSTEM):
        found = models.Disclosure.objects.filter(to_member=to.member_id).order_by("id")
        return [(row.door, row.facts, row.withheld) for row in found]


@pytest.fixture
def police_packet(response: Response, cast: Cast) -> Callable[[], str]:
    """A packet to the police with what is known now."""

    def send() -> str:
        return duties.send_update(
            cast.caseworker, response.episode_id, PacketKind.POLICE, "law_enforcement", response.at
        )

    return send


def test_the_page_of_one_fact_writes_its_row(
    response: Response, state: State, cast: Cast, page_client: PageClient
) -> None:
    state(cast.caseworker, CASE, "a man in a van")
    page = page_client.sign_in(cast.officer).get(f"/e/{response.episode_id}/facts/{CASE}")
    assert "a man in a van" in page.text
    assert rows(cast.officer) == [("PAGE", [CASE], [])]


def test_a_packet_shows_its_sender_what_is_the_senders_and_writes_its_row(
    response: Response, state: State, cast: Cast, page_client: PageClient, police_packet: Callable[[], str]
) -> None:
    state(cast.caseworker, CASE, "a man in a van")
    address = f"/e/{response.episode_id}/n/{police_packet()}"
    page = page_client.sign_in(cast.caseworker).get(address)
    assert "a man in a van" in page.text
    assert page_client.get(f"{address}/packet.json").status == 200
    first, second = rows(cast.caseworker)
    assert (first[0], second[0]) == ("PAGE", "EXPORT")
    assert CASE in first[1]
    assert CASE in second[1]


def test_what_another_agency_stated_goes_to_the_police_and_not_to_the_senders_desk(
    response: Response, state: State, cast: Cast, page_client: PageClient, police_packet: Callable[[], str]
) -> None:
    clinic = make_agency("Test Interview Centre", AgencyKind.CAC, regime="NONE")
    interviewer = make_member("Ina Interviewer", Role.CASEWORKER, clinic)
    with acting_as(cast.caseworker):
        episodes.add_parties(response.episode_id, {clinic}, "DUTY", response.at)
    state(interviewer, CARE, "asthma and a scar")
    assert CARE not in response.seen_by(cast.caseworker)
    notice_id = police_packet()
    with acting_as(cast.caseworker):
        assert b"asthma" in json.dumps(duties.thaw(duties.notice_content(notice_id) or b""), default=str).encode()
    page = page_client.sign_in(cast.caseworker).get(f"/e/{response.episode_id}/n/{notice_id}")
    assert "asthma" not in page.text
    assert "sent to them; not yours to read" in page.text
    assert page_client.get(f"/e/{response.episode_id}/n/{notice_id}/packet.json").status in {403, 404}
    assert all(CARE not in facts for _door, facts, _kept in rows(cast.caseworker))
    assert any(CARE in kept for _door, _facts, kept in rows(cast.caseworker))


def test_what_a_wall_kept_from_the_police_is_not_named_to_the_sender(
    response: Response, state: State, page_client: PageClient, cast: Cast, police_packet: Callable[[], str]
) -> None:
    state(response.advocate, "circumstances.told_to_keep_secret", True)
    state(cast.caseworker, CASE, "a man in a van")
    page = page_client.sign_in(cast.caseworker).get(f"/e/{response.episode_id}/n/{police_packet()}")
    assert page.status == 200
    assert "victim service" not in page.text.lower(), "that somebody is a client there is the secret itself"


def test_a_shelters_paper_stays_with_the_shelter_and_taking_one_writes_its_row(
    response: Response, cast: Cast, page_client: PageClient
) -> None:
    papers = {}
    with acting_as(SYSTEM):
        found = list(apps.get_model("duties", "Duty").objects.filter(episode_id=response.episode_id)[:2])
    for duty, by in zip(found, (response.shelter_worker, cast.officer), strict=True):
        with acting_as(SYSTEM):
            apps.get_model("duties", "Duty").objects.filter(pk=duty.pk).update(agency_id=by.agency_id)
        paper = NewEvidence(
            kind="document", value="a letter", taken_by="", happened_at=response.at - timedelta(minutes=1),
            document=picture(), filename="maya-is-with-us.png",
        )  # fmt: skip
        duties.prove(by, DutyId(duty.pk), paper, response.at)
        with acting_as(SYSTEM):
            papers[by] = apps.get_model("duties", "Evidence").objects.get(duty_id=duty.pk).pk
    client = page_client.sign_in(cast.caseworker)
    assert client.get(f"/evidence/{papers[response.shelter_worker]}").status in {403, 404}
    assert client.get(f"/evidence/{papers[cast.officer]}").status == 200
    assert [row[0] for row in rows(cast.caseworker)] == [DisclosureDoor.EXPORT.value]
    assert "a paper beside a proof" in client.get(f"/e/{response.episode_id}/ledger").text


def test_the_log_a_nation_takes_along_names_no_field_that_its_page_would_not(
    response: Response, state: State, cast: Cast, page_client: PageClient
) -> None:
    state(cast.caseworker, "child.tribal_affiliation", ["sample"])
    state(response.nurse, CARE, "in treatment")
    page_client.sign_in(response.nurse).get(f"/e/{response.episode_id}")
    with acting_as(response.steward):
        taken = nation_export.export(response.steward, "sample", response.at)
    text = json.dumps(json.loads(json.dumps(taken))["records"][0]["access_log"])
    assert "Nurse Testworth" in text
    assert CARE not in text
    page = page_client.sign_in(response.steward).get(f"/e/{response.episode_id}/ledger")
    assert "not yours to be named" in page.text


def test_what_was_kept_back_is_counted_where_it_may_not_be_named(
    response: Response, state: State, cast: Cast, page_client: PageClient
) -> None:
    state(response.nurse, CARE, "asthma")
    state(cast.caseworker, CASE, "a man in a van")
    page_client.sign_in(cast.officer).get(f"/e/{response.episode_id}")
    page = page_client.get(f"/e/{response.episode_id}/ledger")
    assert "At hand and not sent: 1 field that is not yours to be named" in page.text
    assert "Nothing else was at hand." not in page.text


def test_opening_and_taking_along_what_was_sent_write_their_rows(
    response: Response, state: State, cast: Cast, page_client: PageClient, police_packet: Callable[[], str]
) -> None:
    state(cast.caseworker, CASE, "a man in a van")
    notice = police_packet()
    run_jobs(response.at)
    client = page_client.sign_in(cast.officer)
    page = client.get(f"/inbox/about/{notice}", follow=True)
    assert "a man in a van" in page.text
    file = page.elements("//a[contains(@href, '/files/') and contains(@href, '.pdf')]")[0].get("href")
    assert client.get(str(file)).status == 200
    with acting_as(SYSTEM):
        [sent] = models.Disclosure.objects.filter(refers_to=notice, door="PACKET", to_agency_id=cast.officer.agency_id)
        opened, taken = models.Disclosure.objects.filter(to_member=cast.officer.member_id).order_by("id")
    assert (opened.door, taken.door) == ("PAGE", "EXPORT")
    for row in (opened, taken):
        for name in ("facts", "classes", "policies", "rules", "withheld", "purpose", "refers_to", "from_agency_id"):
            assert getattr(row, name) == getattr(sent, name), name
        assert CASE in row.facts
        assert row.policies
        assert row.at >= sent.at
    assert client.get(f"/e/{response.episode_id}/ledger").text.count(cast.officer.label) >= 2


def test_what_was_called_back_and_what_says_nothing_of_the_case_write_no_row(
    response: Response, state: State, cast: Cast, page_client: PageClient, police_packet: Callable[[], str]
) -> None:
    state(cast.caseworker, CASE, "a man in a van")
    notice = police_packet()
    run_jobs(response.at)
    with acting_as(SYSTEM):
        lease = models.Lease.objects.get(refers_to=notice, to_agency_id=cast.officer.agency_id)
    recalling.recall(cast.caseworker, response.access(cast.caseworker), lease.pk, response.at)
    run_jobs(response.at)
    client = page_client.sign_in(cast.officer)
    for about in (notice, f"recall-{notice}"):
        assert "a man in a van" not in client.get(f"/inbox/about/{about}", follow=True).text
    assert rows(cast.officer) == []
