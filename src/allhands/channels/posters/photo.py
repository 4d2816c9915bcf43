"""The photo as it is put on paper: nothing hidden in the file. A second look; the first is at upload."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

_LONGEST_EDGE = 1600


def without_hidden_data(jpeg: bytes) -> bytes:
    """The same picture without place, device, time or thumbnail; a file that is no picture comes back as it is."""
    if _is_plain(jpeg):
        return jpeg
    try:
        with Image.open(io.BytesIO(jpeg)) as picture:
            drawn = picture.convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return jpeg
    drawn.thumbnail((_LONGEST_EDGE, _LONGEST_EDGE))
    file = io.BytesIO()
    drawn.save(file, "JPEG", quality=90)
    return file.getvalue()


def filling(jpeg: bytes, *places: tuple[int, int]) -> tuple[bytes, ...]:
    """The middle of the picture for each place, as many dots as it has on a screen; no picture comes back as it is.

    The layout engine scales five times slower than this, and once for each sheet; opening the file is half of the work
    here, so that it is opened once for all places.

    Args:
        places: width and height of each, in dots.
    """
    try:
        with Image.open(io.BytesIO(jpeg)) as picture:
            picture.draft("RGB", (max(width for width, _ in places), max(height for _, height in places)))
            opened = picture.convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return tuple(jpeg for _ in places)
    return tuple(_middle(opened, place) for place in places)


def _middle(opened: Image.Image, place: tuple[int, int]) -> bytes:
    file = io.BytesIO()
    ImageOps.fit(opened, place, Image.Resampling.HAMMING).save(file, "JPEG", quality=92)
    return file.getvalue()


def _is_plain(jpeg: bytes) -> bool:
    """Whether only the parts that draw the picture are there: no application data but JFIF's own, no comment."""
    place = 2
    while place + 4 <= len(jpeg) and jpeg[place] == 0xFF:
        marker, length = jpeg[place + 1], int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if marker == 0xDA:  # the picture itself begins
            return True
        if 0xE1 <= marker <= 0xEF or marker == 0xFE:
            return False
        place += 2 + length
    return False
