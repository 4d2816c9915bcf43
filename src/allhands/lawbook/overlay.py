"""The law in force: the shipped packs, with those that were published here in the place of theirs.

The releases lie in the database, so that every process of every machine sees the same law. Each process keeps what it
has read as a folder of its own data directory, named after its content; a folder never changes once it is there.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models.functions import Now

from allhands.law import PackError
from allhands.law.packs.directory import CASES_SUFFIX
from allhands.lawbook import models, tree
from allhands.lawbook.release import archive, versions
from allhands.platform import packs
from allhands.platform.logs import get_logger

LOOK_EVERY = 1.0  # seconds; a page asks for the law hundreds of times
_KEPT_FOLDERS = 8
_log = get_logger("allhands.lawbook")


class _Seen:
    """What this process last saw. A process that has no database at hand goes by what it saw before."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.looked_at = float("-inf")
        self.folder: Path | None = None
        self.refused: set[Path] = set()


_seen = _Seen()


def current_folder() -> Path | None:
    """Where the law in force lies; None while nothing was published."""
    now = time.monotonic()
    if now - _seen.looked_at < LOOK_EVERY:
        return _seen.folder
    if connection.in_atomic_block and not connection.needs_rollback:
        with _seen.lock:
            due = now - _seen.looked_at >= LOOK_EVERY
            _seen.looked_at = now if due else _seen.looked_at
        if due:
            _seen.folder = _usable(folder_of_releases(_in_force()))
    return _seen.folder


def forget() -> None:
    """Look again the next time somebody asks."""
    _seen.looked_at, _seen.folder = float("-inf"), None
    _seen.refused.clear()


def _in_force() -> dict[str, str]:
    """The newest release of each pack that has taken effect, by pack; only where it is newer than the shipped one."""
    rows = models.Release.objects.filter(takes_effect_at__lte=Now()).values_list("pack_id", "version", "id")
    newest: dict[str, tuple[str, str]] = {}
    for pack_id, version, release_id in rows:
        known = newest.get(pack_id)
        if known is None or versions.order(version) > versions.order(known[0]):
            newest[pack_id] = (version, release_id)
    shipped = shipped_versions()
    return {
        pack_id: release_id
        for pack_id, (version, release_id) in newest.items()
        if versions.order(version) > versions.order(shipped.get(pack_id, ""))
    }


def shipped_root() -> Path:
    return Path(settings.ALLHANDS_PACKS_DIR)


def shipped_versions() -> Mapping[str, str]:
    """The version of each shipped pack."""
    return {pack.id: pack.version for pack in packs.library_at(shipped_root()).packs}


def folder_of_releases(releases: Mapping[str, str]) -> Path | None:
    """The folder in which these releases, by pack, have taken the place of the shipped packs; None for no release."""
    if not releases:
        return None
    names = " ".join(f"{pack_id}={release_id}" for pack_id, release_id in sorted(releases.items()))
    digest = hashlib.sha256(f"{_shipped_fingerprint(shipped_root())} {names}".encode()).hexdigest()
    folder = Path(settings.ALLHANDS_DATA_DIR) / "law" / "in-force" / digest[:32]
    if not folder.is_dir():
        rows = models.Release.objects.filter(pk__in=list(releases.values()))
        write_folder(shipped_root(), {row.pack_id: files_of(bytes(row.archive)) for row in rows}, folder)
    return folder


def files_of(data: bytes) -> dict[str, bytes]:
    """The pack's files of an archive whose signature was looked at when it came in."""
    return {
        name.removeprefix(archive.PACK): content
        for name, content in archive.read_archive(data).items()
        if name.startswith(archive.PACK)
    }


@lru_cache(maxsize=2)
def _shipped_fingerprint(root: Path) -> str:
    return tree.fingerprint(root)


def write_folder(base: Path, changed: Mapping[str, tree.PackFiles], folder: Path) -> None:
    """A folder of packs with some in the place of others; there all at once, or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as made:
        tree.write_tree(base, changed, Path(made) / "packs")
        try:
            (Path(made) / "packs").rename(folder)
        except OSError:
            if not folder.is_dir():  # otherwise another process was first, with the very same content
                raise
    _tidy(folder.parent, folder)


def _tidy(parent: Path, newest: Path) -> None:
    """Folders can be made again at any time; a few are kept for assessments of yesterday."""
    folders = sorted((path for path in parent.iterdir() if not path.name.startswith(".")), key=_age)
    for old in folders[:-_KEPT_FOLDERS]:
        if old != newest:
            shutil.rmtree(old, ignore_errors=True)


def _age(path: Path) -> float:
    return path.stat().st_mtime


def _usable(folder: Path | None) -> Path | None:
    """The folder, or the one before when its packs do not fit together: an old law is better than none."""
    if folder is None or folder in _seen.refused:
        return None if folder is None else _seen.folder
    try:
        packs.library_at(folder)
    except PackError as error:
        _seen.refused.add(folder)
        _log.critical("law.releases-do-not-fit", findings=len(error.findings), first=error.findings[0].code)
        return _seen.folder
    return folder


def folder_of_hashes(wanted: Iterable[packs.PackHash]) -> Path | None:
    """The folder with the packs of an earlier assessment; None when one of them is nowhere to be had any more."""
    shipped = {(pack.id, pack.sha256) for pack in packs.library_at(shipped_root()).packs}
    missing = dict(pair for pair in wanted if pair not in shipped)
    if not missing:
        return shipped_root()  # judged before the first release took the place of a shipped pack
    known = _releases_by_hash(tuple(sorted(missing.items())))
    return folder_of_releases(known) if known.keys() == missing.keys() else None


def _releases_by_hash(wanted: tuple[packs.PackHash, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    rows = models.Release.objects.filter(pack_id__in=[pack_id for pack_id, _ in wanted])
    for row in rows:
        if (row.pack_id, pack_hash(files_of(bytes(row.archive)))) in wanted:
            found[row.pack_id] = row.pk
    return found


def pack_hash(files: tree.PackFiles) -> str:
    """The hash that the law room gives a pack of these files: over all but the cases, which decide nothing."""
    digest = hashlib.sha256()
    speaking = [name for name in files if name != tree.COVERAGE and not name.endswith(CASES_SUFFIX)]
    for name in sorted(speaking):
        digest.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return digest.hexdigest()
