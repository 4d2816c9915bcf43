"""Signs: what fits, who gets it, NTCIP against net-snmp's agent, the queue a person confirms."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from allhands.alerts.contracts import AlertId, AlertMessage, MessageKind, TransmissionId
from allhands.channels import api, models
from allhands.channels.contracts import Artefact, SendingState, Way
from allhands.channels.roadsigns import client, inventory, ntcip, ours
from allhands.channels.roadsigns.snmp import SnmpSettings, minutes_until, show
from allhands.channels.tests.messages import AREA, CIRCLE, ENGLISH, SENT, a_message
from allhands.channels.tests.sending import a_copy, frozen_for, send_all
from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Denied, Refused
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast
from allhands.wire.reports import has_errors

SNMPD = shutil.which("snmpd") or "/usr/sbin/snmpd"
needs_snmpd = pytest.mark.skipif(not Path(SNMPD).exists(), reason="snmpd is not on this machine")
GIVEN = SnmpSettings(community="public", priority=100, source="127.0.0.1")
TEXT = "MISSING CHILD[nl]ND ABC1234[nl]CALL 911"
OURS = ntcip.message_id(ntcip.VOLATILE, ntcip.SLOT, ntcip.message_crc(TEXT))


def with_vehicle(vehicle: str, **changes: Any) -> AlertMessage:
    return a_message(texts={"en": replace(ENGLISH, vehicle=vehicle)}, **changes)


def texts_for(message: AlertMessage) -> list[Artefact]:
    return [one for one in api.preview(message, Way.SIGNS) if one.name.startswith("sign-")]


@pytest.mark.parametrize("vehicle", ["Blue Ford F-150, plate ND ABC1234", "", "Ánfora azul, placa ND ÑÑ1234"])
def test_every_type_of_sign_gets_a_text_that_fits(vehicle: str) -> None:
    for artefact in texts_for(with_vehicle(vehicle)):
        assert not has_errors(artefact.findings), (artefact.name, artefact.findings)
        assert artefact.text.count("\n\n") <= 1, "two pages at most"
        assert artefact.content.decode("ascii").isupper() or "[" in artefact.content.decode()


def test_plate_stands_whole_or_drivers_are_sent_to_the_radio() -> None:
    for artefact in texts_for(with_vehicle("Blue Ford F-150, plate ND ABC1234")):
        said = artefact.text.replace("\n", " ")
        codes = {finding.code for finding in artefact.findings}
        assert "ND ABC1234" in said or ("sign.no-plate" in codes and "RADIO" in said), artefact.name


@pytest.mark.parametrize(
    ("vehicle", "is_told"),
    [
        ("Blue Ford, plate starts with 12", True),
        ("Blue Ford, plate unknown", True),
        ("Blue Ford, plate ND ABC1234", False),
        ("Blue Ford", False),
        ("", False),
    ],
)
def test_plate_that_nobody_can_read_is_told(vehicle: str, is_told: bool) -> None:
    for artefact in texts_for(with_vehicle(vehicle)):
        codes = [finding.code for finding in artefact.findings]
        assert ("sign.plate-not-read" in codes) is is_told, artefact.name
        assert not is_told or "RADIO" in artefact.text


def test_a_test_says_so_and_a_cancel_is_blank() -> None:
    assert all("TEST" in one.text for one in texts_for(a_message(world="demo")))
    assert all(one.content == b"" for one in texts_for(a_message(kind=MessageKind.CANCEL)))


def test_activation_never_means_for_ever() -> None:
    assert minutes_until(SENT + timedelta(days=900), SENT) == 65_534
    assert minutes_until(SENT - timedelta(hours=1), SENT) == 1
    assert ntcip.message_id(ntcip.BLANK, 1, 0).hex() == "0700010000"


@contextmanager
def agent(mood: str, folder: Path) -> Iterator[tuple[int, Path]]:
    """net-snmp's agent with our sign behind it; its port, and the log of what was set."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script, log, conf = Path(__file__).with_name("sign_agent.py"), folder / "set.log", folder / "snmpd.conf"
    log.touch()
    conf.write_text(
        f"rwcommunity public 127.0.0.1\npass_persist .{ntcip.ROOT} {sys.executable} -u {script} {mood} {log}\n"
    )
    command = [SNMPD, "-f", "-Lo", "-C", "-c", str(conf), "-p", str(folder / "pid"), f"udp:127.0.0.1:{port}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_bound(port)
        yield port, log
    finally:
        process.kill()
        process.wait(10)


def wait_until_bound(port: int) -> None:
    wanted = f":{port:04X} "
    for _ in range(1200):
        if any(wanted in line for line in Path("/proc/net/udp").read_text().splitlines()):
            return
        time.sleep(0.1)
    pytest.fail("the agent did not start")


@needs_snmpd
def test_text_is_stored_validated_activated_and_read_back(tmp_path: Path) -> None:
    with agent("kind", tmp_path) as (port, log):
        told = show("127.0.0.1", port, TEXT, minutes=90, given=GIVEN)
        assert (told.state, told.code) == (SendingState.DELIVERED, "shown")
        steps = log.read_text().splitlines()
        crash = show("127.0.0.1", port, "", minutes=1, given=GIVEN, to_end=frozenset({b"\x04\x00\x01\x12\x34"}))
        assert (crash.state, crash.code) == (SendingState.DELIVERED, "not-shown-any-more")
        assert log.read_text().splitlines() == steps, "what is not ours stays"
        blank = show("127.0.0.1", port, "", minutes=1, given=GIVEN, to_end=frozenset({OURS}))
        assert (blank.state, blank.code) == (SendingState.DELIVERED, "blank")
    activated = next(line for line in steps if f".{ntcip.ACTIVATE} " in line)
    code = bytes.fromhex(activated.split(" ", 1)[1].replace(" ", ""))
    crc = ntcip.message_crc(TEXT)
    assert code == ntcip.activation_code(minutes=90, priority=100, memory=4, number=1, crc=crc, source="127.0.0.1")
    texts = [line for line in steps if f".{ntcip.message_object(3, 1)} " in line]
    assert bytes.fromhex(texts[0].split(" ", 1)[1].replace(" ", "")).decode() == TEXT
    assert any(f".{ntcip.COMMUNICATIONS_LOSS} " in line for line in steps), "it must not outlive the alert"


@needs_snmpd
@pytest.mark.parametrize(
    ("mood", "code"),
    [
        ("local", "local-mode"),
        ("other-crc", "crc-differs"),
        ("priority", "activate-priority"),
        ("slow-error", "activate-slow-error"),
    ],
)
def test_sign_that_says_no_is_told_with_its_reason(mood: str, code: str, tmp_path: Path) -> None:
    with agent(mood, tmp_path) as (port, _log):
        told = show("127.0.0.1", port, TEXT, minutes=5, given=GIVEN)
    assert (told.state, told.code) == (SendingState.FAILED, code)


@needs_snmpd
def test_slow_sign_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allhands.channels.roadsigns.snmp._STATUS_SECONDS", 0)
    with agent("slow", tmp_path) as (port, _log):
        told = show("127.0.0.1", port, TEXT, minutes=5, given=GIVEN)
    assert (told.state, told.code) == (SendingState.DELIVERED, "shown")


@needs_snmpd
def test_answer_of_another_kind_is_no_crash(tmp_path: Path) -> None:
    with agent("strange", tmp_path) as (port, _log):
        told = show("127.0.0.1", port, TEXT, minutes=5, given=GIVEN)
    assert told.state is SendingState.WAITING


@pytest.mark.django_db
def test_only_texts_of_the_alert_are_taken_down() -> None:
    api.broadcast(with_vehicle("Blue Ford F-150, plate ND ABC1234"), [Way.SIGNS], {}, SENT)
    other = replace(a_message(), alert_id=AlertId("a9"), transmission_id=TransmissionId("t9"), identifier="ah-9")
    api.broadcast(other, [Way.SIGNS], {}, SENT)
    over = a_message(kind=MessageKind.CANCEL, transmission_id=TransmissionId("t2"), identifier="ah-2")
    api.broadcast(over, [Way.SIGNS], {}, SENT)
    texts = [one.content.decode() for one in texts_for(with_vehicle("Blue Ford F-150, plate ND ABC1234"))]
    wanted = {ntcip.message_id(ntcip.VOLATILE, ntcip.SLOT, ntcip.message_crc(text)) for text in texts}
    assert ours.message_ids(over.alert_id, sign_id="s1", now=SENT) == wanted
    assert ours.message_ids("a-stranger", sign_id="s1", now=SENT) == frozenset()


def for_another(**changes: Any) -> AlertMessage:
    """An alert of the same police about another child, of whose car no more is known either."""
    return with_vehicle("", **{"alert_id": AlertId("a9"), "transmission_id": TransmissionId("t9"), **changes})


def arrived(message: AlertMessage, state: SendingState = SendingState.DELIVERED) -> None:
    """Broadcast, and so far with every sign."""
    api.broadcast(message, [Way.SIGNS], {}, SENT)
    with acting_as(SYSTEM):
        rows = models.Sending.objects.filter(broadcast__transmission_id=message.transmission_id)
        assert rows.update(state=state.value)


UPDATE = {"kind": MessageKind.UPDATE, "transmission_id": TransmissionId("t10")}
WITH_PLATE = {"texts": {"en": replace(ENGLISH, vehicle="Blue Ford, plate ND ABC1234")}}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("then", "state", "stays"),
    [
        ({}, SendingState.DELIVERED, True),
        (UPDATE, SendingState.DELIVERED, True),
        (UPDATE | WITH_PLATE, SendingState.DELIVERED, False),
        (UPDATE | WITH_PLATE, SendingState.WAITING, True),
        (UPDATE | WITH_PLATE, SendingState.FAILED, True),
        (UPDATE | {"kind": MessageKind.CANCEL}, SendingState.WAITING, False),
        (UPDATE | {"kind": MessageKind.CANCEL}, SendingState.FAILED, False),
    ],
    ids=["runs", "same again", "reads otherwise", "not yet otherwise", "otherwise refused", "over", "over, refused"],
)
def test_text_that_another_childs_alert_needs_stays(
    cast: Cast, then: dict[str, Any], state: SendingState, stays: bool
) -> None:
    """Without a plate both read alike, and a sign names both by one id."""
    api.import_signs(cast.operator, TABLE, SENT)
    arrived(with_vehicle(""))
    arrived(for_another())
    if then:
        arrived(replace(for_another(), **then), state)
    first = a_message().alert_id
    with acting_as(SYSTEM):
        sign_id = models.RoadSign.objects.get(name="DMS-1").id
    assert (ours.message_ids(first, sign_id=sign_id, now=SENT) == frozenset()) is stays
    assert ours.message_ids(first, sign_id=sign_id, now=SENT + timedelta(hours=24)), "the other has ended"
    assert ours.message_ids(first, sign_id="another", now=SENT), "where the other is not shown"


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["WAITING", "SIMULATED", "NOT_CONFIGURED", "FAILED", "STOPPED"])
def test_text_of_another_child_that_never_got_to_the_sign_keeps_nothing(cast: Cast, state: str) -> None:
    api.import_signs(cast.operator, TABLE, SENT)
    arrived(with_vehicle(""))
    arrived(for_another(), SendingState(state))
    with acting_as(SYSTEM):
        sign_id = models.RoadSign.objects.get(name="DMS-1").id
    assert ours.message_ids(a_message().alert_id, sign_id=sign_id, now=SENT)


