"""Drawn people of every kind of part, small and large, and initials."""

from __future__ import annotations

from allhands.ui.components.portrait.presenter import drawn_portrait, no_portrait
from allhands.ui.gallery import Example
from allhands.ui.sample import LONG_NAME, NAMES
from allhands.ui.wording import Lang

CAST = (
    "Ruth Amundson",
    "R. Vance",
    "Sgt. Cole",
    "Nora Sample",
    "Kim Lee",
    "Dana Wills",
    "Alma R.",
    "Jay M.",
    "Maya K.",
)


def examples(lang: Lang) -> tuple[Example, ...]:
    del lang  # the same in both languages
    names = (*CAST, *(name for _, name in NAMES))
    drawn = tuple(Example(title=f"drawn, {name}", context={"portrait": drawn_portrait(name)}) for name in names)
    return (
        *drawn,
        Example(title="drawn, small", context={"portrait": drawn_portrait("Ruth Amundson", size_px=48)}),
        Example(title="no photo yet", context={"portrait": no_portrait(LONG_NAME)}),
        Example(title="no photo yet, small", context={"portrait": no_portrait("Maya K.", size_px=48)}),
    )
