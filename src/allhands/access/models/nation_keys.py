"""The public key a nation had its annex sealed to, and its wish to have what was said before sealed too.

The private part of a key is nowhere here.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from allhands.access.contracts import NationKeyState, SealingState
from allhands.access.models.fields import CODE_LENGTH, LABEL_LENGTH, WORDS_LENGTH, id_field, one_of


class NationKey(models.Model):
    """Offered by the nation's steward, in force when a second person of the nation confirmed it.

    An empty `public_key` is the nation's word that nothing more is sealed; it is offered and confirmed like a key.
    """

    CLASSES = {
        "id": "P1", "nation": "P1", "agency": "P1", "public_key": "P1", "reason": "P1", "offered_member": "P1",
        "offered_by": "P1", "offered_at": "P1", "state": "P1", "answered_member": "P1", "answered_by": "P1",
        "answered_at": "P1",
    }  # fmt: skip

    id = id_field()
    nation = models.CharField(max_length=64)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    public_key = models.BinaryField(max_length=32)
    reason = models.TextField(max_length=WORDS_LENGTH)
    offered_member = models.ForeignKey("agencies.Member", on_delete=models.PROTECT, related_name="+")
    offered_by = models.CharField(max_length=LABEL_LENGTH)
    offered_at = models.DateTimeField()
    state = models.CharField(max_length=CODE_LENGTH, default=NationKeyState.WAITING.value)
    answered_member = models.ForeignKey("agencies.Member", on_delete=models.PROTECT, related_name="+", null=True)
    answered_by = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("state", NationKeyState, "nation_key_state"),
            models.UniqueConstraint(
                fields=["nation"], condition=Q(state=NationKeyState.WAITING.value), name="nation_key_one_waits"
            ),
            models.UniqueConstraint(
                fields=["nation"], condition=Q(state=NationKeyState.IN_FORCE.value), name="nation_key_one_in_force"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[NationKeyState.IN_FORCE.value, NationKeyState.ENDED.value])
                | (Q(answered_member__isnull=False) & ~Q(answered_member=models.F("offered_member"))),
                name="nation_key_two_people",
            ),
        ]


class NationSealing(models.Model):
    """What was said before the key is sealed to it too: asked by the steward, confirmed by a second person, then done.

    What is left is asked of the tables each time; the counts say what was done, for whoever watches.
    """

    CLASSES = {
        "id": "P1", "nation": "P1", "agency": "P1", "key": "P1", "reason": "P1", "asked_member": "P1", "asked_by": "P1",
        "asked_at": "P1", "state": "P1", "answered_member": "P1", "answered_by": "P1", "answered_at": "P1",
        "ended_at": "P1", "wanted": "P1", "statements": "P1", "photos": "P1", "papers": "P1",
    }  # fmt: skip

    id = id_field()
    nation = models.CharField(max_length=64)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey(NationKey, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(max_length=WORDS_LENGTH)
    asked_member = models.ForeignKey("agencies.Member", on_delete=models.PROTECT, related_name="+")
    asked_by = models.CharField(max_length=LABEL_LENGTH)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=CODE_LENGTH, default=SealingState.WAITING.value)
    answered_member = models.ForeignKey("agencies.Member", on_delete=models.PROTECT, related_name="+", null=True)
    answered_by = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    wanted = models.PositiveIntegerField(default=0)
    statements = models.PositiveIntegerField(default=0)
    photos = models.PositiveIntegerField(default=0)
    papers = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            one_of("state", SealingState, "nation_sealing_state"),
            models.UniqueConstraint(
                fields=["nation"],
                condition=Q(state__in=[SealingState.WAITING.value, SealingState.RUNNING.value]),
                name="nation_sealing_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[SealingState.WAITING.value, SealingState.WITHDRAWN.value])
                | (Q(answered_member__isnull=False) & ~Q(answered_member=models.F("asked_member"))),
                name="nation_sealing_two_people",
            ),
        ]
