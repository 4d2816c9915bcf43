"""A release: what it says about itself, how it is made, and everything that must hold before it is believed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from allhands.kernel.instants import parse_instant
from allhands.lawbook.release import keys, versions
from allhands.lawbook.release.archive import MANIFEST, PACK, SIGNATURE, ArchiveFault, read_archive, write_archive

FORMAT = 1
_PACK_ID = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+){0,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a release says about itself.

    Args:
        replaces: version it was written against; empty for a pack that was not there.
        takes_effect_at: instant with its offset, from which Allhands speaks by it.
        published_at: instant of publication.
        written_by, read_by: the two people, in words.
        key: id of the key it is signed with.
        files: SHA-256 of each file of the pack by its name.
    """

    format: int
    pack: str
    version: str
    replaces: str
    takes_effect_at: str
    published_at: str
    written_by: str
    read_by: str
    key: str
    files: Mapping[str, str]

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=1).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release that was read and believed.

    Args:
        files: the pack's files by name, `coverage.yaml` for its lines of the public list included.
        sha256: over the archive.
    """

    manifest: Manifest
    files: Mapping[str, bytes]
    archive: bytes
    sha256: str

    @property
    def takes_effect_at(self) -> datetime:
        return parse_instant(self.manifest.takes_effect_at)


def make_release(manifest: Manifest, files: Mapping[str, bytes], key: Ed25519PrivateKey) -> Release:
    """Sign and pack. `files` and `key` of the manifest are filled in here."""
    described = asdict(manifest) | {
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
        "key": keys.key_id(key.public_key()),
    }
    full = Manifest(**described)
    content = full.to_bytes()
    packed = {f"{PACK}{name}": data for name, data in files.items()}
    archive = write_archive({MANIFEST: content, SIGNATURE: keys.sign(key, content), **packed})
    return Release(manifest=full, files=dict(files), archive=archive, sha256=hashlib.sha256(archive).hexdigest())


def open_release(archive: bytes, trusted: Mapping[str, Ed25519PublicKey]) -> Release:
    """The release in these bytes, if every word of it is signed by a key we trust.

    Args:
        trusted: public keys by their id.
    Raises:
        ArchiveFault: it is no release, nobody signed it, we do not trust who did, or something was changed.
    """
    found = read_archive(archive)
    content, signature = found.pop(MANIFEST, None), found.pop(SIGNATURE, None)
    if content is None:
        raise ArchiveFault("release.no-manifest", "This release does not say what it is. Ask for it again.")
    if not signature:
        raise ArchiveFault("release.unsigned", "Nobody signed this release. Only signed releases are taken.")
    manifest = _parse(content)
    key = trusted.get(manifest.key)
    if key is None:
        raise ArchiveFault(
            "release.unknown-key",
            f"It is signed with the key {manifest.key}, which is not trusted here. "
            "If you know whose it is, the operator adds it: allhands packs trust.",
        )
    if not keys.is_signed(key, signature, content):
        raise ArchiveFault("release.bad-signature", "The signature does not fit: somebody changed this release.")
    files = {name.removeprefix(PACK): data for name, data in found.items()}
    if {name: hashlib.sha256(data).hexdigest() for name, data in files.items()} != dict(manifest.files):
        raise ArchiveFault("release.tampered", "A file in it is not the one that was signed. Do not use it.")
    return Release(manifest=manifest, files=files, archive=archive, sha256=hashlib.sha256(archive).hexdigest())


def _parse(content: bytes) -> Manifest:
    try:
        raw = json.loads(content)
        manifest = Manifest(**raw)
        parse_instant(manifest.takes_effect_at), parse_instant(manifest.published_at)
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise ArchiveFault("release.bad-manifest", "What this release says of itself cannot be read.") from error
    if manifest.format != FORMAT:
        raise ArchiveFault("release.format", "This release is of a newer kind than this version of Allhands reads.")
    words = (manifest.pack, manifest.version, manifest.replaces, manifest.written_by, manifest.read_by, manifest.key)
    if not all(isinstance(word, str) for word in words) or not isinstance(manifest.files, dict):
        raise ArchiveFault("release.bad-manifest", "What this release says of itself cannot be read.")
    if not _PACK_ID.fullmatch(manifest.pack) or not versions.is_version(manifest.version):
        raise ArchiveFault("release.bad-manifest", "Its pack or its version is not written as releases write them.")
    return manifest
