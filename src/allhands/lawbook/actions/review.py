"""Two people publish a pack: one writes and asks, another one reads and signs, or returns it with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from allhands.access import api as access
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Refused
from allhands.law.packs.strict_yaml import read_yaml
from allhands.lawbook import checking, keyring, models, overlay, queries
from allhands.lawbook.actions.drafts import change_state, lock_draft, log_step
from allhands.lawbook.actions.releases import keep_release
from allhands.lawbook.contracts import DraftState, DraftStep, Origin, ReleaseView
from allhands.lawbook.pack_text import write_yaml
from allhands.lawbook.release.keys import KeyFault
from allhands.lawbook.release.manifest import FORMAT, Manifest, Release, make_release
from allhands.lawbook.release.versions import next_version, order
from allhands.platform import packs
from allhands.platform.audit.api import Event, audited

SHORTEST_REASON = 10


def ask_reader(actor: Actor, draft_id: str, takes_effect_at: datetime | None, now: datetime) -> None:
    """Hand the draft to a second reader, with its version and the instant from which it should hold.

    Args:
        takes_effect_at: None for "as soon as it is published".
    Raises:
        Denied: access.draft-law, law-draft.
        Refused: law-draft-closed, law-nothing-changed, law-has-errors, law-effect-in-the-past.
    """
    access.check_draft_law(actor)
    if takes_effect_at is not None and takes_effect_at < now:
        words = _("That day is over. Choose a day to come, or leave it empty for “as soon as it is published”.")
        raise Refused("law-effect-in-the-past", words, field="takes_effect_on")
    with audited(actor, now, Event.LAW_DRAFT_ASKED, subject_id=draft_id) as entry:
        draft = lock_draft(draft_id, DraftState.OPEN)
        files = list(models.DraftFile.objects.filter(draft=draft))
        if all(row.text == row.base_text for row in files):
            raise Refused(
                "law-nothing-changed", _("Nothing has changed in this draft yet, so there is nothing to read.")
            )
        version = _set_version(draft, files, now)
        check_sound(draft.pack_id, {row.path: row.text for row in files})
        draft.takes_effect_at = takes_effect_at
        draft.save(update_fields=["takes_effect_at"])
        change_state(draft, DraftState.ASKED)
        log_step(draft, actor, DraftStep.ASKED, now)
        entry.details = {"pack": draft.pack_id, "version": version}


def check_sound(pack_id: str, texts: checking.Texts) -> None:
    """Nothing that the lint calls an error.

    Raises:
        Refused: law-has-errors.
    """
    errors = checking.check(pack_id, texts).errors
    if errors:
        words = _("%(count)s things are wrong in this draft; they are listed on its page. Mend them first.")
        raise Refused("law-has-errors", words % {"count": len(errors)})


def _set_version(draft: models.Draft, files: list[models.DraftFile], now: datetime) -> str:
    """The version goes into the file that is signed, before anybody reads it."""
    known = [release.version for release in queries.list_releases(pack_id=draft.pack_id)]
    newest = max([draft.base_version, *known], key=order)
    header = next((row for row in files if row.path == "pack.yaml"), None)
    value = read_yaml((header.text or "").encode(), "pack.yaml").value if header else None
    if header is None or not isinstance(value, dict):
        raise Refused("law-has-errors", _("The description of the pack cannot be read. Mend it first."))
    version = next_version(now.date(), newest)
    header.text = write_yaml({**value, "version": version})
    header.save(update_fields=["text"])
    return version


def return_draft(actor: Actor, draft_id: str, reason: str, now: datetime) -> None:
    """Back to its writers, with the reason in words.

    Raises:
        Denied: access.publish-law, law-draft.
        Refused: law-draft-closed, law-reason.
    """
    draft = queries.get_draft(draft_id)
    access.check_publish_law(actor, queries.access_to(draft, kind_of(draft_id)))
    reason = reason.strip()
    if not SHORTEST_REASON <= len(reason) <= models.LONGEST_REASON:
        raise Refused(
            "law-reason", _("Say in a sentence what should be mended, so that the writer can."), field="reason"
        )
    _back_to_writers(actor, draft_id, reason, now)


def take_back(actor: Actor, draft_id: str, now: datetime) -> None:
    """The writers write on; the reader need not read.

    Raises:
        Denied: access.draft-law, law-draft.
        Refused: law-draft-closed.
    """
    access.check_draft_law(actor)
    _back_to_writers(actor, draft_id, "", now)


def _back_to_writers(actor: Actor, draft_id: str, reason: str, now: datetime) -> None:
    with audited(actor, now, Event.LAW_DRAFT_RETURNED, subject_id=draft_id):
        row = lock_draft(draft_id, DraftState.ASKED)
        change_state(row, DraftState.OPEN)
        log_step(row, actor, DraftStep.RETURNED, now, reason)


def publish(actor: Actor, draft_id: str, now: datetime) -> ReleaseView:
    """Sign what somebody else wrote. It takes effect at its instant, for every process, without a restart.

    Raises:
        Denied: access.publish-law, law-draft.
        Refused: law-draft-closed, law-has-errors, law-base-moved, law-no-key.
    """
    draft = queries.get_draft(draft_id)
    access.check_publish_law(actor, queries.access_to(draft, kind_of(draft_id)))
    with audited(actor, now, Event.LAW_PUBLISHED, subject_id=draft_id) as entry:
        row = lock_draft(draft_id, DraftState.ASKED)
        _check_base(row)
        texts = queries.texts_of(draft_id)
        check_sound(row.pack_id, texts)
        release = _sign(row, checking.as_files(texts), actor, now)
        kept = keep_release(release, Origin.HERE, row)
        change_state(row, DraftState.PUBLISHED)
        log_step(row, actor, DraftStep.PUBLISHED, now)
        entry.details = {"pack": row.pack_id, "version": kept.version, "sha256": kept.sha256}
    overlay.forget()
    return kept


def _check_base(draft: models.Draft) -> None:
    """What the pack has become since must not be lost by what was written against an older one."""
    current = {pack.id: pack.version for pack in packs.library().packs}.get(draft.pack_id, "")
    if current != draft.base_version:
        words = _(
            "The pack has changed since this draft began (version %(version)s). Return it; its writer takes that over."
        )
        raise Refused("law-base-moved", words % {"version": current})


def _sign(draft: models.Draft, files: Mapping[str, bytes], actor: Actor, now: datetime) -> Release:
    try:
        key = keyring.signing_key()
    except KeyFault as error:
        words = _(
            "Releases are not configured here: no key to sign with. The operator makes one: allhands packs keygen."
        )
        raise Refused("law-no-key", words) from error
    takes_effect_at = max(draft.takes_effect_at or now, now)
    header = read_yaml(files["pack.yaml"], "pack.yaml").value
    manifest = Manifest(
        format=FORMAT,
        pack=draft.pack_id,
        version=str(header.get("version", "")) if isinstance(header, dict) else "",
        replaces=draft.base_version,
        takes_effect_at=takes_effect_at.isoformat(),
        published_at=now.isoformat(),
        written_by=", ".join(queries.names_of(draft)),
        read_by=actor.label,
        key="",
        files={},
    )
    return make_release(manifest, files, key)


def kind_of(draft_id: str) -> str:
    """The kind of the draft's pack, as its description says."""
    row = models.DraftFile.objects.filter(draft_id=draft_id, path="pack.yaml").first()
    value = read_yaml((row.text or "").encode(), "pack.yaml").value if row else None
    kind = value.get("kind") if isinstance(value, dict) else None
    return kind if isinstance(kind, str) else ""
