"""Commands of the demo world: an invented county to try everything in."""

from __future__ import annotations

from typing import Annotated

import typer

from allhands.cli.doors import database_ready

demo_app = typer.Typer(help="Fill and reset the demo world. Everybody in it is invented.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Adds `demo load`."""
    app.add_typer(demo_app, name="demo")


@demo_app.callback()
def demo() -> None:
    """Fill and reset the demo world. Everybody in it is invented."""


@demo_app.command("load")
def load(fresh: Annotated[bool, typer.Option("--fresh", help="Begin the demo story again.")] = False) -> None:
    """Put the demo county, its agencies and its people into the database. Doing it twice changes nothing."""
    with database_ready():
        from django.utils import timezone

        from allhands.agencies.demo import load as loader

        loader.load(timezone.now(), fresh=fresh)
    typer.echo("The demo county is ready. Everybody in it is invented.")
