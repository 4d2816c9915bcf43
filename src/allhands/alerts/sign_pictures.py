"""A sign's text drawn by the same codec that sends it: its pages under one another. Pure."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image

from allhands.wire import multi

STEM, _SUFFIX = "sign-", ".txt"
_GAP_PX, _DOT_PX = 8, 3


def picture_name(artefact_name: str) -> str:
    """The name of the picture beside a sign's text; empty when no sign of ours has that name.

    Example:
        >>> picture_name("sign-no-such.txt")
        ''
    """
    name = artefact_name.removeprefix(STEM).removesuffix(_SUFFIX)
    return f"{STEM}{name}.png" if name in multi.SIGNS else ""


@lru_cache(maxsize=64)
def draw(artefact_name: str, text: bytes) -> bytes:
    """PNG of every page.

    Raises:
        KeyError: no sign of ours has that name.
        multi.MultiError: the text is no MULTI.
    """
    sign = multi.SIGNS[artefact_name.removeprefix(STEM).removesuffix(_SUFFIX)]
    pages = multi.render(multi.decode(text.decode("ascii")).message, sign, dot_px=_DOT_PX)
    drawn = [Image.open(io.BytesIO(page.png)) for page in pages]
    height = sum(page.height for page in drawn) + _GAP_PX * (len(drawn) - 1)
    whole = Image.new("RGB", (max(page.width for page in drawn), height), "#3d3d3d")
    top = 0
    for page in drawn:
        whole.paste(page, (0, top))
        top += page.height + _GAP_PX
    out = io.BytesIO()
    whole.save(out, "PNG")
    return out.getvalue()
