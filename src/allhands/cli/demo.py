"""Commands of the demo world: an invented county to try everything in."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Annotated

import typer
from rich.console import Console

demo_app = typer.Typer(help="Fill and reset the demo world. Everybody in it is invented.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Adds `demo load`."""
    app.add_typer(demo_app, name="demo")


@demo_app.callback()
def demo() -> None:
    """Fill and reset the demo world. Everybody in it is invented."""


@demo_app.command("load")
def load(
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin the demo story again.")] = False,
) -> None:
    """Put the demo county, its agencies and its people into the database. Doing it twice changes nothing."""
    import django

    django.setup()  # here and not above: commands of the law room run without Django
    from django.conf import settings
    from django.utils import timezone

    from allhands.agencies.demo import load as loader
    from allhands.platform.database.server import EmbeddedServer

    console = Console(highlight=False)
    embedded = settings.ALLHANDS_DATABASE_IS_EMBEDDED
    server = EmbeddedServer(settings.ALLHANDS_DATA_DIR, wanted=settings.ALLHANDS_PG_BIN) if embedded else nullcontext()
    with server:
        try:
            loader.load(timezone.now(), fresh=fresh)
        except loader.NotADemo:
            console.print("This is not the demo world. Set ALLHANDS_WORLD=demo and start again.", markup=False)
            raise typer.Exit(2) from None
    console.print("The demo county is ready. Everybody in it is invented.", markup=False)
