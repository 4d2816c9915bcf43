"""Tables of the episodes slice: fields, constraints and indexes only.

Classes of information (DESIGN.md section 5) stand in `CLASSES` of each model; a test fails when a field has none.
"""

from __future__ import annotations

import enum

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from allhands.episodes.contracts import Certainty, EpisodeState, NameKind, OfferState, ReportChannel, TribeStatus
from allhands.kernel.ids import new_id
from allhands.platform.vault.api import ClosedBytesField, ClosedJSONField, ClosedTextField, of_episode


def _choices(kind: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in kind]


def _of_child(row: Photo | SealedChild) -> str:
    """Pictures and names belong to the child, and outlive one episode."""
    return str(row.child_id)


def _of_draft(row: Draft) -> str:
    """There is no episode yet; the key of a draft goes with the episode that it became."""
    return row.id


class Child(models.Model):
    """A person. What is said about the person during an episode is a Statement, not a column here."""

    CLASSES = {"id": "P0", "call_name": "P0", "born_on": "P1", "created_at": "P1", "created_by_agency": "P2"}

    id = models.CharField(primary_key=True, max_length=16, default=new_id, editable=False)
    call_name = models.CharField(max_length=200)
    born_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    created_by_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")


class ChildName(models.Model):
    """A name of the child, stored exactly as written; `search_key` is folded for comparing only."""

    CLASSES = {"id": "P0", "child": "P0", "kind": "P1", "text": "P1", "search_key": "P1"}

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=16)
    text = models.CharField(max_length=200)
    search_key = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "kind", "text"], name="child_name_once"),
            models.CheckConstraint(condition=models.Q(kind__in=_choices(NameKind)), name="child_name_kind"),
        ]
        indexes = [GinIndex(OpClass("search_key", name="gin_trgm_ops"), name="child_name_trgm")]


class ChildTribe(models.Model):
    """The child's tie to a nation, or the fact that somebody asked."""

    CLASSES = {"id": "P2", "child": "P2", "nation": "P2", "status": "P2"}

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="tribes")
    nation = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "nation"], name="child_tribe_once"),
            models.CheckConstraint(condition=models.Q(status__in=_choices(TribeStatus)), name="child_tribe_status"),
        ]


class Photo(models.Model):
    """A picture of the child, redrawn so that nothing hidden is in the file. The newest is the one that is shown."""

    CLASSES = {
        "id": "P0", "child": "P0", "content": "P0", "media_type": "P0", "sha256": "P1", "taken_on": "P0",
        "added_at": "P1", "added_by": "P1", "agency": "P1", "scanned": "P1", "annex": "P4",
    }  # fmt: skip

    id = models.CharField(primary_key=True, max_length=16, default=new_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="photos")
    content = ClosedBytesField(null=True, record_of=_of_child)
    media_type = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    taken_on = models.DateField(null=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)
    scanned = models.BooleanField(default=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    # The picture sealed to a nation's own key; `content` is then empty.
    annex = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(annex__isnull=True) | models.Q(content__isnull=True), name="photo_sealed_or_open"
            )
        ]
        indexes = [models.Index(fields=["child", "-added_at"], name="photo_newest")]


class Episode(models.Model):
    """One time that a child is missing. The owner is never empty; the database keeps that promise."""

    CLASSES = {
        "id": "P0", "child": "P0", "state": "P1", "owner_agency": "P1", "owner_member": "P1", "owner_since": "P1",
        "opened_at": "P1", "missing_since": "P0", "returned_at": "P1", "closed_at": "P1", "changed_at": "P1",
        "sealed_at": "P1",
    }  # fmt: skip

    id = models.CharField(primary_key=True, max_length=16, default=new_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="episodes")
    state = models.CharField(max_length=16, default=EpisodeState.OPEN.value)
    owner_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    owner_member = models.ForeignKey("agencies.Member", on_delete=models.PROTECT, related_name="+")
    owner_since = models.DateTimeField()
    opened_at = models.DateTimeField()
    missing_since = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=models.Q(state=EpisodeState.OPEN.value), name="one_open_episode_a_child"
            ),
            models.CheckConstraint(condition=models.Q(state__in=_choices(EpisodeState)), name="episode_state"),
            models.CheckConstraint(
                condition=models.Q(state=EpisodeState.OPEN.value) | models.Q(returned_at__isnull=False),
                name="episode_returned_at",
            ),
        ]
        indexes = [models.Index(fields=["state", "opened_at"], name="episode_state_opened")]


class SealedChild(models.Model):
    """Names and day of birth of a child none of whose records may be seen, closed by the child's own, sealed key."""

    CLASSES = {"child": "P1", "content": "P1"}

    child = models.OneToOneField(Child, on_delete=models.PROTECT, primary_key=True, related_name="+")
    content = ClosedJSONField(record_of=_of_child)


