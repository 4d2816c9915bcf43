"""The rule packs this node speaks by: what it was shipped with, and the releases that take the place of some."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from threading import Lock

from django.conf import settings

from allhands import law

PackHash = tuple[str, str]
"""A pack's id and the SHA-256 over its files, as an assessment keeps them."""
_loading = Lock()
_find_folder: Callable[[], Path | None] | None = None
_find_earlier: Callable[[Iterable[PackHash]], Path | None] | None = None


def register_releases(
    find_folder: Callable[[], Path | None], find_earlier: Callable[[Iterable[PackHash]], Path | None]
) -> None:
    """Say where the law in force lies, and the law of an earlier assessment; None each time for the shipped packs.

    Args:
        find_folder: asked often; a folder's content never changes.
    """
    global _find_folder, _find_earlier
    _find_folder, _find_earlier = find_folder, find_earlier


def library() -> law.Library:
    """Every pack in force now, checked.

    Raises:
        law.PackError: a pack is wrong; the findings name file and place.
    """
    folder = _find_folder() if _find_folder is not None else None
    shipped: Path = settings.ALLHANDS_PACKS_DIR  # as it is: a report asks 270 times, and a new Path is hashed anew
    return library_at(folder or shipped)


def library_of(packs: Iterable[PackHash]) -> law.Library:
    """The packs an earlier assessment was made by, where they are still to be had; otherwise those in force."""
    wanted, current = tuple(packs), library()
    known = {(pack.id, pack.sha256) for pack in current.packs}
    if known.issuperset(wanted) or _find_earlier is None:
        return current
    folder = _find_earlier(wanted)
    return current if folder is None else library_at(folder)


def library_at(folder: Path) -> law.Library:
    """The packs of a folder, loaded once a process; their compiled form is kept in the data directory.

    Raises:
        law.PackError: a pack is wrong; the findings name file and place.
    """
    with _loading:  # two first questions at once must not both read every pack
        return _library_at(folder)


@lru_cache(maxsize=6)
def _library_at(folder: Path) -> law.Library:
    data = Path(settings.ALLHANDS_DATA_DIR)
    return law.load_library(folder, cache=data / "cache" if data.is_dir() else None)


def choice_words(fact_id: str, value: object) -> law.Text | None:
    """The words of a coded value as its pack names them; None when the fact has no list or the code is not on it."""
    declared = library().facts.get(fact_id)
    if declared is None or not declared.choices:
        return None
    words = {choice.code: choice.words for choice in declared.choices}
    codes = value if isinstance(value, list) else [value]
    found = [words[code] for code in codes if isinstance(code, str) and code in words]
    if not found or len(found) != len(codes):
        return None
    return law.Text(en=", ".join(one.en for one in found), es=", ".join(one.es for one in found))


def find_rule(rule_id: str) -> law.Rule | None:
    """The rule of that id, or None when no pack has it any more."""
    try:
        return library().rule(rule_id)
    except KeyError:
        return None


def facts_behind(rule_id: str) -> frozenset[str]:
    """Every fact a rule rests on, through the rules it refers to."""
    return _facts_behind(library(), rule_id)


@lru_cache(maxsize=4096)
def _facts_behind(library: law.Library, rule_id: str) -> frozenset[str]:
    return library.facts_behind(rule_id)
