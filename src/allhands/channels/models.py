"""Tables of the channels: fields, constraints and indexes only. What never changes is in `guards.py`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from allhands.channels.contracts import Channel, DeliveryState, SendingState, Status, Way
from allhands.kernel.ids import new_id
from allhands.platform.vault.api import ClosedBytesField, ClosedTextField

ID_LENGTH = 16
CODE_LENGTH = 16
LABEL_LENGTH = 200
WORDS_LENGTH = 500
DIGEST_LENGTH = 64
SENSITIVITIES = ["P0", "P1", "P2", "P3", "P4"]


def key_of(row: Delivery) -> str:
    """Whose key closes a delivery: the episode's, or its own when it is about none."""
    return str(row.episode_id or row.id)


def _key_of_part(row: DeliveryPart) -> str:
    return key_of(row.delivery)


class Delivery(models.Model):
    """One thing for one recipient by one channel. Frozen but for `state`, `claimed_at`, `changed_at`, `attempts`."""

    CLASSES = {
        "id": "P1", "channel": "P1", "sender_agency": "P1", "sender_label": "P1", "recipient_agency": "P1",
        "recipient_member": "P1", "recipient_label": "P1", "episode": "P1", "refers_to": "P1", "address": "P1",
        "subject": "P3", "body": "P3", "sensitivity": "P1", "digest": "P1", "simulated": "P1", "idempotency_key": "P1",
        "world": "P1", "created_at": "P1", "state": "P1", "claimed_at": "P1", "changed_at": "P1", "attempts": "P1",
    }  # fmt: skip

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    channel = models.CharField(max_length=CODE_LENGTH)
    sender_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    sender_label = models.CharField(max_length=LABEL_LENGTH)
    recipient_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    recipient_member = models.CharField(max_length=ID_LENGTH, blank=True, default="")
    recipient_label = models.CharField(max_length=LABEL_LENGTH)
    episode = models.ForeignKey("episodes.Episode", on_delete=models.PROTECT, related_name="+", null=True)
    refers_to = models.CharField(max_length=64)
    address = models.CharField(max_length=254, blank=True, default="")
    subject = ClosedTextField(record_of=key_of)
    body = ClosedBytesField(record_of=key_of)
    sensitivity = models.CharField(max_length=2)
    digest = models.CharField(max_length=DIGEST_LENGTH)
    simulated = models.BooleanField(default=False)
    # Where it was written. Of what is older than this column nobody knows: it is kept from leaving a drill.
    world = models.CharField(max_length=8, default="live")
    idempotency_key = models.CharField(max_length=128, unique=True)
    created_at = models.DateTimeField()
    state = models.CharField(max_length=CODE_LENGTH, default=DeliveryState.WAITING.value)
    claimed_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=[one.value for one in Channel]), name="delivery_channel"),
            models.CheckConstraint(condition=Q(state__in=[one.value for one in DeliveryState]), name="delivery_state"),
            models.CheckConstraint(
                condition=Q(channel="EMAIL", recipient_member="") & ~Q(address="")
                | Q(channel="INBOX", address="", recipient_agency__isnull=False),
                name="delivery_addressed",
            ),
            # The wall of the door, once more: nothing above P1 in an e-mail.
            models.CheckConstraint(
                condition=Q(channel="INBOX") | Q(sensitivity__in=["P0", "P1"]), name="delivery_email_up_to_p1"
            ),
            models.CheckConstraint(condition=Q(sensitivity__in=SENSITIVITIES), name="delivery_sensitivity"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="delivery_digest"),
            models.CheckConstraint(
                condition=~Q(state="CLAIMED") | Q(claimed_at__isnull=False), name="delivery_claim_timed"
            ),
        ]
        indexes = [
            models.Index(fields=["refers_to"], name="delivery_refers_to"),
            models.Index(fields=["recipient_agency", "-created_at"], name="delivery_inbox"),
            models.Index(fields=["state", "changed_at"], name="delivery_state_since"),
        ]


class DeliveryPart(models.Model):
    """One file of a delivery, frozen."""

    CLASSES = {
        "id": "P1", "delivery": "P1", "position": "P1", "name": "P1", "media_type": "P1", "sensitivity": "P1",
        "content": "P3", "digest": "P1",
    }  # fmt: skip

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="parts")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    media_type = models.CharField(max_length=100)
    sensitivity = models.CharField(max_length=2)
    content = ClosedBytesField(record_of=_key_of_part)
    digest = models.CharField(max_length=DIGEST_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "name"], name="part_name_once"),
            models.CheckConstraint(condition=Q(sensitivity__in=SENSITIVITIES), name="part_sensitivity"),
        ]


