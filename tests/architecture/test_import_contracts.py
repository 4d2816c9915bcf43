"""The contracts on who may import what hold, and no slice stands outside them."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from typing import Any

import pytest
from django.conf import settings

from tests.architecture.house import ROOT

# The interface is a room that everybody may use; it has a contract of another kind.
SLICES = frozenset(settings.ALLHANDS_SLICES) - {"allhands.ui"}


def contracts() -> list[dict[str, Any]]:
    declared: list[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
    return declared


@pytest.mark.parametrize("name", sorted(SLICES))
def test_every_slice_is_closed_to_every_other(name: str) -> None:
    [own] = [one for one in contracts() if one.get("forbidden_modules") == [name]]
    assert set(own["source_modules"]) == SLICES - {name}
    opened = {exception.split(" -> ")[1] for exception in own["ignore_imports"]}
    assert opened <= {f"{name}.{door}" for door in ("api", "contracts", "presenting", "tests.**")}


def test_platform_and_pure_rooms_are_closed_to_every_slice() -> None:
    for words in ("Pure rooms import no", "The kernel imports", "The platform and the interface"):
        [own] = [one for one in contracts() if one["name"].startswith(words)]
        assert set(own["forbidden_modules"]) >= SLICES, own["name"]


@pytest.mark.slow
def test_imports_keep_the_contracts() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    path = os.pathsep.join(["src", *(entry for entry in sys.path if entry)])
    answer = subprocess.run(
        [*command, "--no-cache"], cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stdout[-4000:] + answer.stderr[-2000:]
