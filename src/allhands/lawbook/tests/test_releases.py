"""Releases as bytes: one form, one signature, and a no for everything else."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from allhands.lawbook.release import keys
from allhands.lawbook.release.archive import MAX_BYTES, ArchiveFault, read_archive, write_archive
from allhands.lawbook.release.manifest import FORMAT, Manifest, make_release, open_release

KEY = Ed25519PrivateKey.generate()
TRUSTED = {keys.key_id(KEY.public_key()): KEY.public_key()}
FILES = {"pack.yaml": b"id: tribes.sample\n", "duties/a.yaml": "ñ".encode()}
MANIFEST = Manifest(
    format=FORMAT, pack="tribes.sample", version="2026.12.01", replaces="", takes_effect_at="2026-12-01T00:00:00+00:00",
    published_at="2026-11-29T00:00:00+00:00", written_by="A", read_by="B", key="", files={},
)  # fmt: skip


def tar_of(name: str, data: bytes = b"x", kind: bytes = tarfile.REGTYPE) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        entry = tarfile.TarInfo(name)
        entry.type, entry.size = kind, len(data) if kind == tarfile.REGTYPE else 0
        entry.linkname = "/etc/passwd"
        tar.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def test_release_opens_to_what_was_put_in_and_is_made_in_one_way_only() -> None:
    made = make_release(MANIFEST, FILES, KEY)
    assert made.archive == make_release(MANIFEST, dict(reversed(FILES.items())), KEY).archive
    opened = open_release(made.archive, TRUSTED)
    assert (opened.files, opened.manifest.pack, opened.sha256) == (FILES, "tribes.sample", made.sha256)


PATHS = {"sig": "manifest.sig", "manifest": "manifest.json", "rule": "pack/duties/a.yaml", "more": "pack/b.yaml"}


def repacked(**changes: bytes | None) -> bytes:
    files = read_archive(make_release(MANIFEST, FILES, KEY).archive)
    for name, data in changes.items():
        path = {
            "sig": "manifest.sig",
            "manifest": "manifest.json",
            "rule": "pack/duties/a.yaml",
            "more": "pack/b.yaml",
        }[name]
        if data is None:
            files.pop(path)
        else:
            files[path] = data
    return write_archive(files)


@pytest.mark.parametrize(
    ("archive", "code"),
    [
        (b"", "release.no-archive"),
        (b"words", "release.no-archive"),
        (b"\x1f\x8b" + b"0" * 600, "release.no-archive"),
        (b"0" * (MAX_BYTES + 1), "release.too-large"),
        (tar_of("../pack/a.yaml"), "release.bad-entry"),
        (tar_of("pack/../../etc/a.yaml"), "release.bad-entry"),
        (tar_of("/pack/a.yaml"), "release.bad-entry"),
        (tar_of("pack/a.yaml", kind=tarfile.SYMTYPE), "release.bad-entry"),
        (tar_of("pack/a.yaml"), "release.not-canonical"),
        (repacked(sig=None), "release.unsigned"),
        (repacked(sig=b"0" * 64), "release.bad-signature"),
        (repacked(manifest=None), "release.no-manifest"),
        (repacked(manifest=b"{}"), "release.bad-manifest"),
        (repacked(manifest=b"[" * 100_000), "release.bad-manifest"),
        (repacked(rule=b"other"), "release.tampered"),
        (repacked(more=b"more"), "release.tampered"),
        (repacked(rule=None), "release.tampered"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_a_release_we_trust_is_refused(archive: bytes, code: str) -> None:
    with pytest.raises(ArchiveFault) as fault:
        open_release(archive, TRUSTED)
    assert fault.value.code == code


def test_stranger_and_newer_form_are_refused() -> None:
    with pytest.raises(ArchiveFault, match="not trusted"):
        open_release(make_release(MANIFEST, FILES, Ed25519PrivateKey.generate()).archive, TRUSTED)
    newer = Manifest(**{**{name: getattr(MANIFEST, name) for name in MANIFEST.__slots__}, "format": 2})
    with pytest.raises(ArchiveFault, match="newer kind"):
        open_release(make_release(newer, FILES, KEY).archive, TRUSTED)


def test_keys_are_never_overwritten_and_only_ours_are_keys(tmp_path: Path) -> None:
    private, public = tmp_path / "k" / "signing.key", tmp_path / "k" / "own.pub"
    name = keys.make_key_files(private, public)
    assert (private.stat().st_mode & 0o777, list(keys.read_public_folder(public.parent))) == (0o600, [name])
    with pytest.raises(keys.KeyFault, match="never overwritten"):
        keys.make_key_files(private, public)
    for text in ("", "ed25519 AAAA", "rsa AAAA", "ed25519 ñ"):
        with pytest.raises(keys.KeyFault):
            keys.parse_public(text)