class Party(models.Model):
    """An agency that takes part, and since when. Row security reads this table."""

    CLASSES = {"id": "P1", "episode": "P1", "agency": "P1", "since": "P1", "why": "P1", "shut_at": "P1"}

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="parties")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    why = models.CharField(max_length=16)
    shut_at = models.DateTimeField(null=True)  # the record is sealed or gone: row security lets nobody of them in

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "agency"], name="party_once"),
            models.CheckConstraint(condition=models.Q(why__in=["OWNER", "DUTY", "OFFER", "REPORT"]), name="party_why"),
        ]
        indexes = [models.Index(fields=["agency", "episode"], name="party_agency")]


class Report(models.Model):
    """One report, frozen as it came in."""

    CLASSES = {
        "id": "P1", "episode": "P1", "agency": "P1", "member": "P1", "received_at": "P1", "channel": "P1",
        "reporter_name": "P2", "reporter_relation": "P2", "reporter_phone": "P2", "idempotency_key": "P1",
        "digest": "P1",
    }  # fmt: skip

    id = models.CharField(primary_key=True, max_length=16, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="reports")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey("agencies.Member", on_delete=models.PROTECT, related_name="+", null=True)
    received_at = models.DateTimeField()
    channel = models.CharField(max_length=16)
    reporter_name = models.CharField(max_length=200, blank=True)
    reporter_relation = models.CharField(max_length=100, blank=True)
    reporter_phone = models.CharField(max_length=40, blank=True)
    idempotency_key = models.CharField(max_length=128)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "idempotency_key"], name="report_once_per_key"),
            models.CheckConstraint(condition=models.Q(channel__in=_choices(ReportChannel)), name="report_channel"),
        ]


class Statement(models.Model):
    """Who said what, when, how sure. Never overwritten: a trigger refuses UPDATE and DELETE."""

    CLASSES = {
        "id": "P1", "episode": "P1", "fact_id": "P1", "value": "by fact", "informant": "P2", "certainty": "P1",
        "stated_at": "P1", "recorded_at": "P1", "recorded_by": "P1", "agency": "P1", "supersedes": "P1",
        "annex": "P4",
    }  # fmt: skip

    id = models.CharField(primary_key=True, max_length=16, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="statements")
    fact_id = models.CharField(max_length=80)
    value = ClosedJSONField(null=True, record_of=of_episode)
    informant = ClosedTextField(record_of=of_episode)
    certainty = models.CharField(max_length=8)
    stated_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    # Value and informant sealed to a nation's own key; the columns above then hold nothing of them.
    annex = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(certainty__in=_choices(Certainty)), name="statement_certainty"),
            models.CheckConstraint(
                condition=models.Q(annex__isnull=True) | models.Q(value__isnull=True), name="statement_sealed_or_open"
            ),
        ]
        indexes = [models.Index(fields=["episode", "fact_id", "recorded_at"], name="statement_by_fact")]


class Offer(models.Model):
    """A hand-off on offer. The owner does not change before the answer `accept`."""

    CLASSES = {
        "id": "P1", "episode": "P1", "from_agency": "P1", "to_agency": "P1", "offered_by": "P1", "offered_at": "P1",
        "answer_due_at": "P1", "reason": "P2", "state": "P1", "answered_by": "P1", "answered_at": "P1", "answer": "P2",
    }  # fmt: skip

    id = models.CharField(primary_key=True, max_length=16, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="offers")
    from_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    offered_by = models.CharField(max_length=200)
    offered_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()
    reason = models.TextField(max_length=2000)
    state = models.CharField(max_length=16, default=OfferState.OFFERED.value)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode"], condition=models.Q(state=OfferState.OFFERED.value), name="one_open_offer_an_episode"
            ),
            models.CheckConstraint(condition=models.Q(state__in=_choices(OfferState)), name="offer_state"),
            models.CheckConstraint(
                condition=models.Q(state=OfferState.OFFERED.value) | models.Q(answered_at__isnull=False),
                name="offer_answered_at",
            ),
        ]


class TimelineItem(models.Model):
    """What happened, newest first. Append-only; the sentence is made from `code` when it is read."""

    CLASSES = {"id": "P1", "episode": "P1", "at": "P1", "code": "P1", "by": "P1", "params": "P1"}

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="timeline")
    at = models.DateTimeField()
    code = models.CharField(max_length=40)
    by = models.CharField(max_length=200)
    params = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["episode", "-at"], name="timeline_newest")]


class Look(models.Model):
    """When a member last looked at an episode, so that the board can say what is new since."""

    CLASSES = {"id": "P1", "episode": "P1", "member": "P1", "looked_at": "P1"}

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="looks")
    member = models.ForeignKey("agencies.Member", on_delete=models.CASCADE, related_name="+")
    looked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["episode", "member"], name="look_once")]


class Draft(models.Model):
    """A report somebody began. Belongs to the member who types; gone from the list once it is sent."""

    CLASSES = {
        "id": "P1", "member": "P1", "agency": "P1", "answers": "P3", "created_at": "P1", "saved_at": "P1",
        "version": "P1", "episode": "P1",
    }  # fmt: skip

    id = models.CharField(primary_key=True, max_length=16, default=new_id, editable=False)
    member = models.ForeignKey("agencies.Member", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    answers = ClosedJSONField(default=dict, record_of=_of_draft)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+", null=True)
