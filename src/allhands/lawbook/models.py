"""Tables of the law book: drafts, releases, and what a change does to open episodes. Fields and constraints only."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from allhands.kernel.ids import ID_LENGTH
from allhands.lawbook.contracts import DraftState, DraftStep, Origin
from allhands.platform.database.columns import id_field, one_of

CODE, PACK_ID, PATH, LABEL, HASH = 16, 80, 160, 200, 64
LONGEST_FILE = 100_000  # characters; the longest file of a pack has a third of it
LONGEST_REASON = 2_000


class Draft(models.Model):
    """A pack that somebody is writing. It speaks for nobody until it is published."""

    CLASSES = {
        "id": "P0", "pack_id": "P0", "state": "P0", "base_version": "P0", "revision": "P0", "writers": "P1",
        "started_by": "P1", "started_at": "P0", "takes_effect_at": "P0",
    }  # fmt: skip

    id = id_field()
    pack_id = models.CharField(max_length=PACK_ID)
    state = models.CharField(max_length=CODE, default=DraftState.OPEN.value)
    base_version = models.CharField(max_length=CODE, blank=True, default="")
    revision = models.PositiveIntegerField(default=1)
    writers = ArrayField(models.CharField(max_length=ID_LENGTH), default=list)
    started_by = models.CharField(max_length=LABEL)
    started_at = models.DateTimeField()
    takes_effect_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("state", DraftState, "law_draft_state_known"),
            models.UniqueConstraint(
                fields=["pack_id"],
                condition=Q(state__in=[DraftState.OPEN.value, DraftState.ASKED.value]),
                name="law_draft_one_a_pack",
            ),
        ]


class DraftFile(models.Model):
    """One file of a draft, beside what the pack had when the draft began."""

    CLASSES = {
        "id": "P0", "draft": "P0", "path": "P0", "text": "P0", "base_text": "P0", "revision": "P0", "saved_by": "P1",
    }  # fmt: skip

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="files")
    path = models.CharField(max_length=PATH)
    text = models.TextField(null=True, max_length=LONGEST_FILE)
    base_text = models.TextField(null=True)
    revision = models.PositiveIntegerField(default=1)
    saved_by = models.CharField(max_length=LABEL, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "path"], name="law_draft_file_once")]


class DraftLog(models.Model):
    """What happened to a draft: asked, returned with a reason, published. Never changed."""

    CLASSES = {"id": "P0", "draft": "P0", "step": "P0", "at": "P0", "by": "P1", "reason": "P1"}

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="log")
    step = models.CharField(max_length=CODE)
    at = models.DateTimeField()
    by = models.CharField(max_length=LABEL)
    reason = models.TextField(blank=True, default="", max_length=LONGEST_REASON)

    class Meta:
        constraints = [one_of("step", DraftStep, "law_draft_step_known")]


class Release(models.Model):
    """A published version of a pack: the signed archive, as it was signed. Never changed."""

    CLASSES = {
        "id": "P0", "pack_id": "P0", "version": "P0", "archive": "P0", "sha256": "P0", "origin": "P0", "draft": "P0",
        "takes_effect_at": "P0", "published_at": "P0", "written_by": "P0", "read_by": "P0", "key": "P0",
    }  # fmt: skip

    id = id_field()
    pack_id = models.CharField(max_length=PACK_ID)
    version = models.CharField(max_length=CODE)
    archive = models.BinaryField()
    sha256 = models.CharField(max_length=HASH)
    origin = models.CharField(max_length=CODE)
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, null=True, related_name="+")
    takes_effect_at = models.DateTimeField()
    published_at = models.DateTimeField()
    written_by = models.CharField(max_length=LABEL)
    read_by = models.CharField(max_length=LABEL)
    key = models.CharField(max_length=CODE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pack_id", "version"], name="law_release_version_once"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="law_release_hash_is_sha256"),
            one_of("origin", Origin, "law_release_origin_known"),
        ]


class Effect(models.Model):
    """How far the open episodes have been looked at again since a release took effect."""

    CLASSES = {
        "release": "P0", "started_at": "P0", "total": "P0", "looked": "P0", "changed": "P0", "done_at": "P0",
    }  # fmt: skip

    release = models.OneToOneField(Release, on_delete=models.PROTECT, primary_key=True, related_name="effect")
    started_at = models.DateTimeField()
    total = models.PositiveIntegerField(default=0)
    looked = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)


class Preview(models.Model):
    """What a draft would change, counted over all open episodes of this installation. No child is named here."""

    CLASSES = {
        "id": "P0", "draft": "P0", "revision": "P0", "asked_by": "P1", "asked_at": "P0", "total": "P1", "looked": "P1",
        "affected": "P1", "left_out": "P1", "rules": "P1", "done_at": "P0", "fault": "P0",
    }  # fmt: skip

    id = id_field()
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="previews")
    revision = models.PositiveIntegerField()
    asked_by = models.CharField(max_length=LABEL)
    asked_at = models.DateTimeField()
    total = models.PositiveIntegerField(default=0)
    looked = models.PositiveIntegerField(default=0)
    affected = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    rules = models.JSONField(default=list)
    done_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=PACK_ID, blank=True, default="")


class PreviewRow(models.Model):
    """The duties of one episode that a draft would change."""

    CLASSES = {"id": "P1", "preview": "P1", "episode": "P1", "moves": "P1"}

    preview = models.ForeignKey(Preview, on_delete=models.CASCADE, related_name="rows")
    episode = models.ForeignKey("episodes.Episode", on_delete=models.PROTECT, related_name="+")
    moves = models.JSONField()
