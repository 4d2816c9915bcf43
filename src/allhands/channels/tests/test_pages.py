"""The pages: a packet read, taken along and confirmed; stuck deliveries decided by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from pytest_django import Settings

from allhands.channels import api, models
from allhands.channels.actions.send import send_email
from allhands.channels.contracts import SUBSCRIBER
from allhands.channels.email.fake import FakeMail
from allhands.channels.email.port import Answer, Outcome, watch_nothing
from allhands.channels.tests.makers import NOW, an_email, an_item
from allhands.channels.web.packet import MEDIA_TYPE, read_packet
from allhands.kernel.actors import SYSTEM
from allhands.kernel.ids import DeliveryId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast
from allhands.platform.testing.mail import SmtpServer
from allhands.platform.testing.pages import PageClient

# Drawn by the packets of the duties slice, with an invented child.
PACKET = Path(__file__).with_name("packet.json").read_bytes()

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(cast: Cast) -> DeliveryId:
    packet = api.Part(name="packet.json", media_type=MEDIA_TYPE, content=PACKET, sensitivity="P3")
    outgoing = an_item(cast.caseworker, cast.officer, subject="Missing child: report", parts=(packet,))
    return api.queue(cast.caseworker, outgoing)


def test_police_read_and_confirm_a_packet_in_two_acts(cast: Cast, item: DeliveryId, page_client: PageClient) -> None:
    page_client.sign_in(cast.officer)
    inbox = page_client.get("/inbox")
    assert "new" in inbox.text
    page = page_client.get("/inbox/about/notice1", follow=True)
    assert page.path == f"/inbox/{item}"
    for words in ("Maya Arrowsmith", "Not known yet", "Take this report now.", "clock has not started", "Restricted"):
        assert words in page.text
    confirmed = page.submit(f"/inbox/{item}/acknowledge")
    assert "Receipt confirmed today" in confirmed.text
    assert "by Sgt. Testworth" in confirmed.text
    assert "confirmed by Sgt. Testworth" in page_client.get("/inbox").text


def test_the_packet_is_told_in_spanish(cast: Cast, item: DeliveryId, page_client: PageClient) -> None:
    page = page_client.sign_in(cast.officer).get(f"/inbox/{item}", headers={"Accept-Language": "es"})
    for words in ("Aún no se sabe", "Reciba este reporte ahora.", "Confirmar recibo", "Lo que le pedimos"):
        assert words in page.text


def test_files_come_as_they_were_sent(cast: Cast, item: DeliveryId, page_client: PageClient) -> None:
    page = page_client.sign_in(cast.officer).get(f"/inbox/{item}/files/packet.json")
    assert page.response.content == PACKET
    assert page.response["Content-Disposition"] == 'attachment; filename="packet.json"'
    assert "no-store" in page.response["Cache-Control"]


@pytest.mark.parametrize("path", ["", "/files/packet.json", "/acknowledge"])
@pytest.mark.parametrize("who", ["outsider", "operator", "auditor"])
def test_nobody_else_gets_anything(cast: Cast, item: DeliveryId, page_client: PageClient, who: str, path: str) -> None:
    page_client.sign_in(getattr(cast, who))
    ask = page_client.post if path == "/acknowledge" else page_client.get
    assert ask(f"/inbox/{item}{path}").status == 403
    assert "Maya" not in ask(f"/inbox/{item}{path}").text


def test_an_empty_inbox_says_so(cast: Cast, page_client: PageClient) -> None:
    assert "Nothing waits for your confirmation" in page_client.sign_in(cast.court_clerk).get("/inbox").text


def test_operator_decides_with_a_reason_and_is_asked_for_one(cast: Cast, page_client: PageClient) -> None:
    delivery_id = api.queue(cast.caseworker, an_email(cast.caseworker))
    mail = FakeMail(says=Answer(outcome=Outcome.UNCERTAIN, code="no-answer", words="TimeoutError"))
    send_email(delivery_id, mail=mail, sender="a@b.example", clock=lambda: NOW, watch=watch_nothing)
    page = page_client.sign_in(cast.operator).get("/ops/channels")
    assert "no answer came" in page.text
    form = f"/ops/deliveries/{delivery_id}"
    refused = page_client.post(form, {"decision": "arrived", "reason": " "})
    assert refused.status == 422
    assert "few words" in refused.text
    done = page_client.post(form, {"decision": "arrived", "reason": "their log shows it"}, follow=True)
    assert "Nothing waits for a person" in done.text
    (view,) = api.deliveries_for("notice1")
    assert (view.state, view.statuses[-1].who) == (api.DeliveryState.ACCEPTED, "Operator Testworth")


@pytest.mark.parametrize("who", ["caseworker", "officer", "administrator"])
def test_channels_are_for_operators(cast: Cast, page_client: PageClient, who: str) -> None:
    assert page_client.sign_in(getattr(cast, who)).get("/ops/channels").status == 403


def test_channel_states_and_test_of_the_connection(
    cast: Cast, page_client: PageClient, settings: Settings, smtp_server: SmtpServer
) -> None:
    page_client.sign_in(cast.operator)
    assert "E-mail not configured" in page_client.get("/ops/channels").text
    settings.ALLHANDS_SMTP_HOST, settings.ALLHANDS_SMTP_PORT = "127.0.0.1", smtp_server.port
    settings.ALLHANDS_SMTP_TLS = "none"
    assert "E-mail not tested yet" in page_client.get("/ops/channels").text
    assert "E-mail works" in page_client.post("/ops/channels/EMAIL/test", follow=True).text
    settings.ALLHANDS_SMTP_PORT = 1
    assert "E-mail test failed" in page_client.post("/ops/channels/EMAIL/test", follow=True).text
    assert not smtp_server.messages


def test_a_way_that_was_not_tested_lately_is_not_said_to_work(
    cast: Cast, page_client: PageClient, settings: Settings
) -> None:
    settings.ALLHANDS_SMTP_HOST = "mail.example"
    for minutes, said in (
        (46, "E-mail to subscribers worked, but not tested lately"),
        (44, "E-mail to subscribers works"),
    ):
        with acting_as(SYSTEM):
            at = timezone.now() - timedelta(minutes=minutes)
            models.ChannelTest.objects.create(channel=api.Way.EMAIL.value, at=at, code="")
        assert said in page_client.sign_in(cast.operator).get("/ops/channels").text


def test_the_operator_is_not_told_who_signed_up(cast: Cast, page_client: PageClient, settings: Settings) -> None:
    settings.ALLHANDS_WORLD = "demo"
    to_somebody = replace(
        an_email(cast.caseworker), recipient_agency=None, recipient_label=SUBSCRIBER, address="mama@mail.example"
    )
    send_email(api.queue(cast.caseworker, to_somebody), mail=None, sender="", clock=lambda: NOW, watch=watch_nothing)
    page = page_client.sign_in(cast.operator).get("/ops/channels")
    assert "a subscriber" in page.text
    assert "…@mail.example" in page.text
    assert "mama" not in page.text


def test_demo_shows_the_outbox_of_simulated_mail(cast: Cast, page_client: PageClient, settings: Settings) -> None:
    settings.ALLHANDS_WORLD = "demo"
    delivery_id = api.queue(cast.caseworker, an_email(cast.caseworker))
    send_email(delivery_id, mail=None, sender="", clock=lambda: NOW, watch=watch_nothing)
    page = page_client.sign_in(cast.operator).get("/ops/channels")
    assert "E-mail simulated" in page.text
    assert "Simulated: nothing left this machine" in page.text
    assert "desk@sheriff.example" in page.text


def test_operations_page_points_to_what_waits(cast: Cast, page_client: PageClient) -> None:
    delivery_id = api.queue(cast.caseworker, an_email(cast.caseworker))
    send_email(delivery_id, mail=None, sender="", clock=lambda: NOW, watch=watch_nothing)
    page = page_client.sign_in(cast.operator).get("/ops")
    assert "1 delivery needs a decision" in page.text


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", PACKET.replace(b'"asks"', b'"asked"')])
def test_what_is_no_packet_is_not_drawn(content: bytes) -> None:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    assert read_packet(content, lang="en", zone=ZoneInfo("UTC"), now=now) is None
