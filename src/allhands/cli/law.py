"""Commands of the law room: they read files and print; they never see Django or a database."""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from allhands.cli.law_files import (
    check_choice,
    check_language,
    default_packs,
    finding_line,
    open_library,
    read_facts_file,
    stop,
)
from allhands.cli.law_report import print_assessment
from allhands.cli.law_sharing import may_share
from allhands.kernel.findings import Level
from allhands.law import assess
from allhands.law.packs.coverage import CoverageEntry, read_coverage
from allhands.law.packs.lint import lint_packs
from allhands.law.packs.reference import changed_pages, pack_page, write_pages
from allhands.law.packs.topics import coverage_by_topic

packs_app = typer.Typer(help="Look at the packs of rules, and check them.", no_args_is_help=True)
PacksOption = Annotated[Path | None, typer.Option("--packs", help="The folder that holds the packs.")]
FolderArgument = Annotated[Path | None, typer.Argument(help="The folder that holds the packs.")]
WORLDS = ("live", "demo", "drill")


def register(app: typer.Typer) -> None:
    """Adds `assess`, `may-share` and `packs …`."""
    app.command("assess")(assess_file)
    app.command("may-share")(may_share)
    app.add_typer(packs_app, name="packs")


def assess_file(
    file: Annotated[str, typer.Argument(help="A file of facts as JSON; - reads standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print data instead of a report.")] = False,
    packs: PacksOption = None,
    world: Annotated[str, typer.Option(help="live, demo or drill.")] = "live",
    lang: Annotated[str, typer.Option(help="en or es.")] = "en",
) -> None:
    """Say what the law says about a file of facts: definitions, duties, criteria, and what to ask next."""
    check_choice("--world", world, WORLDS)
    check_language(lang)
    library = open_library(packs)
    given = read_facts_file(file, library)
    assessment = assess(given.facts, library, as_of=given.as_of, world=world)
    if as_json:
        sys.stdout.write(json.dumps(assessment.to_json(lang), ensure_ascii=False, indent=2) + "\n")
    else:
        print_assessment(assessment, library, Console(highlight=False), lang)


@packs_app.command("lint")
def lint(
    folder: FolderArgument = None,
    errors_only: Annotated[bool, typer.Option("--errors", help="Leave warnings out.")] = False,
) -> None:
    """Check every pack. Exit 1 on an error; warnings say what is unfinished, notes what is below the federal floor."""
    findings = lint_packs(folder or default_packs())
    for finding in findings:
        if finding.level is Level.ERROR or not errors_only:
            typer.echo(finding_line(finding))
    count = Counter(finding.level for finding in findings)
    errors = count[Level.ERROR]
    typer.echo(f"{errors} errors, {count[Level.WARNING]} warnings, {count[Level.INFO]} below the federal floor")
    raise typer.Exit(1 if errors else 0)


@packs_app.command("coverage")
def coverage(
    folder: FolderArgument = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print each subject of each pack as data.")] = False,
) -> None:
    """Say which jurisdictions and subjects are covered, how far, verified when and by whom."""
    entries, findings = read_coverage(folder or default_packs())
    if findings:
        stop([finding_line(finding) for finding in findings])
    if as_json:
        covered = coverage_by_topic(open_library(folder), entries, as_of=datetime.now(UTC).date())
        sys.stdout.write(json.dumps(covered, ensure_ascii=False, indent=2) + "\n")
        return
    for entry in entries:
        typer.echo(_coverage_line(entry))


def _coverage_line(entry: CoverageEntry) -> str:
    verified = f"verified {entry.verified_on} by {entry.by}" if entry.verified_on else "not verified"
    gaps = "".join(f"\n    gap: {gap.en}" for gap in entry.gaps)
    return f"{entry.coverage:8} {entry.pack}  {entry.jurisdiction}: {entry.subject.en}; {verified}{gaps}"


@packs_app.command("show")
def show(
    name: Annotated[str, typer.Argument(help="The id of a pack or a rule, such as us.federal.")],
    packs: PacksOption = None,
) -> None:
    """Print a pack, or one rule, in plain words with its sources."""
    library = open_library(packs)
    try:
        typer.echo(pack_page(library, name))
    except KeyError:
        known = ", ".join(pack.id for pack in library.packs)
        stop([f"{name}: no pack or rule has this id; packs here: {known}"])


@packs_app.command("docs")
def docs(
    packs: PacksOption = None,
    to: Annotated[Path, typer.Option(help="Where the reference pages lie.")] = Path("docs/reference/rules"),
    check: Annotated[bool, typer.Option("--check", help="Change nothing; exit 1 when pages are out of date.")] = False,
) -> None:
    """Write the reference pages of all packs."""
    library = open_library(packs)
    changed = changed_pages(library, to)
    for path in changed:
        typer.echo(f"{'out of date' if check else 'written'}: {path}")
    if check:
        raise typer.Exit(1 if changed else 0)
    write_pages(library, to)
