"""Writing a draft: begin one, save a file, follow a pack that moved on, give it up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from allhands.access import api as access
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied, Refused
from allhands.lawbook import checking, models, queries, tree
from allhands.lawbook.contracts import DraftState, DraftStep, DraftView
from allhands.platform import packs
from allhands.platform.audit.api import Event, audited


@dataclass
class EditedMeanwhile(Refused):
    """Somebody else saved the same file. Both texts are here; nothing was lost.

    Args:
        theirs: the file as it is saved now; None when they took it away.
        saved_by: who saved it.
        revision: to be named by the next save.
    """

    theirs: str | None = None
    saved_by: str = ""
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveFile:
    """One file as somebody wants to save it.

    Args:
        text: the whole file; None takes it away.
        revision: the one the writer began from; 0 for a file that was not there.
    """

    draft_id: str
    path: str
    text: str | None
    revision: int


def start_draft(actor: Actor, pack_id: str, first: Mapping[str, str] | None, now: datetime) -> DraftView:
    """A draft of a pack in force, or of a new one with its first files.

    Raises:
        Denied: access.draft-law.
        Refused: law-no-such-pack, law-draft-exists.
    """
    access.check_draft_law(actor)
    files = {name: data.decode() for name, data in tree.read_pack(checking.root_in_force(), pack_id).items()}
    if not files and first is None:
        raise Refused("law-no-such-pack", _("There is no such pack. Choose one of the list."), field="pack")
    with audited(actor, now, Event.LAW_DRAFT_STARTED, details={"pack": pack_id}) as entry:
        row = _new_draft(actor, pack_id, files, now)
        texts = files or dict(first or {})
        models.DraftFile.objects.bulk_create(
            models.DraftFile(draft=row, path=name, text=text, base_text=files.get(name)) for name, text in texts.items()
        )
        log_step(row, actor, DraftStep.STARTED, now)
        entry.subject_id = row.pk
    return queries.draft_view(row)


def _new_draft(actor: Actor, pack_id: str, base: Mapping[str, str], now: datetime) -> models.Draft:
    version = packs.library().pack(pack_id).version if base else ""
    try:
        with transaction.atomic():
            return models.Draft.objects.create(
                pack_id=pack_id,
                base_version=version,
                writers=[actor.member_id] if not base else [],
                started_by=actor.label,
                started_at=now,
            )
    except IntegrityError as error:
        words = _("Somebody is writing a draft of this pack already. Work on that one together.")
        raise Refused("law-draft-exists", words, field="pack") from error


def save_file(actor: Actor, command: SaveFile, now: datetime) -> int:
    """Save one file of an open draft; its new revision. A file that stays the same is not saved again.

    Raises:
        Denied: access.draft-law, law-draft.
        Refused: law-draft-closed, law-file-too-long.
        EditedMeanwhile: law-edited-meanwhile; both texts are in it.
    """
    access.check_draft_law(actor)
    if command.text is not None and len(command.text) > models.LONGEST_FILE:
        words = _(
            "This is too long: %(count)s characters, and a rule has at most %(most)s. Shorten it, or split the rule."
        )
        raise Refused("law-file-too-long", words % {"count": len(command.text), "most": models.LONGEST_FILE})
    with audited(actor, now, Event.LAW_DRAFT_SAVED, subject_id=command.draft_id) as entry:
        draft = lock_draft(command.draft_id, DraftState.OPEN)
        row = models.DraftFile.objects.filter(draft=draft, path=command.path).first()
        _check_revision(row, command)
        if row is None:
            row = models.DraftFile(draft=draft, path=command.path, revision=0)
        if row.revision == 0 or row.text != command.text:
            row.text, row.saved_by, row.revision = command.text, actor.label, row.revision + 1
            row.save()
            draft.revision += 1
            draft.writers = sorted({*draft.writers, actor.member_id})
            draft.save(update_fields=["revision", "writers"])
        entry.details = {"path": command.path, "revision": row.revision}
    return row.revision


def _check_revision(row: models.DraftFile | None, command: SaveFile) -> None:
    known = row.revision if row else 0
    if known == command.revision or (row is not None and row.text == command.text):
        return
    raise EditedMeanwhile(
        code="law-edited-meanwhile",
        reason=_("Somebody else saved this rule while you were writing. Nothing is lost: choose what should stand."),
        theirs=row.text if row else None,
        saved_by=row.saved_by if row else "",
        revision=known,
    )


def follow_base(actor: Actor, draft_id: str, now: datetime) -> tuple[str, ...]:
    """Take over what changed in the pack since the draft began; the files that both changed, where ours stays.

    Raises:
        Denied: access.draft-law, law-draft.
        Refused: law-draft-closed.
    """
    access.check_draft_law(actor)
    with audited(actor, now, Event.LAW_DRAFT_SAVED, subject_id=draft_id, details={"path": "all"}):
        draft = lock_draft(draft_id, DraftState.OPEN)
        moved = {name: data.decode() for name, data in tree.read_pack(checking.root_in_force(), draft.pack_id).items()}
        rows = {row.path: row for row in models.DraftFile.objects.filter(draft=draft)}
        both = []
        for name in sorted(moved.keys() | rows.keys()):
            row = rows.get(name) or models.DraftFile(draft=draft, path=name)
            theirs, touched = moved.get(name), row.text != row.base_text
            if touched and theirs not in (row.base_text, row.text):
                both.append(name)
            row.text = row.text if touched else theirs
            row.base_text = theirs
            row.revision += 1
            row.save()
        draft.base_version, draft.revision = packs.library().pack(draft.pack_id).version, draft.revision + 1
        draft.save(update_fields=["base_version", "revision"])
        log_step(draft, actor, DraftStep.REBASED, now)
    return tuple(both)


def discard(actor: Actor, draft_id: str, now: datetime) -> None:
    """Give the draft up. Its words are kept, and it speaks for nobody.

    Raises:
        Denied: access.draft-law, law-draft.
        Refused: law-draft-closed.
    """
    access.check_draft_law(actor)
    with audited(actor, now, Event.LAW_DRAFT_DISCARDED, subject_id=draft_id):
        draft = lock_draft(draft_id, DraftState.OPEN, DraftState.ASKED)
        change_state(draft, DraftState.DISCARDED)
        log_step(draft, actor, DraftStep.DISCARDED, now)


def lock_draft(draft_id: str, *states: DraftState) -> models.Draft:
    """The draft, locked, if it is in one of these states.

    Raises:
        Denied: law-draft, no such draft.
        Refused: law-draft-closed.
    """
    draft = models.Draft.objects.select_for_update().filter(pk=draft_id).first()
    if draft is None:
        raise Denied("law-draft")
    if DraftState(draft.state) not in states:
        words = {
            DraftState.OPEN: _("Nobody has been asked to read this draft yet."),
            DraftState.ASKED: _("A second reader has this draft now. Take it back first, then write on."),
            DraftState.PUBLISHED: _("This draft is published and cannot change. Begin a new one."),
            DraftState.DISCARDED: _("This draft was given up. Begin a new one."),
        }
        raise Refused("law-draft-closed", str(words[DraftState(draft.state)]))
    return draft


def change_state(draft: models.Draft, state: DraftState) -> None:
    draft.state = state.value
    draft.save(update_fields=["state"])


def log_step(draft: models.Draft, actor: Actor, step: DraftStep, now: datetime, reason: str = "") -> None:
    models.DraftLog.objects.create(draft=draft, step=step.value, at=now, by=actor.label, reason=reason)
