"""Tables of keeping and forgetting: fields, constraints and indexes only."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from allhands.keeping.contracts import Scope, StepKind, StepState
from allhands.platform.database.columns import id_field, one_of

LABEL_LENGTH = 200
WORDS_LENGTH = 500


class Step(models.Model):
    """A sealing, opening, expungement or disposal: on whose order, asked by one person, decided by another."""

    CLASSES = {
        "id": "P1", "kind": "P1", "state": "P1", "episode": "P1", "agency": "P1", "court": "P2", "docket": "P2",
        "issued_on": "P2", "scope": "P1", "ground": "P1", "closed_at": "P1", "asked": "P1", "asked_by": "P1",
        "asked_at": "P1", "second": "P1", "second_by": "P1", "decided_at": "P1", "why_not": "P2",
    }  # fmt: skip

    id = id_field()
    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=16, default=StepState.WAITING.value)
    episode = models.ForeignKey("episodes.Episode", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    court = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    docket = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    issued_on = models.DateField(null=True)
    scope = models.CharField(max_length=16)
    ground = models.CharField(max_length=WORDS_LENGTH, blank=True, default="")
    closed_at = models.DateTimeField(null=True)
    asked = models.ForeignKey("agencies.Member", on_delete=models.PROTECT, related_name="+")
    asked_by = models.CharField(max_length=LABEL_LENGTH)
    asked_at = models.DateTimeField()
    second = models.ForeignKey("agencies.Member", on_delete=models.PROTECT, related_name="+", null=True)
    second_by = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    why_not = models.CharField(max_length=WORDS_LENGTH, blank=True, default="")

    class Meta:
        constraints = [
            one_of("kind", StepKind, "step_kind"),
            one_of("state", StepState, "step_state"),
            one_of("scope", Scope, "step_scope"),
            models.CheckConstraint(condition=Q(second__isnull=True) | ~Q(second=F("asked")), name="step_two_people"),
            models.CheckConstraint(
                condition=Q(state=StepState.WAITING.value) | Q(second__isnull=False, decided_at__isnull=False),
                name="step_decided_by_a_second",
            ),
            models.CheckConstraint(
                condition=Q(kind=StepKind.DISPOSE.value) & ~Q(ground="")
                | ~Q(court="") & ~Q(docket="") & Q(issued_on__isnull=False),
                name="step_names_its_order",
            ),
            models.UniqueConstraint(
                fields=["episode"], condition=Q(state=StepState.WAITING.value), name="step_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["agency", "-asked_at"], name="step_newest")]


class Hold(models.Model):
    """A legal hold: nothing of this record is disposed of or expunged while it stands."""

    CLASSES = {
        "id": "P1", "episode": "P1", "agency": "P1", "matter": "P2", "by": "P1", "at": "P1", "lifted_at": "P1",
        "lifted_by": "P1",
    }  # fmt: skip

    id = id_field()
    episode = models.ForeignKey("episodes.Episode", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    matter = models.CharField(max_length=WORDS_LENGTH)
    by = models.CharField(max_length=LABEL_LENGTH)
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(matter=""), name="hold_names_its_matter")]
        indexes = [models.Index(fields=["episode", "lifted_at"], name="hold_of_episode")]


class Period(models.Model):
    """How long an agency keeps closed responses, under which law or schedule. Newest of each law governs; append-only.

    `days` empty: this law says nothing here any more.
    """

    CLASSES = {"id": "P1", "agency": "P1", "law": "P1", "days": "P1", "by": "P1", "at": "P1"}

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    law = models.CharField(max_length=LABEL_LENGTH)
    days = models.PositiveIntegerField(null=True)
    by = models.CharField(max_length=LABEL_LENGTH)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(days__isnull=True) | Q(days__gte=1), name="period_a_day_at_least"),
            models.CheckConstraint(condition=~Q(law=""), name="period_names_its_law"),
        ]
        indexes = [models.Index(fields=["agency", "law", "-id"], name="period_newest")]
