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
    """Say who would gain or lose what if these policies were in force. Nothing takes effect. Exit 1 when anything does.

    Exit 2 when a wall of law would be broken.
    """
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.cedar"))]
    if not texts:
        raise typer.BadParameter(f"{folder} holds no .cedar file.")
    with django_ready():
        from allhands.access import trying

        try:
            tried = trying.try_out("\n".join(texts))
        except trying.PoliciesUnreadable as error:
            raise typer.BadParameter(f"These policies cannot be read: {error}") from error
    for one in tried.changes:
        who = f"{one.kind.value if one.kind else 'anybody'} {one.role.value if one.role else one.reader.lower()}"
        what = f"{one.sensitivity} ({one.holds}{f', {one.closed_by}' if one.closed_by else ''})"
        typer.echo(f"{'gains' if one.gains else 'loses'}: {who}, {what}, {one.purpose.value}, {one.ground}")
    for done, names in (("added", tried.added), ("taken out", tried.removed), ("rewritten", tried.rewritten)):
        for name in names:
            typer.echo(f"{done}: {name}")
    for wall in tried.broken:
        typer.echo(f"breaks a wall of law: {wall}")
    typer.echo(f"{len(tried.changes)} changes")
    raise typer.Exit(2 if tried.broken else 1 if tried.changes or tried.added or tried.removed else 0)
