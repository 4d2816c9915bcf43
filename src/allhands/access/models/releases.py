"""Who agreed to what, what left on which ground, and what is on lease elsewhere."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from allhands.access.contracts import (
    AbuserCheck,
    ConsentKind,
    ConsentState,
    DisclosureDoor,
    HowGiven,
    LeaseState,
    Purpose,
)
from allhands.access.models.fields import (
    CODE_LENGTH,
    LABEL_LENGTH,
    WORDS_LENGTH,
    id_field,
    one_of,
)


class Consent(models.Model):
    """One card: who agrees, to which fields, to whom, for what, from when until when. Never edited once answered."""

    CLASSES = {
        "id": "P1", "episode": "P1", "kind": "P1", "giver": "P2", "giver_relation": "P2", "facts": "P2",
        "to_agency": "P1", "to_label": "P2", "purpose": "P1", "explained_by": "P1", "by_agency": "P1",
        "language": "P2", "words": "P2",
        "how": "P1", "witness": "P2", "authority": "P2", "is_written": "P1", "abuser_check": "P3", "state": "P1",
        "made_at": "P1", "starts_at": "P1", "ends_at": "P1", "answered_at": "P1", "stopped_at": "P1",
        "stopped_by": "P2", "stopped_why": "P2", "not_safe": "P3",
    }  # fmt: skip

    id = id_field()
    episode = models.ForeignKey("episodes.Episode", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=CODE_LENGTH)
    giver = models.CharField(max_length=LABEL_LENGTH)
    giver_relation = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    facts = ArrayField(models.CharField(max_length=80))
    to_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    to_label = models.CharField(max_length=LABEL_LENGTH)
    purpose = models.CharField(max_length=CODE_LENGTH)
    explained_by = models.CharField(max_length=LABEL_LENGTH)
    by_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=LABEL_LENGTH)
    words = models.TextField(max_length=WORDS_LENGTH)
    how = models.CharField(max_length=CODE_LENGTH, blank=True, default="")
    witness = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    authority = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    is_written = models.BooleanField(default=False)
    abuser_check = models.CharField(max_length=CODE_LENGTH, default=AbuserCheck.NOT_ASKED.value)
    not_safe = models.BooleanField(default=False)
    state = models.CharField(max_length=CODE_LENGTH, default=ConsentState.DRAFT.value)
    made_at = models.DateTimeField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    stopped_why = models.TextField(max_length=WORDS_LENGTH, blank=True, default="")

    class Meta:
        constraints = [
            one_of("kind", ConsentKind, "consent_kind"),
            one_of("purpose", Purpose, "consent_purpose"),
            one_of("state", ConsentState, "consent_state"),
            one_of("abuser_check", AbuserCheck, "consent_abuser_check"),
            models.CheckConstraint(
                condition=Q(how="") | Q(how__in=[how.value for how in HowGiven]), name="consent_how_given"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="consent_period_in_order"),
            models.CheckConstraint(condition=~Q(facts=[]), name="consent_names_its_fields"),
            models.CheckConstraint(
                condition=Q(state=ConsentState.DRAFT.value) | Q(answered_at__isnull=False), name="consent_answered_at"
            ),
        ]
        indexes = [models.Index(fields=["episode", "state", "ends_at"], name="consent_in_force")]


class Disclosure(models.Model):
    """Somebody learned something: what, who, why, on which ground. Append-only: a trigger refuses every change.

    Field names and classes only; a value never.
    """

    CLASSES = {
        "id": "P1", "episode": "P1", "at": "P1", "door": "P1", "from_agency": "P1", "to_agency": "P1",
        "to_member": "P1", "to_label": "P2", "purpose": "P1", "facts": "P2", "classes": "P1", "policies": "P1",
        "rules": "P1", "withheld": "P2", "consents": "P1", "emergency": "P1", "refers_to": "P1",
    }  # fmt: skip

    # A sequence, because many may share one instant; it is never shown.
    id = models.BigAutoField(primary_key=True)
    episode = models.ForeignKey("episodes.Episode", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    door = models.CharField(max_length=CODE_LENGTH)
    from_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    to_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    to_member = models.CharField(max_length=CODE_LENGTH, blank=True, default="")
    to_label = models.CharField(max_length=LABEL_LENGTH)
    purpose = models.CharField(max_length=CODE_LENGTH)
    facts = ArrayField(models.CharField(max_length=80))
    classes = ArrayField(models.CharField(max_length=2))
    policies = ArrayField(models.CharField(max_length=80))
    rules = ArrayField(models.CharField(max_length=120))
    withheld = ArrayField(models.CharField(max_length=80))
    consents = ArrayField(models.CharField(max_length=16))
    emergency = models.BooleanField(default=False)
    refers_to = models.CharField(max_length=CODE_LENGTH, blank=True, default="")

    class Meta:
        constraints = [
            one_of("door", DisclosureDoor, "disclosure_door"),
            one_of("purpose", Purpose, "disclosure_purpose"),
        ]
        indexes = [
            models.Index(fields=["episode", "-at"], name="disclosure_of_episode"),
            models.Index(fields=["to_agency", "-at"], name="disclosure_to"),
            GinIndex(fields=["consents"], name="disclosure_by_consent"),
        ]


class Lease(models.Model):
    """A copy of ours that somebody else holds, until when, and whether it came back."""

    CLASSES = {
        "id": "P1", "episode": "P1", "refers_to": "P1", "to_agency": "P1", "from_agency": "P1", "until": "P1",
        "consents": "P1", "state": "P1", "made_at": "P1", "why": "P1", "recalled_at": "P1", "recalled_by": "P1",
        "told": "P1", "last_told_at": "P1", "confirmed_at": "P1", "confirmed_by": "P1",
    }  # fmt: skip

    id = id_field()
    episode = models.ForeignKey("episodes.Episode", on_delete=models.PROTECT, related_name="+")
    refers_to = models.CharField(max_length=CODE_LENGTH, unique=True)
    from_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    consents = ArrayField(models.CharField(max_length=16))
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    state = models.CharField(max_length=CODE_LENGTH, default=LeaseState.RUNNING.value)
    why = models.CharField(max_length=CODE_LENGTH, blank=True, default="")
    recalled_at = models.DateTimeField(null=True)
    recalled_by = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    told = models.PositiveSmallIntegerField(default=0)
    last_told_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")

    class Meta:
        constraints = [
            one_of("state", LeaseState, "lease_state"),
            models.CheckConstraint(
                condition=Q(state=LeaseState.RUNNING.value) | Q(recalled_at__isnull=False), name="lease_recalled_at"
            ),
            models.CheckConstraint(
                condition=~Q(state=LeaseState.CONFIRMED.value) | Q(confirmed_at__isnull=False),
                name="lease_confirmed_at",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "until"], name="lease_by_end"),
            models.Index(fields=["episode", "made_at"], name="lease_of_episode"),
        ]
