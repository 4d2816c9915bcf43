"""Trees of every small size, and big ones in tiles."""

from __future__ import annotations

import hashlib
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allhands.platform.proof import tree
from allhands.platform.proof.tiles import WIDTH, Tiles

SIZES = st.integers(1, 700)


def leaves(count: int) -> list[bytes]:
    return [tree.leaf_hash(str(number).encode()) for number in range(count)]


def by_the_book(hashes: list[bytes]) -> bytes:
    """The definition of RFC 9162, 2.1.1, word for word and slow."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return tree.node_hash(by_the_book(hashes[:split]), by_the_book(hashes[split:]))


def tiles_of(hashes: list[bytes]) -> Tiles:
    """Kept and read again after each batch, as the database does it."""
    kept: dict[tuple[int, int], bytes] = defaultdict(bytes)
    for start in range(0, len(hashes), 100):
        grown = Tiles(lambda level, index: kept[level, index])
        grown.append(start, hashes[start : start + 100])
        kept.update(grown.changed())
    return Tiles(lambda level, index: kept[level, index])


ALL = leaves(700)
TILES = tiles_of(ALL)


@given(SIZES)
def test_root_is_that_of_the_definition(size: int) -> None:
    assert tree.root(size, TILES) == by_the_book(ALL[:size])


def test_root_of_nothing() -> None:
    assert tree.root(0, TILES) == by_the_book([])


@given(SIZES, st.data())
def test_every_entry_can_be_proved_and_no_other(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof, root = tree.inclusion_proof(index, size, TILES), tree.root(size, TILES)
    assert tree.verify_inclusion(ALL[index], index, size, proof, root)
    other = data.draw(st.integers(0, size - 1).filter(lambda place: place != index) if size > 1 else st.just(1))
    assert not tree.verify_inclusion(ALL[other], index, size, proof, root)
    assert not tree.verify_inclusion(ALL[index], other, size, proof, root)


@given(SIZES, SIZES, st.data())
def test_growth_can_be_proved_and_a_changed_past_cannot(one: int, two: int, data: st.DataObject) -> None:
    old, new = sorted((one, two))
    proof = tree.consistency_proof(old, new, TILES)
    roots = tree.root(old, TILES), tree.root(new, TILES)
    assert tree.verify_consistency(old, new, proof, *roots)
    forged = list(ALL[:new])
    forged[data.draw(st.integers(0, old - 1))] = tree.leaf_hash(b"forged")
    forged_tiles = tiles_of(forged)
    forged_proof = tree.consistency_proof(old, new, forged_tiles)
    assert not tree.verify_consistency(old, new, forged_proof, roots[0], tree.root(new, forged_tiles))


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5)])
def test_no_proof_of_what_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        tree.inclusion_proof(index, size, TILES)
    assert not tree.verify_inclusion(ALL[0], index, size, (), ALL[0])


@pytest.mark.parametrize(("old", "new"), [(0, 5), (6, 5)])
def test_no_growth_from_nothing_or_backwards(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="no proof"):
        tree.consistency_proof(old, new, TILES)
    assert not tree.verify_consistency(old, new, (), ALL[0], ALL[0])


def test_tiles_say_when_they_do_not_reach() -> None:
    with pytest.raises(LookupError):
        TILES(0, 700)
    with pytest.raises(LookupError):
        TILES(8, 700 // WIDTH)
