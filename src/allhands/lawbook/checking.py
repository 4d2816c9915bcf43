"""Judges a draft as the lint judges a folder: the pack beside those it leans on, in a folder of its own."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from allhands import law
from allhands.kernel.findings import Finding, Level
from allhands.law.packs.lint import lint_packs
from allhands.lawbook import overlay, tree

Texts = Mapping[str, str | None]
"""Files of a draft by name; None where the draft takes a file away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found in a draft.

    Args:
        findings: of this pack only, paths below its own folder (`duties/x.yaml:then.clock`).
        library: the pack and those it leans on, ready to judge; None while something is wrong.
    """

    findings: tuple[Finding, ...]
    library: law.Library | None

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.level is Level.ERROR)


def root_in_force() -> Path:
    """The folder of the packs in force."""
    return overlay.current_folder() or overlay.shipped_root()


def as_files(texts: Texts) -> dict[str, bytes]:
    return {name: text.encode() for name, text in texts.items() if text is not None}


def check(pack_id: str, texts: Texts) -> Checked:
    """The findings of a draft, remembered for as long as no word of it changes."""
    return _check(root_in_force(), pack_id, tuple(sorted(as_files(texts).items())))


@lru_cache(maxsize=16)
def _check(root: Path, pack_id: str, files: tuple[tuple[str, bytes], ...]) -> Checked:
    written = dict(files)
    with tempfile.TemporaryDirectory(prefix="law-") as folder:
        place = Path(folder) / "packs"
        tree.write_small_tree(root, pack_id, written, tree.needs_of(root, pack_id, written), place)
        found = lint_packs(place)
        try:
            library = law.load_library(place)
        except law.PackError:
            library = None
    own = f"{tree.folder_of(pack_id)}/"
    ours = [finding for finding in found if _is_ours(finding, own, pack_id)]
    return Checked(findings=tuple(_below(finding, own) for finding in ours), library=library)


def _is_ours(finding: Finding, own: str, pack_id: str) -> bool:
    if finding.code == "pack.not-in-index":  # the packs beside it came without their lines of the public list
        return f" {pack_id} " in finding.message
    return finding.path.startswith((own, "index.yaml"))


def _below(finding: Finding, own: str) -> Finding:
    """The same finding with its path inside the pack."""
    path = finding.path.removeprefix(own).replace("index.yaml", tree.COVERAGE, 1)
    return Finding(path=path, code=finding.code, level=finding.level, message=finding.message)


def candidate_folder(pack_id: str, texts: Texts) -> Path:
    """The folder of all packs as they would be with this draft in force."""
    root, files = root_in_force(), as_files(texts)
    digest = hashlib.sha256(f"{root} {pack_id} {sorted(files.items())}".encode()).hexdigest()
    folder = Path(settings.ALLHANDS_DATA_DIR) / "law" / "candidates" / digest[:32]
    if not folder.is_dir():
        overlay.write_folder(root, {pack_id: files}, folder)
    return folder
