"""Commands of the ways out: take back what a mail system returned, and say how each channel stands."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from allhands.cli.doors import database_ready

if TYPE_CHECKING:
    from allhands.channels.contracts import WayOut

channels_app = typer.Typer(help="The ways out: inbox, e-mail, and every way of an alert.", no_args_is_help=True)

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


@channels_app.command("ways")
def ways() -> None:
    """Say how each way out of an alert stands. Exit 1 when a test failed."""
    with database_ready():
        from django.utils import timezone

        from allhands.channels import api

        found = api.ways_out(timezone.now())
    _say_ways(found)
    raise typer.Exit(1 if any(one.condition.value == "TEST_FAILED" for one in found) else 0)


@channels_app.command("test")
def try_connection(
    way: Annotated[str, typer.Argument(help="Such as sms, ipaws, email; nothing for every way.")] = "",
) -> None:
    """Try the connection of a way out, or of all; nothing is sent. Exit 1 when a test failed."""
    with database_ready():
        from django.utils import timezone

        from allhands.channels import api

        if way and way.upper() not in api.Way.__members__:
            allowed = ", ".join(one.value.lower() for one in api.Way)
            raise typer.BadParameter(f"{way} is no way out. There are: {allowed}.")
        now = timezone.now()
        api.try_ways(api.Way(way.upper()) if way else None, now)
        found = [one for one in api.ways_out(now) if not way or one.way.value == way.upper()]
    _say_ways(found)
    raise typer.Exit(1 if any(one.condition.value == "TEST_FAILED" for one in found) else 0)


@channels_app.command("signs")
def signs(table: Annotated[str, typer.Argument(help="CSV file; - reads it from standard input.")]) -> None:
    """Add and change road signs from a table. Exit 1 when a row was left out; every reason is told."""
    raw = _read(table)
    with database_ready():
        from django.utils import timezone

        from allhands.channels import api

        imported = api.import_signs(api.SYSTEM, raw, timezone.now())
    for problem in imported.problems:
        typer.echo(problem, err=True)
    typer.echo(f"{imported.written} signs written, {len(imported.problems)} left out")
    raise typer.Exit(1 if imported.problems else 0)


@channels_app.command("webhook")
def webhook(
    url: Annotated[str, typer.Argument(help="Where the machine listens: https://…")],
    label: Annotated[str, typer.Option(help="Whose it is.")] = "",
    end: Annotated[bool, typer.Option("--end", help="Stop calling it.")] = False,
) -> None:
    """Call a machine at each alert, or stop calling it. Prints the secret with which it checks our signature."""
    with database_ready():
        from django.utils import timezone

        from allhands.channels import api
        from allhands.kernel.errors import Refused

        try:
            secret = api.set_webhook(url, label=label, end=end, now=timezone.now())
        except Refused as refused:
            raise typer.BadParameter(refused.reason) from refused
    typer.echo("ended" if end else secret)


@channels_app.command("push-key")
def push_key() -> None:
    """Make a key for web push: put the first line into ALLHANDS_PUSH_KEY; browsers subscribe with the second."""
    from allhands.channels.push.keys import make_key

    private, public = make_key()
    typer.echo(private)
    typer.echo(public)


def _say_ways(found: Iterable[WayOut]) -> None:
    for one in found:
        condition = one.condition.value.lower().replace("_", " ")
        typer.echo(f"{one.way.value.lower()}: {condition}{f' ({one.code})' if one.code else ''}")


def _read(message: str) -> bytes:
    if message == "-":
        return sys.stdin.buffer.read(_LARGEST_BYTES)
    try:
        with Path(message).open("rb") as file:
            return file.read(_LARGEST_BYTES)
    except OSError as error:
        raise typer.BadParameter(f"{message} cannot be read: {error.strerror}.") from error
