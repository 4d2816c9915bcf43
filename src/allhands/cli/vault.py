"""Commands about encryption at rest: a fresh key, rotation."""

from __future__ import annotations

import typer

from allhands.cli.doors import database_ready

vault = typer.Typer(help="Encryption at rest.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(vault, name="vault")


@vault.command("new-key")
def print_new_key() -> None:
    """Print a fresh key for ALLHANDS_VAULT_KEY. It is shown once and kept nowhere."""
    from allhands.platform.vault.wrapping import new_key_text

    typer.echo(new_key_text())


@vault.command("rotate")
def rotate() -> None:
    """Wrap every record's key with the new key. Pages and jobs may go on; an interrupted run goes on where it was."""
    with database_ready():
        from allhands.platform.vault import api

        moved = 0

        def tell(more: int) -> None:
            nonlocal moved
            moved += more
            typer.echo(f"{moved} keys wrapped anew so far.", err=True)

        try:
            count = api.rotate(tell)
        except api.WrappingFault as fault:
            typer.echo(f"allhands: {fault}", err=True)
            raise typer.Exit(1) from fault
    typer.echo(f"{count} keys are wrapped anew. The old key opens nothing that is in use any more.")
