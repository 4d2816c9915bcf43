"""What fits is measured in dots; pictures show what the sign would."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from allhands.wire import multi
from allhands.wire.multi.render import draw_dots

FREEWAY = multi.SIGNS["freeway-27x125"]


@pytest.mark.parametrize(
    ("text", "sign", "codes"),
    [
        ("AMBER ALERT[nl]TX LIC KBC1234[nl]CALL 911", "freeway-27x125", []),
        ("AMBER[nl]ALERT[nl]CALL 911", "portable-3x8", []),
        ("AMBER ALERT", "portable-3x8", ["text-too-big"]),
        ("MMMMMMMMMMMMMMMMMM", "freeway-27x125", []),
        ("MMMMMMMMMMMMMMMMMMM", "freeway-27x125", ["text-too-big"]),
        ("IIIIIIIIIIIIIIIIIIIIIIIII", "freeway-27x125", []),
        ("[sc9]IIIIIIIIIIIIIIIIIIIIIIIII", "freeway-27x125", ["text-too-big"]),
        ("A[nl]B[nl]C[nl]D", "freeway-27x125", ["lines-unreadable", "text-too-big"]),
        ("A[nl]B[nl]C[nl]D", "freeway-color-96x288", ["lines-unreadable"]),
        ("A[nl9]B[nl9]C", "freeway-27x125", ["text-too-big"]),
        ("A[np]B[np]C", "freeway-27x125", ["too-many-pages"]),
        ("[fo9]A", "freeway-27x125", ["font-not-defined"]),
        ("[fo3]A", "freeway-27x125", []),
        ("[fo3]A[nl]B", "freeway-27x125", ["text-too-big"]),
        ("[cf1,2,3]A", "freeway-27x125", ["unsupported-tag-value"]),
        ("[cf1]A", "freeway-27x125", []),
        ("[cf1,2,3]A", "freeway-color-96x288", []),
        ("[cf10]A", "freeway-color-96x288", ["unsupported-tag-value"]),
        ("[g1]", "freeway-27x125", ["unsupported-tag"]),
        ("[hc1]", "freeway-27x125", ["character-not-defined"]),
        ("[tr1,1,126,7]A", "freeway-27x125", ["unsupported-tag-value"]),
        ("[tr1,1,10,7]ABC", "freeway-27x125", ["text-too-big"]),
        ("[jl4]A[jl2]B", "freeway-27x125", ["tag-conflict"]),
        ("[jl2]A[jl4]B", "freeway-27x125", []),
        ("[jp4]A[jp2]B", "freeway-27x125", ["tag-conflict"]),
        ("[jp2]A[jp4]B", "freeway-27x125", []),
        ("[pt0]A", "freeway-27x125", ["page-time"]),
        ("A" * 18, "character-3x18", []),
        ("I" * 19, "character-3x18", ["text-too-big"]),
        ("A[sc3]" * 70, "portable-3x8", ["too-long", "text-too-big"]),
    ],
)
def test_fit(text: str, sign: str, codes: list[str]) -> None:
    decoded = multi.decode(text)
    found = [finding.code.removeprefix("multi.") for finding in multi.fit(decoded.message, multi.SIGNS[sign])]
    assert found == codes


@pytest.mark.parametrize("sign", multi.SIGNS.values(), ids=lambda sign: sign.name)
def test_every_sign_type_shows_three_lines(sign: multi.Sign) -> None:
    assert sign.max_lines >= 3
    text = "AMBER[nl]ALERT[nl]CALL 911"
    assert multi.fit(multi.decode(text).message, sign) == ()
    [picture] = multi.render(multi.decode(text).message, sign)
    image = Image.open(io.BytesIO(picture.png))
    assert image.size == (picture.width, picture.height)
    assert (picture.on_ds, picture.off_ds) == (28, 0)


def test_letters_stand_where_they_belong() -> None:
    [page] = multi.lay_out(multi.decode("[jl2]I[jl4]I").message, FREEWAY)
    dots = draw_dots(page, FREEWAY)
    lit = {x for x in range(dots.width) if dots.getpixel((x, 0)) != (0, 0, 0)}
    assert lit == {0, 1, 2, 122, 123, 124}


def test_page_stands_at_the_bottom() -> None:
    [page] = multi.lay_out(multi.decode("[jp4]I").message, FREEWAY)
    dots = draw_dots(page, FREEWAY)
    rows = {y for y in range(dots.height) for x in range(dots.width) if dots.getpixel((x, y)) != (0, 0, 0)}
    assert rows == set(range(20, 27))


def test_pages_have_their_times() -> None:
    pages = multi.render(multi.decode("[pt20o5]A[np]B[np][pt]C").message, FREEWAY)
    assert [(page.on_ds, page.off_ds) for page in pages] == [(20, 5), (20, 5), (28, 0)]


def test_picture_is_always_the_same() -> None:
    message = multi.decode("[pb1][cr1,1,5,5,0][cf0]AMBER ALERT").message
    assert multi.render(message, FREEWAY) == multi.render(message, FREEWAY)


def test_text_too_big_is_drawn_cut_off() -> None:
    [picture] = multi.render(multi.decode("M" * 99).message, FREEWAY, dot_px=2)
    assert (picture.width, picture.height) == (250, 54)


def test_font_draws_all_of_ascii_and_spanish_capitals() -> None:
    for font in multi.FONTS.values():
        letters = [chr(code) for code in range(32, 127)] + list("ÁÉÍÓÚÜÑ¡¿")
        assert [letter for letter in letters if font.width_px(letter) is None] == []
        assert all(len(rows) == font.height_px for rows in font.glyphs.values())
        assert all(len({len(row) for row in rows}) == 1 for rows in font.glyphs.values())
        drawings = [rows for letter, rows in font.glyphs.items() if letter not in {"°"}]
        assert len({*drawings}) > 100
