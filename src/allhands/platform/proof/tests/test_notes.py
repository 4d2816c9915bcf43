"""Checkpoints as signed notes, and a witness that reads them."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from allhands.platform.proof import tree
from allhands.platform.proof.checkpoint import Checkpoint, NoteFault, open_note, parse_verifier, sign, verifier_of
from allhands.platform.proof.tests.test_tree import ALL, TILES, tiles_of
from allhands.platform.proof.tiles import Tiles
from allhands.platform.proof.witness import Seen, Tampered, look

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
NAME = "allhands.example.gov/journal"
VERIFIER = verifier_of(NAME, KEY)


def note(size: int, *, tiles: Tiles = TILES, key: Ed25519PrivateKey = KEY, origin: str = NAME) -> str:
    return sign(Checkpoint(origin=origin, size=size, root=tree.root(size, tiles)), NAME, key)


def test_note_has_the_lines_of_the_format() -> None:
    lines = note(5).split("\n")
    assert lines[:2] == [NAME, "5"]
    assert lines[3] == ""
    assert lines[4].startswith(f"— {NAME} ")
    assert lines[5:] == [""]


def test_note_comes_back_as_it_was() -> None:
    assert open_note(note(5), VERIFIER) == Checkpoint(origin=NAME, size=5, root=tree.root(5, TILES))


def test_further_signatures_do_not_disturb() -> None:
    assert open_note(note(5) + "— someone.example/witness AAAA\n", VERIFIER).size == 5


@pytest.mark.parametrize(
    "spoilt",
    [
        "",
        "words",
        note(5).replace("\n5\n", "\n6\n"),
        note(5).replace("\n5\n", "\n05\n"),
        note(5, key=OTHER),
        note(5).replace(f"— {NAME}", "— someone.else"),
        note(5).rsplit(" ", 1)[0] + " ????\n",
        note(5) + "x" * 10_000,
    ],
)
def test_spoilt_note_is_refused(spoilt: str) -> None:
    with pytest.raises(NoteFault):
        open_note(spoilt, VERIFIER)


def test_key_travels_as_one_line() -> None:
    assert parse_verifier(VERIFIER.line() + "\n") == VERIFIER


@pytest.mark.parametrize("line", ["", "a+b", "a b+00+AAAA", VERIFIER.line().replace("+", "+00", 1), f"{NAME}+00+AAAA"])
def test_spoilt_key_is_refused(line: str) -> None:
    with pytest.raises(NoteFault):
        parse_verifier(line)


def test_witness_follows_a_growing_journal() -> None:
    seen = look(Seen(verifier=VERIFIER), note(100), ())
    seen = look(seen, note(300), tree.consistency_proof(100, 300, TILES))
    assert look(seen, note(300), ()) == seen


@pytest.mark.parametrize(
    ("size", "spoil"),
    [(50, False), (300, True), (100, True)],
    ids=["shorter", "changed past", "same size, other root"],
)
def test_witness_notices_another_past(size: int, spoil: bool) -> None:
    forged = [tree.leaf_hash(b"forged"), *ALL[1:]] if spoil else ALL
    tiles = tiles_of(forged)
    proof = tree.consistency_proof(100, size, tiles) if size > 100 else ()
    with pytest.raises(Tampered):
        look(look(Seen(verifier=VERIFIER), note(100), ()), note(size, tiles=tiles), proof)


def test_witness_does_not_mix_logs_up() -> None:
    with pytest.raises(NoteFault, match="not of"):
        look(look(Seen(verifier=VERIFIER), note(100), ()), note(200, origin="other.example/journal"), ())
