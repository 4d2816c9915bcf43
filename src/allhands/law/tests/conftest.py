"""The small packs of these tests, loaded once, and short ways to ask them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from allhands.law import JSON, Assessment, Library, assess, load_library, parse_facts

PACKS = Path(__file__).parent / "packs"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a Tuesday

Assess = Callable[..., Assessment]


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library(PACKS)


@pytest.fixture(scope="session")
def assess_facts(library: Library) -> Assess:
    """Assesses raw facts; `as_of` is noon on 24 November 2026 unless said otherwise."""

    def run(raw: dict[str, JSON], *, as_of: datetime = NOON, world: str = "live") -> Assessment:
        return assess(parse_facts(raw, library.facts, as_of=as_of), library, as_of=as_of, world=world)

    return run
