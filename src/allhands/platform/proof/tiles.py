"""The tree's hashes in tiles of 256, so that a proof among millions reads a handful of rows. Pure.

Only complete subtrees of whole tile levels are kept; what lies between is hashed again when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from allhands.platform.proof.tree import node_hash

HASH_BYTES = 32
TILE_LEVELS = 8
WIDTH = 1 << TILE_LEVELS

Place = tuple[int, int]
"""Level of the tile and its index among the tiles of that level."""
ReadTile = Callable[[int, int], bytes]


class Tiles:
    """Tiles as a tree is asked: `tiles(level, index)` is the hash of a complete subtree.

    Args:
        read: the hashes of a tile, end to end; empty for one that does not exist.
    """

    def __init__(self, read: ReadTile) -> None:
        self._read = read
        self._known: dict[Place, bytes] = {}
        self._changed: set[Place] = set()

    def __call__(self, level: int, index: int) -> bytes:
        """The hash of the complete subtree of 2**level leaves.

        Raises:
            LookupError: the tiles do not reach that far.
        """
        tile_level, height = divmod(level, TILE_LEVELS)
        first = index << height
        tile = self._tile(tile_level, first >> TILE_LEVELS)
        offset = first & (WIDTH - 1)
        hashes = tile[offset * HASH_BYTES : (offset + (1 << height)) * HASH_BYTES]
        if len(hashes) != HASH_BYTES << height:
            raise LookupError(f"the tree has no subtree {index} of level {level}")
        return _fold(hashes)

    def append(self, size: int, leaves: Iterable[bytes]) -> int:
        """Add leaf hashes behind the first `size` leaves, and whatever they complete above. The new size."""
        for leaf in leaves:
            self._add(0, size, leaf)
            size += 1
        return size

    def changed(self) -> Iterator[tuple[Place, bytes]]:
        """The tiles that `append` made or made longer, in order."""
        for place in sorted(self._changed):
            yield place, self._known[place]

    def _add(self, level: int, position: int, value: bytes) -> None:
        place = (level, position >> TILE_LEVELS)
        grown = self._tile(*place) + value
        assert len(grown) == ((position & (WIDTH - 1)) + 1) * HASH_BYTES, "leaves are appended at the end only"
        self._known[place] = grown
        self._changed.add(place)
        if len(grown) == WIDTH * HASH_BYTES:
            self._add(level + 1, position >> TILE_LEVELS, _fold(grown))

    def _tile(self, level: int, index: int) -> bytes:
        place = (level, index)
        if place not in self._known:
            self._known[place] = self._read(level, index)
        return self._known[place]


def _fold(hashes: bytes) -> bytes:
    """The root over a power of two of hashes."""
    row = [hashes[start : start + HASH_BYTES] for start in range(0, len(hashes), HASH_BYTES)]
    while len(row) > 1:
        row = [node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=True)]
    return row[0]
