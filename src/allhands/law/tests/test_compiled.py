"""Compiled libraries: equal to what the YAML says, and as good as absent when anything about them is not right."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from allhands.law import Library, PackError, load_library
from allhands.law.compiled import store
from allhands.law.compiled.decode import decode
from allhands.law.compiled.encode import encode

SMALL = Path(__file__).parent / "packs"
HOUSE = Path(__file__).parents[4] / "packs"
PARTS = ("packs", "facts", "rules", "cards", "indexes", "sha256")


def same(one: Library, other: Library) -> bool:
    return all(getattr(one, part) == getattr(other, part) for part in PARTS)


def data_file(cache: Path) -> Path:
    (found,) = (path for path in cache.glob("packs-*.json") if not path.name.endswith(".state.json"))
    return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shutil.copytree(SMALL, tmp_path / "packs")


@pytest.fixture
def read_again(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every folder of packs that was read from its YAML."""
    read: list[Path] = []
    real = store.content_key

    def spy(path: Path) -> str:
        read.append(path)
        return real(path)

    monkeypatch.setattr("allhands.law.loading.content_key", spy)
    return read


def test_the_packs_of_the_house_come_back_equal() -> None:
    library = load_library(HOUSE)
    opened = decode([json.dumps(leaf).encode() for leaf in encode(library)])
    assert opened.packs == library.packs
    assert same(opened, library)


def test_second_time_reads_no_pack(root: Path, tmp_path: Path, read_again: list[Path]) -> None:
    cache = tmp_path / "cache"
    first = load_library(root, cache=cache)
    count = len(read_again)
    assert same(load_library(root, cache=cache), first)
    assert len(read_again) == count > 0
    assert cache.stat().st_mode & 0o077 == 0


def test_changed_pack_is_read_anew(root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    before = load_library(root, cache=cache)
    rule = root / "us/floor/definitions/left.yaml"
    rule.write_text(rule.read_text(encoding="utf-8") + "notes: changed\n", encoding="utf-8")
    after = load_library(root, cache=cache)
    assert after.sha256 != before.sha256
    assert after.rule("us.floor.left").notes == "changed"


def test_new_file_is_seen(root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    load_library(root, cache=cache)
    bad = Path(__file__).parent / "bad_packs/unknown-fact"
    shutil.copytree(bad, root, dirs_exist_ok=True)
    with pytest.raises(PackError):
        load_library(root, cache=cache)


def test_only_times_changed_means_nothing_changed(root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = load_library(root, cache=cache)
    for path in root.rglob("*.yaml"):
        os.utime(path, (1, 1))
    assert same(load_library(root, cache=cache), first)
    assert store.Store(cache, root).find() is not None


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-50] ^= 1
    path.write_bytes(bytes(data))


def _older_format(path: Path) -> None:
    head, _, body = path.read_bytes().partition(b"\n")
    path.write_bytes(json.dumps({**json.loads(head), "format": 0}).encode() + b"\n" + body)


def _other_packs(path: Path) -> None:
    head, _, body = path.read_bytes().partition(b"\n")
    path.write_bytes(json.dumps({**json.loads(head), "key": "0" * 64}).encode() + b"\n" + body)


def _open_to_all(path: Path) -> None:
    path.chmod(0o666)


DAMAGE: tuple[Callable[[Path], object], ...] = (
    _cut, _flip, _older_format, _other_packs, _open_to_all,
    Path.unlink, lambda path: path.write_bytes(b""), lambda path: path.write_bytes(b"[1,2"),
)  # fmt: skip


HEADED = (_older_format, _other_packs)  # a pointer has no head


@pytest.mark.parametrize(
    ("which", "damage"),
    [("data", damage) for damage in DAMAGE] + [("pointer", damage) for damage in DAMAGE if damage not in HEADED],
)
def test_damaged_file_is_as_good_as_none(
    which: str, damage: Callable[[Path], object], root: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    first = load_library(root, cache=cache)
    target = data_file(cache) if which == "data" else next(cache.glob("*.state.json"))
    damage(target)
    assert store.Store(cache, root).find() is None
    assert same(load_library(root, cache=cache), first)
    assert store.Store(cache, root).find() is not None


@pytest.mark.parametrize(
    "batches",
    [[], [[0, 1, []]], [[99, 1, []]], [[0, 2, [["a"], ["b"]]]], [[0, 1, [["a"], ["b"]]]], [[2, 1, [["a"], [7]]]]],
)
def test_data_of_another_make_is_refused(batches: list[object]) -> None:
    with pytest.raises((ValueError, TypeError, KeyError, IndexError, AttributeError)):
        decode([json.dumps(batches).encode()])


def test_many_writers_leave_one_good_file(root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda _: load_library(root, cache=cache), range(6)))
    assert all(same(one, made[0]) for one in made)
    assert store.Store(cache, root).find() is not None
    assert not list(cache.glob(".packs-*"))


def test_cache_that_cannot_be_written_is_no_harm(root: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file, no folder", encoding="utf-8")
    assert same(load_library(root, cache=blocked), load_library(root))


def test_old_libraries_are_cleared_away(root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    rule = root / "us/floor/definitions/left.yaml"
    text = rule.read_text(encoding="utf-8")
    for number in range(7):
        rule.write_text(f"{text}notes: edition {number}\n", encoding="utf-8")
        load_library(root, cache=cache)
    assert len([path for path in cache.glob("packs-*.json") if not path.name.endswith(".state.json")]) == 4


def test_chapter_opens_when_its_pack_is_asked_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    leaves = [json.dumps(leaf).encode() for leaf in encode(load_library(SMALL))]
    opened: list[bytes] = []
    real = json.loads

    def spy(leaf: bytes) -> object:
        opened.append(leaf)
        found: object = real(leaf)
        return found

    monkeypatch.setattr("allhands.law.compiled.decode.json.loads", spy)
    library = decode(leaves)
    assert [pack.id for pack in library.packs]
    assert "us.floor.left" in library.rules
    assert opened == leaves[:1]
    with ThreadPoolExecutor(4) as pool:
        rules = list(pool.map(lambda _: library.rule("us.floor.left"), range(8)))
    assert all(rule is rules[0] for rule in rules)
    assert rules[0] in library.pack("us.floor").rules
    assert len(opened) == 2
