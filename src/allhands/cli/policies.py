"""Commands of the door: print the matrix, try changed policies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from allhands.cli.doors import django_ready

policies_app = typer.Typer(help="Who may see what: the policies of the door.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add `policies …`."""
    app.add_typer(policies_app, name="policies")


@policies_app.command("matrix")
def matrix() -> None:
    """Print the matrix as Markdown, by asking the policies."""
    with django_ready():
        from allhands.access import matrix_page

        typer.echo(matrix_page.as_markdown(), nl=False)


@policies_app.command("try")
def try_out(
    folder: Annotated[Path, typer.Argument(help="Folder with the changed .cedar files, all of them.")],
) -> None:
    """Say who would gain or lose what if these policies were in force. Nothing takes effect. Exit 1 when any does."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.cedar"))]
    if not texts:
        raise typer.BadParameter(f"{folder} holds no .cedar file.")
    with django_ready():
        from allhands.access import matrix_page

        try:
            changes = matrix_page.try_out("\n".join(texts))
        except matrix_page.PoliciesUnreadable as error:
            raise typer.BadParameter(f"These policies cannot be read: {error}") from error
    for one in changes:
        who = f"{one.kind.value} {one.role.value if one.role else 'software'}"
        typer.echo(
            f"{'gains' if one.gains else 'loses'}: {who}, {one.sensitivity} ({one.holds}), "
            f"{one.purpose.value}, {one.ground}"
        )
    typer.echo(f"{len(changes)} changes")
    raise typer.Exit(1 if changes else 0)
