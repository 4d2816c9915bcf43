"""Owns the command line: one module a group, each with `register(app)`. Holds no logic of its own."""

from __future__ import annotations

import typer

from allhands.cli import (
    agencies,
    channels,
    demo,
    journal,
    law,
    lawbook,
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
agencies.register(app)
demo.register(app)
channels.register(app)
place.register(app)
wire.register(app)
policies.register(app)


def main() -> None:
    """Runs the command line."""
    app()
