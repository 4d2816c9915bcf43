"""Reads the tables of this room. Where each came from: geo/data/SOURCES.md."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one table of geo/data, each by its column names."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
