"""Tables of the duties slice: fields, constraints and indexes only."""

from __future__ import annotations

import enum

from django.contrib.postgres.fields import ArrayField
from django.db import models

from allhands.duties.contracts import Applies, DutyState, Rung, Sent
from allhands.kernel.ids import new_id
from allhands.platform.vault.api import ClosedBytesField, ClosedJSONField, ClosedTextField, of_episode


def _values(kind: type[enum.Enum]) -> list[str | int]:
    return [member.value for member in kind]


class Assessment(models.Model):
    """What the law said, at one instant, from which facts, by which packs. Run again, it says the same."""

    CLASSES = {
        "id": "P1", "episode": "P1", "as_of": "P1", "made_at": "P1", "packs": "P1", "facts": "P3", "result": "P3",
        "tier": "P1", "tier_reasons": "P2", "holds_until": "P1",
    }  # fmt: skip

    # A sequence, because several assessments may share one instant; it is never shown.
    id = models.BigAutoField(primary_key=True)
    episode = models.ForeignKey("episodes.Episode", on_delete=models.PROTECT, related_name="+")
    as_of = models.DateTimeField()
    made_at = models.DateTimeField()
    packs = models.JSONField()
    facts = ClosedJSONField(record_of=of_episode)
    result = ClosedJSONField(record_of=of_episode)
    tier = models.CharField(max_length=2)
    tier_reasons = models.JSONField()
    holds_until = models.DateTimeField(null=True)  # null: time alone changes nothing of it

    class Meta:
        indexes = [models.Index(fields=["episode", "-id"], name="assessment_newest")]
        constraints = [models.CheckConstraint(condition=models.Q(tier__in=["T1", "T2", "T3"]), name="assessment_tier")]


class Duty(models.Model):
    """What one rule asks of one agency about one episode. Never deleted; green only with evidence."""

    CLASSES = {
        "id": "P1", "episode": "P1", "rule_id": "P1", "pack_id": "P1", "title": "P1", "plain": "P1", "actor_code": "P1",
        "recipient_code": "P1", "action": "P1", "agency": "P1", "applies": "P1", "state": "P1", "starts_fact": "P1",
        "starts_when": "P1", "due_words": "P1", "clock_starts_at": "P1", "due_at": "P1", "period_ends_at": "P1",
        "governs": "P1", "covered_by": "P1", "policy": "P1", "evidence_kinds": "P1", "source": "P1", "confidence": "P1",
        "rung": "P1", "sent": "P1", "sent_at": "P1", "opened_at": "P1", "settled_at": "P1", "settled_by": "P1",
        "reason": "P2",
    }  # fmt: skip

    id = models.CharField(primary_key=True, max_length=16, default=new_id, editable=False)
    episode = models.ForeignKey("episodes.Episode", on_delete=models.PROTECT, related_name="+")
    rule_id = models.CharField(max_length=120)
    pack_id = models.CharField(max_length=80)
    title = models.JSONField()
    plain = models.JSONField()
    actor_code = models.CharField(max_length=60)
    recipient_code = models.CharField(max_length=60)
    action = models.CharField(max_length=80)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    applies = models.CharField(max_length=8)
    state = models.CharField(max_length=12, default=DutyState.OPEN.value)
    starts_fact = models.CharField(max_length=80)
    starts_when = models.JSONField()
    due_words = models.JSONField()
    clock_starts_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    period_ends_at = models.DateTimeField(null=True)
    governs = models.BooleanField(default=True)
    covered_by = models.CharField(max_length=120, blank=True)
    policy = models.BooleanField(default=False)
    evidence_kinds = ArrayField(models.CharField(max_length=40))
    source = models.JSONField()
    confidence = models.CharField(max_length=1)
    rung = models.PositiveSmallIntegerField(default=Rung.NONE.value)
    sent = models.CharField(max_length=12, default=Sent.NOT_SENT.value)
    sent_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "rule_id"], name="duty_once_a_rule"),
            models.CheckConstraint(condition=models.Q(state__in=_values(DutyState)), name="duty_state"),
            models.CheckConstraint(condition=models.Q(applies__in=_values(Applies)), name="duty_applies"),
            models.CheckConstraint(condition=models.Q(sent__in=_values(Sent)), name="duty_sent"),
            models.CheckConstraint(
                condition=models.Q(state__in=["OPEN", "SUPERSEDED"]) | models.Q(settled_at__isnull=False),
                name="duty_settled_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=DutyState.WAIVED.value) | ~models.Q(reason=""), name="duty_waiver_has_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["episode", "state"], name="duty_of_episode"),
            models.Index(fields=["agency", "state", "due_at"], name="duty_owed"),
            models.Index(fields=["due_at"], condition=models.Q(state=DutyState.OPEN.value), name="duty_open_by_due"),
        ]


