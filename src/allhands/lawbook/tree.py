"""Folders of packs made from a shipped folder and packs that take the place of theirs. Files only; no database."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from allhands.law.packs.coverage import INDEX
from allhands.law.packs.strict_yaml import Yaml, read_yaml
from allhands.lawbook.pack_text import write_yaml

COVERAGE = "coverage.yaml"  # a pack's lines of the public list; they travel with its files, beside the rules

_PACK_ID = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+){0,4}")
_LONGEST_ID = 80

PackFiles = Mapping[str, bytes]


def is_pack_id(text: str) -> bool:
    """Whether a pack can be called so. What is typed may be a path that leads out of the folder of packs."""
    return len(text) <= _LONGEST_ID and _PACK_ID.fullmatch(text) is not None


def folder_of(pack_id: str) -> str:
    """Where a pack lies below the folder of packs.

    Raises:
        ValueError: no pack can be called so.
    """
    if not is_pack_id(pack_id):
        raise ValueError("no pack can be called so")
    return pack_id.replace(".", "/")


def read_pack(root: Path, pack_id: str) -> dict[str, bytes]:
    """The files of one pack by name, its lines of the public list under `coverage.yaml`; empty when it is not there."""
    if not is_pack_id(pack_id) or not (root / folder_of(pack_id) / "pack.yaml").is_file():
        return {}
    home = root / folder_of(pack_id)
    files = {path.relative_to(home).as_posix(): path.read_bytes() for path in sorted(home.rglob("*.y*ml"))}
    return files | {COVERAGE: write_yaml({"entries": coverage_lines(root, pack_id)}).encode()}


def coverage_lines(root: Path, pack_id: str) -> list[Yaml]:
    """What the public list of a folder says of one pack."""
    return [line for line in _index(root) if _pack_of(line) == pack_id]


def write_tree(base: Path, packs: Mapping[str, PackFiles], target: Path) -> None:
    """The shipped folder at `target`, these packs in the place of theirs. `target` must not be there yet."""
    shutil.copytree(base, target, copy_function=_link)
    for pack_id, files in packs.items():
        home = target / folder_of(pack_id)
        shutil.rmtree(home, ignore_errors=True)
        _write_files(home, {name: data for name, data in files.items() if name != COVERAGE})
    lines = [line for line in _index(base) if _pack_of(line) not in packs]
    lines += [line for files in packs.values() for line in _own_lines(files)]
    _write_index(target, lines)


def write_small_tree(base: Path, pack_id: str, files: PackFiles, beside: Iterable[str], target: Path) -> None:
    """One pack and those it leans on, without the others' cases: enough to judge the one."""
    for other in beside:
        if (base / folder_of(other)).is_dir():
            shutil.copytree(
                base / folder_of(other), target / folder_of(other), copy_function=_link, ignore=_no_cases,
            )  # fmt: skip
    _write_files(target / folder_of(pack_id), {name: data for name, data in files.items() if name != COVERAGE})
    _write_index(target, _own_lines(files))


def needs_of(base: Path, pack_id: str, files: PackFiles) -> tuple[str, ...]:
    """The packs a pack leans on, those they lean on included; the core always."""
    found: dict[str, None] = {"core": None}
    waiting = list(_depends(files.get("pack.yaml", b"")))
    while waiting:
        other = waiting.pop()
        if other in found or other == pack_id or not is_pack_id(other):
            continue
        path = base / folder_of(other) / "pack.yaml"
        if path.is_file():
            found[other] = None
            waiting.extend(_depends(path.read_bytes()))
    return tuple(found)


def fingerprint(base: Path) -> str:
    """Another text as soon as a file of the folder is another. Names, sizes and times: nothing is read."""
    digest = hashlib.sha256()
    for path in sorted(base.rglob("*.y*ml")):
        known = path.stat()
        digest.update(f"{path.relative_to(base)}\0{known.st_size}\0{known.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _depends(data: bytes) -> Iterator[str]:
    value = read_yaml(data, "pack.yaml").value
    listed = value.get("depends_on") if isinstance(value, dict) else None
    yield from (one for one in listed if isinstance(one, str)) if isinstance(listed, list) else ()


def _no_cases(_folder: str, names: list[str]) -> set[str]:
    return {"cases"} & set(names)


def _link(source: str, target: str) -> None:
    """The same file under a second name where the disk can; nobody writes into these folders."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _write_files(home: Path, files: PackFiles) -> None:
    for name, data in files.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _write_index(root: Path, lines: list[Yaml]) -> None:
    path = root / INDEX
    path.unlink(missing_ok=True)  # it may be the shipped file itself, under a second name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(write_yaml({"entries": lines}), encoding="utf-8")


def _index(root: Path) -> list[Yaml]:
    path = root / INDEX
    return _entries(path.read_bytes()) if path.is_file() else []


def _own_lines(files: PackFiles) -> list[Yaml]:
    return _entries(files.get(COVERAGE, b"{}"))


def _entries(data: bytes) -> list[Yaml]:
    value = read_yaml(data, INDEX).value
    listed = value.get("entries") if isinstance(value, dict) else None
    return listed if isinstance(listed, list) else []


def _pack_of(line: Yaml) -> Yaml:
    return line.get("pack") if isinstance(line, dict) else None
