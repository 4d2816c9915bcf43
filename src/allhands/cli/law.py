"""Commands of the law room: they read files and print; they never see Django or a database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from allhands.cli.law_report import print_assessment
from allhands.kernel.findings import Finding, Level
from allhands.law import AssessInput, FactsError, Library, PackError, assess, load_library, parse_input, read_json
from allhands.law.facts.json_text import MAX_BYTES
from allhands.law.packs.coverage import CoverageEntry, read_coverage
from allhands.law.packs.lint import lint_packs
from allhands.law.packs.reference import changed_pages, pack_page, write_pages

packs_app = typer.Typer(help="Look at the packs of rules, and check them.", no_args_is_help=True)
PacksOption = Annotated[Path | None, typer.Option("--packs", help="The folder that holds the packs.")]
FolderArgument = Annotated[Path | None, typer.Argument(help="The folder that holds the packs.")]
WORLDS = ("live", "demo", "drill")


def register(app: typer.Typer) -> None:
    """Adds `assess` and `packs …`."""
    app.command("assess")(assess_file)
    app.add_typer(packs_app, name="packs")


def default_packs() -> Path:
    """The packs beside the working folder, or else those of the source tree this runs from."""
    here = Path("packs")
    return here if here.is_dir() else Path(__file__).resolve().parents[3] / "packs"


def assess_file(
    file: Annotated[str, typer.Argument(help="A file of facts as JSON; - reads standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print data instead of a report.")] = False,
    packs: PacksOption = None,
    world: Annotated[str, typer.Option(help="live, demo or drill.")] = "live",
    lang: Annotated[str, typer.Option(help="en or es.")] = "en",
) -> None:
    """Say what the law says about a file of facts: definitions, duties, criteria, and what to ask next."""
    _check_choice("--world", world, WORLDS)
    _check_choice("--lang", lang, ("en", "es"))
    library = _library(packs)
    given = _read_input(file, library)
    assessment = assess(given.facts, library, as_of=given.as_of, world=world)
    if as_json:
        sys.stdout.write(json.dumps(assessment.to_json(lang), ensure_ascii=False, indent=2) + "\n")
    else:
        print_assessment(assessment, library, Console(highlight=False), lang)


def _check_choice(option: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        _stop([f"{option}: {value!r} is not known; allowed: {', '.join(allowed)}"])


def _stop(lines: list[str]) -> None:
    """Ends with exit 2 and the reasons on standard error."""
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(2)


def _library(packs: Path | None) -> Library:
    try:
        return load_library(packs or default_packs())
    except PackError as error:
        _stop([_line(finding) for finding in error.findings])
        raise


def _read_input(file: str, library: Library) -> AssessInput:
    try:
        data = sys.stdin.buffer.read(MAX_BYTES + 1) if file == "-" else _read_file(Path(file))
        return parse_input(read_json(data), library.facts)
    except OSError as error:
        _stop([f"{file}: {error.strerror or 'cannot be read'}; name a file of facts, or - for standard input"])
        raise
    except FactsError as error:
        _stop([f"{finding.path}: {finding.message}" for finding in error.findings])
        raise


def _read_file(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


@packs_app.command("lint")
def lint(
    folder: FolderArgument = None,
    errors_only: Annotated[bool, typer.Option("--errors", help="Leave warnings out.")] = False,
) -> None:
    """Check every pack. Exit 1 when there is an error; warnings say what is unfinished."""
    findings = lint_packs(folder or default_packs())
    for finding in findings:
        if finding.level is Level.ERROR or not errors_only:
            typer.echo(_line(finding))
    errors = sum(finding.level is Level.ERROR for finding in findings)
    typer.echo(f"{errors} errors, {len(findings) - errors} warnings")
    raise typer.Exit(1 if errors else 0)


def _line(finding: Finding) -> str:
    return f"{finding.level.value.upper():7} {finding.path}  {finding.message}  [{finding.code}]"


@packs_app.command("coverage")
def coverage(folder: FolderArgument = None) -> None:
    """Say which jurisdictions and subjects are covered, how far, verified when and by whom."""
    entries, findings = read_coverage(folder or default_packs())
    if findings:
        _stop([_line(finding) for finding in findings])
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
    library = _library(packs)
    try:
        typer.echo(pack_page(library, name))
    except KeyError:
        known = ", ".join(pack.id for pack in library.packs)
        _stop([f"{name}: no pack or rule has this id; packs here: {known}"])


@packs_app.command("docs")
def docs(
    packs: PacksOption = None,
    to: Annotated[Path, typer.Option(help="Where the reference pages lie.")] = Path("docs/reference/rules"),
    check: Annotated[bool, typer.Option("--check", help="Change nothing; exit 1 when pages are out of date.")] = False,
) -> None:
    """Write the reference pages of all packs."""
    library = _library(packs)
    changed = changed_pages(library, to)
    for path in changed:
        typer.echo(f"{'out of date' if check else 'written'}: {path}")
    if check:
        raise typer.Exit(1 if changed else 0)
    write_pages(library, to)
