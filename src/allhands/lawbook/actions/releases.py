"""Keeping releases: our own, and those another installation signed."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from allhands.access import api as access
from allhands.access.contracts import LawDraftAccess
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Refused
from allhands.lawbook import checking, keyring, models, overlay, queries
from allhands.lawbook.contracts import Origin, ReleaseView
from allhands.lawbook.release.archive import ArchiveFault
from allhands.lawbook.release.manifest import Release, open_release
from allhands.lawbook.release.versions import order
from allhands.platform import packs
from allhands.platform.audit.api import Event, audited


def keep_release(release: Release, origin: Origin, draft: models.Draft | None) -> ReleaseView:
    """Put a release that was believed into the book. Call it inside the transaction of what it belongs to."""
    row = models.Release.objects.create(
        pack_id=release.manifest.pack,
        version=release.manifest.version,
        archive=release.archive,
        sha256=release.sha256,
        origin=origin.value,
        draft=draft,
        takes_effect_at=release.takes_effect_at,
        published_at=datetime.fromisoformat(release.manifest.published_at),
        written_by=release.manifest.written_by[: models.LABEL],
        read_by=release.manifest.read_by[: models.LABEL],
        key=release.manifest.key,
    )
    return queries.release_view(row)


def import_release(actor: Actor, archive: bytes, now: datetime) -> ReleaseView:
    """Take a release that another installation signed with a key we trust.

    Raises:
        Denied: access.publish-law.
        Refused: release.* (it is no release, unsigned, tampered with, signed by a stranger), law-downgrade,
            law-has-errors.
    """
    access.check_publish_law(actor, LawDraftAccess(draft_id="", writer_ids=frozenset(), nation_agency_ids=None))
    try:
        release = open_release(archive, keyring.trusted_keys())
    except ArchiveFault as fault:
        with audited(actor, now, Event.LAW_IMPORT_REFUSED, details={"code": fault.code}):
            pass
        raise Refused(fault.code, str(fault), field="file") from fault
    _check_newer(release)
    texts = {name: data.decode("utf-8", "replace") for name, data in release.files.items()}
    errors = checking.check(release.manifest.pack, texts).errors
    if errors:
        words = _(
            "Its pack does not fit the packs here: %(first)s (and %(more)s more). Bring this installation up to date."
        )
        raise Refused("law-has-errors", words % {"first": errors[0].message, "more": len(errors) - 1}, field="file")
    details = {"pack": release.manifest.pack, "version": release.manifest.version, "sha256": release.sha256}
    with audited(actor, now, Event.LAW_IMPORTED, details=dict(details)) as entry:
        kept = keep_release(release, Origin.ELSEWHERE, None)
        entry.subject_id = kept.id
    overlay.forget()
    return kept


def _check_newer(release: Release) -> None:
    """A release must be newer than everything this installation has of the pack, in force or to come."""
    pack_id = release.manifest.pack
    known = {one.version for one in queries.list_releases(pack_id=pack_id)}
    known |= {pack.version for pack in packs.library().packs if pack.id == pack_id}
    newest = max(known, key=order, default="")
    if known and order(release.manifest.version) <= order(newest):
        words = _("This installation has version %(newest)s of this pack already; %(version)s is not newer.")
        raise Refused("law-downgrade", words % {"newest": newest, "version": release.manifest.version}, field="file")
