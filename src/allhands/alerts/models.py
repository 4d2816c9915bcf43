"""Tables of the alerts slice: fields, constraints and indexes only. Who sees a row and what never changes: guards."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from allhands.alerts.contracts import AlertState, Ending, MessageKind, Rank, RequestState
from allhands.kernel.ids import ID_LENGTH, new_id
from allhands.platform.database.columns import id_field, one_of

CODE, LABEL, WORDS = 24, 200, 2000
CHANNELS = ["EMAIL", "SMS"]
SUBSCRIPTION_STATES = ["PENDING", "ACTIVE", "STOPPED"]


class Authority(models.Model):
    """That an agency may issue alerts for a piece of land."""

    CLASSES = {
        "id": "P0", "agency": "P0", "state": "P0", "county_fips": "P0", "nation": "P0", "rank": "P0",
        "answer_minutes": "P0", "sender": "P0", "source": "P0", "added_at": "P0", "added_by": "P1", "ended_at": "P0",
    }  # fmt: skip

    id = id_field()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=2, blank=True, default="")
    county_fips = models.CharField(max_length=5, blank=True, default="")
    nation = models.CharField(max_length=64, blank=True, default="")
    rank = models.CharField(max_length=CODE)
    answer_minutes = models.PositiveIntegerField()
    sender = models.CharField(max_length=LABEL)
    source = models.CharField(max_length=500)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=LABEL)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("rank", Rank, "authority_rank"),
            models.UniqueConstraint(
                fields=["agency", "state", "county_fips", "nation"],
                condition=Q(ended_at__isnull=True),
                name="authority_once",
            ),
            models.CheckConstraint(
                condition=Q(nation="", state__regex=r"^[A-Z]{2}$") | (~Q(nation="") & Q(state="", county_fips="")),
                name="authority_state_or_nation",
            ),
            # CAP 1.2: a sender has no blank, comma, < or &.
            models.CheckConstraint(condition=Q(sender__regex=r"^[^\s,<&]+$"), name="authority_sender"),
            models.CheckConstraint(condition=Q(answer_minutes__gte=1, answer_minutes__lte=1440), name="authority_time"),
        ]
        indexes = [models.Index(fields=["state", "county_fips"]), models.Index(fields=["nation"])]


class AlertRequest(models.Model):
    """One line of the request ledger. Frozen but for the answer, which is written once."""

    CLASSES = {
        "id": "P1", "episode": "P1", "way": "P1", "title": "P1", "child": "P1", "needs": "P1", "sources": "P1",
        "land": "P1", "asked_by": "P1", "asked_member": "P1", "asked_agency": "P1", "asked_at": "P1", "words": "P1",
        "primary": "P1", "others": "P1", "answer_due_at": "P1", "appeals": "P1", "state": "P1", "decided_by": "P1",
        "decided_member": "P1", "decided_agency": "P1", "decided_at": "P1", "reason_codes": "P1", "reason": "P1",
        "escalated_at": "P1",
    }  # fmt: skip

    id = id_field()
    episode = models.ForeignKey("episodes.Episode", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=128)
    title = models.JSONField()
    child = models.CharField(max_length=LABEL)
    needs = models.JSONField()
    sources = models.JSONField()
    land = models.JSONField()
    asked_by = models.CharField(max_length=LABEL)
    asked_member = models.CharField(max_length=ID_LENGTH, blank=True, default="")
    asked_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    words = models.CharField(max_length=WORDS, blank=True, default="")
    primary = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    others = ArrayField(models.CharField(max_length=ID_LENGTH), default=list, blank=True)
    answer_due_at = models.DateTimeField(null=True, blank=True)
    appeals = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=CODE, default=RequestState.ASKED.value)
    decided_by = models.CharField(max_length=LABEL, blank=True, default="")
    decided_member = models.CharField(max_length=ID_LENGTH, blank=True, default="")
    decided_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason_codes = models.JSONField(default=list)
    reason = models.CharField(max_length=WORDS, blank=True, default="")
    escalated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("state", RequestState, "request_state"),
            models.UniqueConstraint(
                fields=["episode", "way"], condition=Q(state="ASKED", appeals__isnull=True), name="request_open_once"
            ),
            models.UniqueConstraint(fields=["appeals"], name="request_appealed_once"),
            models.CheckConstraint(
                condition=Q(state="ASKED") | Q(decided_at__isnull=False) & ~Q(decided_by=""), name="request_decider"
            ),
            models.CheckConstraint(
                condition=~Q(state="REFUSED") | ~Q(reason="") & ~Q(reason_codes=[]), name="request_refused_why"
            ),
            models.CheckConstraint(condition=~Q(state="NONE") | ~Q(reason=""), name="request_none_why"),
        ]
        indexes = [
            models.Index(fields=["episode", "-asked_at"], name="request_of_episode"),
            models.Index(fields=["state", "answer_due_at"], name="request_waiting"),
            models.Index(fields=["primary", "state"], name="request_of_authority"),
        ]


class Alert(models.Model):
    """An alert: its draft while it is written, and where it stands. What left is in its transmissions."""

    CLASSES = {
        "id": "P0", "code": "P0", "episode": "P1", "request": "P1", "state": "P0", "draft": "P1", "version": "P1",
        "written_by": "P1", "writers": "P1", "changed_at": "P1", "offered_at": "P1", "note": "P1",
        "transmission": "P0", "sent_at": "P0", "approved_by": "P1", "expires_at": "P0", "ended_at": "P0",
        "ending": "P0", "ended_by": "P1", "single_person": "P1", "review_due_at": "P1", "reviewed_at": "P1",
    }  # fmt: skip

    id = id_field()
    code = models.CharField(max_length=ID_LENGTH, unique=True, default=new_id, editable=False)
    episode = models.ForeignKey("episodes.Episode", on_delete=models.PROTECT, related_name="+")
    request = models.OneToOneField(AlertRequest, on_delete=models.PROTECT, related_name="alert")
    state = models.CharField(max_length=CODE, default=AlertState.DRAFT.value)
    draft = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    written_by = models.CharField(max_length=LABEL)
    writers = ArrayField(models.CharField(max_length=ID_LENGTH), default=list)
    changed_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=WORDS, blank=True, default="")
    transmission = models.CharField(max_length=ID_LENGTH, blank=True, default="")
    sent_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=LABEL, blank=True, default="")
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=CODE, blank=True, default="")
    ended_by = models.CharField(max_length=LABEL, blank=True, default="")
    single_person = models.BooleanField(default=False)
    review_due_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("state", AlertState, "alert_state"),
            models.CheckConstraint(
                condition=~Q(state__in=["LIVE", "TAKEN_BACK", "ENDED"]) | ~Q(transmission=""), name="alert_was_sent"
            ),
            models.CheckConstraint(
                condition=~Q(state="TAKEN_BACK") | Q(ending__in=[one.value for one in Ending]), name="alert_ending"
            ),
            models.CheckConstraint(
                condition=Q(single_person=False) | Q(review_due_at__isnull=False), name="alert_alone_reviewed"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "expires_at"], name="alert_expiring"),
            models.Index(fields=["episode"], name="alert_of_episode"),
        ]


class Transmission(models.Model):
    """What left, byte for byte. No key to anything that can change; appended, never edited."""

    CLASSES = {
        "id": "P0", "alert_id": "P0", "episode_id": "P1", "number": "P0", "kind": "P0", "status": "P0", "content": "P0",
        "digest": "P0", "approved_by": "P1", "approved_member": "P1", "approved_agency": "P1", "written_by": "P1",
        "single_person": "P1", "second_looks": "P1", "demanded": "P1", "rests_on": "P1", "photo_id": "P1", "ways": "P0",
        "sent_at": "P0", "expires_at": "P0", "recipients": "P1",
    }  # fmt: skip

    id = id_field()
    alert_id = models.CharField(max_length=ID_LENGTH)
    episode_id = models.CharField(max_length=ID_LENGTH)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=CODE)
    status = models.CharField(max_length=CODE)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    approved_by = models.CharField(max_length=LABEL)
    approved_member = models.CharField(max_length=ID_LENGTH, blank=True, default="")
    approved_agency = models.CharField(max_length=ID_LENGTH, blank=True, default="")
    written_by = models.CharField(max_length=LABEL)
    single_person = models.BooleanField(default=False)
    second_looks = models.JSONField(default=list)
    demanded = models.JSONField(default=dict)
    rests_on = models.JSONField(default=list)  # fields that stay out only while a card of the door covers them
    photo_id = models.CharField(max_length=ID_LENGTH, blank=True, default="")  # the picture in it, if any
    ways = models.JSONField(default=list)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    recipients = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            one_of("kind", MessageKind, "transmission_kind"),
            models.UniqueConstraint(fields=["alert_id", "number"], name="transmission_in_sequence"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="transmission_digest"),
        ]


class AlertReview(models.Model):
    """A second person's look at an alert that one person sent alone. Appended."""

    CLASSES = {"id": "P1", "alert": "P1", "transmission": "P1", "by": "P1", "member": "P1", "at": "P1",
               "stands": "P1", "words": "P1"}  # fmt: skip

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="reviews")
    transmission = models.CharField(max_length=ID_LENGTH, unique=True)
    by = models.CharField(max_length=LABEL)
    member = models.CharField(max_length=ID_LENGTH)
    at = models.DateTimeField()
    stands = models.BooleanField()
    words = models.CharField(max_length=WORDS)


