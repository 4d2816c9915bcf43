"""What the law commands share: opening packs, reading a file of facts, and ending with words on standard error."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs
import typer

from allhands.kernel.findings import Finding
from allhands.law import AssessInput, FactsError, Library, PackError, load_library, parse_input, read_json
from allhands.law.facts.json_text import MAX_BYTES
from allhands.platform.nations import unknown_nations


def default_packs() -> Path:
    """The packs beside the working folder, or else those of the source tree this runs from."""
    here = Path("packs")
    return here if here.is_dir() else Path(__file__).resolve().parents[3] / "packs"


def open_library(packs: Path | None) -> Library:
    """The library of a folder of packs; ends with exit 2 and every finding when it must not be used."""
    try:
        return load_library(packs or default_packs(), cache=platformdirs.user_cache_path("allhands"))
    except PackError as error:
        stop([finding_line(finding) for finding in error.findings])
        raise


def read_facts_file(file: str, library: Library) -> AssessInput:
    """The facts of a file, or of standard input for `-`; ends with exit 2 and the reasons when they cannot be."""
    try:
        data = sys.stdin.buffer.read(MAX_BYTES + 1) if file == "-" else _read_file(Path(file))
        raw = read_json(data)
        given = parse_input(raw, library.facts)
    except OSError as error:
        stop([f"{file}: {error.strerror or 'cannot be read'}; name a file of facts, or - for standard input"])
        raise
    except FactsError as error:
        stop([f"{finding.path}: {finding.message}" for finding in error.findings])
        raise
    unknown = unknown_nations(raw, library)
    if unknown:
        stop([f"{finding.path}: {finding.message}" for finding in unknown])
    return given


def _read_file(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def check_choice(option: str, value: str, allowed: tuple[str, ...]) -> None:
    """Ends with exit 2 unless the value is allowed."""
    if value not in allowed:
        stop([f"{option}: {value!r} is not known; allowed: {', '.join(allowed)}"])


def check_language(lang: str) -> None:
    check_choice("--lang", lang, ("en", "es"))


def stop(lines: list[str]) -> None:
    """Ends with exit 2 and the reasons on standard error."""
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(2)


def finding_line(finding: Finding) -> str:
    """A finding on one line, as the lint prints it."""
    return f"{finding.level.value.upper():7} {finding.path}  {finding.message}  [{finding.code}]"
