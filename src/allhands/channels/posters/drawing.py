"""Typst, fed with a template, words and pictures. The same input always gives the same bytes."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

import typst

_HERE = Path(__file__).parent
# Built by script/assets from the design system's package, as the pages' letters are.
_FONTS = _HERE.parents[1] / "ui" / "static" / "vendor" / "fonts"
Format = Literal["pdf", "png"]

# Tried in this order: PDF/UA-1 (accessible) refuses a sheet with a letter that no font has.
_STANDARDS: tuple[Literal["ua-1"] | None, ...] = ("ua-1", None)


class Sheet:
    """One template with its pictures, drawn as often as needed.

    Args:
        template: file name beside this module.
        pictures: file name to bytes.
    """

    def __init__(self, template: str, pictures: Mapping[str, bytes]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="allhands-poster-")
        self._room = Path(self._folder.name)
        (self._room / template).write_bytes((_HERE / template).read_bytes())
        for name, content in pictures.items():
            (self._room / name).write_bytes(content)
        self._compiler = typst.Compiler(self._room / template, root=self._room, font_paths=_fonts())

    def __enter__(self) -> Sheet:
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def draw(self, words: Mapping[str, object], form: Format, *, made_at: datetime, ppi: float = 144) -> bytes:
        """The first page as PNG, or the whole sheet as PDF.

        Raises:
            typst.TypstError: the template is broken, or a picture cannot be read.
        """
        inputs = {"sheet": json.dumps(words, ensure_ascii=False)}
        for standard in _STANDARDS if form == "pdf" else (None,):
            try:
                made = self._compiler.compile(
                    format=form, ppi=ppi, sys_inputs=inputs, pdf_standards=standard, timestamp=int(made_at.timestamp())
                )
            except typst.TypstError:
                if standard == _STANDARDS[-1]:
                    raise
            else:
                page = made[0] if isinstance(made, list) else made
                assert isinstance(page, bytes)
                return page
        raise AssertionError("the last standard either draws or raises")


@cache
def _fonts() -> typst.Fonts:
    """Public Sans (OFL) and typst's own; never the machine's, so that a poster looks the same everywhere."""
    return typst.Fonts(font_paths=[str(_FONTS)], include_system_fonts=False)
