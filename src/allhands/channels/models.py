"""Tables of the channels: fields, constraints and indexes only. What never changes is in `guards.py`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from allhands.channels.contracts import Channel, DeliveryState, Status
from allhands.kernel.ids import new_id

ID_LENGTH = 16
CODE_LENGTH = 16
LABEL_LENGTH = 200
WORDS_LENGTH = 500
DIGEST_LENGTH = 64
SENSITIVITIES = ["P0", "P1", "P2", "P3", "P4"]


class Delivery(models.Model):
    """One thing for one recipient by one channel. Frozen but for `state`, `claimed_at`, `changed_at`, `attempts`."""

    CLASSES = {
        "id": "P1", "channel": "P1", "sender_agency": "P1", "sender_label": "P1", "recipient_agency": "P1",
        "recipient_member": "P1", "recipient_label": "P1", "episode": "P1", "refers_to": "P1", "address": "P1",
        "subject": "P3", "body": "P3", "sensitivity": "P1", "digest": "P1", "simulated": "P1", "idempotency_key": "P1",
        "created_at": "P1", "state": "P1", "claimed_at": "P1", "changed_at": "P1", "attempts": "P1",
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
    subject = models.CharField(max_length=LABEL_LENGTH)
    body = models.BinaryField()
    sensitivity = models.CharField(max_length=2)
    digest = models.CharField(max_length=DIGEST_LENGTH)
    simulated = models.BooleanField(default=False)
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
    content = models.BinaryField()
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
