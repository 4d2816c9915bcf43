"""What the tests of the law book share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.conf import settings as django_settings

from allhands.kernel.actors import Actor
from allhands.lawbook import keyring, overlay, tree
from allhands.platform.testing.cast import Cast

STATE = "us.states.nd"
NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def few_packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The core, one State and the sample nation, without the federal cases: loaded in a fraction of the time."""
    shipped, folder = Path(django_settings.ALLHANDS_PACKS_DIR), tmp_path_factory.mktemp("law") / "packs"
    files = tree.read_pack(shipped, STATE)
    tree.write_small_tree(shipped, STATE, files, ("core", "us.federal", "tribes.sample"), folder)
    return folder


@pytest.fixture(autouse=True)
def law_of_its_own(
    settings: LazySettings, tmp_path: Path, few_packs: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Each test has its own keys and folders, looks at once, and leaves no law behind."""
    settings.ALLHANDS_DATA_DIR, settings.ALLHANDS_PACKS_DIR = tmp_path, few_packs
    monkeypatch.setattr(overlay, "LOOK_EVERY", 0.0)
    overlay.forget()
    yield
    overlay.forget()


@pytest.fixture
def key() -> str:
    return keyring.make_own_key()


@pytest.fixture
def writer(cast: Cast) -> Actor:
    return cast.supervisor


@pytest.fixture
def reader(cast: Cast) -> Actor:
    return cast.attorney