class TakeDown(models.Model):
    """What must come down on one way after an alert is over, with its clock. Only `done` is filled in, once."""

    CLASSES = {"id": "P1", "alert": "P1", "way": "P0", "due_at": "P1", "made_at": "P1", "done_at": "P1",
               "done_by": "P1", "words": "P1"}  # fmt: skip

    id = id_field()
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="take_downs")
    way = models.CharField(max_length=CODE)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=LABEL, blank=True, default="")
    words = models.CharField(max_length=WORDS, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alert", "way"], name="take_down_once")]


class Tally(models.Model):
    """Tips that the desk counted for an alert, by how they came. Appended; a correction is a new line."""

    CLASSES = {"id": "P1", "alert": "P1", "source": "P1", "tips": "P1", "useful": "P1", "by": "P1", "at": "P1"}

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="tallies")
    source = models.CharField(max_length=CODE)
    tips = models.PositiveIntegerField()
    useful = models.PositiveIntegerField()
    by = models.CharField(max_length=LABEL)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(useful__lte=models.F("tips")), name="tally_useful_of_tips")]


class Subscription(models.Model):
    """Somebody who wants to hear of alerts near a coarse cell or in a county. No name, no place but that."""

    CLASSES = {
        "id": "P2", "channel": "P2", "address": "P2", "address_key": "P2", "language": "P2", "county_fips": "P2",
        "cell": "P2", "state": "P2", "asked_at": "P2", "code_digest": "P2", "code_tries": "P2",
        "code_expires_at": "P2", "stop_key": "P2", "confirmed_at": "P2", "stopped_at": "P2", "stopped_by": "P2",
        "paused_until": "P2",
    }  # fmt: skip

    id = id_field()
    channel = models.CharField(max_length=CODE)
    address = models.CharField(max_length=254)
    address_key = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    county_fips = models.CharField(max_length=5, blank=True, default="")
    # The coarse cell that was chosen; every larger cell around it is a span of numbers that holds it.
    cell = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=CODE, default="PENDING")
    asked_at = models.DateTimeField()
    code_digest = models.CharField(max_length=64, blank=True, default="")
    code_tries = models.PositiveSmallIntegerField(default=0)
    code_expires_at = models.DateTimeField()
    stop_key = models.CharField(max_length=43, unique=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.CharField(max_length=64, blank=True, default="")
    paused_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="subscription_channel"),
            models.CheckConstraint(condition=Q(state__in=SUBSCRIPTION_STATES), name="subscription_state"),
            models.CheckConstraint(condition=Q(language__in=["en", "es"]), name="subscription_language"),
            models.CheckConstraint(condition=~Q(county_fips="") | Q(cell__isnull=False), name="subscription_somewhere"),
            models.UniqueConstraint(fields=["channel", "address_key"], name="subscription_address_once"),
        ]
        indexes = [
            # All that a message needs lies in the index, in the order of the ground: a hundred thousand people are read
            # without opening the table, whose rows lie anywhere.
            models.Index(
                fields=["cell"],
                include=["channel", "id", "address", "language", "stop_key"],
                condition=Q(state="ACTIVE", paused_until__isnull=True),
                name="subscription_place",
            ),
            models.Index(fields=["county_fips"], condition=~Q(county_fips=""), name="subscription_county"),
        ]


class SignUpTry(models.Model):
    """That somebody tried to sign up: a keyed hash of the address, thrown away after a day."""

    CLASSES = {"id": "P2", "key": "P2", "at": "P2"}

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="sign_up_tries")]
