"""Commands of the law room: they read files and print; they never see Django or a database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from allhands.kernel.findings import Finding, Level
from allhands.law.packs.lint import lint_packs

packs_app = typer.Typer(help="Look at the packs of rules, and check them.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Adds `assess` and `packs …`."""
    app.add_typer(packs_app, name="packs")


def default_packs() -> Path:
    """The packs beside the working folder, or else those of the source tree this runs from."""
    here = Path("packs")
    return here if here.is_dir() else Path(__file__).resolve().parents[3] / "packs"


@packs_app.command("lint")
def lint(
    folder: Annotated[Path | None, typer.Argument(help="The folder that holds the packs.")] = None,
    errors_only: Annotated[bool, typer.Option("--errors", help="Leave warnings out.")] = False,
) -> None:
    """Check every pack. Exit 1 when there is an error; warnings say what is unfinished."""
    console = Console(soft_wrap=True, highlight=False)
    findings = lint_packs(folder or default_packs())
    for finding in findings:
        if finding.level is Level.ERROR or not errors_only:
            console.print(_line(finding), markup=False)
    errors = sum(finding.level is Level.ERROR for finding in findings)
    console.print(f"{errors} errors, {len(findings) - errors} warnings", markup=False)
    raise typer.Exit(1 if errors else 0)


def _line(finding: Finding) -> str:
    return f"{finding.level.value.upper():7} {finding.path}  {finding.message}  [{finding.code}]"