@needs_snmpd
@pytest.mark.django_db
def test_cancel_of_one_child_leaves_a_sign_that_another_needs(
    cast: Cast, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ALLHANDS_SIGN_COMMUNITY = GIVEN.community
    monkeypatch.setattr("django.utils.timezone.now", lambda: SENT)
    with agent("kind", tmp_path) as (port, _log):
        row = f"DMS-7,I-94,east,48.6,-99.9,freeway-27x125,State DOT,,SNMP,127.0.0.1:{port}\n".encode()
        api.import_signs(cast.operator, TABLE.splitlines(keepends=True)[0] + row, SENT)
        with acting_as(SYSTEM):
            sign = replace(a_copy(1, f"127.0.0.1:{port}"), recipient_key=models.RoadSign.objects.get().id)
        over = with_vehicle("", kind=MessageKind.CANCEL, transmission_id=TransmissionId("t2"))
        for message in (with_vehicle(""), for_another()):
            arrived(message)
            [told] = send_all(client.open_sender, frozen_for(message, Way.SIGNS), [sign])
            assert told.code == "shown"
        for message, code in ((over, "not-shown-any-more"), (for_another(kind=MessageKind.CANCEL), "blank")):
            api.broadcast(replace(message, transmission_id=TransmissionId(code)), [Way.SIGNS], {}, SENT)
            [told] = send_all(client.open_sender, frozen_for(message, Way.SIGNS), [sign])
            assert (told.state, told.code) == (SendingState.DELIVERED, code)


def test_silent_sign_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allhands.channels.roadsigns.snmp._TIMEOUT_SECONDS", 0.1)
    told = show("127.0.0.1", 9, TEXT, minutes=5, given=GIVEN)
    assert (told.state, told.code) == (SendingState.WAITING, "sign-silent")


TABLE = b"""name,road,direction,lat,lon,sign_type,owner,contact,delivery,address
DMS-1,I-94,east,48.6,-99.9,freeway-27x125,State DOT,Traffic desk 701-555-0190,QUEUE,
DMS-2,I-94,west,48.7,-99.8,,State DOT,,QUEUE,
DMS-3,US-2,east,40.0,-99.8,portable-3x8,State DOT,,QUEUE,
DMS-4,US-2,east,north,-99.8,portable-3x8,State DOT,,QUEUE,
DMS-5,US-2,east,48.0,-99.8,billboard,State DOT,,QUEUE,
DMS-6,US-2,east,48.0,-99.8,,State DOT,,SNMP,nowhere
"""


@pytest.mark.django_db
def test_inventory_is_imported_and_chosen_by_area(cast: Cast) -> None:
    imported = api.import_signs(cast.operator, TABLE, SENT)
    assert imported.written == 3
    assert [problem.split(":")[0] for problem in imported.problems] == ["line 5", "line 6", "line 7"]
    assert api.count_signs(AREA) == 2
    assert api.count_signs(replace(AREA, polygons=(), circles=(CIRCLE,))) == 2
    assert inventory.is_configured()
    with pytest.raises(Refused):
        api.import_signs(cast.operator, b"a,b\n1,2\n", SENT)
    with pytest.raises(Denied):
        api.import_signs(cast.caseworker, TABLE, SENT)


@pytest.mark.django_db
def test_person_confirms_each_sign_and_cancel_reaches_the_same_ones(cast: Cast) -> None:
    api.import_signs(cast.operator, TABLE, SENT)
    api.broadcast(a_message(), [Way.SIGNS], {}, SENT)
    first, second = api.list_sign_tasks()
    assert first.is_composed
    assert "ABC1234" in first.text
    assert not second.is_composed, "size unknown: nothing is composed, a person reads it out"
    assert (first.spoken, first.contact) == ((), "State DOT, Traffic desk 701-555-0190")
    assert "Missing: Maya, 14" in second.spoken[0]
    assert "701-555-0100" in " ".join(second.spoken)
    [state] = api.broadcast_state(a_message().transmission_id)
    assert state.unconfirmed == 2
    api.confirm_sign(cast.operator, first.sending_id, shown=True, words="", now=SENT)
    with pytest.raises(Refused):
        api.confirm_sign(cast.operator, second.sending_id, shown=False, words=" ", now=SENT)
    with pytest.raises(Denied):
        api.confirm_sign(cast.caseworker, second.sending_id, shown=True, words="", now=SENT)
    api.confirm_sign(cast.operator, second.sending_id, shown=False, words="sign is dark", now=SENT)
    [state] = api.broadcast_state(a_message().transmission_id)
    assert [group.seen for group in sorted(state.groups, key=lambda group: group.key)] == [1, 0]
    with acting_as(SYSTEM):
        models.RoadSign.objects.filter(name="DMS-1").update(ended_at=SENT)
    over = a_message(kind=MessageKind.CANCEL, transmission_id=TransmissionId("t2"))
    api.broadcast(over, [Way.SIGNS], {}, SENT)
    assert all(task.is_cancel for task in api.list_sign_tasks())
    assert {task.label.split(",")[0] for task in api.list_sign_tasks()} == {"DMS-1", "DMS-2"}
