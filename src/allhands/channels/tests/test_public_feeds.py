"""The public lists and the provider's callback, as strangers see them; the operator's pages."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree

from allhands.alerts.contracts import AlertMessage, MessageKind, Reference, Subscriber, TransmissionId
from allhands.channels import api, listeners, models
from allhands.channels.actions import fan_out
from allhands.channels.copies import accepted
from allhands.channels.email.port import watch_nothing
from allhands.channels.sms import callbacks
from allhands.channels.tests.messages import a_message
from allhands.channels.tests.test_fan_out import Scripted
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as
from allhands.wire import cap

pytestmark = pytest.mark.django_db
W = api.Way


def now_message(**changes: Any) -> AlertMessage:
    now = timezone.now().replace(microsecond=0)
    return a_message(**{"sent_at": now, "expires_at": now + timedelta(hours=24), **changes})


def test_lists_are_public_cacheable_and_kept_out_of_search(client: Client) -> None:
    message = now_message()
    api.broadcast(message, [W.FEEDS], {}, timezone.now())
    first = client.get("/feeds/alerts.atom")
    assert first.status_code == 200
    assert first["Cache-Control"] == "public, max-age=60"
    assert "noindex" in first["X-Robots-Tag"]
    assert "Set-Cookie" not in first
    root = etree.fromstring(first.content)
    link = root.find(".//{*}entry/{*}link[@type='application/cap+xml']")
    assert link is not None
    again = client.get("/feeds/alerts.atom", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    again = client.get("/feeds/alerts.atom", headers={"If-Modified-Since": first["Last-Modified"]})
    assert again.status_code == 304
    document = client.get(str(link.attrib["href"]).removeprefix("http://localhost:8000"))
    checked = cap.check(document.content, profile=cap.PROFILES["ipaws10"])
    assert checked.accepted, checked.findings
    assert client.get("/feeds/alerts/none.cap").status_code == 404
    spanish = json.loads(client.get("/feeds/alerts.json?lang=es").content)
    assert "Desaparecida" in spanish["items"][0]["title"]


def test_end_takes_the_name_out_of_every_list_and_stays_a_day(client: Client) -> None:
    message = now_message()
    api.broadcast(message, [W.FEEDS, W.SIGNS], {}, timezone.now())
    before = client.get("/feeds/alerts.json")
    reference = Reference(sender=message.sender, identifier=message.identifier, sent_at=message.sent_at)
    over = now_message(
        kind=MessageKind.CANCEL, transmission_id=TransmissionId("t2"), identifier="ah-2", references=(reference,)
    )
    api.broadcast(over, [W.FEEDS, W.SIGNS], {}, timezone.now() + timedelta(seconds=1))
    after = client.get("/feeds/alerts.json", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    for path in (
        "/feeds/alerts.json",
        "/feeds/alerts.atom",
        f"/feeds/alerts/{message.alert_id}.cap",
        "/feeds/signs.atom",
    ):
        assert b"Maya" not in client.get(path).content, path
    [item] = json.loads(after.content)["items"]
    assert "ended" in item["title"]
    later = timezone.now() + timedelta(hours=25)
    assert api.list_public(later) == ()


def test_traffic_centre_finds_a_text_for_its_type_of_sign(client: Client, settings: Any) -> None:
    with acting_as(SYSTEM):
        models.RoadSign.objects.create(name="D1", lat=48.6, lon=-99.9, sign_type="", changed_at=timezone.now())
    message = now_message()
    api.broadcast(message, [W.SIGNS], {}, timezone.now())
    listed = client.get("/feeds/signs.atom")
    assert message.alert_id in listed.content.decode()
    document = client.get(f"/feeds/signs/{message.alert_id}.cap")
    alert = cap.check(document.content).alert
    assert alert is not None
    [text] = alert.infos[0].parameter_values("MULTI:freeway-27x125")
    assert "ABC1234" in text


def test_empty_list_is_a_list(client: Client) -> None:
    assert etree.fromstring(client.get("/feeds/alerts.atom").content).find("{*}entry") is None
    assert json.loads(client.get("/feeds/alerts.json").content)["items"] == []


def test_callback_moves_the_copy_once_and_stop_is_heard(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ALLHANDS_SMS_QUIET_FROM = settings.ALLHANDS_SMS_QUIET_UNTIL = 0
    settings.ALLHANDS_SMS_PROVIDER, settings.ALLHANDS_SMS_TOKEN = "form", "12345"
    people = [Subscriber(key="s1", address="+17015550111", language="en", stop_url="")]
    message = now_message()
    api.broadcast(message, [W.SMS], {W.SMS: people}, timezone.now())
    with acting_as(SYSTEM):
        broadcast_id = models.Broadcast.objects.get().id
    way = Scripted(accepted("http-201", provider_id="SM9"))
    fan_out.send_copies(broadcast_id, open_sender=way, clock=timezone.now, watch=watch_nothing)
    heard: list[Any] = []
    hear = [lambda one, _now: heard.append((one.number, one.keyword))]
    monkeypatch.setattr(listeners, "_keyword_listeners", hear)
    monkeypatch.setattr("allhands.channels.actions.inbound_sms.answer_by_http", lambda *said: heard.append(said[1]))

    def call(fields: dict[str, str], token: str = "12345") -> int:
        signature = callbacks.sign(api.sms_callback_url(), fields.items(), token)
        body, headers = urlencode(fields), {callbacks.SMS_SIGNATURE_HEADER: signature}
        form = "application/x-www-form-urlencoded"
        return client.post("/hooks/sms", body, content_type=form, headers=headers).status_code

    assert call({"MessageSid": "SM9", "MessageStatus": "delivered"}, token="guessed") == 403
    for _ in range(2):
        assert call({"MessageSid": "SM9", "MessageStatus": "delivered"}) == 204
    [state] = api.broadcast_state(message.transmission_id)
    assert dict(state.groups[0].states) == {api.SendingState.DELIVERED: 1}
    with acting_as(SYSTEM):
        assert models.SendingStatus.objects.filter(state="DELIVERED").count() == 1
    assert call({"From": "+17015550111", "Body": "Stop."}) == 204
    assert heard == [("+17015550111", api.Keyword.STOP), "+17015550111"]


def test_callback_in_a_form_that_no_provider_signs_is_refused(client: Client) -> None:
    assert client.post("/hooks/sms", {"MessageSid": "SM9"}).status_code == 415  # Django's test client sends multipart


def test_digest_of_a_feed_is_of_its_bytes(client: Client) -> None:
    first = client.get("/feeds/alerts.atom")
    assert first["ETag"] == f'"{hashlib.sha256(first.content).hexdigest()[:32]}"'
