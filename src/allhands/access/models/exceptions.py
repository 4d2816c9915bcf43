"""What changes the answer of the door for one episode: marks that close, glass that opens, asks, a nation's word."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from allhands.access.contracts import AskState, GlassState, MarkKind
from allhands.access.models.fields import (
    CODE_LENGTH,
    LABEL_LENGTH,
    WORDS_LENGTH,
    id_field,
    one_of,
)


class Mark(models.Model):
    """A law or a nation's word that one fact of an episode carries. It only ever closes."""

    CLASSES = {
        "id": "P1", "episode": "P1", "fact_id": "P1", "kind": "P1", "agency": "P1", "by": "P1", "at": "P1",
        "reason": "P2", "lifted_at": "P1", "lifted_by": "P1",
    }  # fmt: skip

    id = id_field()
    episode = models.ForeignKey("episodes.Episode", on_delete=models.PROTECT, related_name="+")
    fact_id = models.CharField(max_length=80)
    kind = models.CharField(max_length=CODE_LENGTH)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=LABEL_LENGTH)
    at = models.DateTimeField()
    reason = models.TextField(max_length=WORDS_LENGTH)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")

    class Meta:
        constraints = [
            one_of("kind", MarkKind, "mark_kind"),
            models.UniqueConstraint(
                fields=["episode", "fact_id", "kind", "agency"],
                condition=Q(lifted_at__isnull=True),
                name="mark_once",
            ),
        ]


class Glass(models.Model):
    """Somebody opened an episode in an emergency. Open only with a second person; reviewed whatever came of it."""

    CLASSES = {
        "id": "P1", "episode": "P1", "agency": "P1", "member": "P1", "by": "P1", "reason": "P2", "asked_at": "P1",
        "closes_at": "P1", "state": "P1", "second": "P1", "second_by": "P1", "second_at": "P1", "reviewed_at": "P1",
        "reviewed_by": "P1", "was_right": "P1", "review": "P2",
    }  # fmt: skip

    id = id_field()
    episode = models.ForeignKey("episodes.Episode", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey("agencies.Member", on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=LABEL_LENGTH)
    reason = models.TextField(max_length=WORDS_LENGTH)
    asked_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    state = models.CharField(max_length=CODE_LENGTH, default=GlassState.WAITING.value)
    second = models.ForeignKey("agencies.Member", on_delete=models.PROTECT, related_name="+", null=True)
    second_by = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    second_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    was_right = models.BooleanField(null=True)
    review = models.TextField(max_length=WORDS_LENGTH, blank=True, default="")

    class Meta:
        constraints = [
            one_of("state", GlassState, "glass_state"),
            models.CheckConstraint(condition=~Q(reason=""), name="glass_has_reason"),
            models.CheckConstraint(
                condition=~Q(state=GlassState.OPEN.value) | Q(second__isnull=False), name="glass_needs_a_second"
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=models.F("member")), name="glass_two_people"
            ),
        ]
        indexes = [models.Index(fields=["episode", "state"], name="glass_of_episode")]


class Ask(models.Model):
    """Somebody who may not see a field asked its holder for it."""

    CLASSES = {
        "id": "P1", "episode": "P1", "fact_id": "P1", "from_agency": "P1", "by": "P1", "holder": "P1", "why": "P2",
        "asked_at": "P1", "state": "P1", "answer": "P2", "answered_at": "P1", "answered_by": "P1",
    }  # fmt: skip

    id = id_field()
    episode = models.ForeignKey("episodes.Episode", on_delete=models.PROTECT, related_name="+")
    fact_id = models.CharField(max_length=80)
    from_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=LABEL_LENGTH)
    holder = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    why = models.TextField(max_length=WORDS_LENGTH)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=CODE_LENGTH, default=AskState.WAITING.value)
    answer = models.TextField(max_length=WORDS_LENGTH, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")

    class Meta:
        constraints = [
            one_of("state", AskState, "ask_state"),
            models.UniqueConstraint(
                fields=["episode", "fact_id", "from_agency"],
                condition=Q(state=AskState.WAITING.value),
                name="ask_once_at_a_time",
            ),
        ]


class Stewardship(models.Model):
    """A nation's word on secondary use of its members' records. Newest row of a nation governs; append-only."""

    CLASSES = {"id": "P1", "nation": "P1", "agency": "P1", "suspended": "P1", "by": "P1", "at": "P1", "reason": "P1"}

    id = models.BigAutoField(primary_key=True)
    nation = models.CharField(max_length=64)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    suspended = models.BooleanField()
    by = models.CharField(max_length=LABEL_LENGTH)
    at = models.DateTimeField()
    reason = models.TextField(max_length=WORDS_LENGTH)

    class Meta:
        indexes = [models.Index(fields=["nation", "-id"], name="stewardship_newest")]
