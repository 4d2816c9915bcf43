"""Commands of the ways out: take back what a mail system returned, and say how each channel stands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from allhands.cli.doors import database_ready

channels_app = typer.Typer(help="The ways out: e-mail and inbox.", no_args_is_help=True)

Message = Annotated[str, typer.Argument(help="File with one returned message; - reads it from standard input.")]

# More than any honest report has; what is longer is read no further.
_LARGEST_BYTES = 4_000_000


def register(app: typer.Typer) -> None:
    """Add `channels …`."""
    app.add_typer(channels_app, name="channels")


@channels_app.command("bounce")
def bounce(message: Message = "-") -> None:
    """Record a returned e-mail (RFC 3464). For a mail server's pipe: exit 0 also when it is none of ours."""
    raw = _read(message)
    with database_ready():
        from django.utils import timezone

        from allhands.channels import api

        result = api.record_bounce(raw, timezone.now())
    typer.echo(result.value.lower().replace("_", "-"))


@channels_app.command("states")
def states() -> None:
    """Say how each channel stands and how many deliveries need a person. Exit 1 when any does."""
    with database_ready():
        from django.utils import timezone

        from allhands.channels import api

        for state in api.channel_states():
            condition = state.condition.value.lower().replace("_", " ")
            typer.echo(f"{state.channel.value.lower()}: {condition}, {state.waiting} not sent")
        waiting = api.list_needing_person(timezone.now())
        for need in waiting:
            typer.echo(f"needs a person: {need.delivery.id} {need.reason.value.lower()} since {need.since.isoformat()}")
    raise typer.Exit(1 if waiting else 0)


def _read(message: str) -> bytes:
    if message == "-":
        return sys.stdin.buffer.read(_LARGEST_BYTES)
    try:
        with Path(message).open("rb") as file:
            return file.read(_LARGEST_BYTES)
    except OSError as error:
        raise typer.BadParameter(f"{message} cannot be read: {error.strerror}.") from error
