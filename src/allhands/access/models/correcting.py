"""The right to correct: what the person named asked for, who decided it, and what must not come back."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from allhands.access.contracts import IdentityCheck, ObjectionKind, ObjectionState, SuppressionKind
from allhands.access.models.fields import (
    CODE_LENGTH,
    LABEL_LENGTH,
    WORDS_LENGTH,
    id_field,
    one_of,
)
from allhands.platform.vault.api import ClosedTextField


def _own_key(row: Objection) -> str:
    """What the person named writes belongs to no response: it may be that there is none."""
    return str(row.pk)


class Objection(models.Model):
    """Somebody says: this is wrong, or I am not missing, or take my picture down. Never asks where they are."""

    CLASSES = {
        "id": "P1", "digest": "P1", "kind": "P1", "name": "P2", "born_on": "P2", "words": "P3", "reach": "P3",
        "agency": "P1", "episode": "P1", "received_at": "P1", "due_at": "P1", "state": "P1", "identity": "P2",
        "first": "P1", "first_by": "P1", "first_at": "P1", "first_yes": "P1", "first_why": "P2", "second": "P1",
        "second_by": "P1", "second_at": "P1", "second_yes": "P1", "second_why": "P2",
    }  # fmt: skip

    id = id_field()
    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=CODE_LENGTH)
    name = models.CharField(max_length=LABEL_LENGTH)
    born_on = models.DateField(null=True)
    words = ClosedTextField(blank=True, record_of=_own_key)
    reach = ClosedTextField(blank=True, record_of=_own_key)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey("episodes.Episode", on_delete=models.PROTECT, related_name="+", null=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=CODE_LENGTH, default=ObjectionState.RECEIVED.value)
    identity = models.CharField(max_length=CODE_LENGTH, blank=True, default="")
    first = models.ForeignKey("agencies.Member", on_delete=models.PROTECT, related_name="+", null=True)
    first_by = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    first_at = models.DateTimeField(null=True)
    first_yes = models.BooleanField(null=True)
    first_why = models.TextField(max_length=WORDS_LENGTH, blank=True, default="")
    second = models.ForeignKey("agencies.Member", on_delete=models.PROTECT, related_name="+", null=True)
    second_by = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    second_at = models.DateTimeField(null=True)
    second_yes = models.BooleanField(null=True)
    second_why = models.TextField(max_length=WORDS_LENGTH, blank=True, default="")

    class Meta:
        constraints = [
            one_of("kind", ObjectionKind, "objection_kind"),
            one_of("state", ObjectionState, "objection_state"),
            models.CheckConstraint(
                condition=Q(identity="") | Q(identity__in=[check.value for check in IdentityCheck]),
                name="objection_identity",
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=F("first")), name="objection_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ObjectionState.GRANTED.value, ObjectionState.REFUSED.value])
                | (Q(second__isnull=False) & Q(first_yes=F("second_yes"))),
                name="objection_decided_by_two",
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "due_at"], name="objection_waiting")]


class Suppression(models.Model):
    """A fingerprint of what must not come back. It tells nobody what it is of. Append-only."""

    CLASSES = {"id": "P1", "kind": "P1", "key": "P1", "until": "P1", "refers_to": "P1", "objection": "P1", "at": "P1"}

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=CODE_LENGTH)
    key = models.CharField(max_length=64)
    until = models.DateTimeField(null=True)
    refers_to = models.CharField(max_length=CODE_LENGTH, blank=True, default="")
    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="suppressions")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("kind", SuppressionKind, "suppression_kind"),
            models.UniqueConstraint(fields=["kind", "key", "objection"], name="suppression_once"),
        ]
        indexes = [
            models.Index(fields=["kind", "key"], name="suppression_by_key"),
            models.Index(fields=["refers_to"], name="suppression_of"),
        ]