class DeliveryStatus(models.Model):
    """One thing that happened to a delivery. Appended, never edited."""

    CLASSES = {
        "id": "P1", "delivery": "P1", "status": "P1", "at": "P1", "code": "P1", "words": "P1", "actor_kind": "P1",
        "actor_member": "P1", "actor_agency": "P1", "actor_label": "P1",
    }  # fmt: skip

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="statuses")
    status = models.CharField(max_length=CODE_LENGTH)
    at = models.DateTimeField()
    code = models.CharField(max_length=64, blank=True, default="")
    words = models.CharField(max_length=WORDS_LENGTH, blank=True, default="")
    actor_kind = models.CharField(max_length=8)
    actor_member = models.CharField(max_length=64, blank=True, default="")
    actor_agency = models.CharField(max_length=64, blank=True, default="")
    actor_label = models.CharField(max_length=LABEL_LENGTH)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=[one.value for one in Status]), name="status_known"),
            # One person confirms receipt first; that instant is the proof.
            models.UniqueConstraint(
                fields=["delivery"], condition=Q(status=Status.ACKNOWLEDGED.value), name="status_acknowledged_once"
            ),
        ]
        indexes = [models.Index(fields=["delivery", "id"], name="status_of_delivery")]


class ChannelTest(models.Model):
    """One try of a channel's connection. Appended, never edited."""

    CLASSES = {"id": "P1", "channel": "P1", "at": "P1", "code": "P1"}

    channel = models.CharField(max_length=CODE_LENGTH)
    at = models.DateTimeField()
    code = models.CharField(max_length=64, blank=True, default="")  # empty: it worked

    class Meta:
        indexes = [models.Index(fields=["channel", "-at"], name="channel_test_newest")]


class Broadcast(models.Model):
    """One transmission of an alert on one way. Frozen but for `fetched`."""

    CLASSES = {
        "id": "P1", "transmission_id": "P1", "alert_id": "P1", "way": "P1", "kind": "P1", "alert_status": "P1",
        "world": "P1", "condition": "P1", "identifier": "P0", "expires_at": "P0", "created_at": "P1", "digest": "P1",
        "fetched": "P1",
    }  # fmt: skip

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    transmission_id = models.CharField(max_length=64)
    alert_id = models.CharField(max_length=64)
    way = models.CharField(max_length=CODE_LENGTH)
    kind = models.CharField(max_length=CODE_LENGTH)
    alert_status = models.CharField(max_length=CODE_LENGTH)
    world = models.CharField(max_length=8)
    condition = models.CharField(max_length=CODE_LENGTH)
    identifier = models.CharField(max_length=128)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField()
    digest = models.CharField(max_length=DIGEST_LENGTH)
    fetched = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transmission_id", "way"], name="broadcast_once"),
            models.CheckConstraint(condition=Q(way__in=[one.value for one in Way]), name="broadcast_way"),
            models.CheckConstraint(
                condition=Q(condition__in=["WORKS", "SIMULATED", "NOT_CONFIGURED"]), name="broadcast_condition"
            ),
            # Outside the live world nothing is ever Actual.
            models.CheckConstraint(
                condition=Q(world="live") | ~Q(alert_status="Actual"), name="broadcast_actual_is_live"
            ),
        ]
        indexes = [
            models.Index(fields=["alert_id", "created_at"], name="broadcast_of_alert"),
            models.Index(fields=["way", "-created_at"], name="broadcast_newest"),
        ]


class FrozenArtefact(models.Model):
    """One file of a broadcast, as it leaves."""

    CLASSES = {
        "id": "P1", "broadcast": "P1", "position": "P1", "name": "P0", "media_type": "P0", "languages": "P0",
        "content": "P0", "text": "P0", "digest": "P0", "leaves": "P1",
    }  # fmt: skip

    broadcast = models.ForeignKey(Broadcast, on_delete=models.PROTECT, related_name="artefacts")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    media_type = models.CharField(max_length=100)
    languages = models.CharField(max_length=16)
    content = models.BinaryField()
    text = models.TextField(blank=True, default="")
    digest = models.CharField(max_length=DIGEST_LENGTH)
    leaves = models.BooleanField(default=True)  # False: kept for the record, its findings forbid sending it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["broadcast", "name"], name="artefact_name_once")]