class Evidence(models.Model):
    """A proof. Append-only: a trigger refuses UPDATE and DELETE."""

    CLASSES = {
        "id": "P1", "duty": "P1", "kind": "P1", "value": "P1", "taken_by": "P1", "happened_at": "P1",
        "recorded_at": "P1", "recorded_by": "P1", "agency": "P1", "document": "P2",
    }  # fmt: skip

    id = models.CharField(primary_key=True, max_length=16, default=new_id, editable=False)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=40)
    value = models.TextField(blank=True)
    taken_by = models.CharField(max_length=200, blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    document = models.ForeignKey("Document", on_delete=models.PROTECT, related_name="+", null=True)


class Document(models.Model):
    """A file somebody attached: what it is was found by looking, not by believing its name."""

    CLASSES = {
        "id": "P1", "episode": "P1", "media_type": "P1", "filename": "P2", "content": "P2", "sha256": "P1",
        "scanned": "P1", "at": "P1", "annex": "P4",
    }  # fmt: skip

    id = models.CharField(primary_key=True, max_length=16, default=new_id, editable=False)
    episode = models.ForeignKey("episodes.Episode", on_delete=models.PROTECT, related_name="+")
    media_type = models.CharField(max_length=60)
    filename = ClosedTextField(null=True, record_of=of_episode)
    content = ClosedBytesField(null=True, record_of=of_episode)
    sha256 = models.CharField(max_length=64)
    scanned = models.BooleanField(default=False)
    at = models.DateTimeField()
    # Name and file sealed to a nation's own key; both columns are then empty.
    annex = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(annex__isnull=True) | models.Q(content__isnull=True, filename__isnull=True),
                name="document_sealed_or_open",
            )
        ]


class LadderStep(models.Model):
    """Somebody was told that a clock runs. Append-only."""

    CLASSES = {"id": "P1", "duty": "P1", "rung": "P1", "at": "P1", "told": "P1", "member": "P1", "role": "P1"}

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="ladder")
    rung = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    told = models.CharField(max_length=200)
    member = models.ForeignKey("agencies.Member", on_delete=models.PROTECT, related_name="+", null=True)
    role = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["duty", "rung", "member"], name="ladder_step_once")]


class Notice(models.Model):
    """A packet frozen for one recipient before it is sent. `content` never changes: a trigger refuses it."""

    CLASSES = {
        "id": "P1", "episode": "P1", "kind": "P1", "recipient_code": "P1", "recipient_agency": "P1", "content": "P3",
        "digest": "P1", "duty_ids": "P1", "made_at": "P1", "issued_at": "P1",
        "again": "P1",
    }  # fmt: skip

    id = models.CharField(primary_key=True, max_length=16, default=new_id, editable=False)
    episode = models.ForeignKey("episodes.Episode", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    recipient_code = models.CharField(max_length=60)
    recipient_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    content = ClosedBytesField(record_of=of_episode, deflate=True)
    digest = models.CharField(max_length=64)
    duty_ids = ArrayField(models.CharField(max_length=16))
    made_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    again = models.PositiveSmallIntegerField(default=0)  # how often the same words had left, and were called back

    class Meta:
        constraints = [
            # What was held back never left: the same words may be frozen again, and leave once.
            models.UniqueConstraint(
                fields=["episode", "kind", "recipient_code", "digest", "again"],
                condition=models.Q(issued_at__isnull=False),
                name="notice_once",
            ),
        ]
        indexes = [models.Index(fields=["episode", "made_at"], name="notice_of_episode")]


class TierLowering(models.Model):
    """A named supervisor lowered the tier, for the reasons that were known then (`rules`). Append-only."""

    CLASSES = {
        "id": "P1", "episode": "P1", "level": "P1", "rules": "P1", "reason": "P2", "by": "P1", "member": "P1",
        "at": "P1",
    }  # fmt: skip

    episode = models.ForeignKey("episodes.Episode", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=2)
    rules = ArrayField(models.CharField(max_length=120))
    reason = models.TextField()
    by = models.CharField(max_length=200)
    member = models.ForeignKey("agencies.Member", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(level__in=["T2", "T3"]), name="lowering_level")]
        indexes = [models.Index(fields=["episode", "-id"], name="lowering_newest")]
