"""Packs begun, keys trusted, releases taken: as somebody does it who gets things wrong first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import LazySettings
from typer.testing import CliRunner

from allhands.cli import make_app
from allhands.lawbook import overlay
from allhands.lawbook.release.keys import public_text
from allhands.lawbook.release.manifest import FORMAT, Manifest, make_release

runner = CliRunner()
KEY = Ed25519PrivateKey.generate()


@pytest.fixture(autouse=True)
def node(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A node of the tests instead of one started for the command."""

    @contextmanager
    def there() -> Iterator[None]:
        from allhands.cli.doors import kind_errors

        with kind_errors():
            yield None

    settings.ALLHANDS_DATA_DIR = tmp_path
    for door in ("django_ready", "database_ready"):
        monkeypatch.setattr(f"allhands.cli.lawbook.{door}", there)
    overlay.forget()
    yield tmp_path
    overlay.forget()


def run(*words: str | Path) -> tuple[int, str]:
    done = runner.invoke(make_app(), ["packs", *map(str, words)])
    return done.exit_code, done.output


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(("words", "says"), [
    (("ZZ",), "neither a State's two letters"),
    (("../../etc",), "neither a State's two letters"),
    (("ND", "--zone", "Mars/Olympus"), "is no time zone; write one like America/Chicago"),
    (("ND", "--packs", "nowhere-at-all"), "there is no folder nowhere-at-all"),
])  # fmt: skip
def test_new_says_what_is_wrong_and_makes_nothing(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    root = tmp_path / "packs"
    root.mkdir()
    code, told = run("new", *words, *(() if "--packs" in words else ("--packs", root)))
    assert (code, says in told) == (2, True), told
    assert not list(root.iterdir())


def test_new_begins_a_pack_once(tmp_path: Path) -> None:
    root = tmp_path / "packs"
    root.mkdir()
    assert run("new", "spirit-lake", "--name", "Spirit Lake", "--packs", root)[0] == 0
    assert (root / "tribes/spirit-lake/pack.yaml").is_file()
    code, told = run("new", "spirit-lake", "--packs", root)
    assert (code, "is there already" in told) == (2, True)


@pytest.mark.parametrize(("data", "says"), [
    (b"hello", "This is no public key"), (b"\xff\x00\xb6", "This is no public key"), (None, "Name a key"),
])  # fmt: skip
def test_trust_takes_keys_only(data: bytes | None, says: str, tmp_path: Path) -> None:
    path = tmp_path if data is None else written(tmp_path / "x.pub", data)
    code, told = run("trust", path, "--name", "neighbor")
    assert (code, says in told) == (2, True), told


def test_trust_needs_a_plain_name(tmp_path: Path) -> None:
    key = written(tmp_path / "x.pub", public_text(KEY.public_key()).encode())
    assert run("trust", key, "--name", "../own")[0] == 2
    assert run("trust", key, "--name", "neighbor")[0] == 0


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["verify", "import"])
@pytest.mark.parametrize(("data", "says"), [
    (b"no archive", "This is not a release"), (b"", "This is not a release"), (None, "Name a release"),
])  # fmt: skip
def test_what_is_no_release_is_said(verb: str, data: bytes | None, says: str, tmp_path: Path) -> None:
    path = tmp_path if data is None else written(tmp_path / "x.pack", data)
    code, told = run(verb, path)
    assert (code in {1, 2}, says in told) == (True, True), told


def release_of(pack: str, files: dict[str, bytes]) -> bytes:
    manifest = Manifest(
        format=FORMAT, pack=pack, version="2099.01.01", replaces="", takes_effect_at="2099-01-01T00:00:00+00:00",
        published_at="2026-11-30T00:00:00+00:00", written_by="A", read_by="B", key="", files={},
    )  # fmt: skip
    return make_release(manifest, files, KEY).archive


@pytest.mark.django_db
def test_release_of_a_stranger_is_taken_once_the_key_is_trusted(tmp_path: Path) -> None:
    path = written(tmp_path / "x.pack", release_of("us.states.nd", {"pack.yaml": b"id: us.states.nd\n"}))
    for verb in ("verify", "import"):
        code, told = run(verb, path)
        assert (code, "key" in told) == (1, True), told
    key = written(tmp_path / "x.pub", public_text(KEY.public_key()).encode())
    assert run("verify", path, "--key", key)[0] == 0
    changed = path.read_bytes()
    assert run("verify", written(tmp_path / "y.pack", changed[:-40]), "--key", key)[0] == 1
    run("trust", key, "--name", "neighbor")
    assert run("verify", path)[0] == 0
    code, told = run("import", path)  # signed rightly, and no pack that could be used
    assert (code, told.startswith("allhands: ")) == (1, True), told


@pytest.mark.django_db
def test_releases_and_reassess_with_nothing_to_do() -> None:
    assert "Nothing was published or taken here" in run("releases")[1]
    code, told = run("reassess")
    assert (code, "0 open episodes looked at" in told) == (0, True), told
    assert run("reassess", "--processes", "0")[0] == 2