class Sending(models.Model):
    """One recipient's copy of a broadcast. Who and where is frozen; `address` and `stop_url` may be forgotten later.

    A copy without `next_at` waits for a person, such as a sign operator; no worker takes it.
    """

    CLASSES = {
        "id": "P1", "broadcast": "P1", "group": "P1", "label": "P1", "recipient_key": "P2", "address": "P2",
        "language": "P2", "stop_url": "P2", "state": "P1", "claimed_at": "P1", "changed_at": "P1", "next_at": "P1",
        "attempts": "P1", "provider_id": "P1", "code": "P1", "words": "P1", "submitted_at": "P1", "accepted_at": "P1",
        "final_at": "P1", "seen_at": "P1",
    }  # fmt: skip

    broadcast = models.ForeignKey(Broadcast, on_delete=models.PROTECT, related_name="sendings")
    group = models.CharField(max_length=64)
    label = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    recipient_key = models.CharField(max_length=64)
    address = models.TextField(blank=True, default="")
    language = models.CharField(max_length=2)
    stop_url = models.TextField(blank=True, default="")
    state = models.CharField(max_length=CODE_LENGTH, default=SendingState.WAITING.value)
    claimed_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    provider_id = models.CharField(max_length=128, blank=True, default="")
    code = models.CharField(max_length=64, blank=True, default="")
    words = models.CharField(max_length=WORDS_LENGTH, blank=True, default="")
    submitted_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    final_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # A second copy of one transmission to one recipient never leaves.
            models.UniqueConstraint(fields=["broadcast", "recipient_key"], name="sending_once"),
            models.CheckConstraint(condition=Q(state__in=[one.value for one in SendingState]), name="sending_state"),
        ]
        indexes = [
            models.Index(fields=["broadcast", "next_at", "id"], condition=Q(state="WAITING"), name="sending_waiting"),
            models.Index(
                fields=["broadcast", "group"],
                condition=Q(state__in=["CLAIMED", "UNCERTAIN", "UNCONFIRMED", "FAILED"]),
                name="sending_open",
            ),
            models.Index(fields=["provider_id"], condition=~Q(provider_id=""), name="sending_provider_id"),
        ]


class SendingStatus(models.Model):
    """One thing that happened to a copy. Appended, never edited."""

    CLASSES = {"id": "P1", "sending": "P1", "state": "P1", "at": "P1", "code": "P1", "words": "P1", "who": "P1"}

    sending = models.ForeignKey(Sending, on_delete=models.PROTECT, related_name="statuses")
    state = models.CharField(max_length=CODE_LENGTH)
    at = models.DateTimeField()
    code = models.CharField(max_length=64, blank=True, default="")
    words = models.CharField(max_length=WORDS_LENGTH, blank=True, default="")
    who = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["sending", "id"], name="status_of_sending")]


class ProviderReceipt(models.Model):
    """What a provider told later about a copy, as received. A replayed one changes nothing; an early one waits."""

    CLASSES = {"id": "P1", "way": "P1", "provider_id": "P1", "status": "P1", "code": "P1", "at": "P1"}

    way = models.CharField(max_length=CODE_LENGTH)
    provider_id = models.CharField(max_length=128)
    status = models.CharField(max_length=32)
    code = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["way", "provider_id", "status"], name="provider_receipt_once"),
        ]


class WebhookEndpoint(models.Model):
    """Where a machine wants to hear of alerts. Its secret is derived, not stored."""

    CLASSES = {
        "id": "P1", "agency": "P1", "label": "P1", "url": "P1", "created_at": "P1", "ended_at": "P1",
        "ended_code": "P1",
    }  # fmt: skip

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    label = models.CharField(max_length=LABEL_LENGTH)
    url = models.CharField(max_length=500)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_code = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["url"], condition=Q(ended_at__isnull=True), name="webhook_url_once"),
        ]


class RoadSign(models.Model):
    """A sign at a road and how it is reached."""

    CLASSES = {
        "id": "P1", "name": "P1", "road": "P1", "direction": "P1", "lat": "P1", "lon": "P1", "sign_type": "P1",
        "owner": "P1", "contact": "P1", "delivery": "P1", "address": "P1", "changed_at": "P1", "ended_at": "P1",
    }  # fmt: skip

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    name = models.CharField(max_length=64, unique=True)
    road = models.CharField(max_length=100, blank=True, default="")
    direction = models.CharField(max_length=32, blank=True, default="")
    lat = models.FloatField()
    lon = models.FloatField()
    sign_type = models.CharField(max_length=32)  # of wire.multi.SIGNS; empty: size unknown, nothing is composed
    owner = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    contact = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    delivery = models.CharField(max_length=8, default="QUEUE")
    address = models.CharField(max_length=100, blank=True, default="")
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(delivery__in=["QUEUE", "FEED"], address="") | Q(delivery="SNMP") & ~Q(address=""),
                name="sign_reached",
            ),
            models.CheckConstraint(condition=Q(lat__range=(-90, 90), lon__range=(-180, 180)), name="sign_on_globe"),
        ]
