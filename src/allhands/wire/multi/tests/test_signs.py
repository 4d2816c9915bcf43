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
        ("A[jl3]" * 70, "portable-3x8", ["too-long", "text-too-big"]),
        ("[sc3]A[/sc]", "portable-3x8", ["unsupported-tag", "unsupported-tag"]),
        ("[sc3]A[/sc]", "line-3x105", []),
        ("A[nl3]B", "portable-3x8", ["unsupported-tag-value"]),
        ("A[nl3]B", "line-3x105", ["unsupported-tag-value"]),
        ("A[nl3]B", "freeway-27x125", []),
        ("[fo2]A", "line-3x105", ["text-too-big"]),
        ("[fo2]A", "character-3x18", ["text-too-big"]),
        ("[tr1,1,12,12]A", "character-3x18", ["unsupported-tag-value"]),
        ("[tr1,1,50,12]A", "character-3x18", ["unsupported-tag-value"]),
        ("[tr1,1,12,14]", "character-3x18", ["unsupported-tag-value"]),
        ("[tr1,1,50,14]A", "character-3x18", []),
        ("[tr6,8,0,0]A", "character-3x18", []),
        ("[tr2,8,50,7]A", "line-3x105", []),
        ("[tr2,9,50,7]A", "line-3x105", ["unsupported-tag-value"]),
        ("[cr1,1,125,27,1]A", "freeway-27x125", []),
        ("[cr1,1,126,27,1]A", "freeway-27x125", ["unsupported-tag-value"]),
        ("[cr125,27,2,1,1]A", "freeway-27x125", ["unsupported-tag-value"]),
        ("[tr130,1,0,0]", "freeway-27x125", ["unsupported-tag-value"]),
        ("[jl2]" + "I" * 4 + "[jl3]" + "I" * 15 + "[jl4]I", "freeway-27x125", []),
        ("[jl2]" + "I" * 8 + "[jl3]" + "I" * 15, "freeway-27x125", ["text-too-big"]),
        ("[jl2]ABCDEFGHI[jl3]J", "portable-3x8", ["text-too-big"]),
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


def test_two_fonts_stand_apart_by_the_mean_of_their_gaps() -> None:
    small, large = multi.FONTS[1], multi.FONTS[2]
    assert (small.char_spacing_px, large.char_spacing_px) == (2, 4)
    for text, gap_px in (("I[fo2]I", 3), ("[fo2]I[fo1]I", 3), ("I[sc5]I", 5), ("[sc5]I[/sc]I", 4)):
        [page] = multi.lay_out(multi.decode(text).message, FREEWAY)
        [line] = page.blocks[0].lines
        spans = line.justify[3]
        assert line.width_px == sum(span.width_px for span in spans) + gap_px


def test_tallest_font_of_a_line_parts_it_from_the_next() -> None:
    [page] = multi.lay_out(multi.decode("A[fo2]B[fo1][nl]C").message, FREEWAY)
    small, large = (multi.FONTS[number].line_spacing_px for number in (1, 2))
    assert page.blocks[0].gap_px(1) == -(-(small + large) // 2)


def test_centred_text_begins_with_a_cell_of_a_character_matrix() -> None:
    sign = multi.SIGNS["portable-3x8"]
    [page] = multi.lay_out(multi.decode("III").message, sign)
    dots = draw_dots(page, sign)
    lit = [x for x in range(dots.width) if any(dots.getpixel((x, y)) != (0, 0, 0) for y in range(dots.height))]
    assert lit[0] // sign.char_width_px == 2
    assert page.blocks[0].left_px(page.blocks[0].lines[0], 3) == 10


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
