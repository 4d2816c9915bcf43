"""What is wrong ends the checks: a known weakness, an unsafe call. What could not be looked at is said to be so."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture import house

ROOT = Path(house.__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("told", "code", "ends_with", "says"),
    [
        ("No known vulnerabilities found", 0, 0, "no known weakness"),
        ("Found 2 known vulnerabilities in 1 package\njinja2 2.4.1 PYSEC-2014-8", 1, 1, "PYSEC-2014-8"),
        ("Found 1 known vulnerability in 1 package", 1, 1, "Found 1"),
        ("x Dependency not found and could not be audited: x (1)", 0, 2, "NOT AUDITED"),
        ("requests.exceptions.ConnectionError: no route", 1, 2, "NOT AUDITED"),
    ],
)
def test_the_audit_ends_as_it_found(tmp_path: Path, told: str, code: int, ends_with: int, says: str) -> None:
    for folder in ("script", "requirements", ".venv/bin"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(ROOT / "script" / "audit", tmp_path / "script" / "audit")
    (tmp_path / "requirements" / "main.lock").write_text("")
    (tmp_path / "told").write_text(told + "\n")
    program = tmp_path / ".venv" / "bin" / "pip-audit"
    program.write_text(f'#!/bin/sh\ncat "{tmp_path}/told"\nexit {code}\n')
    program.chmod(0o755)
    answer = subprocess.run(["bash", "script/audit"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.returncode == ends_with, answer.stderr
    assert says in answer.stdout + answer.stderr


def test_an_unsafe_call_ends_the_check(tmp_path: Path) -> None:
    """With the very words of `script/check`."""
    [line] = [line for line in (ROOT / "script" / "check").read_text().splitlines() if "/bandit " in line]
    (tmp_path / "src").mkdir()
    planted = tmp_path / "src" / "planted.py"
    command = line.replace(".venv/bin", str(ROOT / ".venv" / "bin"))
    for words, ends_with in (("import subprocess\nsubprocess.call('ls ' + x, shell=True)\n", 1), ("x = 1\n", 0)):
        planted.write_text(words)
        answer = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert answer.returncode == ends_with, answer.stdout + answer.stderr


def test_continuous_integration_asks_for_all_of_it() -> None:
    assert "script/audit" in (ROOT / "script" / "test").read_text()
    assert "script/check" in (ROOT / "script" / "test").read_text()
    assert "script/test" in (ROOT / ".ci" / "run").read_text()
