"""One bad pack a mistake: laid over the good packs, each must be found, in place and in words."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from allhands.law import PackError, load_library
from allhands.law.packs import strict_yaml
from allhands.law.packs.lint import lint_packs

HERE = Path(__file__).parent
BAD = sorted(path for path in (HERE / "bad_packs").iterdir() if path.is_dir())
MADE_HERE = {"pack.no-index", "pack.no-folder", "pack.too-large"}


def lay_over(bad: Path, root: Path) -> Path:
    shutil.copytree(HERE / "packs", root)
    shutil.copytree(
        bad, root, dirs_exist_ok=True, ignore=lambda _, names: ["expect.txt"] if "expect.txt" in names else []
    )
    return root


@pytest.mark.parametrize("bad", BAD, ids=lambda path: path.name)
def test_bad_pack_is_found_in_words(bad: Path, tmp_path: Path) -> None:
    root = lay_over(bad, tmp_path / "packs")
    code = "pack.alias" if bad.name == "alias-bomb" else f"pack.{bad.name}"
    lines = [f"{found.path} {found.message} {found.code}" for found in lint_packs(root) if found.code == code]
    wanted = (bad / "expect.txt").read_text(encoding="utf-8").splitlines()
    assert any(all(word in line for word in wanted) for line in lines), lines


def test_good_packs_have_no_errors() -> None:
    assert [found for found in lint_packs(HERE / "packs") if found.level.value == "error"] == []


def test_every_finding_code_has_a_bad_pack() -> None:
    source = "".join(
        path.read_text(encoding="utf-8") for path in HERE.parent.rglob("*.py") if "tests" not in path.parts
    )
    codes = set(re.findall(r'"(pack\.[a-z0-9-]+)"', source)) - {"pack.yaml"}
    assert codes - {f"pack.{bad.name}" for bad in BAD} == MADE_HERE


def test_missing_folder_is_said(tmp_path: Path) -> None:
    assert [found.code for found in lint_packs(tmp_path / "nowhere")][:1] == ["pack.no-folder"]


def test_empty_folder_is_said(tmp_path: Path) -> None:
    assert "pack.no-pack-file" in [found.code for found in lint_packs(tmp_path)]


def test_absent_index_is_said(tmp_path: Path) -> None:
    root = shutil.copytree(HERE / "packs", tmp_path / "packs")
    (root / "index.yaml").unlink()
    assert "pack.no-index" in [found.code for found in lint_packs(root)]


def test_huge_file_is_said_without_being_read(tmp_path: Path) -> None:
    root = shutil.copytree(HERE / "packs", tmp_path / "packs")
    (root / "us/floor/facts.yaml").write_bytes(b"- " * (strict_yaml.MAX_BYTES // 2 + 1))
    assert "pack.too-large" in [found.code for found in lint_packs(root)]


def test_loading_refuses_packs_with_errors(tmp_path: Path) -> None:
    root = lay_over(HERE / "bad_packs/unknown-fact", tmp_path / "packs")
    with pytest.raises(PackError, match="did you mean"):
        load_library(root)


def test_every_finding_code_is_documented() -> None:
    page = (HERE.parents[3] / "docs/reference/pack-format.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`(pack\.[a-z0-9-]+)`", page)) - {"pack.yaml"}
    assert documented == {f"pack.{bad.name}" for bad in BAD if bad.name != "alias-bomb"} | MADE_HERE
