"""What is queued is frozen, once, and in the right name."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import Settings

from allhands.channels import api, models
from allhands.channels.tests.makers import NOW, PDF, an_email, an_item
from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import DeliveryId
from allhands.platform.audit.api import verify_all
from allhands.platform.audit.models import Journal
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.django_db


def row(delivery_id: DeliveryId) -> models.Delivery:
    return models.Delivery.objects.get(pk=delivery_id)


def test_queued_email_waits_with_a_job_and_a_journal_entry(cast: Cast) -> None:
    delivery_id = api.queue(cast.caseworker, an_email(cast.caseworker), NOW)
    with acting_as(SYSTEM):
        assert row(delivery_id).state == "WAITING"
    job = ProcrastinateJob.objects.get(task_name="allhands.channels.tasks.send_delivery")
    assert job.args == {"delivery_id": delivery_id}
    assert Journal.objects.filter(event=610, subject_id=delivery_id).count() == 1
    assert verify_all() == []


def test_queued_inbox_item_is_there_at_once(cast: Cast) -> None:
    delivery_id = api.queue(cast.caseworker, an_item(cast.caseworker, cast.officer), NOW)
    (view,) = api.deliveries_for("notice1")
    assert (view.id, view.state, view.accepted_at, view.seen_at) == (delivery_id, api.DeliveryState.ACCEPTED, NOW, None)
    assert [line.id for line in api.list_inbox(cast.officer)] == [delivery_id]


def test_same_key_delivers_once_and_other_bytes_are_refused(cast: Cast) -> None:
    first = api.queue(cast.caseworker, an_email(cast.caseworker, idempotency_key="k1"), NOW)
    assert api.queue(cast.caseworker, an_email(cast.caseworker, idempotency_key="k1"), NOW) == first
    assert ProcrastinateJob.objects.count() == 1
    with pytest.raises(Refused, match="another delivery"):
        api.queue(cast.caseworker, an_email(cast.caseworker, idempotency_key="k1", body="other"), NOW)


def test_nobody_sends_in_the_name_of_another_agency(cast: Cast) -> None:
    with pytest.raises(Denied):
        api.queue(cast.outsider, an_email(cast.caseworker), NOW)
    api.queue(SYSTEM, an_email(cast.caseworker), NOW)


@pytest.mark.parametrize("changes", [{"sensitivity": "P2"}, {"parts": (PDF,)}], ids=["words", "file"])
def test_email_above_p1_is_refused_before_anything_is_stored(cast: Cast, changes: dict[str, object]) -> None:
    with pytest.raises(Refused, match="P2"):
        api.queue(cast.caseworker, an_email(cast.caseworker, **changes), NOW)
    with acting_as(SYSTEM):
        assert not models.Delivery.objects.exists()


@pytest.mark.parametrize("column", ["address", "body", "subject", "digest", "refers_to", "simulated", "created_at"])
def test_frozen_columns_cannot_be_changed(cast: Cast, column: str) -> None:
    delivery_id = api.queue(cast.caseworker, an_email(cast.caseworker), NOW)
    value = {"body": "'x'::bytea", "subject": "'x'::bytea", "simulated": "true", "created_at": "now()"}.get(
        column, "repeat('a', 64)"
    )
    with pytest.raises(DatabaseError, match="frozen"), acting_as(SYSTEM), connection.cursor() as cursor:
        cursor.execute(f"UPDATE channels_delivery SET {column} = {value} WHERE id = %s", [delivery_id])


@pytest.mark.parametrize("table", ["channels_deliverystatus", "channels_deliverypart"])
@pytest.mark.parametrize("act", ["DELETE FROM {}", "UPDATE {} SET delivery_id = delivery_id"])
def test_statuses_and_files_are_append_only(cast: Cast, table: str, act: str) -> None:
    api.queue(cast.caseworker, an_item(cast.caseworker, cast.officer), NOW)
    with pytest.raises(DatabaseError, match="append-only"), acting_as(SYSTEM), connection.cursor() as cursor:
        cursor.execute(act.format(table))


def test_row_security_shows_a_delivery_to_its_two_sides_only(cast: Cast) -> None:
    api.queue(cast.caseworker, an_item(cast.caseworker, cast.officer), NOW)
    seen = {}
    for name in ("caseworker", "officer", "outsider", "court_clerk"):
        with acting_as(getattr(cast, name)):
            counts = (models.Delivery, models.DeliveryPart, models.DeliveryStatus)
            seen[name] = [model.objects.count() for model in counts]
    assert seen == {"caseworker": [1, 1, 2], "officer": [1, 1, 2], "outsider": [0, 0, 0], "court_clerk": [0, 0, 0]}


def test_a_recipient_cannot_make_a_delivery_in_the_senders_name(cast: Cast) -> None:
    with acting_as(cast.officer), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        models.Delivery.objects.create(
            channel="INBOX", sender_agency_id=cast.caseworker.agency_id, recipient_agency_id=cast.officer.agency_id,
            sender_label="x", recipient_label="x", refers_to="n", subject="x", body=b"", sensitivity="P0",
            digest="0" * 64, idempotency_key="forged", created_at=NOW, changed_at=NOW,
        )  # fmt: skip


def test_simulated_email_says_so_in_its_frozen_words(cast: Cast, settings: Settings) -> None:
    settings.ALLHANDS_WORLD = "demo"
    delivery_id = api.queue(cast.caseworker, an_email(cast.caseworker), NOW)
    with acting_as(SYSTEM):
        frozen = row(delivery_id)
    assert frozen.simulated
    assert frozen.subject.startswith("[SIMULATED]")
    assert bytes(frozen.body).startswith(b"SIMULATED: this e-mail did not leave this machine. / SIMULADO")


def test_demo_with_a_mail_server_named_on_purpose_is_not_simulated(cast: Cast, settings: Settings) -> None:
    settings.ALLHANDS_WORLD, settings.ALLHANDS_SMTP_HOST = "demo", "mail.example"
    delivery_id = api.queue(cast.caseworker, an_email(cast.caseworker), NOW)
    with acting_as(SYSTEM):
        assert not row(delivery_id).simulated
