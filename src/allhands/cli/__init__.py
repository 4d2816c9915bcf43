"""Owns the command line: one module a group, each with `register(app)`. Holds no logic of its own."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import version
from typing import Annotated

import typer

MODULES: Mapping[str, tuple[str, ...]] = {
    "law": ("assess", "may-share", "packs"),
    "lawbook": ("packs",),
    "platform": ("serve", "web", "worker", "migrate", "backup", "restore", "check", "database"),
    "journal": ("journal",),
    "vault": ("vault",),
    "nation_key": ("nation-key",),
    "agencies": ("agencies",),
    "demo": ("demo",),
    "channels": ("channels",),
    "place": ("place",),
    "wire": ("wire",),
    "policies": ("policies",),
}
"""Each module and the commands it registers."""


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"Allhands {version('allhands')}")
        raise typer.Exit


def _begin(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_say_version, help="Say the version, and end.")
    ] = False,
) -> None:
    """All hands on deck for a missing child."""


def make_app(command: str = "") -> typer.Typer:
    """The command line.

    Args:
        command: a first word; then only the modules that know it are imported. A worker need not read every codec.
    """
    app = typer.Typer(
        name="allhands",
        help="All hands on deck for a missing child.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_begin)
    for name in [name for name, commands in MODULES.items() if command in commands] or MODULES:
        import_module(f"allhands.cli.{name}").register(app)
    return app


def main() -> None:
    """Runs the command line."""
    make_app(*sys.argv[1:2])()
