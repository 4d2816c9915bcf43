"""The version, for whoever writes to us about a fault."""

from __future__ import annotations

import tomllib

import pytest
import typer
from django.conf import settings
from typer.testing import CliRunner

from allhands.cli import MODULES, make_app


def test_version_is_that_of_the_project() -> None:
    told = tomllib.loads((settings.ALLHANDS_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    result = CliRunner().invoke(make_app(), ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"Allhands {told}\n")


@pytest.mark.parametrize("command", sorted({word for words in MODULES.values() for word in words}))
def test_each_command_is_found_by_its_first_word(command: str) -> None:
    assert CliRunner().invoke(make_app(command), [command, "--help"]).exit_code == 0


def test_every_command_is_on_the_list() -> None:
    known = typer.main.get_command(make_app())
    assert isinstance(known, typer.core.TyperGroup)
    assert set(known.commands) == {word for words in MODULES.values() for word in words}
