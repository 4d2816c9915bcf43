"""The Merkle tree of RFC 9162, section 2: hashes, roots, proofs and how anybody checks them. Pure.

A tree is asked through `Subtree`: the hash of a complete subtree by its level and index, level 0 being the leaves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

Subtree = Callable[[int, int], bytes]
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(size: int, at: Subtree) -> bytes:
    """The root of the first `size` leaves."""
    return _hash_of(0, size, at) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, at: Subtree) -> tuple[bytes, ...]:
    """The path from leaf `index` to the root of the first `size` leaves (RFC 9162, 2.1.3.1).

    Raises:
        ValueError: there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} among {size}")
    return tuple(_path(index, 0, size, at))


def consistency_proof(old: int, new: int, at: Subtree) -> tuple[bytes, ...]:
    """What shows that the tree of `new` leaves only added to that of `old` (RFC 9162, 2.1.4.1).

    Raises:
        ValueError: the old tree is empty or larger than the new one.
    """
    if not 0 < old <= new:
        raise ValueError(f"no proof leads from {old} to {new} leaves")
    return tuple(_subproof(old, 0, new, at, is_whole=True)) if old < new else ()


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], wanted: bytes) -> bool:
    """Whether the proof leads from the leaf's hash to the wanted root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(step, found)
            place, last = _climb(place, last)
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == wanted


def verify_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Whether the proof shows that the new tree begins with the old one (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    steps = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not steps or not proof:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    begin = end = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            begin, end = node_hash(step, begin), node_hash(step, end)
            place, last = _climb(place, last)
        else:
            end = node_hash(end, step)
        place, last = place >> 1, last >> 1
    return last == 0 and begin == old_root and end == new_root


def _climb(place: int, last: int) -> tuple[int, int]:
    """Skip the levels at which a right-most subtree has no neighbour."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _hash_of(begin: int, end: int, at: Subtree) -> bytes:
    width = end - begin
    level = width.bit_length() - 1
    if width == 1 << level:  # complete, and aligned: ranges are only ever split at the largest power of two
        return at(level, begin >> level)
    middle = begin + _split(width)
    return node_hash(_hash_of(begin, middle, at), _hash_of(middle, end, at))


def _path(index: int, begin: int, end: int, at: Subtree) -> Iterator[bytes]:
    if end - begin == 1:
        return
    middle = begin + _split(end - begin)
    if index < middle:
        yield from _path(index, begin, middle, at)
        yield _hash_of(middle, end, at)
    else:
        yield from _path(index, middle, end, at)
        yield _hash_of(begin, middle, at)


def _subproof(old: int, begin: int, end: int, at: Subtree, *, is_whole: bool) -> Iterator[bytes]:
    if old == end - begin:
        if not is_whole:
            yield _hash_of(begin, end, at)
        return
    split = _split(end - begin)
    if old <= split:
        yield from _subproof(old, begin, begin + split, at, is_whole=is_whole)
        yield _hash_of(begin + split, end, at)
    else:
        yield from _subproof(old - split, begin + split, end, at, is_whole=False)
        yield _hash_of(begin, begin + split, at)


def _split(width: int) -> int:
    """The largest power of two below the width."""
    return 1 << ((width - 1).bit_length() - 1)
