"""Owns the command line: one module a group, each with `register(app)`. Holds no logic of its own."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer

from allhands.cli import (
    agencies,
    channels,
    demo,
    journal,
    law,
    lawbook,
    nation_key,
    place,
    platform,
    policies,
    vault,
    wire,
)

app = typer.Typer(
    name="allhands",
    help="All hands on deck for a missing child.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
law.register(app)
lawbook.register(app)
platform.register(app)
journal.register(app)
vault.register(app)
nation_key.register(app)
agencies.register(app)
demo.register(app)
channels.register(app)
place.register(app)
wire.register(app)
policies.register(app)


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"Allhands {version('allhands')}")
        raise typer.Exit


@app.callback()
def begin(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_say_version, help="Say the version, and end.")
    ] = False,
) -> None:
    """All hands on deck for a missing child."""


def main() -> None:
    """Runs the command line."""
    app()
