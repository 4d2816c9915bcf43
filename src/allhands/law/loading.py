"""Opens a folder of packs as a library, from its compiled form where there is one."""

from __future__ import annotations

from pathlib import Path

from allhands.kernel.findings import Level
from allhands.law.collecting import uncollected
from allhands.law.compiled.store import Store, content_key, read_state
from allhands.law.library import Library, PackError, build_library
from allhands.law.packs.directory import read_directory
from allhands.law.packs.linking import check_links


def load_library(root: Path, *, cache: Path | None = None) -> Library:
    """The packs under `root`, checked and ready.

    Args:
        cache: a folder for compiled libraries; without it the packs are read from their YAML each time.
    Raises:
        PackError: with every ERROR finding; nothing wrong is ever kept.
    """
    if cache is None or not root.is_dir():
        return _read(root)
    store = Store(cache, root)
    found = store.find()
    if found is None:
        state, key = read_state(root), content_key(root)
        found = _read(root)
        if content_key(root) == key:  # nobody saved a pack while it was read
            store.keep(found, key, state)
    return found


def _read(root: Path) -> Library:
    with uncollected():
        return _read_all(root)


def _read_all(root: Path) -> Library:
    found = read_directory(root, with_cases=False)
    check_links(found)
    errors = tuple(finding for finding in found.findings if finding.level is Level.ERROR)
    if errors:
        raise PackError(errors)
    return build_library(found)
