"""The version, for whoever writes to us about a fault."""

from __future__ import annotations

import tomllib

from django.conf import settings
from typer.testing import CliRunner

from allhands.cli import app


def test_version_is_that_of_the_project() -> None:
    told = tomllib.loads((settings.ALLHANDS_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    result = CliRunner().invoke(app, ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"Allhands {told}\n")
