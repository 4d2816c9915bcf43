"""Hand-drawn parts of portraits as SVG paths on a field of 96 by 96. The face is 30..66 wide and 22..68 high."""

from __future__ import annotations

from dataclasses import dataclass

SKINS = 6
TINTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Hair:
    """back lies behind the head, front before it; either may be empty."""

    back: str
    front: str


HAIR = (
    Hair(
        back="M27 46C24 24 34 14 48 14s24 10 21 32c-1 12 2 18 1 26H26c-1-8 2-14 1-26z",
        front="M30 42c0-14 8-20 18-20s18 6 18 20c-4-8-9-11-15-12-6 6-13 8-21 12z",
    ),
    Hair(
        back="",
        front="M29 42c-2-18 8-26 20-26 11 0 20 8 18 26-2-6-4-9-6-11-9 2-18 1-25-3-3 3-6 8-7 14z",
    ),
    Hair(
        back="M24 44C20 26 30 11 48 11s28 15 24 33c4 8 0 16-6 18H30c-6-2-10-10-6-18z",
        front="M30 40c2-12 9-17 18-17s16 5 18 17c-5-6-11-9-18-9s-13 3-18 9z",
    ),
    Hair(
        back="M60 20c12-4 18 8 14 20-2 8 2 14-2 24-6-4-9-12-8-20 1-9-1-17-4-24z",
        front="M29 43c-1-18 8-27 19-27 12 0 19 9 19 27-2-8-6-14-12-16-8 6-18 7-26 16z",
    ),
    Hair(
        back="M26 46c-2-22 8-31 22-31s24 9 22 31v34c-4 2-8 2-10 0V50H36v30c-2 2-6 2-10 0z",
        front="M30 42c0-13 6-20 18-20s18 7 18 20c-3-8-9-13-18-13s-15 5-18 13z",
    ),
    Hair(
        back="",
        front="M30 38c-2-16 7-22 18-22s20 6 18 22c-2-5-5-8-8-9-6-1-14-1-20 0-3 1-6 4-8 9z",
    ),
    Hair(
        back="M48 4c8 0 12 5 11 10H37C36 9 40 4 48 4z",
        front="M29 43c-2-20 8-29 19-29s21 9 19 29c-2-9-7-15-19-15s-17 6-19 15z",
    ),
)

CLOTHES = (
    "M14 96c1-16 12-22 26-24 4 5 12 5 16 0 14 2 25 8 26 24z",
    "M12 96c2-18 14-22 27-25l9 12 9-12c13 3 25 7 27 25z",
    "M14 96c0-14 8-22 22-24 0 8 24 8 24 0 14 2 22 10 22 24z",
)
