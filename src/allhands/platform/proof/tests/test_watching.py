"""A witness on another machine, against a server that tells the truth and one that does not."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from allhands.kernel.errors import TryLater
from allhands.platform.proof import tree
from allhands.platform.proof.checkpoint import NoteFault
from allhands.platform.proof.proving import _to_text
from allhands.platform.proof.tests.test_notes import VERIFIER, note
from allhands.platform.proof.tests.test_tree import ALL, TILES, tiles_of
from allhands.platform.proof.watching import compare, watch
from allhands.platform.proof.witness import Tampered

Answers = dict[str, str]


@pytest.fixture
def installation() -> Iterator[tuple[str, Answers]]:
    """An address and what it answers by path; a path without an answer is not found."""
    answers: Answers = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = answers.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the library's name
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", answers
    server.shutdown()
    server.server_close()
    thread.join()


def growth(old: int, new: int) -> str:
    return json.dumps({"proof": _to_text(tree.consistency_proof(old, new, TILES))})


def test_witness_remembers_and_goes_on(installation: tuple[str, Answers], tmp_path: Path) -> None:
    address, answers = installation
    state = tmp_path / "witness.json"
    for size in (100, 300, 300):
        answers |= {"/journal/checkpoint": note(size), "/journal/growth/100/300": growth(100, 300)}
        assert watch(address, VERIFIER, state).size == size


def test_changed_past_is_named_and_both_notes_are_kept(installation: tuple[str, Answers], tmp_path: Path) -> None:
    address, answers = installation
    state = tmp_path / "witness.json"
    answers["/journal/checkpoint"] = note(100)
    watch(address, VERIFIER, state)
    forged = note(300, tiles=tiles_of([tree.leaf_hash(b"forged"), *ALL[1:]]))
    answers["/journal/checkpoint"] = forged
    with pytest.raises(Tampered):
        watch(address, VERIFIER, state)
    assert json.loads(state.read_text(encoding="utf-8")) == {"note": note(100), "contradicts": forged}


def test_the_old_past_shown_again_does_not_wipe_the_evidence(installation: tuple[str, Answers], tmp_path: Path) -> None:
    address, answers = installation
    state = tmp_path / "witness.json"
    forged = note(300, tiles=tiles_of([tree.leaf_hash(b"forged"), *ALL[1:]]))
    for shown in (note(100), forged, note(100)):
        answers["/journal/checkpoint"] = shown
        with contextlib.suppress(Tampered):
            watch(address, VERIFIER, state)
    with pytest.raises(Tampered, match="earlier"):
        watch(address, VERIFIER, state)
    assert json.loads(state.read_text(encoding="utf-8")) == {"note": note(100), "contradicts": forged}


def test_an_old_checkpoint_played_again_is_named(installation: tuple[str, Answers], tmp_path: Path) -> None:
    address, answers = installation
    answers["/journal/checkpoint"] = note(300)
    watch(address, VERIFIER, tmp_path / "witness.json")
    answers["/journal/checkpoint"] = note(100)
    with pytest.raises(Tampered, match="had 300 entries and now claims 100"):
        watch(address, VERIFIER, tmp_path / "witness.json")


SIZE = len(ALL)


@pytest.mark.parametrize("size", [100, SIZE], ids=["one saw less", "both saw as much"])
@pytest.mark.parametrize("forked", [False, True], ids=["one journal", "a fork"])
def test_two_witnesses_compare_what_they_saw(
    installation: tuple[str, Answers], tmp_path: Path, size: int, forked: bool
) -> None:
    address, answers = installation
    one, other = tmp_path / "one.json", tmp_path / "other.note"
    answers["/journal/checkpoint"] = note(size)
    watch(address, VERIFIER, one)
    forged = tiles_of([tree.leaf_hash(b"forged"), *ALL[1:]])
    other.write_text(note(SIZE, tiles=forged if forked else TILES), encoding="utf-8")
    answers[f"/journal/growth/{size}/{SIZE}"] = growth(size, SIZE)
    for pair in ((one, other), (other, one)):
        if forked:
            with pytest.raises(Tampered):
                compare(*pair, VERIFIER, address)
        else:
            assert [seen.size for seen in compare(*pair, VERIFIER, address)] == [size, SIZE]


def test_two_of_other_length_need_the_installation(tmp_path: Path) -> None:
    for size in (100, 300):
        (tmp_path / str(size)).write_text(note(size), encoding="utf-8")
    with pytest.raises(NoteFault, match="address"):
        compare(tmp_path / "100", tmp_path / "300", VERIFIER)


def test_silence_is_not_consent(installation: tuple[str, Answers], tmp_path: Path) -> None:
    address, answers = installation
    with pytest.raises(TryLater):
        watch(address, VERIFIER, tmp_path / "witness.json")
    answers["/journal/checkpoint"] = "x" * 200_000
    with pytest.raises(NoteFault, match="too long"):
        watch(address, VERIFIER, tmp_path / "witness.json")
    assert not (tmp_path / "witness.json").exists()


def test_spoilt_memory_is_not_overwritten(installation: tuple[str, Answers], tmp_path: Path) -> None:
    address, answers = installation
    answers["/journal/checkpoint"] = note(100)
    state = tmp_path / "witness.json"
    state.write_text("[]", encoding="utf-8")
    with pytest.raises(NoteFault, match="memory"):
        watch(address, VERIFIER, state)
    assert state.read_text(encoding="utf-8") == "[]"
