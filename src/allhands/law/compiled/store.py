"""Compiled libraries on disk: named by the hash of what they were made from, written whole or not at all.

A file that is wrong, old, torn or somebody else's is as good as none: the packs are read again. Two processes may write
at once; each moves a finished file into place.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from allhands.law.compiled.decode import decode
from allhands.law.compiled.encode import encode
from allhands.law.compiled.shapes import SHAPES
from allhands.law.library import Library
from allhands.law.packs.directory import is_pack_file

FORMAT = 3  # raise it when the same packs must be read anew, such as after a new check of the reader
_SHAPE = hashlib.sha256(repr([(cls.__name__, shape) for cls, shape in SHAPES]).encode()).hexdigest()[:12]
_KEPT = 4  # compiled libraries of one folder of caches
_DAMAGE = (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """Names, sizes and times of everything a folder of packs holds: equal states are taken for equal packs."""

    folders: dict[str, int]
    files: dict[str, list[int]]


class Store:
    """The compiled libraries of one cache folder, for the packs under one root."""

    def __init__(self, cache: Path, root: Path) -> None:
        self._cache, self._root = cache, root.absolute()
        name = hashlib.sha256(f"{FORMAT} {_SHAPE} {self._root}".encode()).hexdigest()[:16]
        self._pointer = cache / f"packs-{name}.state.json"

    def find(self) -> Library | None:
        """The library of these packs as they lie there now, or None.

        The state is compared first. When a time has changed, the bytes are: a copy or a checkout changes only times.
        """
        try:
            kept = json.loads(self._read(self._pointer))
            if not _is_now(kept["folders"], kept["files"]):
                if content_key(self._root) != kept["key"]:
                    return None
                self._point(kept["key"], read_state(self._root))
            return self._open(kept["key"])
        except _DAMAGE:
            return None

    def keep(self, library: Library, key: str, state: object) -> None:
        """Writes a library that was made from the packs with this content key; a full or read-only disk is no harm."""
        assert isinstance(state, _State)
        leaves = (json.dumps(leaf, separators=(",", ":"), ensure_ascii=False) for leaf in encode(library))
        body = "\n".join(leaves).encode()
        head = json.dumps({"format": FORMAT, "shape": _SHAPE, "key": key, "sha256": hashlib.sha256(body).hexdigest()})
        try:
            self._cache.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(self._data(key), head.encode() + b"\n" + body)
            self._point(key, state)
            self._prune()
        except OSError:
            return

    def _open(self, key: str) -> Library | None:
        head, _, body = self._read(self._data(key)).partition(b"\n")
        told = json.loads(head)
        right = {"format": FORMAT, "shape": _SHAPE, "key": key, "sha256": hashlib.sha256(body).hexdigest()}
        return decode(body.split(b"\n")) if told == right else None

    def _data(self, key: str) -> Path:
        return self._cache / f"packs-{key[:32]}-{FORMAT}-{_SHAPE}.json"

    def _read(self, path: Path) -> bytes:
        """The bytes of a file that only this user can have written."""
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if status.st_uid != os.geteuid() or status.st_mode & 0o022:
                raise PermissionError(f"{path} may have been written by somebody else")
            return file.read()

    def _point(self, key: str, state: _State) -> None:
        told = {"key": key, "folders": state.folders, "files": state.files}
        self._write(self._pointer, json.dumps(told, separators=(",", ":")).encode())

    def _write(self, path: Path, data: bytes) -> None:
        handle, name = tempfile.mkstemp(dir=self._cache, prefix=".packs-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.replace(name, path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise

    def _prune(self) -> None:
        data = [path for path in self._cache.glob("packs-*.json") if not path.name.endswith(".state.json")]
        for path in sorted(data, key=lambda path: path.stat().st_mtime, reverse=True)[_KEPT:]:
            path.unlink(missing_ok=True)


def read_state(root: Path) -> _State:
    """The state of a folder of packs now."""
    folders: dict[str, int] = {}
    files: dict[str, list[int]] = {}
    for folder, entries in _walk(str(root)):
        folders[folder] = os.stat(folder).st_mtime_ns
        for entry in entries:
            status = entry.stat()
            files[entry.path] = [status.st_size, status.st_mtime_ns]
    return _State(folders=folders, files=files)


def _is_now(folders: dict[str, int], files: dict[str, list[int]]) -> bool:
    """A folder's time tells of files that came or went, a file's own time and size of everything else."""
    stat = os.stat
    if any(stat(path).st_mtime_ns != when for path, when in folders.items()):
        return False
    for path, (size, when) in files.items():
        status = stat(path)
        if status.st_mtime_ns != when or status.st_size != size:
            return False
    return True


def content_key(root: Path) -> str:
    """A hash over the names and bytes of every file that decides."""
    digest = hashlib.sha256()
    for path in sorted(entry.path for _, entries in _walk(str(root)) for entry in entries):
        with open(path, "rb") as file:
            digest.update(os.path.relpath(path, root).encode() + b"\0" + hashlib.sha256(file.read()).digest())
    return digest.hexdigest()


def _walk(root: str) -> Iterator[tuple[str, list[os.DirEntry[str]]]]:
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        with os.scandir(folder) as entries:
            found = list(entries)
        waiting += [entry.path for entry in found if entry.is_dir()]
        yield folder, [entry for entry in found if entry.is_file() and is_pack_file(entry.name)]
