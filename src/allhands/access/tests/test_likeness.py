"""A picture is known again however it was saved, turned, cut or framed; another person's of the same layout is not."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from allhands.access import likeness

Change = Callable[[Image.Image], Image.Image]


def portrait(seed: int) -> Image.Image:
    """A drawn head and shoulders before mottled ground; nobody is shown, and all are laid out alike."""
    dice = random.Random(seed)
    ground = Image.new("L", (16, 16))
    ground.putdata([dice.randrange(40, 220) for _place in range(256)])
    drawn = ground.resize((300, 360), Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(drawn)
    across, down = 150 + dice.randrange(-14, 15), 170 + dice.randrange(-12, 13)
    wide, tall, skin = 58 + dice.randrange(-9, 10), 82 + dice.randrange(-9, 10), dice.randrange(90, 230)
    pen.rectangle((across - wide - 45, down + tall - 6, across + wide + 45, 360), fill=dice.randrange(10, 245))
    pen.ellipse((across - wide - 14, down - tall - 26, across + wide + 14, down + 50), fill=dice.randrange(10, 160))
    pen.ellipse((across - wide, down - tall, across + wide, down + tall), fill=skin)
    for side in (-1, 1):
        pen.ellipse((across + side * wide // 2 - 8, down - 22, across + side * wide // 2 + 8, down - 10), fill=30)
    pen.ellipse((across - 18, down + 35, across + 18, down + 45), fill=max(0, skin - 70))
    return drawn.filter(ImageFilter.GaussianBlur(2))


def saved(picture: Image.Image, kind: str = "PNG", quality: int = 90) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, kind, **({} if kind == "PNG" else {"quality": quality}))
    return out.getvalue()


def knows(kept: bytes, came: bytes) -> bool:
    parts, whole = likeness.looks_of_parts(kept), likeness.looks_of_whole(came)
    return any(likeness.is_same(part, look) for part in parts for look in whole)


CHANGES: dict[str, Change] = {
    "turned": lambda one: one.transpose(Image.Transpose.ROTATE_90),
    "upside down": lambda one: one.transpose(Image.Transpose.ROTATE_180),
    "mirrored": ImageOps.mirror,
    "turned a little": lambda one: one.rotate(5, Image.Resampling.BICUBIC),
    "cut on one side": lambda one: one.crop((45, 0, 300, 360)),
    "cut all around": lambda one: one.crop((24, 30, 275, 335)),
    "cut and turned": lambda one: one.crop((30, 0, 300, 324)).transpose(Image.Transpose.ROTATE_270),
    "in a white frame": lambda one: ImageOps.expand(one, 24, 255),
    "stretched": lambda one: one.resize((500, 300)),
    "brighter": lambda one: ImageEnhance.Brightness(one).enhance(1.3),
    "tiny": lambda one: one.resize((64, 77)),
}


@pytest.mark.parametrize("how", CHANGES)
def test_the_same_picture_is_known_again(how: str) -> None:
    for seed in range(4):
        kept = portrait(seed)
        assert knows(saved(kept), saved(CHANGES[how](kept), "JPEG", 60)), f"portrait {seed}"


def test_another_person_in_the_same_pose_is_not() -> None:
    kept = saved(portrait(0))
    assert [seed for seed in range(1, 40) if knows(kept, saved(portrait(seed)))] == []
