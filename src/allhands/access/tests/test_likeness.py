"""A picture is known again however it was saved, turned, cut or framed; another person's of the same layout is not."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from allhands.access import likeness

Change = Callable[[Image.Image], Image.Image]


SIZE = (300, 360)


def ground(kind: str, dice: random.Random) -> Image.Image:
    """What stands behind the head: a wall as in a school's portraits, plain or shaded, or a mottled one."""
    if kind == "gradient":
        return Image.linear_gradient("L").resize(SIZE).point(lambda value: 140 + value * 90 // 255)
    if kind == "vignette":
        return Image.radial_gradient("L").resize(SIZE).point(lambda value: 220 - value * 110 // 255)
    if kind == "mottled":
        blots = Image.new("L", (16, 16))
        blots.putdata([dice.randrange(40, 220) for _place in range(256)])
        return blots.resize(SIZE, Image.Resampling.BICUBIC)
    return Image.new("L", SIZE, int(kind))


def portrait(seed: int, kind: str = "mottled", noise: int = 0) -> Image.Image:
    """A drawn head and shoulders; nobody is shown, and all are laid out alike."""
    dice = random.Random(seed)
    drawn = ground(kind, dice)
    pen = ImageDraw.Draw(drawn)
    across, down = 150 + dice.randrange(-14, 15), 170 + dice.randrange(-12, 13)
    wide, tall, skin = 58 + dice.randrange(-9, 10), 82 + dice.randrange(-9, 10), dice.randrange(90, 230)
    pen.rectangle((across - wide - 45, down + tall - 6, across + wide + 45, 360), fill=dice.randrange(10, 245))
    pen.ellipse((across - wide - 14, down - tall - 26, across + wide + 14, down + 50), fill=dice.randrange(10, 160))
    pen.ellipse((across - wide, down - tall, across + wide, down + tall), fill=skin)
    for side in (-1, 1):
        pen.ellipse((across + side * wide // 2 - 8, down - 22, across + side * wide // 2 + 8, down - 10), fill=30)
    pen.ellipse((across - 18, down + 35, across + 18, down + 45), fill=max(0, skin - 70))
    drawn = drawn.filter(ImageFilter.GaussianBlur(2))
    grain = np.random.default_rng(seed).normal(0, noise, SIZE[::-1])
    return Image.fromarray(np.clip(np.asarray(drawn) + grain, 0, 255).astype(np.uint8))


def saved(picture: Image.Image, kind: str = "PNG", quality: int = 90) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, kind, **({} if kind == "PNG" else {"quality": quality}))
    return out.getvalue()


def kept(content: bytes) -> likeness.Kept:
    [look] = likeness.kept_looks(likeness.keys_to_keep(content))
    return look


CHANGES: dict[str, Change] = {
    "saved again": lambda one: one,
    "turned": lambda one: one.transpose(Image.Transpose.ROTATE_90),
    "upside down": lambda one: one.transpose(Image.Transpose.ROTATE_180),
    "mirrored": ImageOps.mirror,
    "cut a little": lambda one: one.crop((9, 0, 295, 350)),
    "cut on one side": lambda one: one.crop((45, 0, 300, 360)),
    "cut all around": lambda one: one.crop((24, 30, 275, 335)),
    "cut and turned": lambda one: one.crop((30, 0, 300, 324)).transpose(Image.Transpose.ROTATE_270),
    "in a white frame": lambda one: ImageOps.expand(one, 24, 255),
    "darker": lambda one: ImageEnhance.Brightness(one).enhance(0.88),
    "paler": lambda one: ImageEnhance.Contrast(one).enhance(0.9),
    "smaller": lambda one: one.resize((240, 288)),
    "larger": lambda one: one.resize((450, 540)),
}
GROUNDS = [("mottled", 0), ("250", 0), ("250", 4), ("128", 4), ("60", 4), ("gradient", 4), ("gradient", 12)]
on_each_ground = pytest.mark.parametrize(("kind", "noise"), GROUNDS)


@on_each_ground
@pytest.mark.parametrize("how", CHANGES)
def test_the_same_picture_is_known_again(how: str, kind: str, noise: int) -> None:
    for seed in range(2):
        one = portrait(seed, kind, noise)
        came = likeness.look_of(saved(CHANGES[how](one), "JPEG", 75))
        assert likeness.is_same(came, kept(saved(one, "JPEG"))), f"portrait {seed}"


@on_each_ground
def test_another_person_in_the_same_pose_is_not(kind: str, noise: int) -> None:
    """Among them two that differ in little more than their clothes, and two in little more than their contrast."""
    came = [likeness.look_of(saved(portrait(seed, kind, noise), "JPEG")) for seed in range(20)]
    for seed in (0, 8, 9):
        gone = kept(saved(portrait(seed, kind, noise), "JPEG"))
        apart = [likeness.distance(one, gone) for number, one in enumerate(came) if number != seed]
        assert min(apart) > 3 * likeness.FARTHEST, f"far from portrait {seed}"


def test_a_picture_without_anything_on_it_is_like_none() -> None:
    blank, other = (saved(Image.new("L", SIZE, value), "JPEG") for value in (250, 120))
    assert not likeness.is_same(likeness.look_of(other), kept(blank))
    assert not likeness.is_same(likeness.look_of(saved(portrait(0), "JPEG")), kept(blank))


def test_keys_of_earlier_measures_and_pieces_of_a_look_are_compared_with_nothing() -> None:
    keys = likeness.keys_to_keep(saved(portrait(0)))
    assert max(map(len, keys)) <= 64
    assert likeness.kept_looks([f"{7:016x}", f"{7:064x}", *keys[1:]]) == ()
    both = likeness.kept_looks([*keys, *reversed(likeness.keys_to_keep(saved(portrait(1))))])
    assert [likeness.is_same(likeness.look_of(saved(portrait(1))), one) for one in both] == [False, True]
