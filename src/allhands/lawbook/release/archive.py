"""The archive of a release: an uncompressed tar that can be written in one way only.

No compression, so that nothing can swell while it is read. The same files always make the same bytes: whoever rebuilds
the archive from its files and gets other bytes has been given something else.
"""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Mapping

MAX_BYTES = 8_000_000  # the largest pack of this house has a twentieth of this
MAX_FILES = 2_000
MANIFEST, SIGNATURE, PACK = "manifest.json", "manifest.sig", "pack/"
_NAME = re.compile(
    r"(?:manifest\.json|manifest\.sig|pack/(?:[a-z0-9][a-z0-9._-]{0,99}/){0,3}[a-z0-9][a-z0-9._-]{0,99})"
)


class ArchiveFault(Exception):
    """These bytes are no archive of a release. `code` is stable; the words say what to do."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


def write_archive(files: Mapping[str, bytes]) -> bytes:
    """The one archive of these files: sorted by name, without owner, time or other traces of a machine."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name in sorted(files):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode, entry.mtime = len(files[name]), 0o644, 0
            tar.addfile(entry, io.BytesIO(files[name]))
    return out.getvalue()


def read_archive(data: bytes) -> dict[str, bytes]:
    """The files of an archive, by name. Nothing is written anywhere.

    Raises:
        ArchiveFault: too large, no archive, a name or an entry that has no place in a release, or not canonical.
    """
    if len(data) > MAX_BYTES:
        raise ArchiveFault("release.too-large", f"This file has {len(data)} bytes; a release has at most {MAX_BYTES}.")
    try:
        files = _read(data)
    except (tarfile.TarError, EOFError, ValueError, OverflowError) as error:
        raise ArchiveFault(
            "release.no-archive", "This is not a release. Choose the file that ends in .pack."
        ) from error
    if write_archive(files) != data:
        raise ArchiveFault(
            "release.not-canonical", "This file was packed or changed by another tool. Ask for it again."
        )
    return files


def _read(data: bytes) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as tar:
        for entry in tar:
            if not entry.isreg() or not _NAME.fullmatch(entry.name) or ".." in entry.name or entry.name in files:
                raise ArchiveFault(
                    "release.bad-entry", "Something in this file has no place in a release. Do not use it."
                )
            if len(files) >= MAX_FILES:
                raise ArchiveFault("release.too-many-files", f"A release has at most {MAX_FILES} files.")
            content = tar.extractfile(entry)
            files[entry.name] = content.read() if content else b""
    return files
